//! The references of a proposal: files by links, places by anchors, other proposals by their numbers.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::reference::of_links;
use super::{Destination, Neighbor, Proposal, Reference, ReferenceKind, own_numbers};
use crate::text::{Offset, Span, Text};

impl Proposal<'_> {
    /// Returns the numbers of proposals in text that is shown as links, in order.
    pub fn linked_numbers(&self) -> Vec<Reference> {
        numbers_at(self, &self.links().linked)
    }

    /// Returns the references, in order.
    pub fn references(&self) -> &[Reference] {
        self.references.get_or_init(|| references(self))
    }

    /// Returns a short name for `neighbor` of this family: its number with the family's prefix, or else the name of its file.
    pub fn short_name(&self, neighbor: &Neighbor) -> String {
        let number = neighbor.facts.number.as_deref();
        let named = |number: &str| match mentioned_prefix(self) {
            Some(prefix) => format!("{prefix}{}", number.trim_start_matches('0')),
            None => number.to_owned(),
        };
        number.map_or_else(|| neighbor.name.clone(), named)
    }

    /// Returns the reference at `span`.
    pub fn reference_with(&self, span: Span) -> Option<&Reference> {
        let references = self.references();
        let first = references.partition_point(|reference| reference.span < span);
        references.get(first).filter(|reference| reference.span == span)
    }

    /// Returns the reference that a cursor at `offset` is in.
    pub fn reference_at(&self, offset: Offset) -> Option<&Reference> {
        // An image may be within a link.
        let touching = self.references().iter().filter(|reference| reference.span.touches(offset));
        touching.min_by_key(|reference| reference.span.len())
    }
}

/// Returns the references in `proposal`, in order. Links to other sites and from a site's root are not included, as their targets
/// are unknown, nor is the proposal's own number in the title, which leads nowhere.
pub(super) fn references(proposal: &Proposal<'_>) -> Vec<Reference> {
    let found = proposal.links();
    let mut references: Vec<Reference> = of_links(found).collect();
    references.extend(mentions(proposal, &found.prose));
    references.sort_by_key(|reference| reference.span);
    references
}

/// Returns the numbers of proposals in `prose` and in the front matter, except for the proposal's own.
fn mentions(proposal: &Proposal<'_>, prose: &[Span]) -> Vec<Reference> {
    let Some(prefix) = mentioned_prefix(proposal) else { return Vec::new() };
    let (text, prefix) = (proposal.text(), prefix.as_str());
    let title = proposal.title().map(|title| title.heading.span);
    let prose = prose.iter().filter(|span| title.is_none_or(|title| !title.contains(span.start)));
    let mut line = Line::default();
    let mut found: Vec<Reference> = prose.flat_map(|span| numbers_in(text, *span, prefix, &mut line)).collect();
    if let Some(front_matter) = proposal.document.blocks().front_matter {
        let own: HashSet<Span> = own_numbers(proposal).into_iter().map(|number| number.span).collect();
        let lines = text.line_at(front_matter.start)..=text.line_at(front_matter.end);
        let numbers = lines.flat_map(|line| numbers_in(text, text.line_span(line), prefix, &mut Line::default()));
        // Otherwise, the text of a link there would differ from its destination.
        let is_linked = |number: &Reference| {
            let end = number.span.end;
            text.byte(end) == Some(b']') && text.byte(end + 1) == Some(b'(')
        };
        let is_own = |number: &Reference| number.target.is_some_and(|target| own.contains(&target));
        found.extend(numbers.filter(|number| !is_own(number) && !is_linked(number)));
    }
    found
}

/// Returns the numbers of proposals in the plain text at each of `spans` of `proposal`.
pub(super) fn numbers_at(proposal: &Proposal<'_>, spans: &[Span]) -> Vec<Reference> {
    let Some(prefix) = mentioned_prefix(proposal) else { return Vec::new() };
    let mut line = Line::default();
    spans.iter().flat_map(|span| numbers_in(proposal.text(), *span, &prefix, &mut line)).collect()
}

/// Returns the prefix of a proposal's number in prose: that of the titles, or else that of the file names.
fn mentioned_prefix(proposal: &Proposal<'_>) -> Option<String> {
    let template = proposal.template;
    let of_title = template.title.as_ref().and_then(|title| title.prefix.as_deref());
    let of_title = of_title.map(|prefix| prefix.trim_start_matches(|sign: char| !sign.is_alphanumeric()).to_owned());
    let of_names = || template.name_patterns().find_map(|names| Some(names.prefix_word()?.to_uppercase() + "-"));
    of_title.filter(|prefix| !prefix.is_empty()).or_else(of_names).filter(|prefix| prefix.len() > 2)
}

/// The maximum length of a line, in bytes, that is searched for the context of a number.
const MAX_LINE: usize = 10_000;

/// The maximum length of the context before a number.
const MAX_WORD: usize = 1_000;

/// A cache of the last line that was searched for numbers, with its text, as the next numbers are nearly always on the same line.
#[derive(Default)]
struct Line(Option<(Span, Rc<str>)>);

impl Line {
    /// Returns the text of the line at `span` of `text`.
    fn says(&mut self, text: &Text, span: Span) -> Rc<str> {
        match &self.0 {
            Some((line, says)) if *line == span => says.clone(),
            _ => self.0.insert((span, text.slice(span).into())).1.clone(),
        }
    }
}

