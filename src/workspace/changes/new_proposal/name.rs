//! The file name of a new proposal, which follows the names of its siblings.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::wording::Wording;
use crate::template::{NamePattern, NumberPlace, Template};
use crate::workspace::families::{NumberedName, are_dates};
use crate::workspace::files::{self, Found, Roots};
use crate::workspace::navigation::Day;

/// How the documents of a family are named, as known from their names or else from the template.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names with a number; the last one is the model.
    numbered: Vec<NumberedName>,
    /// Whether the family's documents have no number.
    is_plain: bool,
    /// The wording of their names in that case.
    plain: Wording,
    /// Whether they have dates for numbers, or a year and a number.
    is_dated: bool,
    /// The prefix before the number, the least number of digits, and whether the folder has the number; for a family without
    /// documents.
    prefix: String,
    digits: usize,
    place: Option<NumberPlace>,
}

/// The minimum number of documents that show whether their numbers follow one another.
const MANY: usize = 8;

/// The highest possible number of a proposal.
const MAX_NUMBER: u64 = 999_999_999;

impl Names {
    /// Determines the names from the documents at `siblings`, preferring those in `folder` as the model, or else from `template`.
    /// `None` if neither says how documents are named.
    pub(super) fn of(
        siblings: &[PathBuf],
        folder: &Path,
        template: &Template,
        in_folder: Option<&str>,
    ) -> Option<Names> {
        let numbered = |path: &PathBuf| Some((path.starts_with(folder), NumberedName::of(path)?));
        let mut numbered: Vec<(bool, NumberedName)> = siblings.iter().filter_map(numbered).collect();
        numbered.sort_by_key(|(is_here, name)| (*is_here, name.number()));
        let mut numbered: Vec<NumberedName> = numbered.into_iter().map(|(_, name)| name).collect();
        let is_dated = are_dates(numbered.iter().map(NumberedName::digits));
        // A date among numbers says nothing about the next one, and neither does a number among dates.
        numbered.retain(|name| name.digits().len() == 4 || are_dates(std::iter::once(name.digits())) == is_dated);
        if numbered.len() * 2 < siblings.len() {
            numbered.clear();
        }
        if !numbered.is_empty() || !siblings.is_empty() {
            let stems: Vec<_> = siblings.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
            let plain = Wording::of(stems.into_iter()).unwrap_or_default();
            return Some(Names { is_plain: numbered.is_empty(), plain, is_dated, numbered, ..Names::default() });
        }
        let pattern: NamePattern =
            template.name_patterns().find(|pattern| pattern.number_place() != NumberPlace::Nowhere)?;
        let place = if in_folder.is_some() { NumberPlace::Folder } else { NumberPlace::File };
        let (prefix, digits) = (pattern.prefix().to_owned(), pattern.digits());
        Some(Names { prefix, digits, place: Some(place), ..Names::default() })
    }

    /// Returns the name to use as the model.
    fn last(&self) -> Option<&NumberedName> {
        self.numbered.last()
    }

    /// Returns the next number, if `others` are taken as well. `None` if names have dates or no numbers.
    pub(super) fn next(&self, others: impl Iterator<Item = u64>) -> Option<u64> {
        if self.is_plain || self.is_dated {
            return None;
        }
        let taken = self.numbered.iter().filter_map(NumberedName::number).chain(others);
        let taken: BTreeSet<u64> = taken.filter(|number| *number <= MAX_NUMBER).collect();
        let first = last_in_order(&taken.iter().copied().collect::<Vec<_>>()) + 1;
        (first..).find(|number| !taken.contains(number))
    }

    /// Whether they have dates for numbers.
    pub(super) fn is_dated(&self) -> bool {
        self.is_dated
    }

    /// Whether most numbers up to the last are free, where `reserved` ones are taken: then nobody takes the next one.
    pub(super) fn is_sparse(&self, reserved: &[u64]) -> bool {
        let own = self.numbered.iter().filter_map(NumberedName::number);
        let numbers: BTreeSet<u64> = own.chain(reserved.iter().copied()).collect();
        let numbers: Vec<u64> = numbers.into_iter().collect();
        let last = last_in_order(&numbers);
        let count = numbers.iter().take_while(|number| **number <= last).count();
        let span = last.saturating_sub(numbers.first().copied().unwrap_or_default());
        count >= MANY && count as u64 * 4 < span
    }

