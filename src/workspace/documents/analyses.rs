//! The analyses of open documents, one per version.

use std::sync::Arc;

use super::analysis::Analysis;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::Document;
use crate::workspace::files::DocumentId;
use crate::workspace::index::{Exports, Kind};

impl Workspace {
    /// Returns the current analysis of the open document `id`.
    pub(in crate::workspace) fn analysis(&self, id: &DocumentId) -> Option<Arc<Analysis>> {
        // Taken first: a change during the reading belongs to a later epoch.
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

    /// Returns the current snapshot of `document`, if that is the version open as `id`.
    pub(in crate::workspace) fn analyzed(&self, id: &DocumentId, document: &Arc<Document>) -> Option<Snapshot> {
        self.analysis(id).filter(|known| known.is_of(document)).map(|known| known.snapshot().clone())
    }

    /// Returns what other documents can see of the open document `id`.
    pub(in crate::workspace) fn open_page(&self, id: &DocumentId) -> Option<Arc<Exports>> {
        Some(self.analysis(id)?.exports().clone())
    }

    /// Returns the open document `id`, if it is a proposal.
    pub fn proposal(&self, id: &DocumentId) -> Option<Snapshot> {
        self.snapshot(id, self.document(id)?)
    }

    /// Returns the open document `id`, if it is a proposal or index page.
    pub fn page(&self, id: &DocumentId) -> Option<Snapshot> {
        self.page_of(id, self.document(id)?)
    }

    /// Returns `document`, whose ID is `id`, if it is a proposal.
    pub fn snapshot(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        self.page_of(id, document).filter(Snapshot::is_proposal)
    }

    /// Returns `document`, whose ID is `id`, if it is a proposal or index page.
    pub fn page_of(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        let is_checked = |snapshot: &Snapshot| matches!(snapshot.kind, Kind::Proposal | Kind::Index);
        Some(self.analyzed(id, &document).unwrap_or_else(|| self.read_as(id, document))).filter(is_checked)
    }
}
