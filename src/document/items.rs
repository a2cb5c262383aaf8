//! The items of a metadata value, and what they look like.

use std::ops::Range;

use crate::text::{Offset, Span, Text};

/// A value and its items.
pub(super) struct Items {
    /// The whole value.
    pub(super) value: String,
    /// Its place.
    pub(super) span: Span,
    /// Whether the text at its place is the value, letter by letter.
    pub(super) is_literal: bool,
    /// Whether it is a list of YAML or Markdown, whose items have no commas between them.
    is_block: bool,
    /// Whether the items are those of a list in YAML, each at its place.
    pub(super) is_yaml: bool,
    /// The items; one if it is no list.
    pub(super) list: Vec<Item>,
}

/// An item of a value.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its text, without spaces around it.
    pub(super) text: String,
    /// Its place; that of the whole value if it has none of its own.
    pub(super) span: Span,
}

impl Item {
    /// Returns the last number in it: 7 of `XIP-7`, `[XIP-7](xip-7.md)` and `7`.
    pub(super) fn number(&self) -> Option<u64> {
        let shown = self.text.split("](").next().unwrap_or_default();
        let end = shown.rfind(|sign: char| sign.is_ascii_digit())? + 1;
        let start = shown[..end]
            .rfind(|sign: char| !sign.is_ascii_digit())
            .map_or(0, |at| at + shown[at..].chars().next().map_or(1, char::len_utf8));
        shown[start..end].parse().ok()
    }
}

impl Items {
    /// Returns the items of `value`, which is at `span` of `text`; only one unless it `is_list`.
    pub(super) fn of(text: &Text, span: Span, value: &str, is_list: bool) -> Items {
        let source = text.slice(span);
        // A comment behind the value is not part of it.
        let bare_of_comment = |text: &str| text.split("<!--").next().unwrap_or_default().trim_end().len();
        let value = &value[..bare_of_comment(value)];
        let source = &source[..bare_of_comment(&source)];
        let trimmed = source.trim();
        let start = span.start + (source.len() - source.trim_start().len());
        let inner = Span::new(start, start + trimmed.len());
        let is_literal = trimmed == value;
        let is_block = trimmed.lines().count() > 1
            && trimmed
                .lines()
                .all(|line| line.trim().is_empty() || line.trim_start().starts_with(['-', '*', '+', '#']));
        let is_inside = span.start.get().checked_sub(1).is_some_and(|at| text.byte(Offset::new(at)) == Some(b'['));
        let is_flow = trimmed.starts_with('[') && trimmed.ends_with(']') && !trimmed.contains("](");
        // What is on several lines, or within brackets, is a list of YAML.
        let is_apart = is_inside || trimmed.contains(['\n', '\r']);
        let list = match (is_list, is_block, is_flow) {
            (false, ..) => vec![Item { text: value.to_owned(), span: inner }],
            (_, true, _) => in_block(trimmed, inner),
            (_, _, true) => in_brackets(trimmed, inner),
            _ => between_commas(value, inner, is_literal),
        };
        let is_flow = is_flow && is_list;
        Items {
            value: value.to_owned(),
            span: inner,
            is_literal: is_literal && !is_flow && !is_apart,
            is_block: is_block || is_flow || is_apart,
            is_yaml: false,
            list,
        }
    }

    /// Returns the items of a list of YAML, which is at `span`.
    pub(super) fn of_list(list: Vec<Item>, span: Span) -> Items {
        let value = list.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ");
        Items { value, span, is_literal: false, is_block: true, is_yaml: true, list }
    }

    /// Returns the only item `text`, which is at `span`.
    pub(super) fn of_scalar(text: &str, span: Span) -> Items {
        let list = vec![Item { text: text.to_owned(), span }];
        Items { value: text.to_owned(), span, is_literal: false, is_block: true, is_yaml: false, list }
    }

    /// Returns what a pattern is about: each item of a list in YAML, or else the whole value.
    pub(super) fn pieces(&self) -> Vec<Item> {
        match self.is_yaml {
            true => self.list.iter().filter(|item| !item.text.is_empty()).cloned().collect(),
            false => vec![Item { text: self.value.clone(), span: self.span }],
        }
    }

    /// Returns the place of `range` of the value.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        if self.is_literal { Span::of_range(self.span.start, range) } else { self.span }
    }

    /// Whether a comma and one space separate the items, and none is empty.
    pub(super) fn is_spaced(&self) -> bool {
        let parts = || self.value.split(',');
        self.is_block
            || !self.is_literal
            || parts().enumerate().all(|(index, part)| {
                let own = if index == 0 { Some(part) } else { part.strip_prefix(' ') };
                own.is_some_and(|own| !own.is_empty() && own.trim() == own)
            })
    }
}

/// Returns `item` without spaces and quotes around it.
fn bare(item: &str) -> String {
    item.trim().trim_matches(['"', '\'']).to_owned()
}

/// Returns the items of the list `block` of Markdown, which is at `span`.
fn in_block(block: &str, span: Span) -> Vec<Item> {
    let lines = block.lines().map(str::trim_start).filter(|line| line.starts_with(['-', '*', '+']));
    lines.map(|line| Item { text: bare(&line[1..]), span }).collect()
}

/// Returns the items in `flow`, which has brackets around it and is at `span`.
fn in_brackets(flow: &str, span: Span) -> Vec<Item> {
    flow[1..flow.len() - 1].split(',').map(|item| Item { text: bare(item), span }).collect()
}

