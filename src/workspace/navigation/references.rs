//! The references to a document, a heading or a label.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Destination, Document, Proposal, Reference, ReferenceKind, fold_label};
use crate::parallel;
use crate::syntax::{Anchor, AnchorKind, has_name};
use crate::text::{Offset, Span};
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::files::{self, DocumentId};
use crate::workspace::index::Key;

/// The target of references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The file at this path, or any place in it.
    File(PathBuf),
    /// A named place in a document: a heading, or an anchor that the author has named.
    Anchor {
        /// The document.
        id: DocumentId,
        /// Its index among the document's anchors.
        place: usize,
        /// The names under which links lead there.
        names: Vec<String>,
    },
    /// A label of a document, folded by [`fold_label`].
    Label(DocumentId, String),
}

/// Places in one document.
#[derive(Clone, Debug)]
pub struct Occurrences {
    /// The ID of the document.
    pub id: DocumentId,
    /// The version of the document that the places are in.
    pub document: Arc<Document>,
    /// The places, in order.
    pub spans: Vec<Span>,
}

impl Workspace {
    /// Returns the goal at `offset` of `snapshot`: the target of the reference there, or else the heading there; in the title,
    /// the proposal.
    pub fn goal_at(&self, snapshot: &Snapshot, offset: Offset) -> Option<Goal> {
        let proposal = snapshot.proposal();
        let followed = |reference: &&Reference| reference.kind != ReferenceKind::UnusedDefinition;
        if let Some(reference) = proposal.reference_at(offset).filter(followed) {
            return self.goal(snapshot, &reference.to);
        }
        if let Some(label) = proposal.links().definitions.iter().find(|found| found.span.touches(offset)) {
            return Some(Goal::Label(snapshot.id().clone(), fold_label(&label.label)));
        }
        let title = proposal.title().filter(|title| title.heading.span.touches(offset));
        match snapshot.id() {
            DocumentId::File(path) if title.is_some() => Some(Goal::File(path.clone())),
            id => Some(anchor(id, &snapshot.document, anchor_at(&snapshot.document, offset)?)),
        }
    }

    /// Returns the target of `to` in `snapshot`; `None` if nothing is there.
    pub fn goal(&self, snapshot: &Snapshot, to: &Destination) -> Option<Goal> {
        let id = snapshot.id();
        match to {
            Destination::Label(label) => Some(Goal::Label(id.clone(), label.clone())),
            Destination::Number(number) => self.proposal_with(id, number).map(Goal::File),
            Destination::Anchor(name) => anchor_called(id, &snapshot.document, name),
            Destination::Above(_) => None,
            Destination::File(path, name) => {
                let path = self.file(id, path)?;
                let id = DocumentId::File(path.clone());
                let document = name.as_ref().and_then(|_| self.read_or_open(&id));
                let place = name.as_ref().zip(document);
                let place = place.and_then(|(name, document)| anchor_called(&id, &document, name));
                place.or(Some(Goal::File(path)))
            }
        }
    }

    /// Returns the references to `goal` in all documents of the workspace, ordered by path, with the place of `goal` itself if
    /// `declaration` includes it.
    pub fn references(&self, goal: &Goal, declaration: Declaration) -> Vec<Occurrences> {
        let mut ids: Vec<DocumentId> = self.candidates(goal).into_iter().map(DocumentId::File).collect();
        ids.extend(goal.id());
        ids.sort();
        ids.dedup();
        let found = parallel::map(&ids, |id| self.occurrences(id, goal, declaration));
        found.into_iter().flatten().collect()
    }

    /// Returns the files that may refer to `goal`.
    pub(in crate::workspace) fn candidates(&self, goal: &Goal) -> Vec<PathBuf> {
        let path = match goal {
            Goal::File(path) | Goal::Anchor { id: DocumentId::File(path), .. } => path,
            Goal::Anchor { .. } | Goal::Label(..) => return Vec::new(),
        };
        let file = Key::of_file(path);
        let number = match goal {
            Goal::File(_) => self.number_key(path),
            Goal::Anchor { .. } | Goal::Label(..) => None,
        };
        self.referring_as(|refers| refers.to(&file) || number.as_ref().is_some_and(|number| refers.to(number)))
    }

