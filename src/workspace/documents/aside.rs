//! Documents kept from the reading of the workspace for whoever asks for them next.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;

use crate::document::Document;

/// The maximum length of text of the documents kept, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// Documents that are kept, each for one reader, while there is room.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Aside {
    documents: DashMap<PathBuf, Arc<Document>>,
    /// How many more bytes of text may be kept; zero until keeping is switched on.
    room: AtomicUsize,
}

impl Aside {
    /// Starts keeping documents.
    pub(in crate::workspace) fn open(&self) {
        self.room.store(MAX_BYTES, Ordering::Relaxed);
    }

    /// Keeps `document`, which was read from `path`, if there is room.
    pub(in crate::workspace) fn put(&self, path: &Path, document: &Arc<Document>) {
        let length = document.text().len();
        let take = |room: usize| room.checked_sub(length.max(1));
        if self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
            self.documents.insert(path.to_owned(), document.clone());
        }
    }

    /// Takes the document kept for `path`; it is returned only once.
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