/// Returns the numbers of proposals in the plain text at `span`, which is on one line of `text`: `prefix`, and digits.
fn numbers_in(text: &Text, span: Span, prefix: &str, known: &mut Line) -> Vec<Reference> {
    let shown = text.slice(span);
    let places: Vec<usize> = shown.match_indices(prefix).map(|(at, _)| at).collect();
    let line = Some(text.line_span_at(span.start)).filter(|line| !places.is_empty() && line.len() <= MAX_LINE);
    let line = line.filter(|line| line.end >= span.end).unwrap_or(span);
    if places.is_empty() {
        return Vec::new();
    }
    let source = known.says(text, line);
    let at = places.into_iter().map(|at| span.start - line.start + at);
    let number = |at: usize| {
        let digits = &source[at + prefix.len()..];
        let digits = &digits[..digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len())];
        let number = digits.trim_start_matches('0').to_owned();
        let end = at + prefix.len() + digits.len();
        let is_mention = !number.is_empty() && stands_alone(&source, at..end, prefix);
        let span = Span::of_range(line.start, at..end);
        let target = Some(Span::new(span.start + prefix.len(), span.end));
        is_mention.then_some(Reference { kind: ReferenceKind::Mention, span, to: Destination::Number(number), target })
    };
    at.filter_map(number).collect()
}

/// Whether the text at `range` of `line` is a word of its own, rather than part of an address (GFM 6.9), a path or a decimal.
fn stands_alone(line: &str, range: Range<usize>, prefix: &str) -> bool {
    let first = line.floor_char_boundary(range.start.saturating_sub(MAX_WORD));
    let (before, behind) = (&line[first..range.start], &line[range.end..]);
    let word = before.rfind(char::is_whitespace).map_or(before, |at| before[at..].trim_start());
    let is_address = word.contains("://") || word.contains("www.") || word.contains('@');
    // `XIP-7/XIP-8` are two numbers.
    let is_in_path = |above: &str| {
        let name =
            above.rsplit(|sign: char| !sign.is_alphanumeric() && !"-_ ".contains(sign)).next().unwrap_or_default();
        let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|digit| digit.is_ascii_digit());
        !name.rfind(prefix).is_some_and(|at| is_number(&name[at + prefix.len()..]))
    };
    let is_path = before.strip_suffix(['/', '\\']).is_some_and(is_in_path);
    // Underscores within a word are not marks.
    let is_name = before.ends_with('_') && before.trim_end_matches('_').ends_with(char::is_alphanumeric);
    let is_part = is_name || before.ends_with(|sign: char| sign.is_alphanumeric() || ".=@&".contains(sign));
    let mut signs = behind.chars();
    let goes_on = match signs.next() {
        Some(sign) if sign.is_alphanumeric() => true,
        Some('_') => behind.trim_start_matches('_').starts_with(char::is_alphanumeric),
        Some('.' | ',' | '\\') => signs.next().is_some_and(char::is_alphanumeric),
        Some('@' | '=') => true,
        Some('/') => !signs.as_str().starts_with(prefix) && signs.next().is_some_and(char::is_alphanumeric),
        _ => false,
    };
    !is_address && !is_path && !is_part && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;
    use crate::text::Offset;

    #[test]
    fn a_prefix_of_a_letter_is_too_short_for_a_mention() {
        for (prefix, expected) in [("A-", 0), ("AB-", 1)] {
            let document = Document::closed(&format!("# {prefix}7: C\n\nSee {prefix}5.\n"));
            let template = Template::derive(&format!("# {prefix}NNN: Title\n\n## Why\n"), None);
            assert_eq!(super::references(&Proposal::of(&document, &template)).len(), expected, "{prefix}");
        }
    }

    #[test]
    fn links_and_numbers_are_references() {
        let source = "# VIP-7: C\n\nSee VIP-008, [a](a%20b.md#x), [b](#y), XVIP-9, VIP-, VIP-3rd, `VIP-4`, [VIP-5](vip-5.md).\n\n\
                      [c](https://example.org/a.md), [d](/docs/a.md), [e](mailto:a@example.org), [f](?q), [g](#), [g2](#:~:text=a%20b), [g3](a.md#x:~:text=b), [^1](```json\n\\{\\}```)\n\n\
                      [Own  L][own l] [x]\n\n[own l]: vip-5.md#z\n[x]: https://example.org\n";
        let document = Document::closed(source);
        let template = Template::built_in();
        let proposal = Proposal::of(&document, &template);
        let found: Vec<_> = super::references(&proposal)
            .into_iter()
            .map(|found| (document.text().slice(found.span).into_owned(), found.to))
            .collect();
        let file = |path: &str, anchor: Option<&str>| Destination::File(path.to_owned(), anchor.map(str::to_owned));
        assert_eq!(
            found,
            [
                ("VIP-008".to_owned(), Destination::Number("8".to_owned())),
                ("[a](a%20b.md#x)".to_owned(), file("a b.md", Some("x"))),
                ("[b](#y)".to_owned(), Destination::Anchor("y".to_owned())),
                ("[VIP-5](vip-5.md)".to_owned(), file("vip-5.md", None)),
                ("[g3](a.md#x:~:text=b)".to_owned(), file("a.md", Some("x"))),
                ("[Own  L][own l]".to_owned(), Destination::Label("own l".to_owned())),
                ("[x]".to_owned(), Destination::Label("x".to_owned())),
                ("[own l]: vip-5.md#z".to_owned(), file("vip-5.md", Some("z"))),
            ]
        );
        let directed = super::references(&proposal).into_iter().find(|found| found.to == file("a.md", Some("x")));
        let anchor = directed.and_then(|found| found.anchor_span(document.text()));
        assert_eq!(anchor.map(|span| document.text().slice(span)).as_deref(), Some("x"));
        assert!(proposal.reference_at(Offset::new(13)).is_none());
        assert!(proposal.reference_at(Offset::new(16)).is_some());
    }
}
