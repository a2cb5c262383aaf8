//! How documents are named: the numbers, and the words before them.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::shape::{Mask, Numbered, Shape, folder_name, stem};
use super::words::{is_page, is_record, words};
use crate::template::{NamePattern, NumberPlace};

/// The name of a document, or of its folder, that has a number.
#[derive(Clone, Debug)]
pub(in crate::workspace) struct NumberedName {
    /// The stem of the file's name, or the folder's name.
    name: String,
    digits: std::ops::Range<usize>,
    /// The file's name, if the folder has the number.
    pub(in crate::workspace) file: Option<String>,
    /// The file's extension.
    pub(in crate::workspace) extension: String,
}

impl NumberedName {
    /// Returns the name of the document at `path`, if it has a number.
    pub(in crate::workspace) fn of(path: &Path) -> Option<NumberedName> {
        let shape = Shape::of(path, true);
        let in_folder = matches!(shape.mask, Mask::Folder(..));
        let name = if in_folder { raw_folder(path) } else { raw_stem(path) };
        let digits = Numbered::of(&name)?.digits;
        let file = in_folder.then(|| path.file_name().map(|name| name.to_string_lossy().into_owned())).flatten();
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
        Some(NumberedName { name, digits, file, extension })
    }

    /// Returns the stem of the file's name, or the folder's name.
    pub(in crate::workspace) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number as written.
    pub(in crate::workspace) fn digits(&self) -> &str {
        &self.name[self.digits.clone()]
    }

    /// Returns what comes before the number.
    pub(in crate::workspace) fn prefix(&self) -> &str {
        &self.name[..self.digits.start]
    }

    /// Returns the number. Dates become numbers that sort by date.
    pub(in crate::workspace) fn number(&self) -> Option<u64> {
        self.digits().chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
    }

    /// Returns what comes after the number.
    pub(in crate::workspace) fn rest(&self) -> &str {
        &self.name[self.digits.end..]
    }

    /// Whether the file's name has the words of its folder's name.
    pub(in crate::workspace) fn is_file_named_after_folder(&self) -> bool {
        let stem = self.file.as_deref().and_then(|file| Path::new(file).file_stem()?.to_str());
        stem.is_some_and(|stem| !is_page(&stem.to_lowercase()) && words(stem) == words(&self.name[self.digits.end..]))
    }
}

/// How the documents of a family are named, as far as their names agree.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// What comes before the number in most names.
    pub(super) prefix: String,
    place: Option<NumberPlace>,
    is_dated: bool,
    /// One of the names, as an example.
    example: Option<String>,
}

impl Naming {
    /// Determines the naming of the documents at `paths`.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a Path>) -> Naming {
        let mut prefixes: HashMap<(String, bool), usize> = HashMap::new();
        let (mut numbers, mut example) = (Vec::new(), None);
        for path in paths {
            let in_folder = matches!(Shape::of(path, true).mask, Mask::Folder(..));
            let name = if in_folder { raw_folder(path) } else { raw_stem(path) };
            let Some(own) = Numbered::of(&name) else { continue };
            numbers.push(name[own.digits.clone()].to_owned());
            *prefixes.entry((name[..own.digits.start].to_owned(), in_folder)).or_default() += 1;
            example.get_or_insert(if in_folder { format!("{name}/…") } else { name });
        }
        let most = prefixes.into_iter().max_by_key(|((prefix, in_folder), count)| (*count, !in_folder, prefix.clone()));
        match most {
            Some(((prefix, in_folder), _)) => {
                let place = if in_folder { NumberPlace::Folder } else { NumberPlace::File };
                Naming { prefix, place: Some(place), is_dated: are_dates(numbers.iter().map(String::as_str)), example }
            }
            None => Naming::default(),
        }
    }

    /// Returns where the documents have their numbers. A date is not a number: two documents may have the same one.
    pub(super) fn pattern(&self) -> NamePattern {
        let place = self.place.filter(|_| !self.is_dated).unwrap_or(NumberPlace::Nowhere);
        NamePattern::at(&self.prefix, place)
    }

    /// Returns what people call the family of the documents at `paths`: the prefix of their numbers, in their names or in the
    /// template's `title`; or else the folder that has most of them. The folder of the repository does not count, because it
    /// differs between machines: the word `own` from the template's name takes its place.
    pub(super) fn name(&self, title: Option<&str>, paths: &[PathBuf], own: Option<&str>) -> String {
        let prefixes = [Some(self.prefix.as_str()), title].into_iter().flatten();
        let words = prefixes.map(|prefix| prefix.trim_matches(|character: char| !character.is_alphanumeric()));
        if let Some(prefix) = words.into_iter().find(|prefix| !prefix.is_empty()) {
            return prefix.to_uppercase();
        }
        let home = home(paths);
        // A year says nothing about the content.
        let is_word = |name: &&OsStr| name.to_string_lossy().contains(char::is_alphabetic);
        let folder = home.ancestors().filter_map(Path::file_name).find(is_word);
        match (folder, own.filter(|own| !own.is_empty())) {
            (Some(folder), _) => folder.to_string_lossy().into_owned(),
            (None, Some(own)) => own.to_uppercase(),
            (None, None) => "proposals".to_owned(),
        }
    }

    /// Describes the naming in words.
    pub(super) fn text(&self) -> String {
        let example = self.example.as_deref().unwrap_or_default();
        match self.place {
            _ if self.is_dated => format!("by date or year, such as {example}"),
            Some(NumberPlace::Folder) => format!("with the number in the folder's name, such as {example}"),
            Some(_) => format!("with the number in the file's name, such as {example}"),
            None => "without a number".to_owned(),
        }
    }
}

