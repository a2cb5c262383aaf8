//! The deadlines in the metadata of a proposal.

use super::Proposal;
use crate::syntax::fold;
use crate::template::bare_name;
use crate::terms::{self, Meaning};
use crate::text::Span;

/// A deadline: the last day of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The name of the key.
    pub key: String,
    /// The year, month and day.
    pub day: (i32, u8, u8),
    /// The place of the value.
    pub span: Span,
}

impl Proposal<'_> {
    /// Whether nothing has been decided yet, by the life cycle or the words of the status.
    pub fn is_undecided(&self) -> bool {
        let Some(status) = self.status() else { return false };
        let is_open = self.stage().is_none_or(|stage| stage.next.as_ref().is_none_or(|next| !next.is_empty()));
        is_open && !status.is_accepted(self.template) && terms::is_undecided(&status.text)
    }

    /// Returns the deadlines in the metadata, those whose days are written with the year first.
    pub fn deadlines(&self) -> Vec<Deadline> {
        let mut found: Vec<Deadline> = Vec::new();
        for metadata in self.all_metadata() {
            let of_end = metadata.entries.iter().filter(|entry| terms::is(&fold(&entry.key), Meaning::KeyDeadline));
            found.extend(of_end.filter_map(|entry| {
                let (value, span) = self.said_of(metadata, entry);
                Some(Deadline { key: bare_name(&entry.key).to_owned(), day: day(&value)?, span })
            }));
        }
        found
    }
}

/// Returns the last day in `value`, if its days are written as `2026-01-30`, with any divider.
fn day(value: &str) -> Option<(i32, u8, u8)> {
    let is_part = |sign: char| sign.is_ascii_digit() || "-/.".contains(sign);
    let mut days = value.split(|sign: char| !is_part(sign)).filter(|part| part.len() > 4).map(one_day);
    let first = days.next()??;
    // A day that is written otherwise may be the last one.
    days.try_fold(first, |latest, day| day.map(|day| latest.max(day)))
}

fn one_day(value: &str) -> Option<(i32, u8, u8)> {
    let mut parts = value.trim_matches(['-', '/', '.']).split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str| part.parse::<u8>().ok().filter(|number| *number > 0);
    let (month, day) = (number(month).filter(|month| *month <= 12)?, number(day).filter(|day| *day <= 31)?);
    (year.len() == 4 && parts.next().is_none()).then_some((year.parse().ok()?, month, day))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_has_its_year_first() {
        for (value, expected) in [
            ("2026-01-30", Some((2026, 1, 30))),
            ("2026/1/3 (UTC)", Some((2026, 1, 3))),
            ("2026-01-30T00:00:00Z", Some((2026, 1, 30))),
            ("30.01.2026", None),
            ("2026-13-01", None),
            ("2026-01-01 – 2026-03-01", Some((2026, 3, 1))),
            ("2026-01-01, extended to 01.03.2026", None),
            ("2026-01", None),
            ("2026-01-01-01", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(day(value), expected, "{value}");
        }
    }
}
