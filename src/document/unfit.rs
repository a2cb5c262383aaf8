//! Values that are not what the settings require of their keys.

use super::items::{Item, Items, is_person, is_version, is_web_address};
use super::odd_day::{is_day, parts};
use super::{Metadata, Proposal};
use crate::letters;
use crate::syntax::Entry;
use crate::template::{Constraint, MetadataKey, ValueKind, date_sign};
use crate::text::{Edit, Span};

/// A value that is not what the settings require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The place of its key; `None` for the title.
    pub key: Option<usize>,
    /// The place of the fault.
    pub span: Span,
    /// The fault.
    pub fault: Misfit,
    /// The edit that mends it, if there is only one way.
    pub mended: Option<Edit>,
}

/// How a value is not what the settings require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is empty.
    Empty,
    /// It, or this item of it, is not of the type.
    Type(ValueKind, String),
    /// It is a day in another format than this one.
    OtherFormat(String),
    /// It is the day of no calendar.
    NoSuchDay(String),
    /// None of the people has a handle.
    NoHandle,
    /// An item of a list is empty, or is not separated from the next one by a comma and a space.
    Spacing,
    /// The numbers do not ascend.
    Unsorted,
    /// It has this number of characters, and needs at least that.
    TooShort(usize, usize),
    /// It matches none of the patterns called so.
    Unmatched(Vec<String>),
    /// It has a match of the pattern called so.
    Forbidden(String),
}

impl Proposal<'_> {
    /// Returns the values that are not what the settings require.
    pub fn unfit_values(&self) -> Vec<Unfit> {
        let template = self.template;
        if template.demands.title.is_none() && template.metadata.iter().all(|key| key.constraint.is_none()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let (Some(constraint), Some(title)) = (&template.demands.title, self.title()) {
            let heading = &title.heading;
            let rest = template.read_number(&heading.text).map_or(0, |number| number.rest);
            let items = Items::of(self.text(), heading.content, heading.text[rest..].trim(), false);
            found.extend(of_text(constraint, &items).map(|(span, fault)| Unfit {
                key: None,
                span,
                fault,
                mended: None,
            }));
        }
        for metadata in self.all_metadata() {
            for (name, entry) in metadata.named() {
                let Some((index, key)) = template.key_called(metadata.form, name) else { continue };
                if let Some(constraint) = &key.constraint {
                    let unfit = self.unfit(metadata, entry, key, constraint).into_iter();
                    found.extend(unfit.map(|(span, fault, mended)| Unfit { key: Some(index), span, fault, mended }));
                }
            }
        }
        found
    }

    fn unfit(
        &self,
        metadata: &Metadata,
        entry: &Entry,
        key: &MetadataKey,
        constraint: &Constraint,
    ) -> Vec<(Span, Misfit, Option<Edit>)> {
        let value = metadata.value(self.text(), entry);
        let value = value.trim();
        if key.has_placeholder() && value == key.placeholder {
            return Vec::new();
        }
        if value.is_empty() {
            let is_required = constraint.is_required == Some(true)
                || constraint.required_when.as_ref().is_some_and(|conditions| self.holds(conditions));
            return is_required.then_some((entry.key_span, Misfit::Empty, None)).into_iter().collect();
        }
        let span = metadata.value_span(self.text(), entry);
        let items = Items::of(self.text(), span, value, constraint.kind.is_some_and(ValueKind::is_list));
        let plain = |(span, fault)| (span, fault, None);
        let mut found: Vec<_> = of_text(constraint, &items).map(plain).collect();
        let (said, place) = self.said_of(metadata, entry);
        match constraint.kind {
            None | Some(ValueKind::Text) => {}
            Some(ValueKind::Date) => found.extend(odd_day(key, constraint, &said, place)),
            Some(ValueKind::Number) if !is_number(&said) => {
                found.push((place, Misfit::Type(ValueKind::Number, said), None));
            }
            Some(ValueKind::Version) if !is_version(&said) => {
                found.push((place, Misfit::Type(ValueKind::Version, said), None));
            }
            Some(ValueKind::Link) if !is_web_address(value) => {
                found.push((items.span, Misfit::Type(ValueKind::Link, value.to_owned()), None));
            }
            Some(kind) if kind.is_list() => found.extend(in_list(kind, constraint, &items)),
            Some(_) => {}
        }
        found
    }
}

