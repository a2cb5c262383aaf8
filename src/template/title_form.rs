//! The form of the numbers in the titles of a family.

use super::signs::says_template;
use super::{Template, Title};
use crate::syntax::fold;

/// The form of the numbers in the titles of a family, taken from one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleForm {
    /// What comes before the number; may be empty.
    pub prefix: String,
    /// What comes between the number and the rest.
    pub separator: String,
    /// The minimum number of digits, padded with zeros; `None` if they are as in the file's name.
    pub width: Option<usize>,
}

/// The maximum length of what comes before the number in a title.
const MAX_PREFIX: usize = 16;

impl TitleForm {
    /// Returns the form of `title`, whose document has the number `digits` in its name. `None` if the title does not start with
    /// that number, after at most one word.
    pub fn of(title: &str, digits: &str) -> Option<TitleForm> {
        let at = title.find(|character: char| character.is_ascii_digit())?;
        let length = same_number(&title[at..], digits)?;
        let (prefix, rest) = (&title[..at], &title[at + length..]);
        let signs = rest.find(char::is_alphanumeric)?;
        let has_zeros = title[at..].starts_with('0');
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        // `ADR001: …`, but not `HTTP2 is there`.
        let has_colon = || rest[..signs].trim_start().starts_with([':', '-', '–', '—', '.', ']', '|']);
        let is_joined = || prefix.len() > 1 && !prefix.contains(char::is_lowercase) && (has_zeros || has_colon());
        // In `[Word](0001-word.md)` the number is part of the link, not of the title.
        let is_prefix = prefix.len() <= MAX_PREFIX
            && !prefix.contains(']')
            && is_word(prefix.trim_matches(|character: char| !character.is_alphanumeric()))
            && (!prefix.ends_with(char::is_alphanumeric) || is_joined());
        // `48 hours` does not have the number of a document.
        let is_divided =
            if prefix.is_empty() { has_zeros && signs > 0 || !rest[..signs].trim().is_empty() } else { signs > 0 };
        (is_prefix && is_divided).then(|| TitleForm {
            prefix: prefix.to_owned(),
            separator: rest[..signs].to_owned(),
            width: (title[at..at + length] != *digits).then_some(if has_zeros { length } else { 1 }),
        })
    }

    /// Returns the number `digits` of a document's name as its title has it.
    pub(super) fn number(&self, digits: &str) -> String {
        match self.width {
            Some(width) => format!("{:0>width$}", digits.trim_start_matches('0')),
            None => digits.to_owned(),
        }
    }

    /// Returns what follows the number in `title`, which has this form; `digits` are the number in the document's name.
    pub fn rest<'a>(&self, title: &'a str, digits: &str) -> Option<&'a str> {
        let behind = title.strip_prefix(self.prefix.as_str())?;
        behind[same_number(behind, digits)?..].strip_prefix(self.separator.as_str())
    }
}

impl Template {
    /// Returns the form of titles by the names of the documents, if the template's title only says that it is a template, and shows
    /// no form itself.
    pub fn form_by_names(&self) -> Option<TitleForm> {
        let is_template = |title: &Title| {
            let says_template = title.text.to_lowercase().ends_with("template") || says_template(&fold(&title.text));
            title.prefix.is_none() && title.placeholders.is_empty() && says_template
        };
        self.title.as_ref().filter(|title| is_template(title))?;
        let prefix = self.name_patterns().find_map(|pattern| Some(pattern.prefix_word()?.to_uppercase() + "-"))?;
        Some(TitleForm { prefix, separator: ": ".to_owned(), width: None })
    }
}

/// Returns the length of the digits at the start of `text`, if they are the number `digits`, with or without leading zeros. A
/// number with signs in it must match literally.
fn same_number(text: &str, digits: &str) -> Option<usize> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.starts_with(digits).then_some(digits.len());
    }
    let length = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let bare = |digits: &'_ str| digits.trim_start_matches('0').to_owned();
    (length > 0 && bare(&text[..length]) == bare(digits)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_the_number_as_the_others_have_it() {
        let form = |prefix: &str, separator: &str, width| {
            Some(TitleForm { prefix: prefix.to_owned(), separator: separator.to_owned(), width })
        };
        assert_eq!(TitleForm::of("CEP 48 - A better 0048", "0048"), form("CEP ", " - ", Some(1)));
        assert_eq!(TitleForm::of("1. Record", "0001"), form("", ". ", Some(1)));
        assert_eq!(TitleForm::of("[TEP-0164] A", "0164"), form("[TEP-", "] ", None));
        assert_eq!(TitleForm::of("ADR-2026-001: A", "2026-001"), form("ADR-", ": ", None));
        assert_eq!(TitleForm::of("ADR-001: A", "0001"), form("ADR-", ": ", Some(3)));
        assert_eq!(TitleForm::of("ADR001 - A", "0001"), form("ADR", " - ", Some(3)));
        assert_eq!(TitleForm::of("0001 A", "0001"), form("", " ", None));
        assert_eq!(TitleForm::of("Plan 48 A", "48"), form("Plan ", " ", None));
        for (title, digits) in [
            ("A better 48", "0048"),
            ("Cache", "0001"),
            ("48", "48"),
            ("x48 a", "48"),
            ("48 hours", "48"),
            ("HTTP2 is there", "0002"),
            ("[Cache](0001-cache.md)", "0001"),
        ] {
            assert_eq!(TitleForm::of(title, digits), None, "{title}");
        }
    }
}