    /// Returns the number of the proposal at `path`, as others refer to it.
    fn number_key(&self, path: &Path) -> Option<Key> {
        Some(Key::Number(self.kept(path)?.number()?.to_owned()))
    }

    /// Returns the other files that refer to the file at `path`, in order.
    pub fn referring(&self, path: &Path) -> Vec<PathBuf> {
        let file = Key::of_file(path);
        let mut found = self.referrers(&file);
        if let Some(number) = self.number_key(path)
            && let Key::Number(digits) = &number
        {
            let by_number = self.referring_as(|refers| refers.to(&number) && !refers.to(&file));
            let leads =
                |from: &PathBuf| self.proposal_with(&DocumentId::File(from.clone()), digits).as_deref() == Some(path);
            found.extend(by_number.into_iter().filter(leads));
        }
        found.retain(|from| from != path);
        found.sort();
        found
    }

    fn occurrences(&self, id: &DocumentId, goal: &Goal, declaration: Declaration) -> Option<Occurrences> {
        let document = self.read_or_open(id)?;
        let snapshot = self.read_as(id, document.clone());
        let proposal = snapshot.proposal();
        let leading = proposal.references().iter().filter(|reference| self.leads(id, reference, goal));
        let mut spans: Vec<Span> = leading.map(|reference| reference.span).collect();
        if declaration == Declaration::Included && goal.id().as_ref() == Some(id) {
            spans.extend(own_place(goal, &proposal));
        }
        spans.sort();
        spans.dedup();
        (!spans.is_empty()).then(|| Occurrences { id: id.clone(), document, spans })
    }

    /// Whether `reference` in the document `from` leads to `goal`.
    pub(in crate::workspace) fn leads(&self, from: &DocumentId, reference: &Reference, goal: &Goal) -> bool {
        match (goal, &reference.to) {
            (Goal::Label(id, label), Destination::Label(to)) => id == from && label == to,
            (Goal::File(path), Destination::Number(number)) => {
                self.kept(path).is_some_and(|page| page.number() == Some(number))
                    && self.proposal_with(from, number).as_ref() == Some(path)
            }
            (Goal::File(path), Destination::File(to, _)) => is_path_to(from, to, path),
            (Goal::Anchor { id, names, .. }, Destination::Anchor(anchor)) => id == from && has_name(names, anchor),
            (Goal::Anchor { id: DocumentId::File(path), names, .. }, Destination::File(to, Some(anchor))) => {
                is_path_to(from, to, path) && has_name(names, anchor)
            }
            _ => false,
        }
    }
}

/// Whether the place of a goal itself counts among its references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// It counts.
    Included,
    /// It does not count.
    Excluded,
}

impl Goal {
    /// Returns the document that it is or is in.
    pub fn id(&self) -> Option<DocumentId> {
        match self {
            Goal::File(path) => Some(DocumentId::File(path.clone())),
            Goal::Anchor { id, .. } | Goal::Label(id, _) => Some(id.clone()),
        }
    }
}

pub(in crate::workspace) fn is_path_to(from: &DocumentId, to: &str, path: &Path) -> bool {
    let DocumentId::File(from) = from else { return false };
    let folder = from.parent().unwrap_or(from);
    Key::of_file(&files::normalize(&folder.join(to))) == Key::of_file(path)
}

/// Returns the place of `goal` in its own document `proposal`.
pub(in crate::workspace) fn own_place(goal: &Goal, proposal: &Proposal<'_>) -> Option<Span> {
    match goal {
        Goal::File(_) => Some(proposal.title_span()),
        Goal::Anchor { place, .. } => proposal.document.anchors().get(*place).map(|anchor| anchor.span),
        Goal::Label(_, label) => {
            let definitions = proposal.links().definitions.iter();
            definitions.into_iter().find(|found| fold_label(&found.label) == *label).map(|found| found.span)
        }
    }
}

/// Returns the anchor with the index `place` in `document`.
pub(in crate::workspace) fn anchor(id: &DocumentId, document: &Document, place: usize) -> Goal {
    let names = document.anchors().get(place).map(|anchor| anchor.names.clone()).unwrap_or_default();
    Goal::Anchor { id: id.clone(), place, names }
}

