//! What a proposal refers to: files by links, places by anchors, other proposals by their numbers.

use super::Proposal;
use crate::syntax::{Link, links};
use crate::text::Span;

/// A place in a proposal that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The link or the number with its prefix.
    pub span: Span,
    /// Where it leads.
    pub to: Destination,
}

/// Where a reference leads; whether that is there is for the workspace to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A file, by its path from the folder of the document, and an anchor in it.
    File(String, Option<String>),
    /// An anchor in the document itself.
    Anchor(String),
    /// The proposal with this number, without zeros at its start.
    Number(String),
}

/// The references in `proposal`, in order. Links to other sites and from a site's root are not for it to say, and its own
/// number in the title leads nowhere.
pub(super) fn references(proposal: &Proposal<'_>) -> Vec<Reference> {
    let found = links(proposal.text());
    let mut references: Vec<Reference> = found.links.iter().filter_map(of_link).collect();
    let title = proposal.title().map(|title| title.heading.span);
    let prose = found.prose.iter().filter(|span| title.is_none_or(|title| !title.contains(span.start)));
    references.extend(prose.flat_map(|span| mentions(proposal, *span)));
    references.sort_by_key(|reference| reference.span);
    references
}

fn of_link(link: &Link) -> Option<Reference> {
    let (path, anchor) = match link.destination.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor))),
        None => (link.destination.as_str(), None),
    };
    let path = decoded(path.split('?').next().unwrap_or_default());
    // A scheme is letters before the first colon (RFC 3986, 3.1); a single letter is a drive.
    // What has a backtick is a citation that some sites read from a link.
    let is_elsewhere = path.contains([':', '`']) || path.starts_with(['/', '\\']);
    let to = match (path.is_empty(), anchor) {
        _ if is_elsewhere => return None,
        (true, anchor) => Destination::Anchor(anchor.filter(|anchor| !anchor.is_empty())?),
        (false, anchor) => Destination::File(path, anchor.filter(|anchor| !anchor.is_empty())),
    };
    Some(Reference { span: link.span, to })
}

/// `text` with its percent-encoded bytes decoded, if that gives UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The numbers of proposals in the prose at `span`: the prefix of the family's titles, and digits.
fn mentions(proposal: &Proposal<'_>, span: Span) -> Vec<Reference> {
    let prefix = proposal.template.title.as_ref().and_then(|title| title.prefix.as_deref());
    let Some(prefix) = prefix.filter(|prefix| prefix.len() > 2) else { return Vec::new() };
    let text = proposal.text().slice(span);
    let mention = |(at, _): (usize, &str)| {
        let rest = &text[at + prefix.len()..];
        let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        let is_word =
            !text[..at].ends_with(char::is_alphanumeric) && !rest[digits..].starts_with(char::is_alphanumeric);
        let number = rest[..digits].trim_start_matches('0').to_owned();
        let span = Span::of_range(span.start, at..at + prefix.len() + digits);
        (is_word && !number.is_empty()).then_some(Reference { span, to: Destination::Number(number) })
    };
    text.match_indices(prefix).filter_map(mention).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;
    use crate::text::Offset;

    #[test]
    fn links_and_numbers_are_references() {
        let source = "# VIP-7: C\n\nSee VIP-008, [a](a%20b.md#x), [b](#y), XVIP-9, VIP-, VIP-3rd, `VIP-4`, [VIP-5](vip-5.md).\n\n\
                      [c](https://example.org/a.md), [d](/docs/a.md), [e](mailto:a@example.org), [f](?q), [g](#), [^1](```json\n\\{\\}```)\n";
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
            ]
        );
        assert!(proposal.reference_at(Offset::new(13)).is_none());
        assert!(proposal.reference_at(Offset::new(16)).is_some());
    }
}
