//! The identity of a document.

use std::path::{Path, PathBuf};

use super::names::FILE_NAMES;
use super::path::normalize;

/// Identifies a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentId {
    /// A file, by its normalized path.
    File(PathBuf),
    /// Something else that an editor shows, by its URI. Only the editor has its text.
    Other(String),
}

impl DocumentId {
    /// Returns the ID of the file at `path`, which is normalized.
    pub fn file(path: &Path) -> DocumentId {
        DocumentId::File(normalize(path))
    }

    /// Returns the path of a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            DocumentId::File(path) => Some(path),
            DocumentId::Other(_) => None,
        }
    }

    /// Whether it is a configuration file, by its name.
    pub fn is_config(&self) -> bool {
        match self {
            DocumentId::File(path) => FILE_NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name)),
            DocumentId::Other(_) => false,
        }
    }

    /// Returns a path that has the document's name.
    pub(in crate::workspace) fn name(&self) -> &Path {
        match self {
            DocumentId::File(path) => path,
            DocumentId::Other(uri) => Path::new(uri.split(['?', '#']).next().unwrap_or_default()),
        }
    }
}
