//! What names a document.

use std::path::{Path, PathBuf};

use super::names::FILE_NAMES;
use super::path::normalize;

/// What names a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentId {
    /// A file, by its normalized path.
    File(PathBuf),
    /// Something else that an editor shows, by its URI: served from the editor's text alone.
    Other(String),
}

impl DocumentId {
    /// The file at `path`, whatever `.` and `..` the path has.
    pub fn file(path: &Path) -> DocumentId {
        DocumentId::File(normalize(path))
    }

    /// The path of a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            DocumentId::File(path) => Some(path),
            DocumentId::Other(_) => None,
        }
    }

    /// Whether it is a configuration file by its name.
    pub fn is_config(&self) -> bool {
        match self {
            DocumentId::File(path) => FILE_NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name)),
            DocumentId::Other(_) => false,
        }
    }

    /// A path to judge the document's name by.
    pub(in crate::workspace) fn name(&self) -> &Path {
        match self {
            DocumentId::File(path) => path,
            DocumentId::Other(uri) => Path::new(uri.split(['?', '#']).next().unwrap_or_default()),
        }
    }
}
