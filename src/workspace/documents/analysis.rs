//! What follows from a version of an open document, computed once for all who ask.

use std::sync::{Arc, OnceLock};

use super::snapshot::Snapshot;
use crate::document::Document;
use crate::rules::Diagnostic;
use crate::workspace::index::{Exports, Refers};

/// A version of an open document in the current state of the workspace, and what follows from it, computed on demand.
#[derive(Debug)]
pub(in crate::workspace) struct Analysis {
    snapshot: Snapshot,
    /// The epoch of the workspace in which it was read.
    pub(in crate::workspace) epoch: u64,
    exports: Arc<OnceLock<Arc<Exports>>>,
    refers: Arc<OnceLock<Refers>>,
    pub(in crate::workspace) diagnostics: OnceLock<Arc<Vec<Diagnostic>>>,
}

impl Analysis {
    pub(in crate::workspace) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Returns what other documents can see of it.
    pub(in crate::workspace) fn exports(&self) -> &Arc<Exports> {
        let exports = || {
            let Snapshot { id, kind, .. } = &self.snapshot;
            Arc::new(Exports::of(id.name(), *kind, &self.snapshot.proposal()))
        };
        self.exports.get_or_init(exports)
    }

    /// Returns what it refers to.
    pub(in crate::workspace) fn refers(&self) -> &Refers {
        self.refers.get_or_init(|| Refers::of(self.snapshot.id.name(), &self.snapshot.proposal()))
    }

    pub(in crate::workspace) fn is_of(&self, document: &Arc<Document>) -> bool {
        Arc::ptr_eq(&self.snapshot.document, document)
    }

    /// Returns the analysis of the same document in another epoch, in which it reads as `snapshot`.
    pub(super) fn renewed(&self, snapshot: Snapshot, epoch: u64) -> Analysis {
        let known = &self.snapshot;
        // What follows from only the document and its template is still valid.
        let is_same = Arc::ptr_eq(&known.template, &snapshot.template) && known.kind == snapshot.kind;
        if !is_same {
            return Analysis::of(snapshot, epoch);
        }
        Analysis { exports: self.exports.clone(), refers: self.refers.clone(), ..Analysis::of(snapshot, epoch) }
    }

    pub(super) fn of(snapshot: Snapshot, epoch: u64) -> Analysis {
        let (exports, refers, diagnostics) = Default::default();
        Analysis { snapshot, epoch, exports, refers, diagnostics }
    }
}
