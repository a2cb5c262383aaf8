//! The shape of a file's name: the word before its number, the number, and whether its folder has it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::words::{is_page, words};

/// A name with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The word before the number, in lower case; empty if there is none.
    pub(super) prefix: String,
    /// The range of the number in the name.
    pub(super) digits: Range<usize>,
    /// The words after the number, in lower case.
    pub(super) subject: Vec<String>,
}

/// The name of a document as a pattern that others share.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Mask {
    /// `0042-cache.md`, `vip-7.md`: the file has the number, after this word.
    File(String),
    /// `0042-cache/README.md`: the folder has the number, after the first word. The second is the file's name, or [`SUBJECT`] if
    /// the file is named after the folder.
    Folder(String, String),
    /// `async-streams.md`: there is no number.
    Plain,
    /// `async-streams/README.md`: there is no number, and the folder names the document.
    PlainFolder,
}

/// The folder and the name pattern of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Shape {
    /// The folder that contains the documents of this shape, or their folders.
    pub(super) base: PathBuf,
    /// The pattern of their names.
    pub(super) mask: Mask,
}

/// Stands for the name of a file that is named after its folder.
pub(super) const SUBJECT: &str = "=";

/// The maximum length of the word before a number.
const MAX_PREFIX: usize = 16;

/// The maximum number of digits in a number.
const MAX_DIGITS: usize = 9;

/// Returns the file name in `path` in lower case, without the extension of Markdown or `.md.template`.
pub(super) fn stem(path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
    let name = name.strip_suffix(".template").unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Returns the name of the folder of the file at `path`, in lower case.
pub(super) fn folder_name(path: &Path) -> String {
    let name = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.unwrap_or_default().to_lowercase()
}

impl Numbered {
    /// Finds the number that `name` starts with or has after a first word: `0042-cache`, `vip-7`, `p0001`, `2024-05-01-store`.
    pub(super) fn of(name: &str) -> Option<Numbered> {
        let start = name.trim_start_matches('_');
        let lead = name.len() - start.len();
        let letters = start.find(|character: char| !character.is_alphabetic()).unwrap_or(start.len());
        if letters > MAX_PREFIX {
            return None;
        }
        let is_apart = letters > 0 && start[letters..].starts_with(['-', '_', ' ', '.']);
        let from = lead + letters + usize::from(is_apart);
        let length = number_length(&name[from..])?;
        let prefix = start[..letters].to_lowercase();
        Some(Numbered { prefix, digits: from..from + length, subject: words(&name[from + length..]) })
    }

    /// Whether the number in `name` has only zeros.
    pub(super) fn is_zero(&self, name: &str) -> bool {
        is_zero(&name[self.digits.clone()])
    }
}

/// Whether the number `digits` has only zeros.
pub(super) fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0') && digits.contains('0')
}

/// Returns the length of the number that `text` starts with: digits, a date, or a year and a number. `None` if letters follow it,
/// or if it is a version such as `8.0`.
fn number_length(text: &str) -> Option<usize> {
    let run = |text: &str| text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let mut length = run(text);
    if length == 0 || length > MAX_DIGITS {
        return None;
    }
    if length == 4 && text.starts_with(['1', '2']) {
        length += behind_year(&text[length..], run);
    }
    let mut rest = text[length..].chars();
    let (next, after) = (rest.next(), rest.next());
    let is_version = next == Some('.') && after.is_some_and(|after| after.is_ascii_digit());
    (!next.is_some_and(char::is_alphanumeric) && !is_version).then_some(length)
}

/// Returns how much of `rest`, which follows a year, is a month and a day, or a number within the year.
fn behind_year(rest: &str, run: impl Fn(&str) -> usize) -> usize {
    let mut length = 0;
    for _ in 0..2 {
        let part = rest[length..].strip_prefix(['-', '_', '.']).map_or(0, &run);
        let is_part = (2..=4).contains(&part) && !rest[length + 1 + part..].starts_with(char::is_alphanumeric);
        if !is_part {
            break;
        }
        length += 1 + part;
    }
    length
}