    /// Returns the word before the number.
    pub(super) fn prefix(&self) -> &str {
        self.last().map_or(self.prefix.as_str(), NumberedName::prefix)
    }

    /// Returns the numbers in the names of other things in `folder`: files of other formats, links, empty folders.
    pub(super) fn beside(&self, folder: &Path, roots: &Roots) -> Vec<u64> {
        let prefix = self.prefix();
        let number = |(name, found): (OsString, Found)| {
            let (is_folder, path) = (found == Found::Folder, folder.join(name));
            let path = if is_folder { path.join("README.md") } else { path };
            let name = NumberedName::of(&path).filter(|name| name.prefix().eq_ignore_ascii_case(prefix))?;
            // A file without a number says nothing about the number of its folder: `70_ADR/README.md`.
            if !is_folder && name.file.is_some() {
                return None;
            }
            name.digits().parse().ok()
        };
        files::entries_of(folder, roots).into_iter().filter_map(number).collect()
    }

    /// Formats `number` with as many digits as the others, padded with zeros.
    pub(super) fn digits(&self, number: u64) -> String {
        let filled = self.numbered.iter().map(NumberedName::digits).filter(|digits| digits.starts_with('0'));
        let width = filled.map(str::len).max().unwrap_or(0).max(self.digits);
        format!("{number:0>width$}")
    }

    /// Returns the digits of a dated name: those of `day`, or the next number within its year.
    pub(super) fn dated(&self, day: Day) -> Option<String> {
        let last = self.last().filter(|_| self.is_dated)?.digits();
        let Day { year, month, day } = day;
        let parts: Vec<&str> = last.split(['-', '_', '.']).collect();
        let sign = last.chars().find(|character| !character.is_ascii_digit()).unwrap_or('-');
        Some(match parts[..] {
            [year_alone] if year_alone.len() == 4 => format!("{year:04}"),
            [_] => format!("{year:04}{month:02}{day:02}"),
            [_, within] => {
                let in_year = |name: &&NumberedName| name.digits().starts_with(&format!("{year:04}{sign}"));
                let numbers = self.numbered.iter().filter(in_year);
                let highest = numbers.filter_map(|name| name.digits().rsplit(sign).next()?.parse::<u64>().ok()).max();
                format!("{year:04}{sign}{:0>width$}", highest.unwrap_or(0) + 1, width = within.len())
            }
            _ => format!("{year:04}{sign}{month:02}{sign}{day:02}"),
        })
    }

    /// Returns the path, relative to the family's folder, of a document with `digits`, if it has any, and `title`.
    pub(super) fn path(&self, digits: Option<&str>, title: Option<&str>) -> PathBuf {
        let Some(digits) = digits else {
            let words = title.map(|title| self.plain.write_bare(title)).unwrap_or_default();
            return PathBuf::from(format!("{}.md", if words.is_empty() { "untitled" } else { &words }));
        };
        let Some(last) = self.last() else {
            // `0000-template.md` leaves room for a title, `vip-template.md` does not.
            let title = title.filter(|_| self.prefix.is_empty());
            let words = title.map(|title| Wording::default().write(title)).unwrap_or_default();
            let name = format!("{}{digits}{words}", self.prefix);
            return match self.place {
                Some(NumberPlace::Folder) => Path::new(&name).join("README.md"),
                _ => PathBuf::from(format!("{name}.md")),
            };
        };
        let wording = Wording::of(self.numbered.iter().map(NumberedName::rest));
        let words = wording.as_ref().zip(title).map(|(wording, title)| wording.write(title)).unwrap_or_default();
        let name = format!("{}{digits}{words}", last.prefix());
        match &last.file {
            Some(file) if last.is_file_named_after_folder() => {
                let extension = Path::new(file).extension().and_then(|extension| extension.to_str()).unwrap_or("md");
                let subject = title.map(|title| wording.unwrap_or_default().write_bare(title)).unwrap_or_default();
                Path::new(&name).join(format!("{}.{extension}", if subject.is_empty() { &name } else { &subject }))
            }
            Some(file) => Path::new(&name).join(file),
            None => PathBuf::from(format!("{name}.{}", last.extension)),
        }
    }
}

