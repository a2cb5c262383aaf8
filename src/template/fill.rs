//! Fills in a template to start a new proposal: number and title replace their placeholders.

use std::path::Path;

use super::key_name::is_title_key;
use super::known::Known;
use super::{Form, Group, MetadataKey, Template, TemplateSection, TitleForm, date_like, date_sign, groups, signs};
use crate::syntax::{BlockKind, Blocks, Entry, Outline, blocks, fields, fold, fold_space};
use crate::terms::KeyKind;
use crate::text::{Edit, Offset, Span, Text, apply};

/// The front matter keys with the path of the document's own page.
const PATH_KEYS: [&str; 3] = ["permalink", "url", "slug"];

/// What is known of a new proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start<'a> {
    /// Its number, as it is to be written.
    pub number: Option<&'a str>,
    /// Its title, without the number.
    pub title: Option<&'a str>,
    /// The path of its file, or the file's name.
    pub file: Option<&'a Path>,
    /// The form of the numbers in the titles of its family, for a template whose title does not show it.
    pub form: Option<&'a TitleForm>,
    /// The day on which it is started: year, month and day.
    pub day: Option<(i32, u8, u8)>,
}

/// The fraction of the documents that must have a section for a new one to start with it, if not all of them have it.
const USUAL: (usize, usize) = (2, 3);

impl Template {
    /// Returns the text of the new proposal `start`. Its title goes where the template has one: in the heading, the front matter,
    /// or the metadata. Everything else stays as in the template.
    pub fn fill(&self, start: &Start<'_>) -> String {
        let title = start.title.map(fold_space).filter(|title| !title.is_empty());
        let number = start.number.map(|number| start.form.map_or(number.to_owned(), |form| form.number(number)));
        let known = Known { number: number.as_deref(), title, form: start.form };
        let blocks = blocks(&self.text);
        let mut edits = blocks.front_matter.map_or(Vec::new(), |span| self.fill_front_matter(span, &known, start.file));
        let (metadata, is_titled) = self.fill_metadata(&blocks, &known, start.file);
        edits.extend(metadata);
        let own = self.title.as_ref().filter(|title| !title.is_constant);
        if let (Some(own), Some((_, first))) = (own, Outline::of(&self.text, &blocks).first()) {
            let span = first.heading.content;
            let content = known.fill(&self.text.slice(span), own.prefix.as_deref(), own.separator.as_deref());
            edits.extend(content.map(|content| Edit { span, content }));
        }
        let is_title = |field: Entry| field.key.eq_ignore_ascii_case("title");
        let mut fields = blocks.front_matter.map_or(Vec::new(), |span| fields(&self.text, span)).into_iter();
        if self.title.is_none() && !is_titled && !fields.any(is_title) {
            edits.extend(self.new_title(&blocks, &known));
        }
        edits.extend(self.unasked());
        edits.extend(start.day.into_iter().flat_map(|day| self.dated(&blocks, day)));
        apply(&self.text, &edits).to_string()
    }

    /// Returns the edits that remove from a learnt template the sections that are not usual, and the notes on those that are.
    fn unasked(&self) -> Vec<Edit> {
        let text = &self.text;
        let Some(learnt) = &self.learnt else { return Vec::new() };
        let start = |section: &TemplateSection| text.line_span_at(section.heading.start).start;
        let removal = |section: &TemplateSection| {
            let end = self.sections.get(section.index + 1).map_or(text.end(), start);
            let count = learnt.sections.get(&section.key).copied().unwrap_or_default();
            let is_usual = count * USUAL.1 >= learnt.documents * USUAL.0;
            let line = text.line_span_at(section.heading.start).end;
            let span = if is_usual { Span::new(line, end) } else { Span::new(start(section), end) };
            let content = if is_usual { "\n\n".to_owned() } else { String::new() };
            Edit { span, content }
        };
        self.sections.iter().filter(|section| section.is_optional).map(removal).collect()
    }

