//! The open documents as things stand, each read once a version.

use std::sync::Arc;

use super::analysis::Analysis;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::Document;
use crate::workspace::files::DocumentId;
use crate::workspace::index::{Exports, Kind};

impl Workspace {
    /// The open document `id` as things stand.
    pub(in crate::workspace) fn analysis(&self, id: &DocumentId) -> Option<Arc<Analysis>> {
        // What changes while it is read is of another epoch.
        let epoch = self.epoch();
        let document = self.document(id)?;
        let known = self.analyses.get(id).map(|known| known.clone()).filter(|known| known.is_of(&document));
        if let Some(known) = known.as_ref().filter(|known| known.epoch == epoch) {
            return Some(known.clone());
        }
        let snapshot = self.read_as(id, document);
        let analysis = match known {
            Some(known) => known.renewed(snapshot, epoch),
            None => Analysis::of(snapshot, epoch),
        };
        let analysis = Arc::new(analysis);
        self.analyses.insert(id.clone(), analysis.clone());
        Some(analysis)
    }

    /// How `document` reads as things stand, if it is what is open as `id`.
    pub(in crate::workspace) fn analyzed(&self, id: &DocumentId, document: &Arc<Document>) -> Option<Snapshot> {
        self.analysis(id).filter(|known| known.is_of(document)).map(|known| known.snapshot().clone())
    }

    /// What others can see of the open document `id`.
    pub(in crate::workspace) fn open_page(&self, id: &DocumentId) -> Option<Arc<Exports>> {
        Some(self.analysis(id)?.exports().clone())
    }

    /// The open document `id`, if it is a proposal.
    pub fn proposal(&self, id: &DocumentId) -> Option<Snapshot> {
        self.snapshot(id, self.document(id)?)
    }

    /// The open document `id`, if it is a proposal or index page.
    pub fn page(&self, id: &DocumentId) -> Option<Snapshot> {
        self.page_of(id, self.document(id)?)
    }

    /// `document`, which has the name `id`, if it is a proposal.
    pub fn snapshot(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        self.page_of(id, document).filter(Snapshot::is_proposal)
    }

    /// `document`, which has the name `id`, if it is a proposal or index page.
    pub fn page_of(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        let is_checked = |snapshot: &Snapshot| matches!(snapshot.kind, Kind::Proposal | Kind::Index);
        Some(self.analyzed(id, &document).unwrap_or_else(|| self.read_as(id, document))).filter(is_checked)
    }
}
