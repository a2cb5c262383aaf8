//! What a proposal refers to: files by links, places by anchors, other proposals by their numbers.

use std::collections::HashSet;
use std::path::Path;

use super::Proposal;
use crate::syntax::{Definition, Link, fold_space};
use crate::template::is_markdown;
use crate::text::{Span, Text};

/// A place in a proposal that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The link, the definition of a label, or the number with its prefix.
    pub span: Span,
    /// Where it leads.
    pub to: Destination,
    /// What is written of where it leads: the path with the anchor, the label, or the digits; none where that cannot be told.
    pub target: Option<Span>,
}

/// Where a reference leads; whether that is there is for the workspace to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A file, by its path from the folder of the document, and an anchor in it.
    File(String, Option<String>),
    /// An anchor in the document itself.
    Anchor(String),
    /// A document, by its path from some folder above the one of the document that says so, such as the repository's; of a row of
    /// an index page alone.
    Above(String),
    /// The proposal with this number, without zeros at its start.
    Number(String),
    /// The definition of this label in the document itself, as [`fold_label`] leaves it.
    Label(String),
}

impl Destination {
    /// The anchor that it leads to, in whichever document.
    pub fn anchor(&self) -> Option<&str> {
        match self {
            Destination::Anchor(anchor) | Destination::File(_, Some(anchor)) => Some(anchor),
            Destination::File(_, None) | Destination::Above(_) | Destination::Number(_) | Destination::Label(_) => None,
        }
    }

    /// The path to a file, be it from the document's folder or from one above.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Destination::File(path, _) | Destination::Above(path) => Some(path),
            Destination::Anchor(_) | Destination::Number(_) | Destination::Label(_) => None,
        }
    }
}

impl Reference {
    /// Where the path to the file is written; empty in a link to an anchor of the document itself.
    pub fn path_span(&self, text: &Text) -> Option<Span> {
        let target = self.target?;
        let length = text.slice(target).find(['#', '?']).unwrap_or(target.len());
        Some(Span::of_range(target.start, 0..length))
    }

    /// Where the anchor is written, without its `#`.
    pub fn anchor_span(&self, text: &Text) -> Option<Span> {
        let target = self.target?;
        let source = text.slice(target);
        let start = source.find('#')? + 1;
        let length = without_directive(&source[start..]).len();
        Some(Span::of_range(target.start, start..start + length))
    }
}

/// `label` for comparison (CommonMark 6.3, "matches"): without regard to case, white space folded.
pub fn fold_label(label: &str) -> String {
    fold_space(label).to_lowercase()
}

/// The references in `proposal`, in order. Links to other sites and from a site's root are not for it to say, its own
/// number in the title leads nowhere, and nobody follows a definition that no link uses.
pub(super) fn references(proposal: &Proposal<'_>) -> Vec<Reference> {
    let found = proposal.links();
    let mut references: Vec<Reference> = found.links.iter().filter_map(of_link).collect();
    let definition = |definition: &Definition| {
        Some(Reference { span: definition.span, to: of(&definition.destination)?, target: definition.target })
    };
    let labels: HashSet<String> =
        found.links.iter().filter_map(|link| Some(fold_label(link.label.as_ref()?))).collect();
    let used = found.definitions.iter().filter(|definition| labels.contains(&fold_label(&definition.label)));
    references.extend(used.filter_map(definition));
    let title = proposal.title().map(|title| title.heading.span);
    let prose = found.prose.iter().filter(|span| title.is_none_or(|title| !title.contains(span.start)));
    references.extend(prose.flat_map(|span| mentions(proposal, *span)));
    references.sort_by_key(|reference| reference.span);
    references
}

fn of_link(link: &Link) -> Option<Reference> {
    let to = match &link.label {
        Some(label) => Destination::Label(fold_label(label)),
        None => of(&link.destination)?,
    };
    Some(Reference { span: link.span, to, target: link.target })
}

/// Where `link` of an index page leads, if that may be a document: by a path, by one from the root of the repository, or by the
/// repository's own address.
pub(super) fn of_row(link: &Link) -> Option<Reference> {
    let file = of(&link.destination).filter(|to| matches!(to, Destination::File(..)));
    let to = file.or_else(|| Some(Destination::Above(path_above(&link.destination)?)))?;
    Some(Reference { span: link.span, to, target: link.target })
}

/// The path to the Markdown file that `destination` leads to from the root of a repository: `/docs/a.md`, or
/// `https://github.com/owner/name/blob/branch/docs/a.md`.
fn path_above(destination: &str) -> Option<String> {
    let path = match destination.strip_prefix('/') {
        Some(path) => path,
        None => {
            let mut parts = destination.strip_prefix("https://github.com/")?.splitn(5, '/');
            let is_file = matches!(parts.nth(2)?, "blob" | "tree");
            parts.nth(1).filter(|_| is_file)?
        }
    };
    let path = decoded(path.split(['#', '?']).next().unwrap_or_default());
    let is_inside = !path.starts_with('/') && path.split('/').all(|part| part != "..");
    (is_inside && is_markdown(Path::new(&path))).then_some(path)
}

fn of(destination: &str) -> Option<Destination> {
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(without_directive(anchor)))),
        None => (destination, None),
    };
    let path = decoded(path.split('?').next().unwrap_or_default());
    // A scheme is letters before the first colon (RFC 3986, 3.1); a single letter is a drive.
    // What has a backtick is a citation that some sites read from a link.
    let is_elsewhere = path.contains([':', '`']) || path.starts_with(['/', '\\']);
    match (path.is_empty(), anchor) {
        _ if is_elsewhere => None,
        (true, anchor) => Some(Destination::Anchor(anchor.filter(|anchor| !anchor.is_empty())?)),
        (false, anchor) => Some(Destination::File(path, anchor.filter(|anchor| !anchor.is_empty()))),
    }
}

/// `fragment` without what it tells the browser to do, such as to mark a text (the fragment directive, `:~:text=…`).
fn without_directive(fragment: &str) -> &str {
    fragment.find(":~:").map_or(fragment, |at| &fragment[..at])
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
pub(super) fn mentions(proposal: &Proposal<'_>, span: Span) -> Vec<Reference> {
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
        let target = Some(Span::new(span.start + prefix.len(), span.end));
        (is_word && !number.is_empty()).then_some(Reference { span, to: Destination::Number(number), target })
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