    /// Returns the edits that replace the placeholders for the date with `day`.
    fn dated(&self, blocks: &Blocks, day: (i32, u8, u8)) -> Vec<Edit> {
        let text = &self.text;
        let content = |form: Form, key: &str, span: Span| {
            let (_, key) = self.metadata_key(form, key)?;
            let is_wanted = key.kind() == Some(KeyKind::Date) && key.has_placeholder();
            let value = text.slice(span);
            // `Date: DATE`.
            let own_name = || Some(&*value).filter(|value| fold(value) == fold(&key.name));
            Some(Edit { span, content: date_like(date_sign(&value).or_else(own_name).filter(|_| is_wanted)?, day) })
        };
        let front_matter = blocks.front_matter.map_or(Vec::new(), |span| fields(text, span));
        let front_matter =
            front_matter.into_iter().filter_map(|field| content(Form::FrontMatter, &field.key, field.value));
        let mut edits: Vec<Edit> = front_matter.collect();
        let end = self.sections.first().map_or(text.end(), |section| section.heading.start);
        let before = blocks.list.partition_point(|block| block.span.start < end);
        for group in groups(text, &blocks.list[..before], None, |key| self.has_key(key)) {
            edits.extend(group.entries.iter().filter_map(|entry| content(group.form, &entry.key, entry.value)));
        }
        for (key, index) in self.metadata.iter().filter_map(|key| Some((key, key.section?))) {
            let start = self.sections[index].heading.end;
            let first = blocks.list.iter().find(|block| block.span.start > start);
            let value = first.filter(|block| block.kind == BlockKind::Paragraph).map(|block| text.trim_end(block.span));
            edits.extend(value.and_then(|value| content(Form::Section, &key.name, value)));
        }
        edits
    }

    /// Returns the edit that inserts a heading for a title that has no other place.
    fn new_title(&self, blocks: &Blocks, known: &Known<'_>) -> Option<Edit> {
        let is_below = self.sections.iter().all(|section| section.level > 1) && !self.sections.is_empty();
        is_below.then_some(())?;
        let start = blocks.front_matter.map_or(self.text.start(), |span| span.end);
        let rest = self.text.slice(Span::new(start, self.text.end())).into_owned();
        let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let ending = self.text.line_ending().as_str();
        Some(Edit::insert(start, format!("# {}{ending}{ending}", known.fill("", None, None)?)))
    }

    /// Returns the edits that fill the body's metadata with what is `known`, and whether the title is among them. It goes into a
    /// key called `title`, or, if it has no other place, into one such as `Feature Name`.
    fn fill_metadata(&self, blocks: &Blocks, known: &Known<'_>, file: Option<&Path>) -> (Vec<Edit>, bool) {
        let end = self.sections.first().map_or(self.text.end(), |section| section.heading.start);
        let before = blocks.list.partition_point(|block| block.span.start < end);
        let is_title = |key: &str| fold(key) == "title";
        let has_title = |key: &MetadataKey| key.form == Form::FrontMatter && is_title(&key.name);
        let is_free = self.title.as_ref().is_none_or(|title| title.is_constant) && !self.metadata.iter().any(has_title);
        let is_known = |key: &str| self.has_key(key);
        let (mut edits, mut is_titled) = (Vec::new(), false);
        for group in groups(&self.text, &blocks.list[..before], None, is_known) {
            for entry in &group.entries {
                let is_for_title = !is_titled && (is_title(&entry.key) || is_free && is_title_key(&entry.key));
                let content = match is_for_title {
                    true => known.title.clone(),
                    false => {
                        let number = known.number.filter(|_| self.is_number_key(&entry.key));
                        number.map(|number| numbered(&self.text.slice(entry.value), number, file))
                    }
                };
                is_titled |= is_for_title && content.is_some();
                edits.extend(content.map(|content| self.value_edit(&group, entry, &content)));
            }
        }
        (edits, is_titled)
    }

