//! Paths as the command line takes and shows them: from the current folder.

use std::path::{Path, PathBuf};

use crate::letters::shown;

/// The current folder.
///
/// # Errors
///
/// When there is none.
pub(super) fn current() -> Result<PathBuf, String> {
    std::env::current_dir().map_err(|error| format!("no current folder: {error}"))
}

/// `path` from the current folder, if it is below it.
pub(super) fn relative(path: &Path) -> &Path {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(folder).unwrap_or(path)
}

/// `path` from the current folder, by the folders above where that is near.
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

/// `path` with `/` between its folders, as other programs and those on other systems want it.
pub(super) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// [`slashed`] for people, on one line whatever the name is.
pub(super) fn named(path: &Path) -> String {
    shown(&slashed(path)).into_owned()
}
