//! The metadata that most documents share.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::super::{Document, Metadata};
use super::dates::sign_for;
use super::shape::{REQUIRED, USUAL, listed, sections, title_of};
use crate::syntax::{Entry, fold};
use crate::template::{Form, is_date};
use crate::terms::{KeyKind, kind_of_key};
use crate::text::{Offset, Span};

/// The metadata that most documents have.
#[derive(Debug, Default)]
pub(super) struct Shared {
    front_matter: Vec<Key>,
    body: Vec<Key>,
    /// The form of the metadata in the body.
    form: Option<Form>,
    /// What ends each of its lines except the last.
    divider: String,
    /// What each of its lines starts with.
    lead: String,
}

/// A key that most documents have.
#[derive(Debug)]
struct Key {
    /// The key with its marks and colon.
    label: String,
    kind: Option<KeyKind>,
    /// Its values in the documents that have any.
    values: Vec<String>,
    /// The value, if all documents have the same.
    constant: Option<String>,
}

/// A key and what was seen of it.
#[derive(Default)]
struct Seen {
    label: String,
    places: usize,
    count: usize,
    values: Vec<String>,
}

impl Shared {
    /// Returns the metadata that most of `documents` have.
    pub(super) fn of(documents: &[(&Path, &Document)]) -> Shared {
        let of_body: Vec<Option<Metadata>> = documents.iter().map(|(_, document)| in_body(document)).collect();
        let mut forms: HashMap<&'static str, (Form, usize)> = HashMap::new();
        for found in of_body.iter().flatten().filter(|found| is_written(found.form)) {
            forms.entry(found.form.as_str()).or_insert((found.form, 0)).1 += 1;
        }
        let most = forms.into_values().max_by_key(|(form, count)| (*count, form.as_str()));
        let form = most.filter(|(_, count)| count * 100 > documents.len() * USUAL).map(|(form, _)| form);
        let own = documents
            .iter()
            .zip(&of_body)
            .map(|((_, document), found)| (*document, found.as_ref().filter(|found| Some(found.form) == form)));
        let front: Vec<Option<Metadata>> =
            documents.iter().map(|(_, document)| Metadata::front_matter(document)).collect();
        let fronts = documents.iter().zip(&front).map(|((_, document), found)| (*document, found.as_ref()));
        let divider = own.clone().find_map(|(document, found)| divider(document, found?));
        let lead = own.clone().find_map(|(document, found)| lead(document, found?));
        Shared {
            front_matter: keys(fronts, documents.len()),
            body: keys(own, documents.len()),
            form,
            divider: divider.unwrap_or_else(|| "\n".to_owned()),
            lead: lead.unwrap_or_default(),
        }
    }

    /// Returns the front matter, followed by a blank line; empty if there is none.
    pub(super) fn front_matter(&self, status: &[String]) -> String {
        if self.front_matter.is_empty() {
            return String::new();
        }
        let line = |key: &Key| format!("{} {}", key.label, key.value(status)).trim_end().to_owned() + "\n";
        format!("---\n{}---\n\n", self.front_matter.iter().map(line).collect::<String>())
    }

    /// Returns the metadata in the body, followed by a blank line; empty if there is none.
    pub(super) fn body(&self, status: &[String]) -> String {
        if self.body.is_empty() {
            return String::new();
        }
        let line = |key: &Key| format!("{} {}", key.label, key.value(status)).trim_end().to_owned();
        let lines: Vec<String> = self.body.iter().map(line).collect();
        match self.form {
            Some(Form::Bullets) => format!("- {}\n\n", lines.join("\n- ")),
            Some(Form::Table) => {
                let row = |key: &Key| format!("| {} | {} |\n", key.label, key.value(status).replace('|', "\\|"));
                format!("| | |\n| --- | --- |\n{}\n", self.body.iter().map(row).collect::<String>())
            }
            _ => {
                let lines = lines.join(&self.divider).replace('\n', &format!("\n{}", self.lead));
                format!("{}{lines}\n\n", self.lead)
            }
        }
    }
}

