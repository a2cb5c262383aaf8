//! The metadata keys of a template: their values, and which keys are optional.

use std::collections::HashMap;

use super::enumeration::{Enumeration, without_comments};
use super::placeholder::is_later;
use super::sample::{About, Sample};
use super::{Form, Group, MetadataKey, TemplateSection, bare_name, conditions, groups, tail};
use crate::syntax::{Blocks, Entry, fields, fold, fold_space};
use crate::terms::{self, KeyKind, Meaning};
use crate::text::{Offset, Span, Text};

/// Phrases in a comment or a placeholder that make a key optional.
const OPTIONAL: [&str; 3] = ["remove this", "only required", "feel free to remove"];

/// Phrases in a placeholder, or in a comment next to it, that allow a value other than a link.
const OR_PROSE: [&str; 12] = [
    "description",
    "explain",
    "explanation",
    "if any",
    "if applicable",
    "if available",
    "if there is",
    "reason",
    "sentence",
    "summary",
    "text",
    "why",
];

/// Phrases that allow a value that says there is nothing to link to.
const OR_NOTHING: [&str; 6] = ["n/a", "none", "if not available", "tbd", "leave blank", "leave empty"];

/// Whether the values of the key called `name` are people.
fn is_of_people(name: &str) -> bool {
    let plain = fold(bare_name(name)).replace(['-', '_'], " ");
    matches!(terms::kind_of_key(&plain), Some(KeyKind::Author | KeyKind::Decider))
}

/// Completes `keys`. Keys with equal names get their notes, which distinguish them: `Owner (code)` and `Owner (docs)`.
pub(super) fn finish(keys: &mut [MetadataKey]) {
    let mut counts: HashMap<(Form, String), usize> = HashMap::new();
    for key in keys.iter() {
        *counts.entry((key.form, key.name.clone())).or_default() += 1;
    }
    for key in keys.iter_mut() {
        let is_twice = counts.get(&(key.form, key.name.clone())).is_some_and(|count| *count > 1);
        if let Some(noted) = is_twice.then(|| noted_name(key)).flatten() {
            key.name = noted;
        }
    }
    conditions::read(keys);
    keys.iter_mut().for_each(MetadataKey::settle);
}

/// Returns the name of `key` with the note after it, if its label has one.
fn noted_name(key: &MetadataKey) -> Option<String> {
    let start = key.label.find(&key.name)?;
    let note = start + key.name.len();
    let end = note + key.label[note..].find(')')? + 1;
    key.label[note..end].trim_start().starts_with('(').then(|| key.label[start..end].to_owned())
}

/// Whether `guidance` on a link allows something else.
fn allows_prose(guidance: &str) -> bool {
    let guidance = guidance.to_lowercase();
    let words: Vec<&str> = guidance.split(|sign: char| !sign.is_alphanumeric()).collect();
    let has = |phrase: &str| {
        let count = phrase.split(' ').count();
        words.windows(count).any(|window| window.iter().copied().eq(phrase.split(' ')))
    };
    OR_PROSE.iter().any(|phrase| has(phrase)) || OR_NOTHING.iter().any(|phrase| guidance.contains(phrase))
}

/// Returns the keys of the front matter.
pub(super) fn of_front_matter(text: &Text, blocks: &Blocks) -> Vec<MetadataKey> {
    let Some(span) = blocks.front_matter else { return Vec::new() };
    let fields = fields(text, span);
    let mut end = span.start;
    let mut are_optional = false;
    let key = |field: Entry| {
        // A comment on lines of its own is about what follows: all keys, or only the next one.
        let between = text.slice(Span::new(end, field.span.start));
        let above = between.split_once('\n').map_or("", |(_, above)| above);
        // A key that is to be removed with the template is not expected in a document.
        let is_removed = is_said(above, |comment| REMOVED.iter().any(|said| comment.to_lowercase().contains(said)));
        let behind = text.slice(Span::new(field.value.end, field.span.end));
        let comment = behind.lines().next().unwrap_or_default();
        are_optional |= is_said(above, is_optional) && (end == span.start || speaks_of_many(above));
        end = field.value.end;
        let is_optional = are_optional || is_said(above, is_optional) || is_said(comment, is_optional);
        let label = format!("{}:", field.key);
        let placeholder = fold_space(&field.value_text(text));
        let key = key(text, &field, label, Form::FrontMatter, placeholder);
        let allows_prose = key.allows_prose || is_said(above, allows_prose) || is_said(comment, allows_prose);
        let note = [comment, above]
            .iter()
            .filter(|said| said.contains('#'))
            .fold(String::new(), |all, said| all + said + "\n");
        let key = MetadataKey { is_optional: key.is_optional || is_optional, allows_prose, note, ..key };
        let is_of_people = is_of_people(&key.name);
        let key = if key.values.is_empty() && !is_of_people { with_values(key, [comment, above]) } else { key };
        (!is_removed).then_some(key)
    };
    fields.into_iter().filter_map(key).collect()
}