impl Mask {
    /// Whether the names have a number.
    pub(super) fn is_numbered(&self) -> bool {
        matches!(self, Mask::File(_) | Mask::Folder(..))
    }

    /// Returns the word before the number.
    pub(super) fn prefix(&self) -> &str {
        match self {
            Mask::File(prefix) | Mask::Folder(prefix, _) => prefix,
            Mask::Plain | Mask::PlainFolder => "",
        }
    }
}

impl Shape {
    /// Returns the shape of the file at `path`; `is_alone` says whether it is the only document in its folder.
    pub(super) fn of(path: &Path, is_alone: bool) -> Shape {
        let (stem, folder) = (stem(path), folder_name(path));
        let mask = match (Numbered::of(&stem), Numbered::of(&folder)) {
            (Some(own), _) => Mask::File(own.prefix),
            (None, Some(own)) if words(&stem) == own.subject || is_alone && !is_page(&stem) => {
                Mask::Folder(own.prefix, SUBJECT.to_owned())
            }
            (None, Some(own)) => Mask::Folder(own.prefix, stem),
            (None, None) if is_page(&stem) => Mask::PlainFolder,
            (None, None) => Mask::Plain,
        };
        let up = if matches!(mask, Mask::Folder(..) | Mask::PlainFolder) { 2 } else { 1 };
        Shape { base: path.ancestors().nth(up).unwrap_or(Path::new("")).to_owned(), mask }
    }
}

/// Returns the digits of the number in the name of the file at `path`, or else of its folder.
pub(super) fn number(path: &Path) -> Option<String> {
    let digits = |name: String| Numbered::of(&name).map(|own| name[own.digits].to_owned());
    digits(stem(path)).or_else(|| digits(folder_name(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, base: &str, mask: Mask, digits: Option<&str>) {
        let path = Path::new(path);
        assert_eq!(Shape::of(path, false), Shape { base: base.into(), mask }, "{}", path.display());
        assert_eq!(number(path).as_deref(), digits, "{}", path.display());
    }

    #[test]
    fn the_number_is_in_the_files_name() {
        let file = |prefix: &str| Mask::File(prefix.to_owned());
        check("text/0042-cache.md", "text", file(""), Some("0042"));
        check("docs/VIP_7.md", "docs", file("vip"), Some("7"));
        check("tap12.md", "", file("tap"), Some("12"));
        check("p/p0001-décor.md", "p", file("p"), Some("0001"));
        check("d/2024-05-01-store.md", "d", file(""), Some("2024-05-01"));
        check("d/2026-001-x.md", "d", file(""), Some("2026-001"));
        check("d/20240501_store.md", "d", file(""), Some("20240501"));
        check("d/001 x.md", "d", file(""), Some("001"));
    }

    #[test]
    fn the_number_is_in_the_folders_name() {
        let folder = |prefix: &str, file: &str| Mask::Folder(prefix.to_owned(), file.to_owned());
        check("CIP-0030/README.md", "", folder("cip", "readme"), Some("0030"));
        check("veps/sig-a/76-views/vep.md", "veps/sig-a", folder("", "vep"), Some("76"));
        check("72-protocol-x/protocol-x.md", "", folder("", SUBJECT), Some("72"));
        assert_eq!(Shape::of(Path::new("72-a/b.md"), true).mask, folder("", SUBJECT));
        assert_eq!(Shape::of(Path::new("72-a/README.md"), true).mask, folder("", "readme"));
    }

    #[test]
    fn versions_ordinals_and_words_are_no_numbers() {
        check("docs/async-streams.md", "docs", Mask::Plain, None);
        check("docs/2nd.md", "docs", Mask::Plain, None);
        check("lang-8.0/escape.md", "lang-8.0", Mask::Plain, None);
        check("docs/streams/README.md", "docs", Mask::PlainFolder, None);
        check("docs/1234567890.md", "docs", Mask::Plain, None);
    }
}
