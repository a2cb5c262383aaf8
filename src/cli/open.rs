//! The folder that a command works on, and its contents.

use std::path::{Path, PathBuf};

use crate::workspace::{Workspace, files, is_set_apart};

/// Returns the root folder for the documents in `folder`, where their templates and configuration files are looked for: the
/// repository, or else the current folder if it contains `folder`, or else `folder` itself. A folder that the repository sets
/// apart, such as one for test data, is its own root.
pub(super) fn root(folder: &Path) -> PathBuf {
    let current = std::env::current_dir().ok().filter(|current| folder.starts_with(current));
    let repository = files::repository(folder).map(Path::to_owned);
    let root = repository.or(current).unwrap_or_else(|| folder.to_owned());
    if is_set_apart(folder, &root) { folder.to_owned() } else { root }
}

/// Opens `folder` as a workspace and reads everything in it.
pub(super) fn opened(folder: PathBuf) -> Workspace {
    let workspace = Workspace::default();
    workspace.set_roots(vec![folder]);
    workspace.read_histories();
    workspace.read_all();
    workspace
}
