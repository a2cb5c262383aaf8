//! The file names that a template is for.

use std::ops::Range;
use std::path::Path;

use crate::terms::{self, Meaning};

/// The names that belong to a family: a prefix, and the number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NamePattern {
    /// The prefix before the number, in lowercase with `-` for `_`; may be empty.
    prefix: String,
    /// The minimum number of digits.
    digits: usize,
    place: NumberPlace,
}

/// The name that has the number of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberPlace {
    /// The file's name.
    File,
    /// The name of its folder.
    Folder,
    /// Neither: the names have dates, or nothing.
    Nowhere,
}

impl NamePattern {
    /// Returns the pattern of files called `prefix` and a number, ignoring case: `vip-7.md`, `VIP_12-title.md`.
    pub fn numbered(prefix: &str) -> NamePattern {
        NamePattern::at(prefix, NumberPlace::File)
    }

    /// Returns the pattern of names with `prefix` and a number at `place`.
    pub fn at(prefix: &str, place: NumberPlace) -> NamePattern {
        NamePattern { prefix: normalize(prefix), digits: 1, place }
    }

    /// Returns the pattern in a template's own file name: `vip-template.md` is for `vip-<number>`, `0000-template.md`
    /// for four digits. A name that only says "template" has none.
    pub fn of_template(file: &Path) -> Option<NamePattern> {
        let stem = normalize(file.file_stem()?.to_str()?);
        let word = |part: &&str| !terms::is(part, Meaning::TemplateFile);
        let rest = stem.replace("template", "").split('-').filter(word).collect::<Vec<_>>().join("-");
        let rest = rest.trim_matches('-');
        let digits = rest.len();
        let is_number = digits > 1 && ["0", "n", "x"].iter().any(|digit| rest.replace(digit, "").is_empty());
        match rest {
            "" => None,
            _ if is_number => Some(NamePattern { digits, ..NamePattern::numbered("") }),
            _ => {
                let prefix = rest.trim_end_matches(['0', 'n', 'x']);
                let prefix = if prefix.ends_with('-') { prefix.to_owned() } else { format!("{rest}-") };
                Some(NamePattern::numbered(&prefix))
            }
        }
    }

    /// Returns the prefix as a word, or `None` if it is empty.
    pub fn prefix_word(&self) -> Option<&str> {
        Some(self.prefix.trim_end_matches('-')).filter(|word| !word.is_empty())
    }

    /// Whether `file` is named after the pattern.
    pub fn matches(&self, file: &Path) -> bool {
        self.number(file).is_some()
    }

    /// Returns the number in the name of `file`, or of its folder, if that is named after the pattern.
    pub fn number<'a>(&self, file: &'a Path) -> Option<&'a str> {
        let name = self.name(file)?;
        Some(&name[self.place(name)?])
    }

    /// Returns the name that has the number of the document at `file`.
    pub fn name<'a>(&self, file: &'a Path) -> Option<&'a str> {
        match self.place {
            NumberPlace::File => file.file_stem()?.to_str(),
            NumberPlace::Folder => match file.parent()?.file_name() {
                Some(folder) => folder.to_str(),
                None => file.file_name()?.to_str(),
            },
            NumberPlace::Nowhere => None,
        }
    }

    /// Returns the range of the number in `name`, a file's name without its extension or a folder's name.
    pub fn place(&self, name: &str) -> Option<Range<usize>> {
        let start = self.end_of_prefix(name)?;
        let rest = &name[start..];
        let length = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        let is_whole = !rest[length..].starts_with(char::is_alphanumeric) && !is_divided(rest, length);
        (is_whole && length >= self.digits).then_some(start..start + length)
    }

    /// Returns where the prefix at the start of `name` ends, if something follows it.
    fn end_of_prefix(&self, name: &str) -> Option<usize> {
        let mut left = self.prefix.as_str();
        for (at, character) in name.char_indices() {
            if left.is_empty() {
                return Some(at);
            }
            for lower in character.to_lowercase() {
                left = left.strip_prefix(if matches!(lower, '_' | ' ') { '-' } else { lower })?;
            }
        }
        None
    }

    /// Returns the prefix before the number, in lowercase.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns the minimum number of digits.
    pub fn digits(&self) -> usize {
        self.digits
    }

    /// Returns which name has the number.
    pub fn number_place(&self) -> NumberPlace {
        self.place
    }
}

/// Whether the first `length` bytes of `text` are a year followed by a month or a number: `2026-001`.
pub(super) fn is_divided(text: &str, length: usize) -> bool {
    let is_year = length == 4 && (text.starts_with("19") || text.starts_with("20"));
    let behind = text[length..].strip_prefix(['-', '_', '.']).unwrap_or_default();
    is_year && behind.len() > 1 && behind.as_bytes()[..2].iter().all(u8::is_ascii_digit)
}

fn normalize(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

/// The extensions of Markdown files.
const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdown", "mkd"];

/// Whether the name of `file` has the extension of a Markdown file.
pub fn is_markdown(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_name_the_files_that_they_are_for() {
        let pattern = |name: &str| NamePattern::of_template(Path::new(name));
        for (template, file, expected) in [
            ("vip-template.md", "VIP-7.md", true),
            ("VIP_TEMPLATE.md", "vip-12-cache.md", true),
            ("vip-template.md", "vip-notes.md", false),
            ("vip-template.md", "vip-2nd.md", false),
            ("0000-template.md", "0042-cache.md", true),
            ("NNNN-template.md", "42-cache.md", false),
            ("0000-模板.md", "0042-缓存.md", true),
            ("adr-modele.md", "adr-12-cache.md", true),
            ("0000-template.md", "cache.md", false),
            ("kep-nnnn-template.md", "kep-12.md", true),
            ("0000-template.md", "2026-001-cache.md", false),
        ] {
            let matches = pattern(template).is_some_and(|pattern| pattern.matches(Path::new(file)));
            assert_eq!(matches, expected, "{template} {file}");
        }
        assert_eq!(pattern("TEMPLATE.md"), None);
    }
}
