//! The template as the start of a new proposal: with number and title in place of what stands for them.

use super::{Form, MetadataKey, Template, naming};
use crate::syntax::{BlockKind, Blocks, Outline, blocks, entries, fields, fold, fold_space, rows};
use crate::text::{Edit, Offset, Span, Text, apply};

/// The last words of the keys that have a title as their value.
const TITLE_KEYS: [&str; 2] = ["title", "name"];

/// What is known of a new proposal.
struct Known<'a> {
    number: Option<&'a str>,
    title: Option<String>,
}

impl Template {
    /// The text of a new proposal with `number`, as it is to be written, and `title` where there are any. The title stands
    /// where the template has one: in the heading, the front matter, or the metadata. All else is as the template has it.
    pub fn fill(&self, number: Option<&str>, title: Option<&str>) -> String {
        let title = title.map(fold_space).filter(|title| !title.is_empty());
        let known = Known { number, title };
        let blocks = blocks(&self.text);
        let mut edits = blocks.front_matter.map_or(Vec::new(), |span| self.fill_front_matter(span, &known));
        edits.extend(known.title.as_deref().and_then(|title| self.fill_metadata(&blocks, title)));
        if let (Some(own), Some((_, first))) = (&self.title, Outline::of(&self.text, &blocks).first()) {
            let span = first.heading.content;
            let content = known.fill(&self.text.slice(span), own.prefix.as_deref(), own.separator.as_deref());
            edits.extend(content.map(|content| Edit { span, content }));
        }
        apply(&self.text, &edits).to_string()
    }

    /// The edit of the metadata's key for a title, such as `Feature Name`, where the title has no other place.
    fn fill_metadata(&self, blocks: &Blocks, title: &str) -> Option<Edit> {
        let has_title = |key: &MetadataKey| key.form == Form::FrontMatter && key.name.eq_ignore_ascii_case("title");
        if self.title.is_some() || self.metadata.iter().any(has_title) {
            return None;
        }
        let end = self.sections.first().map_or(self.text.end(), |section| section.heading.start);
        let lists = blocks.list.iter().filter(|block| block.span.start < end);
        let mut found = lists.flat_map(|block| match block.kind {
            BlockKind::List => entries(&self.text, block.span),
            BlockKind::Table => rows(&self.text, block.span),
            _ => Vec::new(),
        });
        let is_title = |key: &str| {
            let words = fold(key);
            words.split(' ').next_back().is_some_and(|word| TITLE_KEYS.contains(&word))
        };
        let entry = found.find(|entry| is_title(&entry.key))?;
        Some(Edit { span: entry.value, content: format!("{}{title}", if entry.value.is_empty() { " " } else { "" }) })
    }

    fn fill_front_matter(&self, front_matter: Span, known: &Known<'_>) -> Vec<Edit> {
        let fill = |field: crate::syntax::Entry| {
            let source = self.text.slice(field.value);
            let content = match field.key.as_str() {
                "title" => {
                    let prefix = naming::title_prefix(&source, &source);
                    let separator = prefix.as_ref().and_then(|prefix| naming::separator(&source, prefix));
                    let title = known.fill(&source, prefix.as_deref(), separator.as_deref())?;
                    quoted(&self.text, field.value.start, &title)
                }
                // Zeros at the start of a number would say something else in YAML.
                key if self.is_number_key(key) => known.number?.trim_start_matches('0').to_owned(),
                _ => return None,
            };
            Some(Edit { span: field.value, content })
        };
        fields(&self.text, front_matter).into_iter().filter_map(fill).collect()
    }
}

impl Known<'_> {
    /// The title for `source`, which the template has in its place; none where nothing is known to put there.
    fn fill(&self, source: &str, prefix: Option<&str>, separator: Option<&str>) -> Option<String> {
        let numbered = prefix.and_then(|prefix| Some((prefix, source.strip_prefix(prefix)?)));
        let Some((prefix, behind)) = numbered else { return self.title.clone() };
        let rest = behind_number(behind);
        let number = self.number.unwrap_or(&behind[..behind.len() - rest.len()]);
        Some(match &self.title {
            Some(title) => format!("{prefix}{number}{}{title}", separator.unwrap_or(": ")),
            None => format!("{prefix}{number}{rest}"),
        })
    }
}