/// Returns the innermost folder that contains two thirds of the documents at `paths`, directly or below.
fn home(paths: &[PathBuf]) -> PathBuf {
    let mut counts: HashMap<PathBuf, usize> = HashMap::new();
    for path in paths {
        for folder in Shape::of(path, true).base.ancestors() {
            *counts.entry(folder.to_owned()).or_default() += 1;
        }
    }
    let homes = counts.into_iter().filter(|(_, count)| count * 3 >= paths.len() * 2).map(|(folder, _)| folder);
    homes.max_by_key(|folder| (folder.components().count(), folder.clone())).unwrap_or_default()
}

fn raw_stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_else(|| stem(path))
}

fn raw_folder(path: &Path) -> String {
    let name = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| folder_name(path))
}

/// Whether most of `numbers`, those of a family, are dates, numbers within a year, or years that many documents share.
pub(in crate::workspace) fn are_dates<'a>(numbers: impl Iterator<Item = &'a str>) -> bool {
    let numbers: Vec<&str> = numbers.collect();
    let years: Vec<&str> = numbers.iter().copied().filter(|digits| is_year(digits)).collect();
    let distinct: HashSet<&str> = years.iter().copied().collect();
    let years = if distinct.len() * 2 <= years.len() { years.len() } else { 0 };
    let dates = numbers.iter().filter(|digits| is_date(digits)).count();
    (dates + years) * 2 > numbers.len()
}

/// Whether the page at `path` is a record of something that happened, by its name or its folder's: the minutes of a meeting, the
/// notes of a release.
pub(in crate::workspace) fn is_record_page(path: &Path) -> bool {
    let (stem, folder) = (stem(path), folder_name(path));
    let is_dated = Numbered::of(&stem).is_some_and(|own| is_date(&stem[own.digits]));
    is_dated || [stem, folder].iter().any(|name| words(name).iter().any(|word| is_record(word)))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether the number `digits` is a date, or a number within a year: `20240501`, `202405`, `2024-05-01`, `2026-001`.
fn is_date(digits: &str) -> bool {
    let is_compact = || {
        let (year, rest) = (digits.get(..4), digits.get(4..6));
        let in_century = year.is_some_and(|year| year.starts_with("19") || year.starts_with("20"));
        in_century && rest.and_then(|month| month.parse::<u8>().ok()).is_some_and(|month| (1..=12).contains(&month))
    };
    match digits.len() {
        6 | 8 if digits.bytes().all(|byte| byte.is_ascii_digit()) => is_compact(),
        length => length > 6 && digits.contains(['-', '_', '.']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], prefix: &str, place: NumberPlace) {
        let naming = Naming::of(names.iter().map(Path::new));
        assert_eq!((naming.prefix.as_str(), naming.pattern().number_place()), (prefix, place), "{names:?}");
    }

    #[test]
    fn most_names_decide() {
        check(&["a/VIP-7.md", "a/VIP-8.md", "a/vip_9.md"], "VIP-", NumberPlace::File);
        check(&["CIP-1/README.md", "CIP-2/README.md"], "CIP-", NumberPlace::Folder);
        check(&["text/0001-a.md", "text/0002-b.md"], "", NumberPlace::File);
        check(&["streams.md"], "", NumberPlace::Nowhere);
    }

    #[test]
    fn dates_are_no_numbers() {
        check(&["d/20240501-a.md", "d/20240502-b.md"], "", NumberPlace::Nowhere);
        check(&["d/2024-05-01-a.md"], "", NumberPlace::Nowhere);
        check(&["d/202012-a.md", "d/202012-b.md"], "", NumberPlace::Nowhere);
        check(&["d/2026-001-a.md", "d/2026-002-b.md"], "", NumberPlace::Nowhere);
        check(&["d/2041-a.md", "d/2042-b.md"], "", NumberPlace::File);
        check(&["d/2019-a/x.md", "d/2019-b/x.md", "d/2020-c/x.md", "d/2020-d/x.md"], "", NumberPlace::Nowhere);
    }
}
