//! The folder that a command is about, and all that is in it.

use std::path::{Path, PathBuf};

use crate::workspace::{Workspace, files, is_set_apart};

/// The folder that templates and configuration files for the documents in `folder` may be in, and below: its repository, else
/// the current folder if that has it, else itself. A folder that a repository sets apart, for test data or the like, is by
/// itself when it is asked for.
pub(super) fn root(folder: &Path) -> PathBuf {
    let current = std::env::current_dir().ok().filter(|current| folder.starts_with(current));
    let repository = files::repository(folder).map(Path::to_owned);
    let root = repository.or(current).unwrap_or_else(|| folder.to_owned());
    if is_set_apart(folder, &root) { folder.to_owned() } else { root }
}

/// All that is in `folder`, read.
pub(super) fn opened(folder: PathBuf) -> Workspace {
    let workspace = Workspace::default();
    workspace.set_roots(vec![folder]);
    workspace.read_all();
    workspace
}
