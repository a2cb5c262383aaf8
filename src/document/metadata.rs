//! The metadata of a proposal: its keys and values, in any form.

use std::sync::Arc;

use super::Document;
use crate::letters::{folded, is_dense};
use crate::syntax::{Entry, fields, fold_space, said, strip_signs};
use crate::template::{Form, Group, KeyName, KeyNames, MetadataKey, Template, groups};
use crate::terms::{KeyKind, is_inflected};
use crate::text::{Offset, Placed, Span, Text};

/// Keys and values that belong together, in one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The form.
    pub form: Form,
    /// The span of the whole front matter, list, table or lines.
    pub span: Span,
    /// The entries.
    pub entries: Vec<Entry>,
    /// The names of the keys of the entries.
    names: Arc<KeyNames>,
}

impl Placed for Metadata {
    fn placed(self, place: impl Fn(Span) -> Span) -> Metadata {
        Metadata { span: place(self.span), entries: self.entries.placed(place), ..self }
    }
}

impl Metadata {
    /// Returns the metadata of `document` in `form`, in `place` unless it is front matter. `None` if there is no entry, or no front
    /// matter. If `is_known` returns true for a key, it counts as a key anywhere.
    pub(super) fn read(
        document: &Document,
        form: Form,
        place: Span,
        is_known: impl Fn(&str) -> bool,
    ) -> Option<Metadata> {
        match form {
            Form::FrontMatter => Metadata::front_matter(document),
            _ => {
                let mut groups = Metadata::in_body(document, place, Some(form), &is_known);
                let first = groups.next()?;
                // Another marker or a comment divides a list in two.
                let is_more =
                    |next: &Metadata| form == Form::Bullets && next.entries.iter().any(|entry| is_known(&entry.key));
                let (mut span, mut entries) = (first.span, first.entries);
                for more in groups.filter(is_more) {
                    span = Span::new(span.start, more.span.end);
                    entries.extend(more.entries);
                }
                Some(Metadata::of(form, span, entries))
            }
        }
    }

    /// Returns the front matter of `document`.
    pub(super) fn front_matter(document: &Document) -> Option<Metadata> {
        let span = document.blocks().front_matter?;
        Some(Metadata::of(Form::FrontMatter, span, fields(document.text(), span)))
    }

    /// Returns the metadata of `document` in `place`, in `form`, or in any form for `None`.
    pub(super) fn in_body<'a>(
        document: &'a Document,
        place: Span,
        form: Option<Form>,
        is_known: impl Fn(&str) -> bool + 'a,
    ) -> impl Iterator<Item = Metadata> + 'a {
        let blocks = &document.blocks().list;
        let at = |offset: Offset| blocks.partition_point(|block| block.span.start < offset);
        let inside = &blocks[at(place.start)..at(place.end).max(at(place.start))];
        let groups = groups(document.text(), inside, form, is_known);
        groups.map(|Group { form, span, entries, .. }| Metadata::of(form, span, entries))
    }

    fn of(form: Form, span: Span, entries: Vec<Entry>) -> Metadata {
        let names = Arc::new(KeyNames::of(entries.iter().map(|entry| KeyName::of(&entry.key))));
        Metadata { form, span, entries, names }
    }

    /// Returns `entries` in sections of their own, if there are any.
    pub(super) fn of_sections(entries: Vec<Entry>) -> Option<Metadata> {
        let start = entries.first()?.span.start;
        let end = entries.iter().map(|entry| entry.span.end).max()?;
        Some(Metadata::of(Form::Section, Span::new(start, end), entries))
    }

    /// Returns the first entry of this `kind` by the name of its key.
    pub fn entry_of(&self, kind: KeyKind) -> Option<&Entry> {
        self.named().find(|(own, _)| own.kind() == Some(kind)).map(|(_, entry)| entry)
    }

    /// Returns the entries with the names of their keys.
    pub fn named(&self) -> impl Iterator<Item = (&KeyName, &Entry)> {
        self.names.iter().zip(&self.entries)
    }

    /// Returns the entry for `key`, in any spelling.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entry_called(&KeyName::of(key))
    }

    /// Returns the entry for the key called `name`.
    pub fn entry_called(&self, name: &KeyName) -> Option<&Entry> {
        self.place_called(name).map(|place| &self.entries[place])
    }

    /// Returns the place of the entry for the key called `name`.
    pub(super) fn place_called(&self, name: &KeyName) -> Option<usize> {
        self.names.first(name, |_| true)
    }

    /// Returns the whole value of `entry`, with white space folded.
    pub fn value(&self, text: &Text, entry: &Entry) -> String {
        match &entry.scalar {
            Some(says) => fold_space(says),
            None => fold_space(&text.slice(self.value_span(text, entry))),
        }
    }

    /// Returns the span of the whole value of `entry`.
    pub fn value_span(&self, text: &Text, entry: &Entry) -> Span {
        self.form.value_span(text, entry)
    }
}

