//! The diagnostics of open documents that the client was sent last.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::lsp_types::Diagnostic;

use crate::workspace::DocumentId;

/// The diagnostics of each open document, and the version that they are of.
type Sent = HashMap<DocumentId, (i32, Vec<Diagnostic>)>;

/// What the client was sent last.
#[derive(Debug, Default)]
pub(super) struct Published(Mutex<Sent>);

impl Published {
    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the client was not yet sent `diagnostics` of this `version`.
    pub(super) fn is_new(&self, id: &DocumentId, version: i32, diagnostics: &[Diagnostic]) -> bool {
        self.sent().get(id).is_none_or(|(of, known)| (*of, known.as_slice()) != (version, diagnostics))
    }

    /// Notes what the client was sent: none of a document that has been closed.
    pub(super) fn note(&self, id: &DocumentId, diagnostics: Option<(i32, Vec<Diagnostic>)>) {
        match diagnostics {
            Some(diagnostics) => self.sent().insert(id.clone(), diagnostics),
            None => self.sent().remove(id),
        };
    }
}
