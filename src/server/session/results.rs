//! The result IDs of the diagnostics of documents that are not open.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::workspace::DocumentId;

/// The result IDs for documents that are not open, kept until something changes that they depend on: some clients ask every other
/// second.
#[derive(Debug, Default)]
pub(in crate::server) struct Results(Mutex<(u64, HashMap<DocumentId, String>)>);

impl Results {
    fn known(&self) -> MutexGuard<'_, (u64, HashMap<DocumentId, String>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `result` is still the result of the document `id`.
    pub(in crate::server) fn holds(&self, epoch: u64, id: &DocumentId, result: &str) -> bool {
        let known = self.known();
        known.0 == epoch && known.1.get(id).is_some_and(|known| known == result)
    }

    /// Records that the result of the document `id` at `epoch` is `result`.
    pub(in crate::server) fn note(&self, epoch: u64, id: &DocumentId, result: String) {
        let mut known = self.known();
        if known.0 != epoch {
            *known = (epoch, HashMap::new());
        }
        known.1.insert(id.clone(), result);
    }
}
