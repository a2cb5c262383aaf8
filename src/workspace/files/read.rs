//! Inspecting and reading files in a workspace that is not trusted.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::path::normalize;
use super::repository::{home, repository};
use super::roots::Roots;
use crate::door;
use crate::syntax::MAX_BYTES;

pub use door::{Found, root_of};

/// Whether the real path of `path` is below one of `roots`.
pub(crate) fn is_inside(path: &Path, roots: &Roots) -> bool {
    root_of(path, roots).is_some() && matches!(look(path, roots), Found::File | Found::Folder | Found::Other)
}

/// Returns what is at `path`. Below one of `roots`, links are followed as long as they stay there; elsewhere none is followed.
pub(crate) fn look(path: &Path, roots: &Roots) -> Found {
    if let Some(found) = roots.overlay().found(path) {
        return found;
    }
    match root_of(path, roots) {
        Some(_) => door::look(path, roots),
        None => alone(path).map_or(Found::Nothing, |(folder, below)| door::look_in(folder, below)),
    }
}

/// Reads the file at `path`. Below one of `roots`, links are followed as long as they stay there; elsewhere none is followed.
///
/// # Errors
///
/// When it leads outside, is not a regular file, is over [`MAX_BYTES`], is not UTF-8, or cannot be read.
pub fn read(path: &Path, roots: &Roots) -> std::io::Result<String> {
    if let Some(content) = roots.overlay().read(path) {
        return content;
    }
    match root_of(path, roots) {
        Some(_) => door::read(path, roots, MAX_BYTES),
        None => {
            let (folder, below) = alone(path).ok_or(ErrorKind::NotFound)?;
            door::read_in(folder, below, MAX_BYTES)
        }
    }
}

/// Reads the file at `path`, which is named on the command line.
///
/// # Errors
///
/// When it is a link or leads out of its repository; when it is not a regular file, is over [`MAX_BYTES`], is not UTF-8, or
/// cannot be read.
pub(crate) fn read_named(path: &Path) -> std::io::Result<String> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(std::io::Error::other("a link; name the file that it points to"));
    }
    let path = normalize(&std::path::absolute(path)?);
    door::read(&path, &[home(&path)], MAX_BYTES)
}

/// Returns the folder from which the file at `path`, outside of the workspace's folders, is opened, and its path from there.
fn alone(path: &Path) -> Option<(&Path, &Path)> {
    let folder = path.parent()?;
    let top = repository(folder).unwrap_or(folder);
    Some((top, path.strip_prefix(top).ok()?))
}

/// Lists the names directly in `folder`, each with what it is, without following links; empty if the folder cannot be read.
pub(crate) fn entries_of(folder: &Path, roots: &Roots) -> Vec<(OsString, Found)> {
    let own = [folder.to_owned()];
    let on_disk: &[PathBuf] = if root_of(folder, roots).is_some() { roots } else { &own };
    let mut names = door::list(folder, on_disk).unwrap_or_default();
    roots.overlay().change(folder, &mut names);
    names
}

/// Lists the files and the folders directly in `folder`, each ordered by name.
pub(crate) fn list(folder: &Path, roots: &Roots) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for (name, found) in entries_of(folder, roots) {
        match found {
            Found::Folder => folders.push(folder.join(name)),
            Found::File => files.push(folder.join(name)),
            _ => {}
        }
    }
    files.sort_unstable();
    folders.sort_unstable();
    (files, folders)
}
