//! Documents that were read while the workspace was, for whoever asks for them next.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;

use crate::document::Document;

/// Of how much text documents are put aside, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// Documents put aside, each for one reader, as long as there is room.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Aside {
    documents: DashMap<PathBuf, Arc<Document>>,
    /// How many bytes of text there is room for; none unless it was asked for.
    room: AtomicUsize,
}

impl Aside {
    /// From now on documents are put aside.
    pub(in crate::workspace) fn open(&self) {
        self.room.store(MAX_BYTES, Ordering::Relaxed);
    }

    /// Puts `document`, which was read from `path`, aside if there is room.
    pub(in crate::workspace) fn put(&self, path: &Path, document: &Arc<Document>) {
        let length = document.text().len();
        let take = |room: usize| room.checked_sub(length.max(1));
        if self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
            self.documents.insert(path.to_owned(), document.clone());
        }
    }

    /// The document that was put aside for `path`; no other asks for it.
    pub(in crate::workspace) fn take(&self, path: &Path) -> Option<Arc<Document>> {
        Some(self.documents.remove(path)?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_given_out_once_where_that_was_asked_for() {
        let (aside, path) = (Aside::default(), Path::new("a.md"));
        let document = Arc::new(Document::closed("# A\n"));
        aside.put(path, &document);
        assert!(aside.take(path).is_none());
        aside.open();
        aside.put(path, &document);
        assert!(aside.take(path).is_some_and(|taken| Arc::ptr_eq(&taken, &document)));
        assert!(aside.take(path).is_none());
    }

    #[test]
    fn documents_are_put_aside_as_long_as_there_is_room() {
        let aside = Aside { room: AtomicUsize::new(10), ..Aside::default() };
        let document = Arc::new(Document::closed("# A\n"));
        for name in ["a.md", "b.md", "c.md"] {
            aside.put(Path::new(name), &document);
        }
        let found = ["a.md", "b.md", "c.md"].map(|name| aside.take(Path::new(name)).is_some());
        assert_eq!(found, [true, true, false]);
    }
}
