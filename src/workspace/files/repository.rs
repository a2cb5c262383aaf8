//! In which repository files are.

use std::path::{Path, PathBuf};

/// The folders in which version control keeps what it knows: where one is, a repository begins.
pub(in crate::workspace) const VERSION_CONTROL: [&str; 3] = [".git", ".jj", ".hg"];

/// The repository that `folder` is in: the nearest folder at or above it with version control's own.
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| VERSION_CONTROL.iter().any(|name| folder.join(name).exists()))
}

/// The repository of the file at `path`, or where it is in none, its folder.
pub(crate) fn home(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    repository(folder).unwrap_or(folder).to_owned()
}