/// Returns the faults of a value's text: its length, and the patterns.
fn of_text<'a>(constraint: &'a Constraint, items: &'a Items) -> impl Iterator<Item = (Span, Misfit)> + 'a {
    let value = &items.value;
    let count = letters::count(value);
    let least = constraint.min_characters.filter(|least| count < *least);
    let short = least.map(|least| (items.span, Misfit::TooShort(count, least)));
    let called = || constraint.patterns.iter().flatten().map(|pattern| pattern.called.clone()).collect();
    let fits = || constraint.patterns.iter().flatten().any(|pattern| pattern.is_in(value));
    let unmatched = constraint.patterns.as_ref().filter(|all| !all.is_empty() && !fits());
    let unmatched = unmatched.map(|_| (items.span, Misfit::Unmatched(called())));
    let forbidden = constraint.forbidden.iter().flatten().filter_map(|pattern| {
        let place = pattern.places(value).next()?;
        Some((items.place(place), Misfit::Forbidden(pattern.called.clone())))
    });
    short.into_iter().chain(unmatched).chain(forbidden)
}

/// Returns the fault of `said`, which is at `span`, if it is not a day in the format of `key`.
fn odd_day(key: &MetadataKey, constraint: &Constraint, said: &str, span: Span) -> Option<(Span, Misfit, Option<Edit>)> {
    let format = constraint.format.as_deref().or_else(|| date_sign(&key.placeholder)).unwrap_or("YYYY-MM-DD");
    let none = || Some((span, Misfit::Type(ValueKind::Date, said.to_owned()), None));
    let figures = parts(said);
    let [one, two, three] = figures.as_slice() else { return none() };
    let place = |letter: char| {
        let mut signs = format.split(['-', '/', '.']);
        signs.position(|part| part.to_ascii_uppercase().starts_with(letter))
    };
    let (year, month, day) = match (place('Y'), place('M'), place('D')) {
        (Some(year), Some(month), Some(day)) if year < 3 && month < 3 && day < 3 => (year, month, day),
        _ => (0, 1, 2),
    };
    // Whether the day or the month comes first in `01/02/2026` is not known.
    if year == 0 && one.len() < 4 && three.len() == 4 {
        return Some((span, Misfit::OtherFormat(format.to_owned()), None));
    }
    // A year in front is read as one, whatever the format.
    let (year, month, day) = if one.len() == 4 { (0, 1, 2) } else { (year, month, day) };
    let (year, month, day) = (figures[year], figures[month], figures[day]);
    if year.len() != 4 || [one, two, three].iter().any(|part| part.len() > 4) {
        return none();
    }
    if !is_day(year, month, day) {
        return Some((span, Misfit::NoSuchDay(said.to_owned()), None));
    }
    let numbers = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let content = crate::template::date_like(format, numbers);
    (content != said).then(|| (span, Misfit::OtherFormat(format.to_owned()), Some(Edit { span, content })))
}

/// Returns the faults of the items of a list.
fn in_list(kind: ValueKind, constraint: &Constraint, items: &Items) -> Vec<(Span, Misfit, Option<Edit>)> {
    let of_kind = |item: &&Item| match kind {
        ValueKind::Numbers => is_number(&item.text),
        ValueKind::Proposals => item.number().is_some(),
        ValueKind::People => is_person(&item.text),
        _ => true,
    };
    let filled = || items.list.iter().filter(|item| !item.text.is_empty());
    let other = filled().filter(|item| !of_kind(item));
    let mut found: Vec<_> = other.map(|item| (item.span, Misfit::Type(kind, item.text.clone()), None)).collect();
    if !items.is_spaced() {
        let content = filled().map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ");
        let mended = items.is_literal.then_some(Edit { span: items.span, content });
        found.push((items.span, Misfit::Spacing, mended));
    }
    let numbers: Vec<u64> = filled().filter_map(Item::number).collect();
    if constraint.is_sorted == Some(true) && !numbers.is_sorted() {
        let mut sorted: Vec<&Item> = filled().collect();
        sorted.sort_by_key(|item| item.number());
        let content = sorted.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ");
        let is_whole = items.is_literal && numbers.len() == sorted.len();
        found.push((items.span, Misfit::Unsorted, is_whole.then_some(Edit { span: items.span, content })));
    }
    let has_handle = || filled().any(|item| item.text.contains('@') && super::items::handle(&item.text).is_some());
    if kind == ValueKind::People && constraint.has_handle == Some(true) && !has_handle() {
        found.push((items.span, Misfit::NoHandle, None));
    }
    found
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}