    /// Returns the edit that makes `content` the value of `entry` in `group`.
    fn value_edit(&self, group: &Group, entry: &Entry, content: &str) -> Edit {
        let before = self.text.slice(Span::new(entry.key_span.end, entry.value.start));
        let is_html = self.text.slice(group.span).trim_start().starts_with('<');
        let content = match group.form {
            Form::Table => content.replace('|', "\\|"),
            _ if is_html => content.replace('&', "&amp;").replace('<', "&lt;"),
            _ => content.to_owned(),
        };
        let gap = if entry.value.is_empty() && !before.ends_with([' ', '\t', '>', '：']) { " " } else { "" };
        Edit { span: entry.value, content: format!("{gap}{content}") }
    }

    fn fill_front_matter(&self, front_matter: Span, known: &Known<'_>, file: Option<&Path>) -> Vec<Edit> {
        let fill = |field: Entry| {
            let source = self.text.slice(field.value);
            let content = match field.key.to_lowercase().as_str() {
                "title" if self.metadata_key(Form::FrontMatter, "title").is_none() => return None,
                "title" => {
                    // If the heading has a title, too, the form of that title does not apply here.
                    let form = known.form.filter(|_| self.title.is_none() || self.form_by_names().is_some());
                    let known = Known { form, ..known.clone() };
                    let prefix = signs::title_prefix(&source, &source);
                    let separator = prefix.as_ref().and_then(|prefix| signs::separator(&source, prefix));
                    let title = known.fill(&source, prefix.as_deref(), separator.as_deref())?;
                    quoted(&self.text, field.value.start, &title)
                }
                key if PATH_KEYS.contains(&key) => self.own_path(&source, file?)?,
                // Braces open a mapping in YAML.
                _ if source.starts_with('{') && source.contains('|') => {
                    let (_, key) = self.metadata_key(Form::FrontMatter, &field.key)?;
                    key.values.first()?.clone()
                }
                _ if self.is_number_key(&field.key) => {
                    // In YAML, zeros at the start of a number change its meaning.
                    let before = self.text.slice(Span::new(field.key_span.end, field.value.start));
                    let is_text = before.ends_with(['"', '\''])
                        || signs::lone_number_sign(&source).is_some_and(|sign| sign.start > 0);
                    let number = known.number?;
                    numbered(&source, if is_text { number } else { number.trim_start_matches('0') }, file)
                }
                _ => return None,
            };
            let before = self.text.slice(Span::new(field.span.start, field.value.start));
            let gap = if before.ends_with(':') { " " } else { "" };
            // A value on lines of its own, such as one after `>-`, is replaced as a whole.
            let is_block = source.starts_with(['>', '|']);
            let end = if is_block { self.text.trim_end(field.span).end } else { field.value.end };
            Some(Edit { span: Span::new(field.value.start, end), content: format!("{gap}{content}") })
        };
        fields(&self.text, front_matter).into_iter().filter_map(fill).collect()
    }

    /// Returns `path`, which leads to the template's own page, with the name of `file` in place of the template's name.
    fn own_path(&self, path: &str, file: &Path) -> Option<String> {
        let own = self.source.as_deref()?.file_stem()?.to_str()?;
        let at = path.to_lowercase().rfind(&own.to_lowercase())?;
        // A lowercase letter may be longer than its uppercase letter.
        let (before, rest) = (path.get(..at)?, path.get(at + own.len()..)?);
        let is_last = before.ends_with('/') && !rest.trim_end_matches('/').contains('/');
        is_last.then(|| Some(format!("{before}{}{rest}", file.file_stem()?.to_str()?)))?
    }
}

/// Returns `value`, the placeholder for the document's number, with `number` in place of the number's placeholder, and the name of
/// `file` in place of the link to the template.
fn numbered(value: &str, number: &str, file: Option<&Path>) -> String {
    let Some(sign) = signs::lone_number_sign(value) else { return number.to_owned() };
    let behind = &value[sign.end..];
    let name = file.and_then(Path::file_name).and_then(|name| name.to_str());
    let is_own =
        behind.strip_prefix("](").is_some_and(|link| link.starts_with(&value[sign.clone()]) && link.ends_with(')'));
    match name.filter(|_| is_own) {
        Some(name) => format!("{}{number}]({name})", &value[..sign.start]),
        None => format!("{}{number}{behind}", &value[..sign.start]),
    }
}

