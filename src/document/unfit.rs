//! Values that are not what the settings require of their keys.

use super::items::{Item, Items, is_person, is_version, is_web_address};
use super::odd_day::{is_day, parts};
use super::{Metadata, Misfit, Proposal, Unfit};
use crate::letters;
use crate::syntax::{Entry, list_values};
use crate::template::{Constraint, Form, MetadataKey, Pattern, ValueKind, date_sign};
use crate::text::{Edit, Span, Text};

impl Proposal<'_> {
    /// Returns the values that are not what the settings require.
    pub fn unfit_values(&self) -> &[Unfit] {
        self.demanded.unfit.get_or_init(|| self.read_unfit())
    }

    fn read_unfit(&self) -> Vec<Unfit> {
        let template = self.template;
        let demands = &template.demands;
        if demands.title.is_none()
            && demands.nested.is_empty()
            && template.metadata.iter().all(|key| key.constraint.is_none())
        {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let (Some(constraint), Some(title)) = (&template.demands.title, self.title()) {
            let heading = &title.heading;
            let rest = template.read_number(&heading.text).map_or(0, |number| number.rest);
            let items = Items::of(self.text(), heading.content, heading.text[rest..].trim(), false);
            found.extend(of_text(constraint, &items).map(|(span, fault)| Unfit {
                key: None,
                path: None,
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
                    found.extend(unfit.map(|(span, fault, mended)| Unfit {
                        key: Some(index),
                        path: None,
                        span,
                        fault,
                        mended,
                    }));
                }
            }
        }
        found.extend(self.unfit_nested());
        found
    }

    fn unfit(
        &self,
        metadata: &Metadata,
        entry: &Entry,
        key: &MetadataKey,
        constraint: &Constraint,
    ) -> Vec<(Span, Misfit, Option<Edit>)> {
        let of_yaml = (metadata.form == Form::FrontMatter).then(|| self.items_of(metadata, entry)).flatten();
        let value = match &of_yaml {
            Some(items) => items.value.clone(),
            None => metadata.value(self.text(), entry),
        };
        let is_none = of_yaml.is_none() && metadata.form == Form::FrontMatter && is_no_item(value.trim());
        let value = if is_none { "" } else { value.trim() };
        let is_kept = key.has_placeholder() && value == key.placeholder;
        if is_kept || of_yaml.is_none() && self.is_broken(value) {
            return Vec::new();
        }
        if value.is_empty() {
            let is_empty = self.asks_for(constraint) && (is_none || !has_more(self.text(), entry));
            return is_empty.then_some((entry.key_span, Misfit::Empty, None)).into_iter().collect();
        }
        let span = metadata.value_span(self.text(), entry);
        let whole = if span.is_empty() { entry.key_span } else { span };
        let is_list = constraint.kind.is_some_and(ValueKind::is_list);
        let (said, place) = match &of_yaml {
            Some(_) => (value.to_owned(), whole),
            None => self.said_of(metadata, entry),
        };
        let items = match of_yaml {
            Some(items) => items,
            None => Items::of(self.text(), span, value, is_list),
        };
        let plain = |(span, fault)| (span, fault, None);
        let mut found: Vec<_> = of_text(constraint, &items).map(plain).collect();
        found.extend(of_kind(&key.placeholder, constraint, &items, said, place));
        found
    }

    /// Whether `constraint` does not allow its key to be empty.
    fn asks_for(&self, constraint: &Constraint) -> bool {
        constraint.is_required == Some(true)
            || constraint.min_characters.is_some_and(|least| least > 0)
            || constraint.required_when.as_ref().is_some_and(|conditions| self.holds(conditions))
    }

    /// Whether `value` is the start of a list or mapping that is not valid.
    fn is_broken(&self, value: &str) -> bool {
        value.starts_with(['[', '{']) && !value.ends_with([']', '}']) && self.tree().is_none()
    }

    /// Returns the list that is the value of `entry`, one of the front matter.
    fn items_of(&self, metadata: &Metadata, entry: &Entry) -> Option<Items> {
        let span = metadata.value_span(self.text(), entry);
        let whole = if span.is_empty() { entry.key_span } else { span };
        let plain = |items: Vec<String>| items.into_iter().map(|text| Item { text, span: whole }).collect();
        let items = self.yaml_items(entry).or_else(|| list_values(self.text(), entry).map(plain))?;
        Some(Items::of_list(items, whole))
    }
}

/// Returns the faults of a value that is not of its type. Its words are `said`, at `place`.
pub(super) fn of_kind(
    placeholder: &str,
    constraint: &Constraint,
    items: &Items,
    said: String,
    place: Span,
) -> Vec<(Span, Misfit, Option<Edit>)> {
    let mut found = Vec::new();
    match constraint.kind {
        None | Some(ValueKind::Text) => {}
        Some(ValueKind::Date) => found.extend(odd_day(placeholder, constraint, &said, place)),
        Some(ValueKind::Number) if !is_number(&said) => {
            found.push((place, Misfit::Type(ValueKind::Number, said), None));
        }
        Some(ValueKind::Version) if !is_version(&said) => {
            found.push((place, Misfit::Type(ValueKind::Version, said), None));
        }
        Some(ValueKind::Link) if !is_web_address(&items.value) => {
            found.push((items.span, Misfit::Type(ValueKind::Link, items.value.clone()), None));
        }
        Some(kind) if kind.is_list() => found.extend(in_list(kind, constraint, items)),
        Some(_) => {}
    }
    found
}

/// Returns the faults of a value's text: its length, and the patterns.
pub(super) fn of_text<'a>(constraint: &'a Constraint, items: &'a Items) -> impl Iterator<Item = (Span, Misfit)> + 'a {
    let value = &items.value;
    let count = letters::count(value);
    let least = constraint.min_characters.filter(|least| count < *least);
    let short = least.map(|least| (items.span, Misfit::TooShort(count, least)));
    let called = move || constraint.patterns.iter().flatten().map(|pattern| pattern.called.clone()).collect();
    let has_patterns = constraint.patterns.as_ref().is_some_and(|all| !all.is_empty());
    let fits = |item: &Item| constraint.patterns.iter().flatten().any(|pattern| pattern.is_in(&item.text));
    let unmatched = items.pieces().into_iter().filter(move |item| has_patterns && !fits(item));
    let unmatched = unmatched.map(move |item| {
        let called = called();
        (item.span, Misfit::Unmatched(called, Some(item.text).filter(|_| items.is_yaml)))
    });
    let forbidden = items.pieces().into_iter().flat_map(move |item| {
        let of = |pattern: &Pattern| {
            let place = pattern.places(&item.text).next()?;
            let span = if items.is_yaml { item.span } else { items.place(place) };
            Some((span, Misfit::Forbidden(pattern.called.clone())))
        };
        constraint.forbidden.iter().flatten().filter_map(of).collect::<Vec<_>>()
    });
    short.into_iter().chain(unmatched).chain(forbidden)
}

/// Returns the fault of `said`, which is at `span`, if it is not a day in the format of the settings or the template's `placeholder`.
fn odd_day(placeholder: &str, constraint: &Constraint, said: &str, span: Span) -> Option<(Span, Misfit, Option<Edit>)> {
    let format = constraint.format.as_deref().or_else(|| date_sign(placeholder)).unwrap_or("YYYY-MM-DD");
    let none = || Some((span, Misfit::Type(ValueKind::Date, said.to_owned()), None));
    let figures = parts(said);
    let [one, two, three] = figures.as_slice() else {
        let Some(whole) = unspaced(said) else { return none() };
        let other = odd_day(placeholder, constraint, &whole, span);
        let edit = Edit { span, content: whole };
        return Some(other.unwrap_or((span, Misfit::OtherFormat(format.to_owned()), Some(edit))));
    };
    let (year, month, day) = places_in(format);
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
    // `02/01/2026` may have the month first, whatever the format.
    let is_sure =
        one.len() == 4 || content.contains(said.chars().find(|sign| "-/.".contains(*sign)).unwrap_or_default());
    if !is_sure {
        return Some((span, Misfit::OtherFormat(format.to_owned()), None));
    }
    (content != said).then(|| (span, Misfit::OtherFormat(format.to_owned()), Some(Edit { span, content })))
}

/// Returns the places of the year, the month and the day in the format of a date.
fn places_in(format: &str) -> (usize, usize, usize) {
    let place = |letter: char| {
        let mut signs = format.split(['-', '/', '.']);
        signs.position(|part| part.to_ascii_uppercase().starts_with(letter))
    };
    match (place('Y'), place('M'), place('D')) {
        (Some(year), Some(month), Some(day)) if year < 3 && month < 3 && day < 3 => (year, month, day),
        _ => (0, 1, 2),
    }
}

/// Returns the day `said` without the spaces around its dividers, if there are any and all parts are figures.
fn unspaced(said: &str) -> Option<String> {
    let without = |day: String, divider: &str| day.split(divider).map(str::trim).collect::<Vec<_>>().join(divider);
    let whole = ["-", "/", "."].into_iter().fold(said.to_owned(), without);
    (whole != said && parts(&whole).len() == 3).then_some(whole)
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

/// Whether `value` is a list or a map of YAML without items.
fn is_no_item(value: &str) -> bool {
    let within = |open: char, close: char| value.strip_prefix(open)?.strip_suffix(close);
    within('[', ']').or_else(|| within('{', '}')).is_some_and(|items| items.trim().is_empty())
}

/// Whether there is anything behind the key of `entry`, such as a map or a list of maps, which has no text as a value.
fn has_more(text: &Text, entry: &Entry) -> bool {
    let behind = text.slice(Span::new(entry.key_span.end, entry.span.end.max(entry.key_span.end)));
    let said = |line: &str| line.split(" #").next().is_some_and(|line| line.contains(char::is_alphanumeric));
    behind.lines().any(|line| !line.trim_start().starts_with('#') && said(line))
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}
