//! The problems of configuration files and templates that the client has been told about.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tower_lsp::lsp_types::{Diagnostic, Url};

use crate::workspace::DocumentId;

/// The files with problems: the client's URI and the diagnostics of each.
pub(super) type Found = BTreeMap<DocumentId, (Url, Vec<Diagnostic>)>;

/// The problems that the client was last told about.
#[derive(Debug, Default)]
pub(super) struct Problems {
    is_stale: AtomicBool,
    published: Mutex<Found>,
}

impl Problems {
    /// Notes that the configuration files, or the documents that they apply to, may have changed.
    pub(super) fn expire(&self) {
        self.is_stale.store(true, Ordering::Relaxed);
    }

    /// Whether they may have changed since the last call. Resets the flag.
    pub(super) fn take_stale(&self) -> bool {
        self.is_stale.swap(false, Ordering::Relaxed)
    }

    /// Returns what to send so that the client shows `found`.
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