/// Returns `title` as the YAML value at `start` of `text`, escaped for the quotes before `start`, or quoted if there are none.
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
            ("[XIP-NNN] Title", "[XIP-07] Title", "[XIP-07] A 💡 \"B\""),
            ("`XIP-NNN`: Title", "XIP-07: Title", "XIP-07: A 💡 \"B\""),
            ("RFC {number}: {title}", "RFC 07: {title}", "RFC 07: A 💡 \"B\""),
            ("RFC {RFC-NUMBER}: {TITLE}", "RFC 07: {TITLE}", "RFC 07: A 💡 \"B\""),
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
    fn the_day_stands_where_the_template_has_a_sign_for_it() {
        let check = |template: &str, expected: &str| {
            let template = Template::derive(template, None);
            assert_eq!(template.fill(&Start { day: Some((2026, 1, 30)), ..Start::default() }), expected);
        };
        check(
            "---\ndate: {YYYY-MM-DD when it was decided}\nseen: YYYY-MM-DD\n---\n\n# T\n\n## A\n\n## B\n",
            "---\ndate: 2026-01-30\nseen: YYYY-MM-DD\n---\n\n# T\n\n## A\n\n## B\n",
        );
        check("# T\n\n- Date: The day (dd.MM.yyyy)\n\n## A\n\n## B\n", "# T\n\n- Date: 30.01.2026\n\n## A\n\n## B\n");
        check("# T\n\nDatum: JJJJ-MM-TT\n\n## A\n\n## B\n", "# T\n\nDatum: 2026-01-30\n\n## A\n\n## B\n");
        check("# T\n\n## Date\n\nYYYY-MM-DD\n\n## A\n", "# T\n\n## Date\n\n2026-01-30\n\n## A\n");
        check("# T\n\n- Date: 2020-01-01\n\n## A\n\n## B\n", "# T\n\n- Date: 2020-01-01\n\n## A\n\n## B\n");
    }

    #[test]
    fn front_matter_has_them_too() {
        check(
            "---\nxip: <to be assigned> # later\ntitle: <A title>\ndate: YYYY-MM-DD\n---\n\n## A\n\n## B\n",
            Some("C: \"d\""),
            "---\nxip: 7 # later\ntitle: \"C: \\\"d\\\"\"\ndate: YYYY-MM-DD\n---\n\n## A\n\n## B\n",
        );
        check(
            "---\nxip: 'XXXX'\nid: XIP-0000\nno: NNNN\npr: NNNN\n---\n\n## A\n\n## B\n",
            None,
            "---\nxip: '07'\nid: XIP-07\nno: 7\npr: NNNN\n---\n\n## A\n\n## B\n",
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
        let meta = |name: &str| format!("# Meta\n\n- Name: {name}\n- Status: Draft\n\n## A\n\n## B\n");
        check(&meta("(my feature)"), Some("C"), &meta("C"));
        check(
            "| A | b |\n| - | - |\n| Title | x |\n\n# A\n\n# B\n",
            Some("C | d"),
            "| A | b |\n| - | - |\n| Title | C \\| d |\n\n# A\n\n# B\n",
        );
        check("| Title | x |\n| - | - |\n\n# A\n\n# B\n", Some("C"), "| Title | C |\n| - | - |\n\n# A\n\n# B\n");
    }

    #[test]
    fn title_and_number_stand_in_the_metadata_in_whichever_form() {
        let check = |template: &str| {
            let with = |number: &str, title: &str| template.replace("NUMBER", number).replace("TITLE", title);
            let read = Template::derive(&with("?", "(the title)"), Some(Path::new("xip-template.md")));
            let start = Start { number: Some("07"), title: Some("Warm caches"), ..Start::default() };
            assert_eq!(read.fill(&start), with("07", "Warm caches"));
        };
        check("XIP: NUMBER\nTitle: TITLE\nStatus: Draft\n\n## A\n\n## B\n");
        check("**XIP**: NUMBER  \n**Title**: TITLE  \n**Status**: Draft\n\n## A\n\n## B\n");
        check("_XIP:_ NUMBER\n\n_Title:_ TITLE\n\n## A\n\n## B\n");
        check("# Meta\n\n- XIP: NUMBER\n- Title: TITLE\n\n## A\n\n## B\n");
        check("<pre>\n  XIP: NUMBER\n  Title: TITLE\n</pre>\n\n## A\n\n## B\n");
        check("```\nXIP: NUMBER\nTitle: TITLE\n```\n\n## A\n\n## B\n");
        check("| XIP | NUMBER |\n| - | - |\n| Title | TITLE |\n\n## A\n\n## B\n");
        check(
            "<table>\n<tr><th>XIP</th><td>NUMBER</td></tr>\n<tr><th>Title</th><td>TITLE</td></tr>\n</table>\n\n## A\n\n## B\n",
        );
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
        let form = template.form_by_names().expect("a form");
        let file = Some(Path::new("docs/xip-1.md"));
        let start = Start { number: Some("1"), title: Some("B"), file, form: Some(&form), day: None };
        let expected = "---\ntitle: \"XIP-1: B\"\npermalink: /docs/xip-1.md\n---\n\n# XIP-1: B\n\n## A\n";
        assert_eq!(template.fill(&start), expected);
    }

    #[test]
    fn a_template_without_a_title_gets_one() {
        check("## A\r\n\r\n## B\r\n", Some("C"), "# C\r\n\r\n## A\r\n\r\n## B\r\n");
        let template = "\u{feff}---\nstatus: x\n---\n\n<!-- say -->\n\n## A\n\n## B\n";
        check(template, Some("C"), &template.replace("<!--", "# C\n\n<!--"));
        for template in ["", "text", "# A\n\n# B\n"] {
            check(template, Some("C"), template);
        }
    }

    #[test]
    fn a_value_that_is_empty_or_in_lines_of_its_own_stays_valid_yaml() {
        let with = |title: &str| format!("---\nTitle:{title}\nstatus: x\n---\n\n## A\n\n## B\n");
        for value in ["", " ", " >-\n  One\n  two", " |\n  One"] {
            check(&with(value), Some("C: d"), &with(" \"C: d\""));
        }
        check(&with(" \"?\""), Some("C"), &with(" \"C\""));
    }

    #[test]
    fn a_new_title_has_the_number_as_the_others_have_it() {
        let both = |title: &str, heading: &str| format!("---\ntitle: {title}\n---\n\n# {heading}\n\n## A\n\n## B\n");
        let template = Template::derive(&both("My title", "RFC-0000: My title"), Some(Path::new("rfc-0000.md")));
        let form = TitleForm::of("RFC-0001: Foo", "0001");
        let start = Start { number: Some("0002"), title: Some("B"), form: form.as_ref(), ..Start::default() };
        assert_eq!(template.fill(&start), both("\"B\"", "RFC-0002: B"));
        let html = |heading: &str, title: &str| {
            format!("# {heading}\n\n<table>\n<tr><td> Title </td><td> {title} </td>\n</table>\n\n## A\n")
        };
        let template = Template::derive(&html("CEP 0 - Title", "A short title"), Some(Path::new("cep-0000.md")));
        let form = TitleForm::of("CEP 48 - A", "0048");
        let start = Start { number: Some("0049"), title: Some("B & c"), form: form.as_ref(), ..Start::default() };
        assert_eq!(template.fill(&start), html("CEP 49 - B & c", "B &amp; c"));
    }

    #[test]
    fn a_path_in_any_letters_becomes_the_documents_where_it_is_the_templates() {
        let with = |path: &str| format!("---\npermalink: {path}\n---\n\n# A\n\n## B\n");
        for (path, own) in [("docs/ñ-template.md", "docs/a.md"), ("/İ/ñ-template.md", "/İ/ñ-template.md")] {
            let template = Template::derive(&with(path), Some(Path::new("docs/ñ-template.md")));
            let file = Some(Path::new("docs/a.md"));
            assert_eq!(template.fill(&Start { file, ..Start::default() }), with(own));
        }
    }
}
