//! Paths as the command line takes and shows them, relative to the current folder.

use std::path::{Path, PathBuf};

use crate::letters::shown;

/// Returns the current folder.
///
/// # Errors
///
/// When there is none.
pub(super) fn current() -> Result<PathBuf, String> {
    std::env::current_dir().map_err(|error| format!("no current folder: {error}"))
}

/// Returns `path` relative to the current folder, if it is below that.
pub(super) fn relative(path: &Path) -> &Path {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(folder).unwrap_or(path)
}

/// Returns `path` relative to the current folder, through parent folders if the two have a folder in common besides the root.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let folder = std::env::current_dir().unwrap_or_default();
    let common = folder.ancestors().position(|above| path.starts_with(above)).unwrap_or_default();
    match folder.ancestors().nth(common).filter(|above| above.parent().is_some()) {
        Some(above) => {
            let up: PathBuf = std::iter::repeat_n("..", common).collect();
            up.join(path.strip_prefix(above).unwrap_or(path))
        }
        None => path.to_owned(),
    }
}

/// Returns `path` with `/` as the separator, as other programs and systems expect it.
pub(super) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// Like [`slashed`], for people: on one line whatever the name is.
pub(super) fn named(path: &Path) -> String {
    shown(&slashed(path)).into_owned()
}
