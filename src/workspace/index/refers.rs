//! The references of a document, in eight bytes each, because there may be very many.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::key::Key;
use crate::document::Proposal;

/// The targets of a document's references, and the folders above each, as sorted hashes. A match means that the document almost
/// certainly has the reference; to be sure, read the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::workspace) struct Refers {
    /// A bit for each hash, so that most documents without a reference are ruled out without searching the hashes.
    bits: u64,
    hashes: Box<[u64]>,
}

impl Refers {
    /// Returns the references of `document`, in the file at `path`.
    pub(in crate::workspace) fn of(path: &Path, document: &Proposal<'_>) -> Refers {
        let folder = path.parent().unwrap_or(path);
        let (mut hashes, mut folders) = (Vec::new(), HashSet::new());
        for key in document.references().iter().filter_map(|reference| Key::of(&reference.to, folder)) {
            hashes.push(of_key(&key));
            if let Key::File(to) = &key {
                // If a folder is known, so are all folders above it.
                for above in to.ancestors().skip(1).map(of_folder).take_while(|above| folders.insert(*above)) {
                    hashes.push(above);
                }
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        Refers { bits: hashes.iter().fold(0, |bits, hash| bits | bit(*hash)), hashes: hashes.into() }
    }

    /// Whether there is a reference to `key`.
    pub(in crate::workspace) fn to(&self, key: &Key) -> bool {
        self.has(of_key(key))
    }

    /// Whether there is a reference to `path`, or to something below it.
    pub(in crate::workspace) fn below(&self, path: &Path) -> bool {
        self.to(&Key::of_file(path)) || self.to(&Key::File(path.to_owned())) || self.has(of_folder(path))
    }

    fn has(&self, hash: u64) -> bool {
        self.bits & bit(hash) != 0 && self.hashes.binary_search(&hash).is_ok()
    }
}

fn bit(hash: u64) -> u64 {
    1 << (hash % 64)
}

fn of_key(key: &Key) -> u64 {
    match key {
        // Normalized paths can be told apart by their bytes, which is faster than by components.
        Key::File(path) => hash(0, path.as_os_str()),
        Key::Number(number) => hash(1, number),
    }
}

fn of_folder(path: &Path) -> u64 {
    hash(2, path.as_os_str())
}

fn hash(kind: u8, name: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, name).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    #[test]
    fn a_document_refers_to_files_numbers_and_what_is_above_them() {
        let document = Document::closed("# VIP-7: A\n\n[a](b/c/d.md) [e](../e.png#x) VIP-9 [f](#g)\n");
        let template = Template::built_in();
        let refers = Refers::of(Path::new("/w/docs/vip-7.md"), &Proposal::of(&document, &template));
        for path in ["/w/docs/b/c/d.md", "/w/docs/b/c/d.html", "/w/e.png"] {
            assert!(refers.to(&Key::of_file(Path::new(path))), "{path}");
        }
        assert!(refers.to(&Key::Number("9".into())));
        assert!(!refers.to(&Key::of_file(Path::new("/w/docs/b/c"))) && !refers.to(&Key::Number("8".into())));
        for (path, expected) in [
            ("/w/docs/b/c/d.md", true),
            ("/w/docs/b/c", true),
            ("/w/docs/b", true),
            ("/w/docs", true),
            ("/w/e.png", true),
            ("/w", true),
            ("/w/docs/c", false),
            ("/w/docs/b/c/d.png", false),
            ("/w/e", false),
        ] {
            assert_eq!(refers.below(Path::new(path)), expected, "{path}");
        }
    }
}
