//! Sections that have a value rather than prose: `## Status` with `Accepted` below it.

use super::enumeration::Enumeration;
use super::placeholder::is_guidance;
use super::{Form, MetadataKey, TemplateSection, keys, stands_for_date};
use crate::syntax::{Block, BlockKind, Entry, blocks, fold_space, item_content};
use crate::terms::{KeyKind, kind_of_key, names_value};
use crate::text::{Span, Text};

/// Returns the keys among the top-level `sections`, in order.
pub(super) fn of(sections: &[TemplateSection]) -> Vec<MetadataKey> {
    let is_part = |section: &TemplateSection| section.parent.is_some();
    // Parts follow the section that they are parts of.
    let next = |section: &TemplateSection| sections.get(section.index + 1);
    let has_parts = |section: &TemplateSection| next(section).is_some_and(|next| next.parent == Some(section.index));
    let alone = sections.iter().filter(|section| !is_part(section) && !has_parts(section));
    alone.filter_map(key).take(MAX_KEYS).collect()
}

/// The maximum number of sections of a template that are keys.
const MAX_KEYS: usize = 16;

/// The minimum number of values in a list that makes a section with nothing else a key, whatever its name.
const SEVERAL: usize = 2;

/// Returns the key that `section` is, if any: it has the name of a key, or it has only a list of values or a placeholder for a
/// date.
fn key(section: &TemplateSection) -> Option<MetadataKey> {
    let kind = kind_of_key(&section.key).filter(|kind| *kind != KeyKind::Title && *kind != KeyKind::Number);
    // Fast path: few sections are keys, and the text is only read where one may be.
    if kind.is_none() && section.guidance.trim().is_empty() {
        return None;
    }
    let text = Text::new(&section.guidance);
    let found = blocks(&text).list;
    let (comments, said): (Vec<&Block>, Vec<&Block>) = found.iter().partition(|block| block.kind == BlockKind::Html);
    let value = match said.first() {
        Some(first) if first.kind == BlockKind::Paragraph => first.span,
        _ => Span::new(text.start(), text.start()),
    };
    let placeholder = fold_space(&text.slice(value));
    if kind.is_none() && !placeholder.contains(['|', '｜']) && !stands_for_date(&placeholder) {
        return None;
    }
    let key = keys::key(&text, &entry(section, value), String::new(), Form::Section, placeholder);
    let key = MetadataKey { section: Some(section.index), is_optional: section.is_optional, ..key };
    let is_alone = said.len() <= 1;
    let is_sentence = key.placeholder.ends_with(['.', '?', '。', ':']);
    let is_barred = key.placeholder.contains(['|', '｜']) && key.values.len() >= SEVERAL && !is_sentence;
    if is_alone && (is_barred || stands_for_date(&key.placeholder)) {
        return Some(key);
    }
    let kind = kind?;
    let key = if kind == KeyKind::Status { with_values(key, &text, &comments, &said) } else { key };
    let is_named = names_value(&section.key).is_some();
    let is_short = !key.placeholder.is_empty() && !is_guidance(&key.placeholder);
    let is_empty = said.is_empty() && is_named;
    (is_alone && is_short || is_empty || is_named && !key.values.is_empty()).then_some(key)
}

/// Returns `key`, which is for a status, with the values that its section lists in a comment, as a list, or as examples.
fn with_values(key: MetadataKey, text: &Text, comments: &[&Block], said: &[&Block]) -> MetadataKey {
    if !key.values.is_empty() {
        return key;
    }
    let in_comments = comments.iter().map(|block| {
        let comment = text.slice(block.span);
        let comment = comment.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
        Enumeration::of_comment(comment, &key.placeholder)
    });
    let in_list = said.iter().filter(|block| block.kind == BlockKind::List).map(|block| of_list(text, block));
    let mut listed = in_comments.chain(in_list).chain(std::iter::once(Enumeration::of_example(&key.placeholder)));
    match listed.find(|found| !found.values.is_empty()) {
        Some(list) => keys::with_list(key, list),
        None => key,
    }
}

