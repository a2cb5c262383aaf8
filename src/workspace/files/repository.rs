//! The repository of a file.

use std::path::{Path, PathBuf};

/// The folders of version control systems, which mark the root of a repository.
pub(in crate::workspace) const VERSION_CONTROL: [&str; 3] = [".git", ".jj", ".hg"];

/// Returns the repository of `folder`: the nearest folder at or above it that has a version control folder.
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| VERSION_CONTROL.iter().any(|name| folder.join(name).exists()))
}

/// Returns the repository of the file at `path`, or else its folder.
pub(crate) fn home(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    repository(folder).unwrap_or(folder).to_owned()
}