impl Key {
    fn value(&self, status: &[String]) -> String {
        let are_dates = !self.values.is_empty()
            && self.values.iter().filter(|value| is_date(value)).count() * 2 > self.values.len();
        match self.kind {
            Some(KeyKind::Status) if !status.is_empty() => listed(status),
            Some(KeyKind::Date) => sign_for(&self.values).to_owned(),
            _ if are_dates => sign_for(&self.values).to_owned(),
            _ => self.constant.clone().unwrap_or_default(),
        }
    }
}

/// Whether metadata of `form` can be written for all documents in the same way.
fn is_written(form: Form) -> bool {
    matches!(form, Form::Bullets | Form::Lines | Form::Table)
}

/// Returns the metadata between the title of `document` and its first section.
fn in_body(document: &Document) -> Option<Metadata> {
    let front_matter = document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
    let start = title_of(document).map_or(front_matter, |(_, title)| title.heading.span.end);
    let end = sections(document).next().map_or(document.text().end(), |section| section.span.start);
    Metadata::in_body(document, Span::new(start, end.max(start)), None, |_| false).next()
}

/// Returns what is between the first two of several keys in lines: the line ending with any mark before it, or a
/// separator if they share a line.
fn divider(document: &Document, metadata: &Metadata) -> Option<String> {
    let text = document.text();
    let [first, second, ..] = metadata.entries.as_slice() else { return None };
    if metadata.form != Form::Lines {
        return None;
    }
    let line = text.line_span_at(first.value.start);
    let end = first.value.end.min(line.end);
    if line.contains(second.content) {
        return Some(text.slice(Span::new(end, second.content)).into_owned());
    }
    Some(format!("{}\n", text.slice(Span::new(end, line.end))))
}

/// Returns what comes before each line of keys in a quote.
fn lead(document: &Document, metadata: &Metadata) -> Option<String> {
    let text = document.text();
    let first = metadata.entries.first().filter(|_| metadata.form == Form::Lines)?;
    let lead = text.slice(Span::new(text.line_span_at(first.content).start, first.content)).into_owned();
    lead.contains('>').then(|| lead.trim_end_matches(['*', '_', '`']).to_owned())
}

/// Returns the keys that most of `all` have, in their usual order; `count` is the number of documents.
fn keys<'a>(all: impl Iterator<Item = (&'a Document, Option<&'a Metadata>)>, count: usize) -> Vec<Key> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (document, metadata) in all.filter_map(|(document, metadata)| Some((document, metadata?))) {
        for (place, entry) in metadata.entries.iter().enumerate() {
            let key = seen.entry(fold(&entry.key)).or_default();
            if key.label.is_empty() {
                key.label = label(document, metadata, entry);
            }
            key.places += place * 1000 / metadata.entries.len();
            key.count += 1;
            let value = metadata.value(document.text(), entry);
            key.values.extend(Some(value).filter(|value| !value.is_empty()));
        }
    }
    let mut shared: Vec<(String, Seen)> =
        seen.into_iter().filter(|(_, key)| key.count * 100 >= count * REQUIRED).collect();
    shared.sort_by_key(|(_, key)| key.places / key.count.max(1));
    let key = |(name, seen): (String, Seen)| {
        let first = seen.values.first().cloned().unwrap_or_default();
        // A template's text in brackets is a placeholder.
        let is_plain = !first.starts_with(['[', '{', '<', '(', '$', '_', '*']);
        let is_constant = is_plain && seen.values.len() > 2 && seen.values.iter().all(|value| *value == first);
        Key { label: seen.label, kind: kind_of_key(&name), values: seen.values, constant: is_constant.then_some(first) }
    };
    shared.into_iter().map(key).collect()
}

/// Returns the key of `entry` with its marks and colon, as `document` has it.
fn label(document: &Document, metadata: &Metadata, entry: &Entry) -> String {
    let text = document.text();
    match metadata.form {
        Form::FrontMatter => format!("{}:", entry.key),
        _ => text
            .slice(Span::new(entry.content, entry.value.start))
            .trim_end()
            .trim_end_matches('|')
            .trim_end()
            .to_owned(),
    }
}
