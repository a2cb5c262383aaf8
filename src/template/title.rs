//! The title of a template, and titles with a number, which is read in any notation.

use std::ops::Range;

use super::naming::is_divided;
use super::signs::divided;

/// The title that a template asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The level of its heading.
    pub level: u8,
    /// As rendered.
    pub text: String,
    /// The placeholders in it, such as `$NUMBER`.
    pub placeholders: Vec<String>,
    /// What comes before the number, such as `VIP-`; `None` if the title has no number.
    pub prefix: Option<String>,
    /// What comes between the number and the rest, such as `: `; `None` if nothing follows the number.
    pub separator: Option<String>,
    /// Whether the heading is the same in every document, such as `Meta`, and the title proper is the value of a key.
    pub is_constant: bool,
}

/// The place of the number in a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedTitle {
    /// The digits.
    pub digits: Range<usize>,
    /// Where the rest starts, after the separator.
    pub rest: usize,
}

impl Title {
    /// Returns what all titles of the family start with, before the part to fill in: `Proposal: ` for `Proposal: [Title]`.
    pub fn lead(&self) -> Option<&str> {
        let lead = &self.text[..self.text.find(['[', '{', '<', '$', '(', '【', '（', '［', '「'])?];
        let is_word = lead.starts_with(char::is_alphabetic) && lead.trim_end().ends_with([':', '-', '–', '—', '：']);
        (is_word && !lead.contains(char::is_numeric)).then_some(lead)
    }

    /// Returns the number in `title`, which must start with this title's prefix. Case, the signs after the prefix, and brackets may
    /// differ: `VIP-7: …`, `vip 7 - …`, `[VIP_7] …`.
    pub fn read_number(&self, title: &str) -> Option<NumberedTitle> {
        NumberedTitle::read(title, self.prefix.as_deref()?)
    }
}

/// Whether `title` starts with `prefix` and a number.
pub fn number_after(title: &str, prefix: &str) -> bool {
    NumberedTitle::read(title, prefix).is_some()
}

impl NumberedTitle {
    /// Returns the number in `title` after `prefix`.
    pub(super) fn read(title: &str, prefix: &str) -> Option<NumberedTitle> {
        if prefix.is_empty() {
            return NumberedTitle::read_bare(title);
        }
        let signs = |character: char| !character.is_alphanumeric();
        let name = prefix.trim_matches(signs);
        if name.is_empty() {
            return NumberedTitle::read_bare(title);
        }
        let start = title.find(char::is_alphanumeric)?;
        let (found, rest) = title[start..].split_at_checked(name.len())?;
        let digits = rest.trim_start_matches(|character: char| "-_ #:.–—‑：・－".contains(character));
        let from = title.len() - digits.len();
        let run = |text: &str| text.find(|character: char| !is_plain_digit(character)).unwrap_or(text.len());
        let first = run(digits);
        // A year and the number within it are one number.
        let length = if is_divided(digits, first) { first + 1 + run(&digits[first + 1..]) } else { first };
        let behind = &digits[length..];
        // The counter in `第12号`.
        let behind = behind.strip_prefix(COUNTERS).unwrap_or(behind);
        let is_number = length > 0 && !behind.starts_with(char::is_alphanumeric);
        if !found.eq_ignore_ascii_case(name) || !is_number {
            return None;
        }
        let text = behind
            .trim_start_matches(|character: char| "-_ ]):.,;|–—\t：、．，；｜·・】）］\u{3000}".contains(character));
        Some(NumberedTitle { digits: from..from + length, rest: title.len() - text.len() })
    }

    /// Reads the number of a title that has no word before it. `3 things` and `3-tier` have no number.
    fn read_bare(title: &str) -> Option<NumberedTitle> {
        let length = title.find(|character: char| !is_plain_digit(character))?;
        let (digits, behind) = title.split_at(length);
        let is_padded = digits.len() > 1 && digits.starts_with('0');
        let name = || behind.strip_prefix(['-', '_', ' ']).filter(|_| is_padded);
        let rest = divided(behind).or_else(name).filter(|_| !digits.is_empty())?;
        Some(NumberedTitle { digits: 0..length, rest: title.len() - rest.len() })
    }
}

/// The counters that may follow a number.
const COUNTERS: [char; 5] = ['号', '號', '호', '番', '回'];

/// Whether `sign` is a decimal digit, in plain or full width.
fn is_plain_digit(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '０'..='９')
}

/// Returns `digits` in plain width.
pub fn plain_digits(digits: &str) -> String {
    let plain = |sign: char| match sign {
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        _ => sign,
    };
    digits.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use crate::template::Template;

    fn check(title: &str, expected: Option<(&str, &str)>) {
        let template = Template::derive("# VIP-NNN: Title\n\n## A\n", None);
        let found = template.title.and_then(|template| template.read_number(title));
        assert_eq!(found.map(|found| (&title[found.digits], &title[found.rest..])), expected, "{title}");
    }

    #[test]
    fn numbers_are_read_in_whichever_way_they_are_written() {
        check("VIP-7: Cache", Some(("7", "Cache")));
        check("vip 12 - Cache", Some(("12", "Cache")));
        check("[VIP-7] Cache", Some(("7", "Cache")));
        check("VIP‑7", Some(("7", "")));
        check("VIP-2026-001: Cache", Some(("2026-001", "Cache")));
        check("Cache for VIP-7", None);
        check("VIP-x: Cache", None);
        check("VIP-7th: Cache", None);
        check("VI", None);
        check("VIP-0007：缓存", Some(("0007", "缓存")));
        check("VIP-０００７：缓存", Some(("０００７", "缓存")));
        check("VIP-7 · Cache", Some(("7", "Cache")));
        check("【VIP-7】缓存", Some(("7", "缓存")));
        check("VIP-7、缓存", Some(("7", "缓存")));
        let template = Template::derive("# 第NNN号：标题\n\n## 背景\n\n## 方案\n", None);
        let title = "第012号：缓存";
        let found = template.read_number(title).map(|found| (&title[found.digits], &title[found.rest..]));
        assert_eq!(found, Some(("012", "缓存")));
    }

    #[test]
    fn a_title_may_have_a_lead() {
        for (title, expected) in [
            ("Proposal: [Title]", Some("Proposal: ")),
            ("Proposal: [Area]: [Title]", Some("Proposal: ")),
            ("[Title]", None),
            ("A [Title]", None),
            ("XIP-NNN: Title", None),
        ] {
            let template = Template::derive(&format!("# {title}\n\n## A\n\n## B\n"), None);
            assert_eq!(template.title.expect("a title").lead(), expected, "{title}");
        }
    }

    #[test]
    fn a_number_may_have_no_word_before_it() {
        let template = Template::derive("# NNNN. Title\n\n## A\n", None);
        for (title, expected) in [
            ("7. Cache", Some(("7", "Cache"))),
            ("0007 — Cache", Some(("0007", "Cache"))),
            ("0007-warm-cache", Some(("0007", "warm-cache"))),
            ("0007 Cache", Some(("0007", "Cache"))),
            ("3 caches", None),
            ("3-tier cache", None),
            ("0.5.1 is out", None),
            ("Cache", None),
            ("7", None),
        ] {
            let found = template.read_number(title);
            assert_eq!(found.map(|found| (&title[found.digits], &title[found.rest..])), expected, "{title}");
        }
    }
}
