//! The template as the start of a new proposal: with number and title in place of what stands for them.

use super::{Template, naming};
use crate::syntax::{Outline, blocks, fields, fold_space};
use crate::text::{Edit, Offset, Span, Text, apply};

/// What is known of a new proposal.
struct Known<'a> {
    number: &'a str,
    title: Option<String>,
}

impl Template {
    /// The text of a new proposal with `number`, as it is to be written, and `title` where there is one already. All else is
    /// as the template has it.
    pub fn fill(&self, number: &str, title: Option<&str>) -> String {
        let title = title.map(fold_space).filter(|title| !title.is_empty());
        let known = Known { number, title };
        let blocks = blocks(&self.text);
        let mut edits = blocks.front_matter.map_or(Vec::new(), |span| self.fill_front_matter(span, &known));
        if let (Some(own), Some((_, first))) = (&self.title, Outline::of(&self.text, &blocks).first()) {
            let span = first.heading.content;
            let content = known.fill(&self.text.slice(span), own.prefix.as_deref(), own.separator.as_deref());
            edits.extend(content.map(|content| Edit { span, content }));
        }
        apply(&self.text, &edits).to_string()
    }

    fn fill_front_matter(&self, front_matter: Span, known: &Known<'_>) -> Vec<Edit> {
        let fill = |field: crate::syntax::Entry| {
            let source = self.text.slice(field.value);
            let content = match field.key.as_str() {
                "title" => {
                    let prefix = naming::prefix(&source, &source);
                    let separator = prefix.as_ref().and_then(|prefix| naming::separator(&source, prefix));
                    let title = known.fill(&source, prefix.as_deref(), separator.as_deref())?;
                    quoted(&self.text, field.value.start, &title)
                }
                // Zeros at the start of a number would say something else in YAML.
                key if self.is_number_key(key) => known.number.trim_start_matches('0').to_owned(),
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
        let numbered = prefix.and_then(|prefix| Some((prefix, behind_number(source.strip_prefix(prefix)?))));
        match (numbered, &self.title) {
            (Some((prefix, _)), Some(title)) => {
                Some(format!("{prefix}{}{}{title}", self.number, separator.unwrap_or(": ")))
            }
            (Some((prefix, rest)), None) => Some(format!("{prefix}{}{rest}", self.number)),
            (None, title) => title.clone(),
        }
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
        assert_eq!(template.fill("07", title), expected);
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
    fn a_template_without_a_title_stays_as_it_is() {
        for template in ["", "text", "## A\n\n## B\n"] {
            check(template, Some("C"), template);
        }
    }
}