/// Returns the index of the anchor at `offset` in `document`. A heading's anchor covers the whole heading.
pub(in crate::workspace) fn anchor_at(document: &Document, offset: Offset) -> Option<usize> {
    let anchors = document.anchors();
    let heading = document.outline().headed_at(offset).map(|(_, section)| section.heading.span);
    let is_own = |anchor: &Anchor, span: Span| anchor.kind == AnchorKind::Heading && span.contains(anchor.span.start);
    let of_heading = heading.and_then(|span| anchors.iter().position(|anchor| is_own(anchor, span)));
    of_heading.or_else(|| anchors.iter().position(|anchor| anchor.span.touches(offset)))
}

/// Returns the anchor in `document` that `name` in a link leads to.
fn anchor_called(id: &DocumentId, document: &Document, name: &str) -> Option<Goal> {
    Some(anchor(id, document, document.anchor_names().place(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Folder;

    fn folder() -> Folder {
        Folder::new(&[
            ("docs/vip-7.md", "# VIP-7: 💡\n\n## Größe\n\n[own](#größe) VIP-7 VIP-8\n"),
            (
                "docs/vip-8.md",
                "# VIP-8: B\n\n💡 VIP-7, [7](vip-7.md#größe) [x][L] [7](./vip-7)\n\n[l]: ../docs/vip-7.md\n[m]: no.md\n",
            ),
            ("README.md", "# All\n\n[7](docs/vip-7.md) [8](docs/vip-8.md)\n"),
            ("old/vip-7.md", "# VIP-7: Old\n\nVIP-7\n"),
        ])
    }

    /// Checks the references to what is at the first `needle` of the file `name`.
    fn check(folder: &Folder, name: &str, needle: &str, expected: &[(&str, &[&str])]) {
        let workspace = folder.workspace();
        workspace.read_all();
        let content = files::read(&folder.path(name), &files::Roots::default()).expect("a file");
        let id = DocumentId::file(&folder.path(name));
        workspace.put(id.clone(), Arc::new(Document::open(&content)));
        let snapshot = workspace.page(&id).expect("a proposal");
        let offset = Offset::new(content.find(needle).expect("the needle is there"));
        let goal = workspace.goal_at(&snapshot, offset);
        let found = goal.map(|goal| workspace.references(&goal, Declaration::Included)).unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|found| {
                let DocumentId::File(path) = &found.id else { unreachable!("all are files") };
                let name = folder.name(path);
                let text = found.document.text();
                (name, found.spans.iter().map(|span| text.slice(*span).into_owned()).collect::<Vec<_>>())
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, places)| ((*name).to_owned(), places.iter().map(|place| (*place).to_owned()).collect()))
            .collect();
        assert_eq!(found, expected, "{needle}");
    }

    #[test]
    fn references_to_a_proposal_are_links_and_numbers_wherever_they_are() {
        let expected: [(&str, &[&str]); 3] = [
            ("README.md", &["[7](docs/vip-7.md)"]),
            ("docs/vip-7.md", &["VIP-7: 💡", "VIP-7"]),
            ("docs/vip-8.md", &["VIP-7", "[7](vip-7.md#größe)", "[7](./vip-7)", "[l]: ../docs/vip-7.md"]),
        ];
        check(&folder(), "docs/vip-7.md", "VIP-7: ", &expected);
        check(&folder(), "docs/vip-8.md", "VIP-7", &expected);
        check(&folder(), "docs/vip-8.md", "[l]: ", &expected);
    }

    #[test]
    fn references_to_a_heading_are_links_to_its_anchor() {
        let expected: [(&str, &[&str]); 2] =
            [("docs/vip-7.md", &["Größe", "[own](#größe)"]), ("docs/vip-8.md", &["[7](vip-7.md#größe)"])];
        check(&folder(), "docs/vip-7.md", "## Größe", &expected);
        check(&folder(), "docs/vip-8.md", "[7](vip-7.md#", &expected);
    }

    #[test]
    fn references_to_a_label_are_the_links_that_use_it() {
        check(&folder(), "docs/vip-8.md", "[x][L]", &[("docs/vip-8.md", &["[x][L]", "[l]: ../docs/vip-7.md"])]);
        check(&folder(), "docs/vip-8.md", "[m]", &[("docs/vip-8.md", &["[m]: no.md"])]);
        check(&folder(), "docs/vip-7.md", "\n## Gr", &[]);
    }
}
