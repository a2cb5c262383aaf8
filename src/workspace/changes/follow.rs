//! Keeps links in all documents working when edits change the anchors that they lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::{AnchorChange, Destination, Document, FOLDER_PAGES, Reference, encoded_anchor, following};
use crate::text::{Edit, Span};
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::files::DocumentId;
use crate::workspace::index::Key;
use crate::workspace::navigation::is_path_to;

/// The edits of one document, without overlaps.
#[derive(Clone, Debug)]
pub struct DocumentEdits {
    /// The ID of the document, before files are renamed.
    pub id: DocumentId,
    /// The version of the document that the edits apply to.
    pub document: Arc<Document>,
    /// The edits.
    pub edits: Vec<Edit>,
    /// How the document's anchors change, if that cannot be told from the edits.
    pub anchors: Option<AnchorChange>,
}

impl DocumentEdits {
    /// Creates the edits `edits` of `document`, whose ID is `id`.
    pub fn of(id: DocumentId, document: Arc<Document>, edits: Vec<Edit>) -> DocumentEdits {
        DocumentEdits { id, document, edits, anchors: None }
    }
}

impl Workspace {
    /// Returns `changes`, at most one per document, with the edits that keep all links to anchors leading where they do.
    pub fn follow(&self, mut changes: Vec<DocumentEdits>) -> Vec<DocumentEdits> {
        for DocumentEdits { id, document, edits, .. } in &mut changes {
            let file = id.name().file_name().and_then(|name| name.to_str());
            *edits = following(document, file, std::mem::take(edits));
        }
        self.follow_elsewhere(changes)
    }

    /// Like [`Workspace::follow`], for `changes` that already keep the links within each document working.
    pub fn follow_elsewhere(&self, changes: Vec<DocumentEdits>) -> Vec<DocumentEdits> {
        // For each document: the changed anchors in the documents that it refers to.
        let mut around: BTreeMap<DocumentId, Vec<(DocumentId, Rc<AnchorChange>)>> = BTreeMap::new();
        for own in &changes {
            let referrers = self.referrers_of(&own.id);
            let change = || own.anchors.clone().or_else(|| AnchorChange::of(&own.document, &own.edits));
            let Some(change) = (!referrers.is_empty()).then(change).flatten().map(Rc::new) else { continue };
            for from in referrers {
                around.entry(from).or_default().push((own.id.clone(), change.clone()));
            }
        }
        let mut all: BTreeMap<DocumentId, DocumentEdits> =
            changes.into_iter().map(|own| (own.id.clone(), own)).collect();
        for (from, targets) in around {
            let known = all.get(&from).map(|own| own.document.clone());
            let Some(document) = known.or_else(|| self.read_or_open(&from)) else { continue };
            let snapshot = self.read_as(&from, document.clone());
            let links: Vec<Edit> =
                targets.iter().flat_map(|(to, change)| self.anchor_edits(&snapshot, to, change)).collect();
            if !links.is_empty() {
                let own = all.entry(from.clone()).or_insert_with(|| DocumentEdits::of(from, document, Vec::new()));
                own.edits.sort_by_key(|edit| edit.span);
                let known = own.edits.clone();
                own.edits.extend(links.into_iter().filter(|link| is_free(&known, link.span)));
            }
        }
        ordered(all.into_values().collect())
    }

    /// Returns the documents that may refer to the document `id`; a link to a folder leads to its page.
    fn referrers_of(&self, id: &DocumentId) -> BTreeSet<DocumentId> {
        let DocumentId::File(path) = id else { return BTreeSet::new() };
        let places = [Some(path.as_path()), path.parent().filter(|_| is_folder_page(path))];
        let found = places.into_iter().flatten().flat_map(|place| self.referrers(&Key::of_file(place)));
        found.map(DocumentId::File).collect()
    }

    /// Returns the edits of the links in `from` to anchors of the document `to` that `change` renames.
    fn anchor_edits(&self, from: &Snapshot, to: &DocumentId, change: &AnchorChange) -> Vec<Edit> {
        let proposal = from.proposal();
        let edit = |reference: &Reference| {
            let Destination::File(path, Some(name)) = &reference.to else { return None };
            let content = change.renamed(name).map(encoded_anchor)?;
            let span = reference.anchor_span(from.text())?;
            let DocumentId::File(target) = to else { return None };
            let is_own_folder =
                || is_folder_page(target) && target.parent().is_some_and(|folder| is_path_to(from.id(), path, folder));
            (is_path_to(from.id(), path, target) || is_own_folder()).then_some(Edit { span, content })
        };
        proposal.references().iter().filter_map(edit).collect()
    }
}

/// Whether `span` meets none of `edits`, which are in order and do not overlap.
fn is_free(edits: &[Edit], span: Span) -> bool {
    let after = edits.partition_point(|edit| edit.span.end < span.start);
    edits[after..].iter().take_while(|edit| edit.span.start <= span.end).all(|edit| !edit.span.meets(span))
}

/// Whether `path` is the page that sites show for its folder.
fn is_folder_page(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FOLDER_PAGES.iter().any(|page| name == *page))
}

/// Sorts and deduplicates the edits of `documents`, and drops documents without edits.
pub(in crate::workspace) fn ordered(documents: Vec<DocumentEdits>) -> Vec<DocumentEdits> {
    let order = |mut changed: DocumentEdits| {
        changed.edits.sort_by_key(|edit| edit.span);
        changed.edits.dedup();
        (!changed.edits.is_empty()).then_some(changed)
    };
    documents.into_iter().filter_map(order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Offset, apply};
    use crate::workspace::tests::Folder;

    #[test]
    fn links_to_a_folder_follow_the_headings_of_its_page() {
        let own = "# VIP-2: B\n\n## Costs\n";
        let folder = Folder::new(&[("vips/0002-two/README.md", own), ("notes.md", "[v](vips/0002-two/#costs)\n")]);
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::File(folder.path("vips/0002-two/README.md"));
        let document = workspace.read_or_open(&id).expect("a document");
        let at = own.find("Costs").expect("a heading");
        let edit = Edit { span: Span::of_range(Offset::new(at), 0.."Costs".len()), content: "Prices".to_owned() };
        let changed = workspace.follow(vec![DocumentEdits::of(id, document, vec![edit])]);
        let notes = DocumentId::File(folder.path("notes.md"));
        let notes = changed.iter().find(|changed| changed.id == notes).expect("the link follows");
        assert_eq!(apply(notes.document.text(), &notes.edits).to_string(), "[v](vips/0002-two/#prices)\n");
    }
}
