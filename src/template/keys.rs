//! The metadata keys of a template: what the values may be, and which keys may be left out.

use super::enumeration::Enumeration;
use super::{Form, MetadataKey};
use crate::syntax::{BlockKind, Blocks, Entry, entries, fields, fold, fold_space, rows};
use crate::text::{Offset, Span, Text};

/// What a comment, or the text in the value's place, says of a key that may be left out.
const OPTIONAL: [&str; 9] = [
    "optional",
    "remove this",
    "only required",
    "feel free to remove",
    "if any",
    "if applicable",
    // Not due while the proposal is written.
    "once accepted",
    "once merged",
    "when accepted",
];

/// Keys that name other proposals, of which there need be none.
const RELATIONS: [&str; 17] = [
    "amended by",
    "amends",
    "depends on",
    "extends",
    "informed by",
    "obsoleted by",
    "obsoletes",
    "related",
    "related to",
    "replaced by",
    "replaces",
    "requires",
    "see also",
    "superseded by",
    "supersedes",
    "updated by",
    "updates",
];

/// The name of the key that the template has as `name`: without the mark before it and the note behind it, as in `+Replaces`
/// and `updated (*optional)`.
pub(super) fn bare_name(name: &str) -> &str {
    let name = name.trim_start_matches(['+', ' ']).trim_end_matches(['#', ' ']);
    match name.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((bare, note)) if note.len() > 2 && !bare.trim().is_empty() => bare.trim_end(),
        _ => name,
    }
}

/// The keys of the front matter.
pub(super) fn of_front_matter(text: &Text, blocks: &Blocks) -> Vec<MetadataKey> {
    let Some(span) = blocks.front_matter else { return Vec::new() };
    let fields = fields(text, span);
    // A comment on a line of its own is about all that follow.
    let first_line = fields.first().map_or(span.start, |field| field.span.start);
    let are_optional = is_optional(&text.slice(Span::new(span.start, first_line)));
    let key = |field: Entry| {
        let comment = text.slice(Span::new(field.value.end, field.span.end));
        let is_optional = are_optional || comment.contains('#') && is_optional(&comment);
        let label = format!("{}:", field.key);
        let placeholder = fold_space(&field.value_text(text));
        let key = key(field.key, label, Form::FrontMatter, placeholder);
        MetadataKey { is_optional: key.is_optional || is_optional, ..key }
    };
    fields.into_iter().map(key).collect()
}

fn is_optional(comment: &str) -> bool {
    let comment = comment.to_lowercase();
    OPTIONAL.iter().any(|phrase| comment.contains(phrase))
}

/// The entries of the first list or table before `end` that has any, and where it is.
pub(super) fn of_body(text: &Text, blocks: &Blocks, end: Offset) -> Option<(Span, Vec<MetadataKey>)> {
    let before = blocks.list.iter().filter(|block| block.span.start < end);
    before.map(|block| (block.span, of_block(text, block.kind, block.span))).find(|(_, keys)| !keys.is_empty())
}

fn of_block(text: &Text, kind: BlockKind, span: Span) -> Vec<MetadataKey> {
    let of_entry = |entry: Entry| {
        let placeholder = fold_space(&text.slice(Span::new(entry.value.start, entry.span.end)));
        let label = text.slice(Span::new(entry.content, entry.value.start)).trim_end().to_owned();
        key(entry.key, label, Form::Bullets, placeholder)
    };
    let of_row = |row: Entry| {
        let label = text.slice(Span::new(row.content, row.value.start));
        let label = label.trim_end().trim_end_matches('|').trim_end().to_owned();
        key(row.key, label, Form::Table, fold_space(&text.slice(row.value)))
    };
    match kind {
        BlockKind::List => entries(text, span).into_iter().map(of_entry).collect(),
        BlockKind::Table => rows(text, span).into_iter().map(of_row).collect(),
        _ => Vec::new(),
    }
}

fn key(name: String, label: String, form: Form, placeholder: String) -> MetadataKey {
    let Enumeration { values, is_open } = Enumeration::of(&placeholder);
    let is_relation = RELATIONS.contains(&fold(bare_name(&name)).replace(['-', '_'], " ").as_str());
    let is_optional = is_optional(&placeholder) || is_optional(&name) || is_relation;
    let bare = bare_name(&name).to_owned();
    let label = if is_optional { label.replacen(&name, &bare, 1) } else { label };
    MetadataKey { name: bare, label, form, values, is_open, is_optional, placeholder }
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
    fn a_note_or_a_mark_is_no_part_of_a_name() {
        check(
            "---\nreplaces (*optional): <n>\nauthor: <names>\nupdated (*optional): <date>\n---\n\n* +Requires: [N]\n* Author (GitHub): x\n\n## S\n",
            &[
                ("replaces", "replaces:", true),
                ("author", "author:", false),
                ("updated", "updated:", true),
                ("Requires", "Requires:", true),
                ("Author", "Author (GitHub):", false),
            ],
        );
        check(
            "- feature: (fill in with the key once accepted)\n- see-also: /x/other.md\n- Author(s): x\n\n## S\n\n## T\n",
            &[("feature", "feature:", true), ("see-also", "see-also:", true), ("Author(s)", "Author(s):", false)],
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
