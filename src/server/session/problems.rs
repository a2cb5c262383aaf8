//! What the client was told is wrong with configuration files and templates.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tower_lsp::lsp_types::{Diagnostic, Url};

use crate::workspace::DocumentId;

/// The files that have diagnostics: what the client calls them, and the diagnostics.
pub(super) type Found = BTreeMap<DocumentId, (Url, Vec<Diagnostic>)>;

/// What the client was last told of them.
#[derive(Debug, Default)]
pub(super) struct Problems {
    is_stale: AtomicBool,
    published: Mutex<Found>,
}

impl Problems {
    /// The configuration files, or the documents that they are for, may have changed.
    pub(super) fn expire(&self) {
        self.is_stale.store(true, Ordering::Relaxed);
    }

    /// Whether they may have since this was asked last.
    pub(super) fn take_stale(&self) -> bool {
        self.is_stale.swap(false, Ordering::Relaxed)
    }

    /// What to send where `found` is what is to be shown.
    pub(super) fn changes(&self, found: Found) -> Vec<(Url, Vec<Diagnostic>)> {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = published.iter().filter(|(id, _)| !found.contains_key(id));
        let gone: Vec<_> = gone.map(|(_, (uri, _))| (uri.clone(), Vec::new())).collect();
        let changed = found.iter().filter(|(id, found)| published.get(id) != Some(found));
        let changed = changed.map(|(_, (uri, diagnostics))| (uri.clone(), diagnostics.clone()));
        let changes = gone.into_iter().chain(changed).collect();
        *published = found;
        changes
    }
}