/// The value of the key for the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The words of the status, as returned by [`said_in`].
    pub text: String,
    /// The place of these words.
    pub span: Span,
}

impl Status {
    /// Whether the status is past discussion, by `template` or by its words in another language. The one that the template gives
    /// each new proposal is not, unless the settings say so.
    pub fn is_accepted(&self, template: &Template) -> bool {
        let is_past = self.is_one_of(&template.accepted_status) || template.says_accepted(&self.text);
        is_past && !template.starts_with(&self.text)
    }

    /// Whether the status requires a release.
    pub fn is_released(&self, template: &Template) -> bool {
        self.is_one_of(&template.released_status) || template.says_released(&self.text)
    }

    /// Whether the status is one of `values`, perhaps followed by a remark, as `Implemented (1.2)`. A remark that it is under
    /// discussion rules this out.
    pub fn is_one_of(&self, values: &[String]) -> bool {
        let is_open = |value: &String| {
            let rest = self.text.get(value.len()..).unwrap_or_default().to_lowercase();
            let next = rest.trim_start().split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
            matches!(next, "review" | "discussion" | "vote" | "voting")
        };
        values.iter().any(|value| is_value(&self.text, value) && !is_open(value))
    }
}

/// Whether `key` may have `value`, which must have no marks around it.
pub fn allows(key: &MetadataKey, value: &str) -> bool {
    key.values.is_empty() || key.is_open || key.is_loose || lists(key, value)
}

/// Whether the template lists `value` for `key`, or all of the several values in `value`. Brackets around it do not matter, and the
/// start of a listed value is enough, as `superseded` for `superseded by`.
pub fn lists(key: &MetadataKey, value: &str) -> bool {
    let value = value.trim_matches(['<', '>', '{', '}', '[', ']', '(', ')', ' ', '（', '）', '【', '】', '「', '」']);
    let is_start = |start: &String| is_value(value, start) || is_value(start, value);
    let known = || key.values.iter().chain(&key.starts).chain(&key.nested);
    let is_listed = |value: &str| known().any(|allowed| is_value(value, allowed));
    let mut parts = value.split(['/', ',', '&', '／', '、', '，', '｜']).map(str::trim);
    is_listed(value) || key.starts.iter().any(is_start) || parts.clone().count() > 1 && parts.all(is_listed)
}

/// Whether `value` is `allowed`, ignoring case, a sign before it and a remark after it.
pub fn is_value(value: &str, allowed: &str) -> bool {
    let bare = |text: &str| match strip_signs(text) {
        "" => text.to_lowercase(),
        words => words.to_lowercase(),
    };
    let (value, allowed) = (bare(value), bare(allowed));
    let is_plain = value.is_ascii() && allowed.is_ascii();
    let is_own = |value: &str, allowed: &str| {
        let rest = value.strip_prefix(allowed);
        // In `由ADR-0007取代` a number follows without a space.
        let ends = |next: char| !next.is_alphanumeric() || allowed.ends_with(is_dense) && !is_dense(next);
        rest.is_some_and(|rest| rest.chars().next().is_none_or(ends))
    };
    let is_inflected = || {
        let split = |text: &str| text.find(|sign: char| !sign.is_alphabetic()).unwrap_or(text.len());
        let ((own, rest), (word, behind)) = (value.split_at(split(&value)), allowed.split_at(split(&allowed)));
        is_inflected(own, word) && is_own(rest, behind)
    };
    is_own(&value, &allowed) || !is_plain && is_own(&folded(&value), &folded(&allowed)) || is_inflected()
}

/// Whether two values are the same, ignoring case, a sign before either and a remark after either.
pub fn is_same_value(one: &str, other: &str) -> bool {
    is_value(one, other) || is_value(other, one)
}

/// Returns the words of the value of `entry`, and their place in `text`. If there are no words, returns the value without marks.
pub fn said_in(text: &Text, entry: &Entry) -> (String, Span) {
    match (said(&entry.value_text(text)), &entry.scalar) {
        (Some((words, _)), Some(_)) => (words, entry.value),
        (Some((words, place)), None) => (words, Span::of_range(entry.value.start, place)),
        (None, Some(says)) => (says.clone(), entry.value),
        (None, None) => {
            let bare = bare(text, entry.value);
            (text.slice(bare).into_owned(), bare)
        }
    }
}

/// Returns `value` without the marks of bold, italic or code around it, in `text`.
pub fn bare(text: &Text, value: Span) -> Span {
    const MARKS: [char; 3] = ['_', '*', '`'];
    let source = text.slice(value);
    let inside = source.trim_start_matches(MARKS);
    let start = value.start + (source.len() - inside.len());
    // A mark only at the end belongs to the last words.
    let inside = if start > value.start { inside.trim_end_matches(MARKS) } else { inside };
    Span::new(start, start + inside.len())
}