/// Returns the values in the items of `list`.
fn of_list(text: &Text, list: &Block) -> Enumeration {
    let source = text.slice(list.span);
    let bare = |item: &str| !["[ ] ", "[x] ", "[X] "].iter().any(|tick| item.starts_with(tick));
    let items = source.lines().filter_map(|line| Some(line[item_content(line)?..].trim()));
    let items = items.map(|item| if bare(item) { item } else { &item["[ ] ".len()..] });
    Enumeration::of(&items.collect::<Vec<_>>().join(" | "))
}

/// Returns `section` as an entry with its value at `value` of its guidance.
fn entry(section: &TemplateSection, value: Span) -> Entry {
    Entry {
        key: section.name.clone(),
        content: value.start,
        key_span: Span::new(value.start, value.start),
        value,
        scalar: None,
        span: value,
    }
}

#[cfg(test)]
mod tests {
    use crate::template::{Form, Template};
    use crate::terms::KeyKind;

    /// Checks the section keys of `template`: name, values, and whether the value is a placeholder.
    fn check(template: &str, expected: &[(&str, &str, bool)]) {
        let template = Template::derive(template, None);
        let keys = template.metadata.iter().filter(|key| key.form == Form::Section);
        let found: Vec<_> =
            keys.map(|key| (key.name.as_str(), key.choices().join(" "), key.has_placeholder())).collect();
        let expected: Vec<_> =
            expected.iter().map(|(name, values, hole)| (*name, (*values).to_owned(), *hole)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_section_that_is_called_as_a_key_is_one() {
        let check = |body: &str, values: &str, is_hole| {
            let template = format!("# 1. Title\n\n## Status\n\n{body}\n\n## Context\n\nWhy?\n\n## Decision\n\nWhat?\n");
            check(&template, &[("Status", values, is_hole)]);
        };
        check("Accepted", "", false);
        check("", "", false);
        check("STATUS", "", true);
        check("{Proposed | Accepted | Superseded by [NNNN](NNNN-title.md)}", "Proposed Accepted Superseded by …", true);
        check("[Proposed, Accepted, Deprecated]", "Proposed Accepted Deprecated", true);
        check("Proposed | **Accepted** | Rejected", "Proposed Accepted Rejected", true);
        check("Proposed\n\n<!-- Proposed | Accepted -->", "Proposed Accepted", false);
        check("- Proposed\n- Accepted", "Proposed Accepted", false);
        check("- [ ] Proposed\n- [x]  Accepted", "Proposed Accepted", false);
        check(
            "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?",
            "proposed accepted rejected deprecated superseded",
            true,
        );
    }

    #[test]
    fn a_section_that_has_nothing_but_values_or_a_date_is_one_whatever_it_is_called() {
        check(
            "# Title\n\n## Kesklus\n\n{a | b | c}\n\n## Kuupaev\n\nYYYY-MM-DD\n\n## Why\n\nSay a | b.\n\nAnd more.\n",
            &[("Kesklus", "a b c", true), ("Kuupaev", "", true)],
        );
    }

    #[test]
    fn prose_and_parts_make_none() {
        check("# Title\n\n## State\n\nSay how it changes, and when, and by whom.\n\n## Data\n\n## Why\n\nx\n", &[]);
        check(
            "# Title\n\n## Status\n\n### Open\n\nx\n\n## Context\n\nSay why, or what | how.\n\n## Titles\n\nx\n",
            &[],
        );
    }

    #[test]
    fn a_template_knows_its_keys_by_kind() {
        let template = Template::derive("# 1. T\n\nDate: YYYY-MM-DD\n\n## Status\n\nDraft\n\n## Context\n\nx\n", None);
        let named = |kind| template.key_of(kind).map(|(_, key)| (key.name.as_str(), key.form));
        assert_eq!(named(KeyKind::Status), Some(("Status", Form::Section)));
        assert_eq!(named(KeyKind::Date), Some(("Date", Form::Lines)));
        assert_eq!(named(KeyKind::Author), None);
        assert_eq!(template.form, Some(Form::Lines));
    }
}
