//! The template as the start of a new proposal: with number and title in place of what stands for them.

use std::path::Path;

use super::{Form, MetadataKey, Template, Title, naming};
use crate::syntax::{BlockKind, Blocks, Outline, blocks, entries, fields, fold, fold_space, rows};
use crate::text::{Edit, Offset, Span, Text, apply};

/// The keys of the front matter that have the path of the document's own page.
const PATH_KEYS: [&str; 3] = ["permalink", "url", "slug"];

/// The last words of the keys that have a title as their value.
const TITLE_KEYS: [&str; 2] = ["title", "name"];

/// What is known of a new proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start<'a> {
    /// Its number, as it is to be written.
    pub number: Option<&'a str>,
    /// Its title, without the number.
    pub title: Option<&'a str>,
    /// The path of its file, or the file's name.
    pub file: Option<&'a Path>,
    /// Whether the titles of its family start with the number, though the template's does not say so.
    pub has_number_in_title: bool,
}

/// What stands in the place of a title.
struct Known<'a> {
    number: Option<&'a str>,
    title: Option<String>,
    /// What comes before the number, where the template's title does not say.
    prefix: Option<String>,
}

impl Template {
    /// The text of the new proposal that `start` tells of. Its title stands where the template has one: in the heading, the
    /// front matter, or the metadata. All else is as the template has it.
    pub fn fill(&self, start: &Start<'_>) -> String {
        let title = start.title.map(fold_space).filter(|title| !title.is_empty());
        let prefix = self.name_patterns().find_map(|pattern| Some(pattern.prefix_word()?.to_uppercase() + "-"));
        let prefix = prefix.filter(|_| start.has_number_in_title);
        let known = Known { number: start.number, title, prefix };
        let blocks = blocks(&self.text);
        let mut edits = blocks.front_matter.map_or(Vec::new(), |span| self.fill_front_matter(span, &known, start.file));
        edits.extend(known.title.as_deref().and_then(|title| self.fill_metadata(&blocks, title)));
        if let (Some(own), Some((_, first))) = (&self.title, Outline::of(&self.text, &blocks).first()) {
            let span = first.heading.content;
            let content = known.fill(&self.text.slice(span), own.prefix.as_deref(), own.separator.as_deref());
            edits.extend(content.map(|content| Edit { span, content }));
        }
        apply(&self.text, &edits).to_string()
    }

    /// Whether the title says what the template is, and nothing of the titles of its documents.
    pub fn has_title_of_its_own(&self) -> bool {
        let is_template = |title: &Title| {
            title.prefix.is_none() && title.placeholders.is_empty() && title.text.to_lowercase().ends_with("template")
        };
        self.title.as_ref().is_some_and(is_template)
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

    fn fill_front_matter(&self, front_matter: Span, known: &Known<'_>, file: Option<&Path>) -> Vec<Edit> {
        let fill = |field: crate::syntax::Entry| {
            let source = self.text.slice(field.value);
            let content = match field.key.as_str() {
                "title" => {
                    let prefix = naming::title_prefix(&source, &source);
                    let separator = prefix.as_ref().and_then(|prefix| naming::separator(&source, prefix));
                    let title = known.fill(&source, prefix.as_deref(), separator.as_deref())?;
                    quoted(&self.text, field.value.start, &title)
                }
                key if PATH_KEYS.contains(&key) => self.own_path(&source, file?)?,
                // Zeros at the start of a number would say something else in YAML.
                key if self.is_number_key(key) => known.number?.trim_start_matches('0').to_owned(),
                _ => return None,
            };
            Some(Edit { span: field.value, content })
        };
        fields(&self.text, front_matter).into_iter().filter_map(fill).collect()
    }

    /// `path`, which leads to the template's own page, with the name of `file` in place of the template's.
    fn own_path(&self, path: &str, file: &Path) -> Option<String> {
        let own = self.source.as_deref()?.file_stem()?.to_str()?;
        let at = path.to_lowercase().rfind(&own.to_lowercase()).filter(|at| path.is_char_boundary(at + own.len()))?;
        let rest = &path[at + own.len()..];
        let is_last = path[..at].ends_with('/') && !rest.trim_end_matches('/').contains('/');
        is_last.then(|| Some(format!("{}{}{rest}", &path[..at], file.file_stem()?.to_str()?)))?
    }
}

impl Known<'_> {
    /// The title for `source`, which the template has in its place; none where nothing is known to put there.
    fn fill(&self, source: &str, prefix: Option<&str>, separator: Option<&str>) -> Option<String> {
        let numbered = prefix.and_then(|prefix| Some((prefix, source.strip_prefix(prefix)?)));
        let Some((prefix, behind)) = numbered else {
            let title = self.title.as_deref()?;
            return Some(match (&self.prefix, self.number) {
                (Some(prefix), Some(number)) => format!("{prefix}{number}: {title}"),
                _ => format!("{}{title}", before_placeholder(source)),
            });
        };
        let rest = behind_number(behind);
        let number = self.number.unwrap_or(&behind[..behind.len() - rest.len()]);
        Some(match &self.title {
            Some(title) => format!("{prefix}{number}{}{title}", separator.unwrap_or(": ")),
            None => format!("{prefix}{number}{rest}"),
        })
    }
}

/// What stands in `source` before a sign in brackets with which it ends, as `Proposal: ` before `[Title]`; nothing, where it does
/// not end with one.
fn before_placeholder(source: &str) -> &str {
    let pairs = [('[', ']'), ('{', '}'), ('<', '>'), ('(', ')')];
    let pair = pairs.iter().find(|(_, end)| source.trim_end().trim_end_matches(['`', '*', '_']).ends_with(*end));
    let lead = pair.and_then(|(start, _)| Some(&source[..source.find(*start)?])).unwrap_or_default();
    if lead.trim_end().ends_with([':', '-', '–', '—']) { lead } else { "" }
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
    use super::*;

    fn check(template: &str, title: Option<&str>, expected: &str) {
        let template = Template::derive(template, Some(Path::new("docs/xip-template.md")));
        assert_eq!(template.fill(&Start { number: Some("07"), title, ..Start::default() }), expected);
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
            ("Proposal: [Title]", "Proposal: [Title]", "Proposal: A 💡 \"B\""),
            ("Feature Name: (fill me in)", "Feature Name: (fill me in)", "Feature Name: A 💡 \"B\""),
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
        let start = Start { title: Some("B"), ..Start::default() };
        assert_eq!(template.fill(&start), "# XIP-NNN: B\n\n## A\n");
    }

    #[test]
    fn a_title_and_a_permalink_of_the_templates_own_become_the_documents() {
        let template = "---\ntitle: Xen Improvement Plan\npermalink: /docs/XIP_TEMPLATE.md\n---\n\n# Xen Improvement Template\n\n## A\n";
        let template = Template::derive(template, Some(Path::new("docs/XIP_TEMPLATE.md")));
        assert!(template.has_title_of_its_own());
        let file = Some(Path::new("docs/xip-1.md"));
        let start = Start { number: Some("1"), title: Some("B"), file, has_number_in_title: true };
        let expected = "---\ntitle: \"XIP-1: B\"\npermalink: /docs/xip-1.md\n---\n\n# XIP-1: B\n\n## A\n";
        assert_eq!(template.fill(&start), expected);
    }

    #[test]
    fn a_template_without_a_title_stays_as_it_is() {
        for template in ["", "text", "## A\n\n## B\n"] {
            check(template, Some("C"), template);
        }
    }
}