/// Returns the items in `value`, which is at `span`, letter by letter if it `is_literal`.
fn between_commas(value: &str, span: Span, is_literal: bool) -> Vec<Item> {
    let mut at = 0;
    let item = |part: &str| {
        let from = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let own = Span::of_range(span.start, from..from + part.trim().len());
        Item { text: part.trim().to_owned(), span: if is_literal && !own.is_empty() { own } else { span } }
    };
    value.split(',').map(item).collect()
}

/// Returns the handle in `person`: `author` of `A. Author (@author)` and `@author`.
pub(super) fn handle(person: &str) -> Option<&str> {
    let (before, rest) = person.split_once('@')?;
    if !before.is_empty() && !before.ends_with(['(', '[', ' ']) {
        return None;
    }
    let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_').unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// Whether `text` is a person: a name, and a handle or an address if any, as `A. Author (@author) <a@example.org>`, or a handle
/// alone, or a link of a name.
pub(super) fn is_person(text: &str) -> bool {
    let plain = unlinked(text);
    let text = plain.as_str();
    let is_handle = |word: &str| word.strip_prefix('@').is_some_and(|rest| handle(word).is_some_and(|own| own == rest));
    let is_mail = |mail: &str| {
        mail.split_once('@').is_some_and(|(who, at)| {
            !who.is_empty() && at.rsplit_once('.').is_some_and(|(host, top)| !host.is_empty() && !top.is_empty())
        })
    };
    let end = text.find(['(', '<', '>', ')', '@']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.trim().is_empty() {
        return is_handle(text);
    }
    let mut rest = rest;
    if let Some((own, behind)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        if !is_handle(own) {
            return false;
        }
        rest = behind.trim_start();
    }
    if let Some((mail, behind)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        if !is_mail(mail) {
            return false;
        }
        rest = behind;
    }
    let is_apart = end == text.len() || name.ends_with(' ');
    rest.is_empty() && is_apart
}

/// Returns `text` with the texts of its links in place of these.
fn unlinked(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, link)) = rest.split_once('[') {
        let Some((name, behind)) = link.split_once("](") else { break };
        let Some((_, behind)) = behind.split_once(')') else { break };
        plain.push_str(before);
        plain.push_str(name);
        rest = behind;
    }
    plain + rest
}

/// Whether `text` is a version: `1.2`, `v1.2.0-rc.1`.
pub(super) fn is_version(text: &str) -> bool {
    let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let core = bare.split(['-', '+']).next().unwrap_or_default();
    let are_figures = core.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    are_figures && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
}

/// Whether `text` is an address on the web, alone or as the target of a link.
pub(super) fn is_web_address(text: &str) -> bool {
    let target = text.rsplit_once("](").and_then(|(_, target)| target.strip_suffix(')')).unwrap_or(text);
    let target = target.trim_matches(['<', '>', '"', '\'']);
    let rest = ["https://", "http://"].iter().find_map(|scheme| target.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_what_is_none() {
        for person in [
            "A. Author",
            "A. Author (@author)",
            "A. Author <a@example.org>",
            "A. Author (@author) <a.b@example.org>",
            "@author-1",
            "[A. Author](https://example.org)",
            "A. Author ([@author](https://example.org/author))",
            "作者",
        ] {
            assert!(is_person(person), "{person}");
        }
        for other in [
            "",
            "A. Author (author)",
            "A. Author @author",
            "A. Author <example.org>",
            "A (@a) b",
            "A(@a)",
            "@",
            "A. Author (@a b)",
            "<a@example.org>",
        ] {
            assert!(!is_person(other), "{other}");
        }
        assert_eq!(handle("A. Author (@author) <a@example.org>"), Some("author"));
        assert_eq!(handle("A. Author <a@example.org>"), None);
    }

    #[test]
    fn versions_and_addresses_are_told_from_what_is_none() {
        for version in ["1", "1.2", "v1.2.0", "1.0.0-rc.1", "2.0+build"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["", "v", "1.", "next", "1.2, or later", "1.x"] {
            assert!(!is_version(other), "{other}");
        }
        for address in ["https://example.org", "[PR 7](http://example.org/7)", "<https://example.org/a>"] {
            assert!(is_web_address(address), "{address}");
        }
        for other in ["", "example.org", "https://", "https:///a", "https://a b", "ftp://example.org", "[a](b.md)"] {
            assert!(!is_web_address(other), "{other}");
        }
    }

    #[test]
    fn items_are_found_in_lists_of_all_kinds() {
        for (source, expected, is_spaced) in [
            ("1, 2", &["1", "2"][..], true),
            ("1,2", &["1", "2"], false),
            ("1 , 2", &["1", "2"], false),
            ("1,  2", &["1", "2"], false),
            ("1, ", &["1", ""], false),
            ("[1, \"2\"]", &["1", "2"], true),
            ("- 1\n  - '2'", &["1", "2"], true),
            ("[A](b), [C](d)", &["[A](b)", "[C](d)"], true),
        ] {
            let text = Text::new(source);
            let items = Items::of(&text, Span::new(text.start(), text.end()), source.trim(), true);
            assert_eq!(items.list.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), expected, "{source}");
            assert_eq!(items.is_spaced() || source.ends_with(' '), is_spaced || source.ends_with(' '), "{source}");
        }
        let number = |text: &str| Item { text: text.to_owned(), span: Span::default() }.number();
        assert_eq!(
            ["7", "XIP-7", "[XIP-0007](xip-9.md)", "é7", "none"].map(number),
            [Some(7), Some(7), Some(7), Some(7), None]
        );
    }
}