/// Returns the last of `numbers`, which are in ascending order, leaving out strays: a year among numbers, or a special number far
/// from all others.
fn last_in_order(numbers: &[u64]) -> u64 {
    let is_far = |at: usize| numbers[at] > 4 * (numbers[at - 1] + 25);
    let is_few = |at: usize| numbers.len() - at <= 1.max(numbers.len() / 10);
    let cut = (3..numbers.len()).find(|at| is_far(*at) && is_few(*at));
    cut.map_or(numbers.last(), |at| numbers.get(at - 1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(siblings: &[&str], title: &str, expected: &str) {
        let siblings: Vec<PathBuf> = siblings.iter().map(PathBuf::from).collect();
        let names = Names::of(&siblings, Path::new(""), &Template::built_in(), None).expect("they are named");
        let day = Day { year: 2026, month: 3, day: 4 };
        let digits = names.next(std::iter::empty()).map(|number| names.digits(number)).or_else(|| names.dated(day));
        assert_eq!(names.path(digits.as_deref(), Some(title)), Path::new(expected), "{siblings:?}");
    }

    #[test]
    fn a_name_is_as_those_of_the_siblings() {
        check(&["a/0041-x.md", "a/0009-y.md"], "Warm caches", "0042-warm-caches.md");
        check(&["a/VIP_9.md"], "Warm caches", "VIP_10.md");
        check(&["ADR-007 x.markdown"], "B: c", "ADR-008 b c.markdown");
        check(&["k/s/4241-x/README.md", "k/s/12-y/README.md"], "Warm caches", "4242-warm-caches/README.md");
        check(&["CIP-0030/README.md"], "Warm caches", "CIP-0031/README.md");
        check(&["9-old-way/old-way.md"], "Warm caches", "10-warm-caches/warm-caches.md");
        check(&["p/streams.md"], "Warm caches", "warm-caches.md");
        check(&["p/Old Ways.md", "p/New Ways.md"], "Warm caches", "Warm Caches.md");
        check(&["p/001_Old_Ways.md", "p/002_New_Ways.md"], "Warm caches", "003_Warm_Caches.md");
        check(&["p/a.md", "p/b.md", "p/002-c.md"], "Warm caches", "warm-caches.md");
        check(&["p/2013-10-a.md", "p/12-b.md", "p/13-c.md"], "Warm caches", "14-warm-caches.md");
    }

    #[test]
    fn a_stray_number_says_nothing_of_the_next() {
        let family = ["a/0001-x.md", "a/0002-x.md", "a/0003-x.md"];
        for stray in ["a/2024-roadmap.md", "a/2019-03-04-old.md", "a/999999999-x.md", "a/x.md"] {
            check(&[family.as_slice(), &[stray]].concat(), "B", "0004-b.md");
        }
        check(&["a/0001-x.md", "a/0002-x.md", "a/0003-x.md", "a/7\nx.md"], "B", "0008-b.md");
        check(&["a/12-x.md", "a/4241-x.md"], "B", "4242-b.md");
    }

    #[test]
    fn numbers_that_are_far_apart_are_not_the_next_ones() {
        let is_sparse = |step: u64| {
            let siblings: Vec<PathBuf> = (1..20).map(|place| format!("a/{:04}-x.md", place * step).into()).collect();
            Names::of(&siblings, Path::new("a"), &Template::built_in(), None).expect("they are named").is_sparse(&[])
        };
        assert_eq!([1, 3, 9, 40].map(is_sparse), [false, false, true, true]);
    }

    #[test]
    fn what_is_no_document_has_its_number_too() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("0004-x.rst"), "").expect("a file");
        std::fs::create_dir(folder.path().join("0005-x")).expect("a folder");
        std::fs::write(folder.path().join("notes-0006.md"), "").expect("a file");
        let names = Names::of(&["0003-y.md".into()], folder.path(), &Template::built_in(), None).expect("named");
        assert_eq!(names.next(names.beside(folder.path(), &Roots::default()).into_iter()), Some(6));
    }

    #[test]
    fn dates_are_of_the_day_and_numbers_within_a_year_go_on() {
        check(&["a/20240501-x.md"], "B", "20260304-b.md");
        check(&["a/2024-05-01-x.md"], "B", "2026-03-04-b.md");
        check(&["a/2019-x/README.md", "a/2019-y/README.md"], "B c", "2026-b-c/README.md");
        check(&["a/2025-009-x.md"], "B", "2026-001-b.md");
        check(&["a/2026-009-x.md", "a/2026-002-y.md"], "B", "2026-010-b.md");
    }
}
