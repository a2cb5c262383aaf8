//! Patterns of paths in settings.

use std::path::{Path, PathBuf};

use globset::{GlobMatcher, GlobSet};

use crate::workspace::files;

/// Patterns of paths.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    /// The folder that paths are relative to; `None` for the workspace folder that contains them.
    pub(super) folder: Option<PathBuf>,
    pub(super) set: GlobSet,
    /// The full name of each pattern's setting, the pattern, and its matcher.
    pub(super) patterns: Vec<(String, String, GlobMatcher)>,
}

impl Globs {
    pub(super) fn matches(&self, name: &Path, roots: &[PathBuf]) -> bool {
        match self.relative(name, roots) {
            Some(relative) => self.set.is_match(relative),
            None => name.file_name().is_some_and(|file| self.set.is_match(Path::new(file))),
        }
    }

    /// Returns `name` relative to the folder of the patterns, if it is below that.
    pub(super) fn relative<'a>(&self, name: &'a Path, roots: &[PathBuf]) -> Option<&'a Path> {
        let folder = self.folder.as_deref().or_else(|| files::root_of(name, roots));
        folder.and_then(|folder| name.strip_prefix(folder).ok())
    }
}
