//! Values that should be days but are not, or are in another format than the template's.

use super::{Metadata, Proposal};
use crate::syntax::Entry;
use crate::template::{date_sign, is_date, is_nothing, stands_for_date};
use crate::text::Span;

/// A value that is not a day in the template's format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddDay {
    /// The place of its key.
    pub key: usize,
    /// Its span.
    pub span: Span,
    /// The value.
    pub value: String,
    /// The fault.
    pub fault: DayFault,
}

/// What can be wrong with a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayFault {
    /// It is not a day, but perhaps becomes this one when spaces in it are removed.
    None(Option<String>),
    /// There is no such day or month: `2026-13-10`.
    Impossible,
    /// It is in another format than this placeholder.
    OtherForm(String),
}

impl Proposal<'_> {
    /// Returns the values of keys for days that are not days, or are in another format than the template's.
    pub fn odd_days(&self) -> Vec<OddDay> {
        let entries = self.all_metadata().flat_map(|all| all.entries.iter().map(move |entry| (all, entry)));
        entries.filter_map(|(metadata, entry)| self.odd_day(metadata, entry)).collect()
    }

    /// Returns the one of [`Proposal::odd_days`] whose value is at `span`.
    pub fn odd_day_at(&self, span: Span) -> Option<OddDay> {
        let entries = self.all_metadata().flat_map(|all| all.entries.iter().map(move |entry| (all, entry)));
        let mut there = entries.filter(|(_, entry)| entry.value.start <= span.start && span.end <= entry.value.end);
        there.find_map(|(metadata, entry)| self.odd_day(metadata, entry).filter(|odd| odd.span == span))
    }

    fn odd_day(&self, metadata: &Metadata, entry: &Entry) -> Option<OddDay> {
        let (index, key) = self.template.metadata_key(metadata.form, &entry.key)?;
        let constraint = key.constraint.as_deref();
        // What settings say about the value is stricter.
        let is_set = constraint.is_some_and(|constraint| constraint.kind.is_some());
        let format = constraint.and_then(|constraint| constraint.format.as_deref());
        let sign = format.or_else(|| date_sign(&key.placeholder)).filter(|_| !is_set)?;
        let (value, span) = self.said_of(metadata, entry);
        let fault = fault(&value, sign)?;
        Some(OddDay { key: index, span, value, fault })
    }
}

/// Returns the fault of `value`, which has digits, if the template has the placeholder `sign`.
fn fault(value: &str, sign: &str) -> Option<DayFault> {
    let figures = value.trim_start().starts_with(|first: char| first.is_ascii_digit());
    if !figures || stands_for_date(value) || is_nothing(value) {
        return None;
    }
    let whole: String = value.split_whitespace().collect();
    let is_spaced = whole.len() < value.len() && !value.contains(char::is_alphabetic);
    if is_spaced && parts(&whole).len() == 3 && is_date(&whole) && shape(&whole) == shape(sign) {
        return Some(DayFault::None(Some(whole)));
    }
    // The rest is a remark.
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "-/.:+".contains(sign);
    let first = value.split(|sign: char| !is_part(sign)).next().unwrap_or_default();
    let parts = parts(first);
    match parts.as_slice() {
        [one, two, three] if is_date(first) => {
            let is_possible = match one.len() {
                4 => is_day(one, two, three),
                _ => is_day(three, one, two) || is_day(three, two, one),
            };
            let is_same = shape(first) == shape(sign) || first.contains('T');
            match (is_possible, is_same) {
                (false, _) => Some(DayFault::Impossible),
                (_, false) => Some(DayFault::OtherForm(sign.to_owned())),
                _ => None,
            }
        }
        [_, _, _] => Some(DayFault::OtherForm(sign.to_owned())),
        // A day in words is not checked, as `3 May 2026`.
        _ if is_date(value) || is_date(first) || value.contains(char::is_alphabetic) => None,
        _ => (!value.contains([',', ';'])).then_some(DayFault::None(None)),
    }
}

/// Returns the parts of `day`, if all are figures.
pub(super) fn parts(day: &str) -> Vec<&str> {
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let are_figures = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if are_figures { parts } else { Vec::new() }
}

/// Whether the figures are those of a day.
pub(super) fn is_day(year: &str, month: &str, day: &str) -> bool {
    let parts = (year.parse(), month.parse().ok().and_then(|month: u8| time::Month::try_from(month).ok()), day.parse());
    match parts {
        (Ok(year), Some(month), Ok(day)) => time::Date::from_calendar_date(year, month, day).is_ok(),
        _ => false,
    }
}

/// Returns what separates the parts of a day, and which part is the year.
fn shape(day: &str) -> (Option<char>, Option<usize>) {
    let divider = day.chars().find(|sign| "-/.".contains(*sign));
    let year = divider.and_then(|divider| day.split(divider).position(|part| part.chars().count() == 4));
    (divider, year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_what_is_none() {
        let other = |sign: &str| Some(DayFault::OtherForm(sign.to_owned()));
        for (value, sign, expected) in [
            ("2026-01-30", "YYYY-MM-DD", None),
            ("2026-1-3", "YYYY-MM-DD", None),
            ("2026-01-30 (draft)", "YYYY-MM-DD", None),
            ("2026-01-30T00:00:00Z", "YYYY-MM-DD", None),
            ("30.01.2026", "dd.MM.yyyy", None),
            ("1.2.2026", "DD.MM.YYYY", None),
            ("May 2026", "YYYY-MM-DD", None),
            ("30 May 2026", "YYYY-MM-DD", None),
            ("n/a", "YYYY-MM-DD", None),
            ("", "YYYY-MM-DD", None),
            ("2026", "YYYY-MM-DD", Some(DayFault::None(None))),
            ("2025-11- 05", "YYYY-MM-DD", Some(DayFault::None(Some("2025-11-05".to_owned())))),
            ("2023-13-10", "YYYY-MM-DD", Some(DayFault::Impossible)),
            ("2024-14-02", "YYYY-MM-DD", Some(DayFault::Impossible)),
            ("2024-02-29", "YYYY-MM-DD", None),
            ("2023-02-29", "YYYY-MM-DD", Some(DayFault::Impossible)),
            ("31/06/2024", "DD/MM/YYYY", Some(DayFault::Impossible)),
            ("40.01.2026", "DD.MM.YYYY", Some(DayFault::Impossible)),
            ("27/06/23", "YYYY-MM-DD", other("YYYY-MM-DD")),
            ("27/06/2023", "YYYY-MM-DD", other("YYYY-MM-DD")),
            ("2026-01-30, 2026-02-01", "YYYY-MM-DD", None),
            ("20260130 20260201", "YYYY-MM-DD", None),
        ] {
            assert_eq!(fault(value, sign), expected, "{value}");
        }
    }
}