/// Returns `key` with the values of `list`.
pub(super) fn with_list(key: MetadataKey, list: Enumeration) -> MetadataKey {
    let Enumeration { values, starts, nested, is_open, is_loose } = list;
    MetadataKey { values, starts, nested, is_open, is_loose, ..key }
}

/// Returns `key` with the values that one of `comments` lists.
fn with_values(key: MetadataKey, comments: [&str; 2]) -> MetadataKey {
    let listed = comments.iter().filter(|comment| comment.contains('#')).map(|comment| {
        let lines: Vec<&str> = comment.lines().map(|line| line.trim_start_matches(['#', ' ', '\t'])).collect();
        Enumeration::of_comment(&lines.join(" "), &key.placeholder)
    });
    let found = listed.into_iter().find(|found| !found.values.is_empty()).unwrap_or_default();
    with_list(key, found)
}

/// Phrases in a comment above a key that only the template has.
const REMOVED: [&str; 5] =
    ["remove it when", "remove it for", "remove this when", "delete it when", "delete this when"];

/// Whether `comment` is one, and `says` is true of it.
fn is_said(comment: &str, says: impl Fn(&str) -> bool) -> bool {
    comment.contains('#') && says(comment)
}

/// Whether `comment` is about all keys after it.
fn speaks_of_many(comment: &str) -> bool {
    let comment = comment.to_lowercase();
    ["these", "any of them", "following", "below"].iter().any(|phrase| comment.contains(phrase))
}

fn is_optional(comment: &str) -> bool {
    let comment = comment.to_lowercase();
    let is_said = tail::is_optional_note(&comment) || comment.contains("optional") && !comment.contains("not optional");
    is_said || OPTIONAL.iter().any(|phrase| comment.contains(phrase)) || is_later(&comment)
}

/// Whether the first section of a document has the metadata if it is called `key`, folded by [`fold`].
pub fn heads_metadata(key: &str) -> bool {
    terms::is(key, Meaning::Metadata)
}

/// Returns where the text that may have metadata ends: before the first of `sections`, or after it if that section is only for
/// metadata.
pub(super) fn end(text: &Text, sections: &[TemplateSection]) -> Offset {
    let is_meta = sections.first().is_some_and(|section| heads_metadata(&section.key));
    sections.get(usize::from(is_meta)).map_or(text.end(), |section| section.heading.start)
}

/// Returns the first group of keys before `end`, and its span.
pub(super) fn of_body(text: &Text, blocks: &Blocks, end: Offset) -> Option<(Span, Vec<MetadataKey>)> {
    let before = blocks.list.partition_point(|block| block.span.start < end);
    let group = groups(text, &blocks.list[..before], None, |_| false).next()?;
    Some((group.span, group.entries.iter().map(|entry| of_entry(text, &group, entry)).collect()))
}

fn of_entry(text: &Text, group: &Group, entry: &Entry) -> MetadataKey {
    let key = of_bare_entry(text, group, entry);
    let Some((_, comment)) = key.placeholder.split_once("<!--") else { return key };
    let comment = comment.split("-->").next().unwrap_or_default().trim();
    let found = Enumeration::of_comment(comment, without_comments(&key.placeholder).trim());
    if !key.values.is_empty() || is_of_people(&key.name) || found.values.is_empty() {
        return key;
    }
    with_list(key, found)
}

