//! Inserts metadata keys: one next to the existing ones, in their form and style, or all of them.

use std::collections::HashMap;

use super::{Document, Metadata, Proposal};
use crate::syntax::{Body, Entry, is_toml};
use crate::template::{Form, MetadataKey, Template};
use crate::text::{Edit, Offset, Span, Text, apply};

impl Metadata {
    /// Returns the edit that inserts `key` after the entry `before`, or else before all, in the style of the existing entries.
    pub fn insertion(&self, proposal: &Proposal<'_>, key: &MetadataKey, before: Option<&Entry>) -> Option<Edit> {
        let text = proposal.text();
        match self.form {
            Form::Section => None,
            Form::FrontMatter if !is_line_by_line(text, self.span) => None,
            // A column of its own would change every line.
            Form::Table if self.entries.windows(2).any(|pair| pair[0].span == pair[1].span) => None,
            Form::FrontMatter | Form::Table => Some(self.row_insertion(text, key, before)),
            Form::Lines => self.line_insertion(proposal, key, before),
            Form::Bullets | Form::Preformatted | Form::HtmlTable => self.like_insertion(text, key, before),
        }
    }

    /// Returns the edit that inserts a line of front matter or of a table.
    fn row_insertion(&self, text: &Text, key: &MetadataKey, before: Option<&Entry>) -> Edit {
        let ending = text.line_ending().as_str();
        let first_line = text.line_at(self.span.start);
        let is_table = self.form == Form::Table;
        let line = match (is_table, key.form) {
            (true, Form::Table) => format!("| {} | |", key.label),
            (true, _) => format!("| {} | |", key.name),
            (false, Form::FrontMatter) => key.label.clone(),
            (false, _) => format!("{}:", key.name),
        };
        let after = before.map_or(text.line_span(first_line).end, |before| text.trim_end(before.span).end);
        // A table's header is followed by its delimiter row.
        let is_header = is_table && text.line_at(after) == first_line;
        let after = if is_header { text.line_span(first_line + 1).end } else { text.skip_blanks(after) };
        Edit::insert(after, format!("{ending}{line}"))
    }

    /// Returns the edit that inserts an entry like another one: with its indentation, bullet, marks and tags.
    fn like_insertion(&self, text: &Text, key: &MetadataKey, before: Option<&Entry>) -> Option<Edit> {
        let ending = text.line_ending().as_str();
        let model = before.or(self.entries.first())?;
        let start = match self.form {
            Form::Bullets => text.line_span_at(model.span.start).start,
            Form::HtmlTable => model.span.start,
            _ => model.content,
        };
        let indent = text.slice(Span::new(text.line_span_at(start).start, start));
        let indent = if indent.trim().is_empty() { indent } else { "".into() };
        let lead = text.slice(Span::new(start, model.key_span.start));
        let mark = text.slice(Span::new(model.key_span.end, model.value.start));
        let tail = match self.form {
            Form::HtmlTable => text.slice(Span::new(model.value.end, model.span.end)).into_owned(),
            _ => String::new(),
        };
        let mark = if tail.is_empty() { mark.trim_end() } else { &mark };
        let row = format!("{lead}{}{mark}{tail}", key.name);
        Some(match before {
            Some(before) => {
                let end = text.skip_blanks(text.trim_end(before.span).end);
                Edit::insert(end, format!("{ending}{indent}{row}"))
            }
            None => Edit::insert(start, format!("{row}{ending}{indent}")),
        })
    }

    /// Returns the edit that inserts a line of a paragraph, which ends as the others do, or a paragraph, if each entry has its own.
    fn line_insertion(&self, proposal: &Proposal<'_>, key: &MetadataKey, before: Option<&Entry>) -> Option<Edit> {
        let text = proposal.text();
        let ending = text.line_ending().as_str();
        let first = self.entries.first()?;
        let model = before.unwrap_or(first);
        let mark = text.slice(Span::new(model.key_span.end, model.value.start)).trim_end().to_owned();
        let line = format!("{}{}{mark}", text.slice(Span::new(model.content, model.key_span.start)), key.name);
        if let Some(sign) = self.sign_between(text) {
            // Entries that share a line.
            return Some(match before {
                Some(before) => Edit::insert(self.value_span(text, before).end, format!("{sign}{line}")),
                None => Edit::insert(first.content, format!("{line}{sign}")),
            });
        }
        let quote = text.slice(Span::new(text.line_span_at(model.content).start, model.content)).into_owned();
        let line = if quote.contains('>') { format!("{quote}{line}") } else { line };
        let own = || LineStyle::of(text, &self.entries);
        let style = own().or_else(|| LineStyle::of_template(proposal.template)).unwrap_or_default();
        let gap = if style.are_apart { ending } else { "" };
        let end = &style.end;
        let Some(before) = before else {
            return Some(Edit::insert(first.span.start, format!("{line}{end}{ending}{gap}")));
        };
        let is_last = Some(before) == self.entries.last();
        let value = self.value_span(text, before).end;
        let has_end = before.span.end > value || style.are_apart;
        let content = match (is_last, has_end) {
            (true, false) => format!("{end}{ending}{line}"),
            (true, true) => format!("{ending}{gap}{line}"),
            (false, _) => format!("{ending}{gap}{line}{end}"),
        };
        Some(Edit::insert(before.span.end, content))
    }
}

