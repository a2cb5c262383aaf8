//! Writing files: what somebody else has written meanwhile stays.

use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

use crate::door;
use crate::workspace::files;

/// `content` takes the place of `known` in the file at `path`, which is below one of `roots`.
///
/// # Errors
///
/// When the file does not say `known` any more, is read-only, is elsewhere, or cannot be written; it is as it was then.
pub(super) fn replace(path: &Path, roots: &[PathBuf], known: &str, content: &str) -> Result<()> {
    door::replace(path, roots, known, content)?.settle()
}

/// Writes `content` to the file at `path`, which need not be there yet.
///
/// # Errors
///
/// When it is a link or leads out of its repository, or cannot be written; a file that is there is as it was then.
pub(super) fn put(path: &Path, content: &str) -> Result<()> {
    let path = files::normalize(&std::path::absolute(path)?);
    let roots = [files::home(&path)];
    path.parent().into_iter().for_each(|folder| door::tidy_up(folder, &roots));
    match files::read_named(&path) {
        Ok(known) if known == content => Ok(()),
        Ok(known) => replace(&path, &roots, &known, content),
        Err(error) if error.kind() == ErrorKind::NotFound => door::create(&path, &roots, content),
        Err(error) => Err(error),
    }
}
