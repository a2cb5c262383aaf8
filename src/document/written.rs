//! How the destination of a link is written: the places of its path and its anchor, and how to replace the path.

use std::ops::Range;

use super::reference::without_directive;
use super::{Reference, ReferenceKind};
use crate::syntax::{is_entity, rendered};
use crate::text::{Offset, Span, Text};

/// The way in which an author writes the path of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// The path is in angle brackets.
    is_bracketed: bool,
    /// Non-ASCII letters are percent-encoded.
    is_ascii: bool,
    /// Parentheses are not escaped.
    has_parentheses: bool,
}

impl Writing {
    /// Returns the way with angle brackets.
    pub fn in_brackets() -> Writing {
        Writing { is_bracketed: true, ..Writing::default() }
    }

    /// Returns the way in which `reference` in `text` is written.
    pub fn of(text: &Text, reference: &Reference) -> Writing {
        let Some(target) = reference.target else { return Writing::default() };
        let source = text.slice(target);
        let before = target.start.get().checked_sub(1).and_then(|at| text.byte(Offset::new(at)));
        // The first byte of a non-ASCII letter.
        let is_letter = |(at, _): (usize, &str)| source.as_bytes().get(at + 1).is_some_and(|digit| *digit >= b'8');
        Writing {
            is_bracketed: before == Some(b'<') && reference.kind != ReferenceKind::Html,
            is_ascii: source.is_ascii() && source.match_indices('%').any(is_letter),
            has_parentheses: source.contains('(') && !source.contains('\\') && reference.kind != ReferenceKind::Html,
        }
    }

    /// Returns `path` written in this way, so that the link leads there (CommonMark 6.3). Characters that would end it, or mean
    /// something else, are encoded.
    pub fn write(self, path: &str) -> String {
        let keeps_parentheses = self.is_bracketed || self.has_parentheses && is_balanced(path);
        let mut is_first = true;
        encoded(path, |character| {
            is_first &= character != '/';
            match character {
                '#' | '?' => false,
                sign if SIGNS.contains(&sign) => false,
                ' ' => self.is_bracketed,
                '(' | ')' => keeps_parentheses,
                // Only in the first name does a colon end a scheme.
                ':' => !is_first,
                other => !other.is_control() && !other.is_whitespace() && (other.is_ascii() || !self.is_ascii),
            }
        })
    }
}

/// Characters that have a meaning in a link, in HTML or in a table, at any place.
const SIGNS: [char; 9] = ['%', '<', '>', '"', '\'', '\\', '|', '`', '&'];

/// Returns `text` with the characters that are not kept percent-encoded (RFC 3986, 2.1).
fn encoded(text: &str, mut is_kept: impl FnMut(char) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if is_kept(character) {
            encoded.push(character);
        } else {
            let mut bytes = [0; 4];
            encoded.extend(character.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    encoded
}

/// Returns `name` as the anchor of a link. Characters that could end the link are encoded.
pub fn encoded_anchor(name: &str) -> String {
    encoded(name, |sign| !SIGNS.contains(&sign) && !matches!(sign, '(' | ')') && !sign.is_ascii_whitespace())
}

/// Returns `path` as a link's destination.
pub fn encode_path(path: &str) -> String {
    Writing::default().write(path)
}

/// Whether each parenthesis in `path` has its counterpart.
fn is_balanced(path: &str) -> bool {
    let mut depth = 0_i32;
    let never_below = path.chars().all(|character| {
        depth += i32::from(character == '(') - i32::from(character == ')');
        depth >= 0
    });
    never_below && depth == 0
}

impl Reference {
    /// Returns the span of the path to the file; empty in a link to an anchor of the document itself.
    pub fn path_span(&self, text: &Text) -> Option<Span> {
        let target = self.target?;
        let (path, _) = parts(&text.slice(target));
        Some(Span::of_range(target.start, 0..path))
    }

    /// Returns the span of the anchor, without its `#`.
    pub fn anchor_span(&self, text: &Text) -> Option<Span> {
        let target = self.target?;
        let (_, anchor) = parts(&text.slice(target));
        Some(Span::of_range(target.start, anchor?))
    }
}

/// Returns the length of the path in the destination `source`, and the range of the anchor. A `#` within an entity does not start
/// an anchor.
fn parts(source: &str) -> (usize, Option<Range<usize>>) {
    let (mut path, mut at) = (None, 0);
    while let Some(sign) = source[at..].find(['#', '?', '&']).map(|found| at + found) {
        let entity = source[sign..].find(';').map_or("", |end| &source[sign..=sign + end]);
        let (found, length) = match &source[sign..=sign] {
            "&" if is_entity(entity) => (rendered(entity), entity.len()),
            one => (one.to_owned(), 1),
        };
        at = sign + length;
        if found == "#" || found == "?" {
            path = path.or(Some(sign));
        }
        if found == "#" {
            return (path.unwrap_or(sign), Some(at..at + without_directive(&source[at..]).len()));
        }
    }
    (path.unwrap_or(source.len()), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_has_a_path_and_an_anchor() {
        for (source, path, anchor) in [
            ("a.md#b", "a.md", Some("b")),
            ("a.md", "a.md", None),
            ("#b", "", Some("b")),
            ("a.md?c=d#b:~:text=e", "a.md", Some("b")),
            ("a&#38;b&amp;c&nope.md&#35;d", "a&#38;b&amp;c&nope.md", Some("d")),
            ("a.md?c", "a.md", None),
        ] {
            let (length, found) = parts(source);
            assert_eq!((&source[..length], found.map(|range| &source[range])), (path, anchor), "{source}");
        }
    }

    #[test]
    fn a_path_is_written_so_that_it_leads_there() {
        let plain = Writing::default();
        let bracketed = Writing { is_bracketed: true, ..plain };
        for (path, expected, in_brackets) in [
            ("a b.md", "a%20b.md", "a b.md"),
            ("a(1).md", "a%281%29.md", "a(1).md"),
            ("C#.md", "C%23.md", "C%23.md"),
            ("100%?.md", "100%25%3F.md", "100%25%3F.md"),
            ("<a>\\b|c`&amp;.md", "%3Ca%3E%5Cb%7Cc%60%26amp;.md", "%3Ca%3E%5Cb%7Cc%60%26amp;.md"),
            ("a:b/c:d.md", "a%3Ab/c:d.md", "a%3Ab/c:d.md"),
            ("größe.md", "größe.md", "größe.md"),
            ("a\u{a0}\n.md", "a%C2%A0%0A.md", "a%C2%A0%0A.md"),
        ] {
            assert_eq!(plain.write(path), expected, "{path}");
            assert_eq!(bracketed.write(path), in_brackets, "{path}");
        }
        assert_eq!(Writing { is_ascii: true, ..plain }.write("größe.md"), "gr%C3%B6%C3%9Fe.md");
        let kept = Writing { has_parentheses: true, ..plain };
        assert_eq!((kept.write("a(1).md"), kept.write("a).md")), ("a(1).md".to_owned(), "a%29.md".to_owned()));
    }
}
