//! The diagnostics of open documents that the client was last sent.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::lsp_types::Diagnostic;

use crate::workspace::DocumentId;

/// The diagnostics of each open document, and the version they belong to.
type Sent = HashMap<DocumentId, (i32, Vec<Diagnostic>)>;

/// What the client was last sent.
#[derive(Debug, Default)]
pub(super) struct Published(Mutex<Sent>);

impl Published {
    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `diagnostics` of this `version` have not been sent yet.
    pub(super) fn is_new(&self, id: &DocumentId, version: i32, diagnostics: &[Diagnostic]) -> bool {
        self.sent().get(id).is_none_or(|(of, known)| (*of, known.as_slice()) != (version, diagnostics))
    }

    /// Records what was sent; `None` for a document that has been closed.
    pub(super) fn note(&self, id: &DocumentId, diagnostics: Option<(i32, Vec<Diagnostic>)>) {
        match diagnostics {
            Some(diagnostics) => self.sent().insert(id.clone(), diagnostics),
            None => self.sent().remove(id),
        };
    }
}