fn of_bare_entry(text: &Text, group: &Group, entry: &Entry) -> MetadataKey {
    let placeholder = fold_space(&text.slice(group.form.value_span(text, entry)));
    let label = match group.form {
        Form::HtmlTable => entry.key.clone(),
        _ => text.slice(Span::new(entry.content, entry.value.start)).into_owned(),
    };
    let label = label.trim_end();
    let label = if group.form == Form::Table { label.trim_end_matches('|').trim_end() } else { label };
    key(text, entry, label.to_owned(), group.form, placeholder)
}

/// Returns the key at `entry` of `text`.
pub(super) fn key(text: &Text, entry: &Entry, label: String, form: Form, placeholder: String) -> MetadataKey {
    let name = entry.key.clone();
    let plain = fold(bare_name(&name)).replace(['-', '_'], " ");
    let is_relation = terms::is(&plain, Meaning::Relation);
    let is_of_people = is_of_people(&name);
    // `[Author Name, Co-Author Name]` is not a choice.
    let Enumeration { values, starts, nested, is_open, is_loose } =
        if is_of_people { Enumeration::default() } else { Enumeration::of(&placeholder).or_statuses(&placeholder) };
    let note = note_behind(&label).map(str::to_owned).filter(|note| is_optional(note));
    let is_optional = is_optional(&placeholder) || is_optional(&name) || note.is_some() || is_relation;
    let bare = bare_name(&name).to_owned();
    let label = if is_optional { label.replacen(&name, &bare, 1) } else { label };
    let label = note.map_or(label.clone(), |note| label.replacen(&note, "", 1));
    let about = match (is_relation, is_of_people) {
        (true, _) => About::Proposals,
        (_, true) => About::People,
        _ => About::Day,
    };
    let sample = Sample::of(text, form, entry, about);
    MetadataKey {
        label,
        values,
        starts,
        nested,
        is_open,
        is_loose,
        is_optional,
        allows_prose: allows_prose(&placeholder),
        placeholder,
        is_quoted: text.slice(Span::new(entry.key_span.end, entry.value.start)).ends_with(['"', '\'']),
        sample,
        ..MetadataKey::plain(&bare, form)
    }
}

