//! References, and the destinations of links.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use unicase::UniCase;

use crate::syntax::{Definition, Link, LinkKind, Links, fold_space};
use crate::template::is_markdown;
use crate::text::Span;

/// A place in a proposal that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The kind of the reference.
    pub kind: ReferenceKind,
    /// The link, the value in HTML, the definition of a label, or the number with its prefix.
    pub span: Span,
    /// The destination.
    pub to: Destination,
    /// The span of the destination as written: the path with the anchor, the label, or the digits. `None` if it cannot be
    /// determined.
    pub target: Option<Span>,
}

/// The kind of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A link of Markdown.
    Link,
    /// An image of Markdown.
    Image,
    /// The value of `href` or `src` in HTML.
    Html,
    /// The definition of a label that some link uses.
    Definition,
    /// The definition of a label that no link uses.
    UnusedDefinition,
    /// The number of a proposal.
    Mention,
}

/// The destination of a reference. Whether it exists is for the workspace to tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A file, by its path from the folder of the document, and an anchor in it.
    File(String, Option<String>),
    /// An anchor in the document itself.
    Anchor(String),
    /// A document, by its path from some folder above that of the document with the reference, such as the root of the repository.
    /// Only used for rows of index pages.
    Above(String),
    /// The proposal with this number, without leading zeros.
    Number(String),
    /// The definition of this label in the document itself, folded by [`fold_label`].
    Label(String),
}

impl Destination {
    /// Returns the anchor of the destination, in any document.
    pub fn anchor(&self) -> Option<&str> {
        match self {
            Destination::Anchor(anchor) | Destination::File(_, Some(anchor)) => Some(anchor),
            Destination::File(_, None) | Destination::Above(_) | Destination::Number(_) | Destination::Label(_) => None,
        }
    }

    /// Returns the path to a file, from the document's folder or from one above.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Destination::File(path, _) | Destination::Above(path) => Some(path),
            Destination::Anchor(_) | Destination::Number(_) | Destination::Label(_) => None,
        }
    }
}

/// The names of the pages that a link to a folder may lead to.
pub const FOLDER_PAGES: [&str; 3] = ["README.md", "readme.md", "index.md"];

/// Whether `path`, from the folder of a document in the file called `file`, leads to that document itself.
pub fn is_own_path(path: &str, file: Option<&str>) -> bool {
    file == Some(path.strip_prefix("./").unwrap_or(path))
}

/// Returns `label` normalized for comparison (CommonMark 6.3, "matches"): ignoring case, with white space folded.
pub fn fold_label(label: &str) -> String {
    UniCase::new(fold_space(label)).to_folded_case()
}

/// Returns the references that are links or definitions of labels.
pub(super) fn of_links(found: &Links) -> impl Iterator<Item = Reference> {
    let labels = || found.links.iter().filter_map(|link| link.label.clone()).collect();
    found.links.iter().filter_map(of_link).chain(of_definitions(&found.definitions, labels))
}

/// Returns the references that are `definitions`, of a document that uses `labels`.
pub(super) fn of_definitions(definitions: &[Definition], labels: impl FnOnce() -> Vec<Arc<str>>) -> Vec<Reference> {
    // Fast path: few documents have any.
    if definitions.is_empty() {
        return Vec::new();
    }
    let labels: HashSet<String> = labels().iter().map(|label| fold_label(label)).collect();
    let definition = |definition: &Definition| {
        let is_used = labels.contains(&fold_label(&definition.label));
        let kind = if is_used { ReferenceKind::Definition } else { ReferenceKind::UnusedDefinition };
        Some(Reference { kind, span: definition.span, to: of(&definition.destination)?, target: definition.target })
    };
    definitions.iter().filter_map(definition).collect()
}

pub(super) fn of_link(link: &Link) -> Option<Reference> {
    let to = match &link.label {
        Some(label) => Destination::Label(fold_label(label)),
        None => of(&link.destination)?,
    };
    let kind = match link.kind {
        LinkKind::Link => ReferenceKind::Link,
        LinkKind::Image => ReferenceKind::Image,
        LinkKind::Html => ReferenceKind::Html,
    };
    Some(Reference { kind, span: link.span, to, target: link.target })
}

/// Returns the reference of `link` in an index page if it may lead to a document: by a path, by one from the root of the
/// repository, or by the repository's own address.
pub(super) fn of_row(link: &Link) -> Option<Reference> {
    if link.kind != LinkKind::Link {
        return None;
    }
    let file = of(&link.destination).filter(|to| matches!(to, Destination::File(..)));
    let to = file.or_else(|| Some(Destination::Above(path_above(&link.destination)?)))?;
    Some(Reference { kind: ReferenceKind::Link, span: link.span, to, target: link.target })
}

/// Returns the path to the Markdown file that `destination` leads to from the root of a repository: `/docs/a.md`, or
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
    let path = path.split('?').next().unwrap_or_default();
    // A scheme is letters before the first colon (RFC 3986, 3.1); a single letter is a drive. A destination with a backtick is a
    // citation that some sites read from a link.
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    let is_elsewhere = has_scheme || path.contains('`') || path.starts_with(['/', '\\']);
    let path = decoded(path);
    match (path.is_empty(), anchor) {
        _ if is_elsewhere => None,
        (true, anchor) => Some(Destination::Anchor(anchor.filter(|anchor| !anchor.is_empty())?)),
        (false, anchor) => Some(Destination::File(path, anchor.filter(|anchor| !anchor.is_empty()))),
    }
}

/// Returns `text` with its percent-encoded bytes decoded, if the result is UTF-8.
pub fn decoded(text: &str) -> String {
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

/// Returns `fragment` without its directive to the browser, such as to highlight a text (the fragment directive, `:~:text=…`).
pub(super) fn without_directive(fragment: &str) -> &str {
    fragment.find(":~:").map_or(fragment, |at| &fragment[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_match_as_in_commonmark() {
        assert_eq!(fold_label(" ẞ\n  s"), fold_label("SS S"));
        assert_ne!(fold_label("a b"), fold_label("ab"));
    }
}