impl Metadata {
    /// Returns what separates the first two entries if they share a line of text.
    fn sign_between(&self, text: &Text) -> Option<String> {
        let [first, second, ..] = self.entries.as_slice() else { return None };
        let is_shared = text.line_at(first.content) == text.line_at(second.content);
        is_shared.then(|| text.slice(Span::new(self.value_span(text, first).end, second.content)).into_owned())
    }
}

impl Proposal<'_> {
    /// Returns the entry for the nearest key before that at `index` of the template, in the same form, that the metadata has.
    pub fn entry_before(&self, index: usize) -> Option<&Entry> {
        let metadata = self.metadata()?;
        let before = || {
            let mut last: HashMap<Form, Option<usize>> = HashMap::new();
            let mut first: HashMap<(Form, &str), Option<usize>> = HashMap::new();
            let before = |key: &MetadataKey| {
                let last = last.entry(key.form).or_default();
                let before = *last;
                *last = metadata.place_called(key.called()).or(before);
                before
            };
            let found: Vec<Option<usize>> = self.template.metadata.iter().map(before).collect();
            // Of two keys with the same name, the first one determines the place.
            let keys = self.template.metadata.iter().zip(found);
            keys.map(|(key, before)| *first.entry((key.form, &key.name)).or_insert(before)).collect()
        };
        let place = self.entries_before.get_or_init(before).get(index).copied().flatten();
        place.and_then(|place| metadata.entries.get(place))
    }
}

/// How lines of metadata are separated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LineStyle {
    /// Whether each line is a paragraph.
    are_apart: bool,
    /// The mark of a line break at the end of a line.
    end: String,
}

impl LineStyle {
    /// Returns the style of `entries`; `None` if there is only one.
    fn of(text: &Text, entries: &[Entry]) -> Option<LineStyle> {
        let (first, second) = (entries.first()?, entries.get(1)?);
        let are_apart = text.line_at(first.span.end) + 1 < text.line_at(second.span.start);
        let value = Form::Lines.value_span(text, first);
        let end = if are_apart { String::new() } else { text.slice(Span::new(value.end, first.span.end)).into_owned() };
        Some(LineStyle { are_apart, end })
    }

    fn of_template(template: &Template) -> Option<LineStyle> {
        LineStyle::of(&template.text, &of_template(template).filter(|found| found.form == Form::Lines)?.entries)
    }
}

/// Returns the metadata in the body of `template`.
fn of_template(template: &Template) -> Option<Metadata> {
    let document = Document::closed(&template.text.to_string());
    Metadata::read(&document, template.form?, template.metadata_span?, |_| true)
}

/// Returns the edit that inserts the template's metadata if there is none: after the title, or at the start of the text.
pub fn insert_metadata(proposal: &Proposal<'_>) -> Option<Edit> {
    let text = proposal.text();
    let ending = text.line_ending().as_str();
    let labels = |bullet: &str| {
        let lines = proposal.required_keys().map(|(_, key)| format!("{bullet}{}", key.label));
        lines.collect::<Vec<_>>().join(ending)
    };
    let lines = match proposal.template.form? {
        Form::FrontMatter => {
            let lines = labels("");
            return Some(Edit::insert(text.start(), format!("---{ending}{lines}{ending}---{ending}{ending}")));
        }
        Form::Bullets => labels("- "),
        _ => without_values(proposal.template)?.replace('\n', ending),
    };
    Some(match proposal.metadata_section().or(proposal.title()) {
        Some(above) => {
            let end = above.heading.span.end;
            Edit::insert(end, format!("{ending}{ending}{lines}{}", gap(text, end)))
        }
        None => Edit::insert(Body::of(text).start, format!("{lines}{ending}{ending}")),
    })
}

/// Returns the metadata in the body of `template`, without its values.
fn without_values(template: &Template) -> Option<String> {
    let metadata = of_template(template)?;
    let span = metadata.span;
    let source = Text::new(&template.text.slice(span));
    let value = |entry: &Entry| metadata.value_span(&template.text, entry).relative_to(span.start);
    let edits = metadata.entries.iter().map(|entry| Edit { span: value(entry), content: String::new() });
    let lines = apply(&source, &edits.collect::<Vec<_>>()).to_string().replace("\r\n", "\n");
    Some(lines.trim_end().to_owned())
}

/// Whether the front matter at `span` has one key per line, as all YAML except for braces does.
fn is_line_by_line(text: &Text, span: Span) -> bool {
    let is_in_braces = text.slice(span).lines().skip(1).any(|line| line.starts_with('{'));
    !is_toml(text, span) && !is_in_braces
}

/// Returns what must follow the metadata after the heading that ends at `end`, so that it ends there. Empty if a blank line
/// follows.
fn gap(text: &Text, end: Offset) -> &'static str {
    let next = text.line_at(end) + 1;
    let is_followed = next < text.line_count() && !text.is_blank_line(next);
    if is_followed { text.line_ending().as_str() } else { "" }
}
