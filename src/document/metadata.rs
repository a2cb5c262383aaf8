//! The metadata of a proposal: its keys and values, in whichever form the template has them.

use std::sync::Arc;

use super::Document;
use crate::letters::{folded, is_dense};
use crate::syntax::{Entry, fields, fold_space, said, strip_signs};
use crate::template::{Form, Group, KeyName, KeyNames, MetadataKey, Template, groups};
use crate::terms::{KeyKind, is_inflected};
use crate::text::{Offset, Placed, Span, Text};

/// The keys and values that stand together in one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The form.
    pub form: Form,
    /// All of the front matter, list, table or lines.
    pub span: Span,
    /// The entries.
    pub entries: Vec<Entry>,
    /// What their keys are called.
    names: Arc<KeyNames>,
}

impl Placed for Metadata {
    fn placed(self, place: impl Fn(Span) -> Span) -> Metadata {
        Metadata { span: place(self.span), entries: self.entries.placed(place), ..self }
    }
}

impl Metadata {
    /// What `document` has in `form`, in `place` unless it is front matter; none where there is no entry, but for front matter,
    /// which is there or not. A key that `is_known` knows is one wherever it stands.
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

    /// The front matter of `document`.
    pub(super) fn front_matter(document: &Document) -> Option<Metadata> {
        let span = document.blocks().front_matter?;
        Some(Metadata::of(Form::FrontMatter, span, fields(document.text(), span)))
    }

    /// What `document` has in `place`, in `form` or else in whichever.
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

    /// `entries` in sections of their own, if there is any.
    pub(super) fn of_sections(entries: Vec<Entry>) -> Option<Metadata> {
        let start = entries.first()?.span.start;
        let end = entries.iter().map(|entry| entry.span.end).max()?;
        Some(Metadata::of(Form::Section, Span::new(start, end), entries))
    }

    /// The first entry of this `kind` by its key's name.
    pub fn entry_of(&self, kind: KeyKind) -> Option<&Entry> {
        self.named().find(|(own, _)| own.kind() == Some(kind)).map(|(_, entry)| entry)
    }

    /// The entries with what their keys are called.
    pub fn named(&self) -> impl Iterator<Item = (&KeyName, &Entry)> {
        self.names.iter().zip(&self.entries)
    }

    /// The entry for `key`, however it is spelt.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entry_called(&KeyName::of(key))
    }

    /// The entry for the key called `name`.
    pub fn entry_called(&self, name: &KeyName) -> Option<&Entry> {
        self.place_called(name).map(|place| &self.entries[place])
    }

    /// Its place among the entries.
    pub(super) fn place_called(&self, name: &KeyName) -> Option<usize> {
        self.names.first(name, |_| true)
    }

    /// All that `entry` of it has as its value, white space folded.
    pub fn value(&self, text: &Text, entry: &Entry) -> String {
        match &entry.scalar {
            Some(says) => fold_space(says),
            None => fold_space(&text.slice(self.value_span(text, entry))),
        }
    }

    /// Where all of that is.
    pub fn value_span(&self, text: &Text, entry: &Entry) -> Span {
        self.form.value_span(text, entry)
    }
}

/// The value of the key for the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What it says, as [`said_in`] has it.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

impl Status {
    /// Whether it is past discussion, as `template` has it or in another language's words.
    pub fn is_accepted(&self, template: &Template) -> bool {
        self.is_one_of(&template.accepted_status) || template.says_accepted(&self.text)
    }

    /// Whether a release must be named at it.
    pub fn is_released(&self, template: &Template) -> bool {
        self.is_one_of(&template.released_status) || template.says_released(&self.text)
    }

    /// Whether it is one of `values`, perhaps with a remark behind it, as `Implemented (1.2)`. What is said to be in review is none.
    pub fn is_one_of(&self, values: &[String]) -> bool {
        let is_open = |value: &String| {
            let rest = self.text.get(value.len()..).unwrap_or_default().to_lowercase();
            let next = rest.trim_start().split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
            matches!(next, "review" | "discussion" | "vote" | "voting")
        };
        values.iter().any(|value| is_value(&self.text, value) && !is_open(value))
    }
}

/// Whether `key` may have `value`, without marks around it.
pub fn allows(key: &MetadataKey, value: &str) -> bool {
    key.values.is_empty() || key.is_open || key.is_loose || lists(key, value)
}

/// Whether the template lists `value` for `key`, or several values that `value` has. Brackets around it do not matter, nor that
/// what a value starts with is there alone, as `superseded` for `superseded by`.
pub fn lists(key: &MetadataKey, value: &str) -> bool {
    let value = value.trim_matches(['<', '>', '{', '}', '[', ']', '(', ')', ' ', '（', '）', '【', '】', '「', '」']);
    let is_start = |start: &String| is_value(value, start) || is_value(start, value);
    let known = || key.values.iter().chain(&key.starts).chain(&key.nested);
    let is_listed = |value: &str| known().any(|allowed| is_value(value, allowed));
    let mut parts = value.split(['/', ',', '&', '／', '、', '，', '｜']).map(str::trim);
    is_listed(value) || key.starts.iter().any(is_start) || parts.clone().count() > 1 && parts.all(is_listed)
}

/// Whether `value` is `allowed` in any case, perhaps with a sign before it and a remark behind it.
pub fn is_value(value: &str, allowed: &str) -> bool {
    let bare = |text: &str| match strip_signs(text) {
        "" => text.to_lowercase(),
        words => words.to_lowercase(),
    };
    let (value, allowed) = (bare(value), bare(allowed));
    let is_plain = value.is_ascii() && allowed.is_ascii();
    let is_own = |value: &str, allowed: &str| {
        let rest = value.strip_prefix(allowed);
        // In `由ADR-0007取代` a number follows without a blank.
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

/// Whether two values are the same but for case, a sign before and a remark behind one of them.
pub fn is_same_value(one: &str, other: &str) -> bool {
    is_value(one, other) || is_value(other, one)
}

/// What the value of `entry` says in words, and where in `text`; all of it but for marks, where it has no words.
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

/// `value` without the marks of bold, italic or code around it, in `text`.
pub fn bare(text: &Text, value: Span) -> Span {
    const MARKS: [char; 3] = ['_', '*', '`'];
    let source = text.slice(value);
    let inside = source.trim_start_matches(MARKS);
    let start = value.start + (source.len() - inside.len());
    // What ends in a mark alone has it around its last words.
    let inside = if start > value.start { inside.trim_end_matches(MARKS) } else { inside };
    Span::new(start, start + inside.len())
}