/// Returns the note in brackets between the marks of the name in `label` and its colon, with the space before it: ` (optional)` in
/// `**Decider** (optional):`.
fn note_behind(label: &str) -> Option<&str> {
    let before = label.trim_end_matches([':', '：', ' ']);
    let open = before.rfind(['(', '（']).filter(|_| before.ends_with([')', '）']))?;
    let start = before[..open].trim_end().len();
    before[..start].ends_with(['*', '_', '`']).then(|| &before[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    fn check(template: &str, expected: &[(&str, &str, bool)]) {
        let template = Template::derive(template, None);
        let found: Vec<_> =
            template.metadata.iter().map(|key| (key.name.as_str(), key.label.as_str(), key.is_optional)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keys_of_front_matter() {
        check(
            "---\ntitle: <Title>\ncategory: <A, B, or C> # Otherwise, remove this field.\n---\n\n## Summary\n",
            &[("title", "title:", false), ("category", "category:", true)],
        );
        check(
            "---\n# Optional. Feel free to remove any.\nstatus: {a | b}\ndate:\n---\n## S\n",
            &[("status", "status:", true), ("date", "date:", true)],
        );
    }

    #[test]
    fn what_is_to_go_with_the_template_is_no_key() {
        let template = "---\n# For the site.\n# Remove it when creating a new record\ntitle: Record Template\n\n# Replace it.\nnav: 1\n---\n\n## S\n";
        check(template, &[("nav", "nav:", false)]);
    }

    #[test]
    fn comments_in_front_matter_may_list_values() {
        let template = "---\n# Values: a | b\n#   | replaced by (link)\nx:\ny: c # c, d, e\nz: f # see g, h\nauthor: A # A, B\n---\n\n## S\n";
        let template = Template::derive(template, None);
        let values: Vec<_> = template.metadata.iter().map(|key| (key.values.join(" "), key.starts.join(" "))).collect();
        let expected = [("a b", "replaced by"), ("c d e", ""), ("", ""), ("", "")];
        assert_eq!(values, expected.map(|(values, starts)| (values.to_owned(), starts.to_owned())));
    }

    #[test]
    fn a_comment_beside_a_value_may_list_values() {
        let template =
            "# T\n\n- Status: Draft <!-- Acceptable values: Draft, Final -->\n- Type: x <!-- say, what -->\n\n## S\n";
        let template = Template::derive(template, None);
        assert_eq!(template.metadata[0].values, ["Draft", "Final"]);
        assert!(!template.metadata[0].has_placeholder() && template.metadata[1].values.is_empty());
        let template =
            Template::derive("# T\n\n- 状态：<!-- 草案｜已接受 --> 草案\n- Type: <!-- A | B -->\n\n## S\n", None);
        assert_eq!(template.metadata[0].values, ["草案", "已接受"]);
        assert!(!template.metadata[0].has_placeholder() && template.metadata[1].values == ["A", "B"]);
    }

    #[test]
    fn keys_are_read_in_any_language() {
        check(
            "# T\n\n- **状态**：[草案 | 已接受]\n- **Auteur\u{a0}:** x\n- Fecha (opcional): AAAA-MM-DD\n- 取代（可选）：ADR-XXXX\n- **审批人**（可选）：\n- Заменяет: ADR-1\n\n## 背景\n",
            &[
                ("状态", "**状态**：", false),
                ("Auteur", "**Auteur\u{a0}:**", false),
                ("Fecha", "Fecha:", true),
                ("取代", "取代：", true),
                ("审批人", "**审批人**：", true),
                ("Заменяет", "Заменяет:", true),
            ],
        );
        let template = Template::derive("# T\n\n- 状态：草案 <!-- 可选值：草案、已接受、已废弃 -->\n\n## 背景\n", None);
        assert_eq!(template.metadata[0].values, ["草案", "已接受", "已废弃"]);
    }

    #[test]
    fn people_are_no_choice() {
        for key in ["Author(s)", "co-authors", "Reviewers", "decision-makers", "Auteurs", "作者", "Entscheider"] {
            let template = Template::derive(&format!("# T\n\n- {key}: [Author Name, Co-Author Name]\n\n## S\n"), None);
            assert!(template.metadata[0].values.is_empty(), "{key}");
        }
    }

    #[test]
    fn a_note_or_a_mark_is_no_part_of_a_name() {
        check(
            "---\nreplaces (*optional): <n>\nauthor: <names>\nupdated (*optional): <date>\n---\n\n* +Requires: [N]\n* Since (*optional): <n>\n* Author (GitHub): x\n\n## S\n",
            &[
                ("replaces", "replaces:", true),
                ("author", "author:", false),
                ("updated", "updated:", true),
                ("Requires", "Requires:", true),
                ("Since", "Since:", true),
                ("Author", "Author (GitHub):", false),
            ],
        );
        check(
            "- feature: (fill in with the key once accepted)\n- see-also: /x/other.md\n- Author(s): x\n\n## S\n\n## T\n",
            &[("feature", "feature:", true), ("see-also", "see-also:", true), ("Author(s)", "Author(s):", false)],
        );
    }

    #[test]
    fn notes_tell_keys_apart() {
        let expected = [("Owner (code)", "**Owner (code)**:", false), ("Owner (docs)", "Owner (docs):", false)];
        check("- **Owner (code)**: x\n- Owner (docs): y\n\n## S\n", &expected);
    }

    #[test]
    fn a_comment_amid_front_matter_is_about_what_follows() {
        check(
            "---\na: 1\n# Optional.\nb: 2\nc: 3\n# These are optional.\nd: 4\ne: 5 # needed\n---\n\n## S\n",
            &[("a", "a:", false), ("b", "b:", true), ("c", "c:", false), ("d", "d:", true), ("e", "e:", true)],
        );
    }

    #[test]
    fn keys_of_a_table_or_list_come_after_those_of_the_front_matter() {
        let template = "# T\n\n| **Status** | _one of ['A', 'B']_ |\n| - | - |\n| Team | |\n\n## S\n";
        check(template, &[("Status", "**Status**", false), ("Team", "Team", false)]);
        let template = Template::derive(&format!("---\ntitle: x\n---\n{template}"), None);
        assert_eq!((template.form, template.metadata.len()), (Some(Form::Table), 3));
        assert_eq!(template.metadata[1].values, ["A", "B"]);
    }
}
