//! A version of a document for work that has yet to wait for its turn.

use std::sync::{Arc, Weak};

use super::Document;
use crate::text::Text;

/// A version of a document that may have changed by the time somebody needs it: then only its text has been kept, which takes a
/// fraction of the memory, and is read again.
#[derive(Debug)]
pub struct Revision {
    document: Weak<Document>,
    text: Text,
    version: Option<i32>,
}

impl Revision {
    /// Keeps `document` as it is now.
    pub fn of(document: &Arc<Document>) -> Revision {
        Revision { document: Arc::downgrade(document), text: document.text().bare(), version: document.version }
    }

    /// Returns the document.
    pub fn document(self) -> Arc<Document> {
        let read_again = || Arc::new(Document { version: self.version, ..Document::of_text(self.text) });
        self.document.upgrade().unwrap_or_else(read_again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_in_use_is_the_same_document() {
        let document = Arc::new(Document::open("# One\n").at_version(1));
        let kept = Revision::of(&document).document();
        assert!(Arc::ptr_eq(&document, &kept));
    }

    #[test]
    fn an_older_version_is_read_again_from_its_text() {
        let document = Arc::new(Document::open("# One\n\n## Two\n\n[a](#two)\n").at_version(7));
        let kept = Revision::of(&document);
        let (text, blocks) = (document.text().to_string(), format!("{:?}", document.blocks().list));
        drop(document);
        let again = kept.document();
        assert_eq!((again.text().to_string(), again.version()), (text, Some(7)));
        assert_eq!(format!("{:?}", again.blocks().list), blocks);
        assert_eq!(again.links().links.len(), 1);
    }
}