/// What follows in `source` behind the sign that stands for the number, with which it starts.
fn behind_number(source: &str) -> &str {
    let bare = source.trim_start_matches('`');
    let end = bare.find(|character| !naming::is_number_part(character)).unwrap_or(bare.len());
    bare[end..].trim_start_matches('`')
}

/// `title` as the YAML value at `start` of `text`, which stands in quotes or not.
fn quoted(text: &Text, start: Offset, title: &str) -> String {
    let before = text.slice(Span::new(text.line_span_at(start).start, start));
    let escaped = title.replace('\\', "\\\\").replace('"', "\\\"");
    match before.chars().next_back() {
        Some('"') => escaped,
        Some('\'') => title.replace('\'', "''"),
        _ => format!("\"{escaped}\""),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn check(template: &str, title: Option<&str>, expected: &str) {
        let template = Template::derive(template, Some(Path::new("docs/xip-template.md")));
        assert_eq!(template.fill(Some("07"), title), expected);
    }

    #[test]
    fn the_title_has_the_number_and_what_is_known() {
        let with = |title: &str| format!("\u{feff}# {title}\r\n\r\n- **Status**: _Draft | Final_\r\n\r\n## A\r\n");
        for (template, untitled, titled) in [
            ("XIP-`$NUMBER`: `$TITLE`", "XIP-07: `$TITLE`", "XIP-07: A 💡 \"B\""),
            ("XIP-NNN - Title", "XIP-07 - Title", "XIP-07 - A 💡 \"B\""),
            ("RFC {number}: {title}", "RFC 07: {title}", "RFC 07: A 💡 \"B\""),
            ("XIP-$NUMBER", "XIP-07", "XIP-07: A 💡 \"B\""),
            ("{short title}", "{short title}", "A 💡 \"B\""),
            ("Proposal Template", "Proposal Template", "A 💡 \"B\""),
        ] {
            check(&with(template), None, &with(untitled));
            check(&with(template), Some(" A 💡\n\"B\" "), &with(titled));
        }
    }

    #[test]
    fn front_matter_has_them_too() {
        check(
            "---\nxip: <to be assigned> # later\ntitle: <A title>\ndate: YYYY-MM-DD\n---\n\n## A\n\n## B\n",
            Some("C: \"d\""),
            "---\nxip: 7 # later\ntitle: \"C: \\\"d\\\"\"\ndate: YYYY-MM-DD\n---\n\n## A\n\n## B\n",
        );
        check(
            "---\ntitle: 'XIP-NNN: Title'\n---\n\n## A\n\n## B\n",
            Some("It's"),
            "---\ntitle: 'XIP-07: It''s'\n---\n\n## A\n\n## B\n",
        );
        check(
            "---\ntitle: \"XIP-NNN: Title\"\n---\n\n## A\n\n## B\n",
            None,
            "---\ntitle: \"XIP-07: Title\"\n---\n\n## A\n\n## B\n",
        );
        check("---\ntitle: Title\n---\n\n## A\n\n## B\n", None, "---\ntitle: Title\n---\n\n## A\n\n## B\n");
    }

    #[test]
    fn the_title_stands_in_the_metadata_where_it_has_no_other_place() {
        let template = |name: &str| format!("- Feature Name: {name}\n- Start Date: (today)\n\n# Summary\n\n# Design\n");
        check(&template("(fill me in)"), Some("Warm caches"), &template("Warm caches"));
        check("| Title | x |\n| - | - |\n\n# A\n\n# B\n", Some("C"), "| Title | C |\n| - | - |\n\n# A\n\n# B\n");
    }

    #[test]
    fn without_a_number_its_sign_stays() {
        let template = Template::derive("# XIP-NNN: Title\n\n## A\n", None);
        assert_eq!(template.fill(None, Some("B")), "# XIP-NNN: B\n\n## A\n");
    }

    #[test]
    fn a_template_without_a_title_stays_as_it_is() {
        for template in ["", "text", "## A\n\n## B\n"] {
            check(template, Some("C"), template);
        }
    }
}
