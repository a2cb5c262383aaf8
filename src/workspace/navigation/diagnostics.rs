//! The diagnostics of proposals and index pages.

use std::sync::Arc;

use crate::rules::{self, Diagnostic};
use crate::workspace::documents::{Snapshot, Workspace};

impl Workspace {
    /// Returns the diagnostics of `snapshot`.
    pub fn diagnostics(&self, snapshot: &Snapshot) -> Arc<Vec<Diagnostic>> {
        let Snapshot { id, document, template, settings, kind, .. } = snapshot;
        let is_same = |known: &Snapshot| {
            Arc::ptr_eq(&known.template, template) && Arc::ptr_eq(&known.settings, settings) && known.kind == *kind
        };
        let epoch = self.epoch();
        let known = self.analyses.get(id).map(|known| known.clone());
        let known = known.filter(|known| known.epoch == epoch && known.is_of(document) && is_same(known.snapshot()));
        match known {
            Some(known) => known.diagnostics.get_or_init(|| Arc::new(self.judged(snapshot))).clone(),
            None => Arc::new(self.judged(snapshot)),
        }
    }

    /// Returns the diagnostics of the file of metadata beside `snapshot`, if there is one.
    pub fn sidecar_diagnostics(&self, snapshot: &Snapshot) -> Option<Vec<Diagnostic>> {
        Some(rules::check(&snapshot.sidecar()?.proposal(), snapshot.severities()))
    }

    fn judged(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let around = self.around(snapshot);
        rules::check(&snapshot.proposal().within(&around), snapshot.severities())
    }
}
