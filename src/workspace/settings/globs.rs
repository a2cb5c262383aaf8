//! Patterns of paths, as settings have them.

use std::path::{Path, PathBuf};

use globset::{GlobMatcher, GlobSet};

use crate::workspace::files;

/// Patterns of paths.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    /// What paths are relative to; the workspace folder that has them, if there is none.
    pub(super) folder: Option<PathBuf>,
    pub(super) set: GlobSet,
    /// Each with its full name.
    pub(super) patterns: Vec<(String, String, GlobMatcher)>,
}

impl Globs {
    pub(super) fn matches(&self, name: &Path, roots: &[PathBuf]) -> bool {
        match self.relative(name, roots) {
            Some(relative) => self.set.is_match(relative),
            None => name.file_name().is_some_and(|file| self.set.is_match(Path::new(file))),
        }
    }

    /// `name` from the folder that the patterns count from, if it is below that.
    pub(super) fn relative<'a>(&self, name: &'a Path, roots: &[PathBuf]) -> Option<&'a Path> {
        let folder = self.folder.as_deref().or_else(|| files::root_of(name, roots));
        folder.and_then(|folder| name.strip_prefix(folder).ok())
    }
}
