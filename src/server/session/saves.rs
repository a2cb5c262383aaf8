//! The saved documents whose rows on index pages are not yet in step, taken one after the other: an edit is worked out only once the
//! client has answered the one before, as both may be of one page.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::document::Revision;
use crate::workspace::DocumentId;

/// The saved documents that wait for their turn.
#[derive(Debug, Default)]
pub(in crate::server) struct Saves(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    /// The last saved version of each.
    saved: HashMap<DocumentId, Revision>,
    /// Whether somebody takes them.
    are_taken: bool,
}

impl Saves {
    /// Adds `revision` of the document `id`. Returns whether the caller is to take what waits, as nobody does.
    pub(in crate::server) fn add(&self, id: DocumentId, revision: Revision) -> bool {
        let mut waiting = self.lock();
        waiting.saved.insert(id, revision);
        !std::mem::replace(&mut waiting.are_taken, true)
    }

    /// Takes one of those that wait. After `None`, the caller takes no more.
    pub(in crate::server) fn take(&self) -> Option<(DocumentId, Revision)> {
        let mut waiting = self.lock();
        let id = waiting.saved.keys().next().cloned();
        let next = id.and_then(|id| waiting.saved.remove_entry(&id));
        waiting.are_taken = next.is_some();
        next
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn one_takes_the_last_version_of_each() {
        let id = |name: &str| DocumentId::File(name.into());
        let documents = ["one", "two"].map(|text| std::sync::Arc::new(Document::open(text)));
        let revision = |index: usize| Revision::of(&documents[index]);
        let saves = Saves::default();
        assert!(saves.add(id("a.md"), revision(0)));
        assert!(!saves.add(id("a.md"), revision(1)) && !saves.add(id("b.md"), revision(0)));
        let mut taken: Vec<_> = std::iter::from_fn(|| saves.take()).collect();
        taken.sort_by_key(|(id, _)| id.path().map(std::path::Path::to_owned));
        let taken: Vec<_> =
            taken.into_iter().map(|(id, revision)| (id, revision.document().text().to_string())).collect();
        assert_eq!(taken, [(id("a.md"), "two".to_owned()), (id("b.md"), "one".to_owned())]);
        assert!(saves.add(id("a.md"), revision(0)));
    }
}
