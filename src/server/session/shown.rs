//! The texts of lenses that the client shows.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::features::lens::LensKind;
use crate::workspace::DocumentId;

/// The text of each lens that the client was last sent; empty for a document without lenses.
#[derive(Debug, Default)]
pub(in crate::server) struct Shown(Mutex<HashMap<(DocumentId, LensKind), String>>);

impl Shown {
    pub(in crate::server) fn note(&self, id: DocumentId, kind: LensKind, title: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((id, kind), title);
    }

    /// Updates the text of each lens with `title`, and returns whether one has changed. `title` returns `None` for a document
    /// that has been closed.
    pub(super) fn update(&self, title: impl Fn(&DocumentId, LensKind) -> Option<String>) -> bool {
        let mut is_changed = false;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, kind), shown| match title(id, *kind) {
            Some(title) => {
                is_changed |= *shown != title;
                *shown = title;
                true
            }
            None => false,
        });
        is_changed
    }
}
