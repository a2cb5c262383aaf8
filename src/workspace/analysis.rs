//! What follows from a version of an open document, worked out once and for all who ask.

use std::sync::{Arc, OnceLock};

use super::page::Exports;
use super::refers::Refers;
use super::{DocumentId, Snapshot, Workspace};
use crate::document::Document;
use crate::rules::{self, Diagnostic};

/// A version of an open document as things stand, and what follows from it, each as soon as it is asked for.
#[derive(Debug)]
pub(super) struct Analysis {
    snapshot: Snapshot,
    /// The epoch of the workspace in which it was read.
    epoch: u64,
    exports: Arc<OnceLock<Arc<Exports>>>,
    refers: Arc<OnceLock<Refers>>,
    diagnostics: OnceLock<Arc<Vec<Diagnostic>>>,
}

impl Analysis {
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What others can see of it.
    pub(super) fn exports(&self) -> &Arc<Exports> {
        let exports = || {
            let Snapshot { id, kind, .. } = &self.snapshot;
            Arc::new(Exports::of(id.name(), *kind, &self.snapshot.proposal()))
        };
        self.exports.get_or_init(exports)
    }

    /// What it refers to.
    pub(super) fn refers(&self) -> &Refers {
        self.refers.get_or_init(|| Refers::of(self.snapshot.id.name(), &self.snapshot.proposal()))
    }

    fn is_of(&self, document: &Arc<Document>) -> bool {
        Arc::ptr_eq(&self.snapshot.document, document)
    }

    /// The same document in another epoch, which reads as `snapshot`.
    fn renewed(&self, snapshot: Snapshot, epoch: u64) -> Analysis {
        let known = &self.snapshot;
        // What follows from the document and its template alone is as it was.
        let is_same = Arc::ptr_eq(&known.template, &snapshot.template) && known.kind == snapshot.kind;
        if !is_same {
            return Analysis::of(snapshot, epoch);
        }
        Analysis { exports: self.exports.clone(), refers: self.refers.clone(), ..Analysis::of(snapshot, epoch) }
    }

    fn of(snapshot: Snapshot, epoch: u64) -> Analysis {
        let (exports, refers, diagnostics) = Default::default();
        Analysis { snapshot, epoch, exports, refers, diagnostics }
    }
}

impl Workspace {
    /// The open document `id` as things stand.
    pub(super) fn analysis(&self, id: &DocumentId) -> Option<Arc<Analysis>> {
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
    pub(super) fn analyzed(&self, id: &DocumentId, document: &Arc<Document>) -> Option<Snapshot> {
        self.analysis(id).filter(|known| known.is_of(document)).map(|known| known.snapshot.clone())
    }

    /// What others can see of the open document `id`.
    pub(super) fn open_page(&self, id: &DocumentId) -> Option<Arc<Exports>> {
        Some(self.analysis(id)?.exports().clone())
    }

    /// The faults of the proposal `snapshot`.
    pub fn diagnostics(&self, snapshot: &Snapshot) -> Arc<Vec<Diagnostic>> {
        let Snapshot { id, document, template, settings, kind, .. } = snapshot;
        let is_same = |known: &Snapshot| {
            Arc::ptr_eq(&known.template, template) && Arc::ptr_eq(&known.settings, settings) && known.kind == *kind
        };
        let epoch = self.epoch();
        let known = self.analyses.get(id).map(|known| known.clone());
        let known = known.filter(|known| known.epoch == epoch && known.is_of(document) && is_same(&known.snapshot));
        match known {
            Some(known) => known.diagnostics.get_or_init(|| Arc::new(self.judged(snapshot))).clone(),
            None => Arc::new(self.judged(snapshot)),
        }
    }

    fn judged(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let around = self.around(snapshot);
        rules::check(&snapshot.proposal().within(&around), snapshot.severities())
    }
}
