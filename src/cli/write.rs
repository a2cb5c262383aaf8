//! Writing files: what another program has written meanwhile is kept.

use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

use crate::door;
use crate::workspace::files;

/// Replaces `known` with `content` in the file at `path`, which is below one of `roots`.
///
/// # Errors
///
/// When the file does not contain `known`, is read-only, is outside `roots`, or cannot be written; the file is then unchanged.
pub(super) fn replace(path: &Path, roots: &[PathBuf], known: &str, content: &str) -> Result<()> {
    door::replace(path, roots, known, content)?.settle()
}

/// Writes `content` to the file at `path`, which need not exist.
///
/// # Errors
///
/// When the file is a link, leads out of its repository, or cannot be written; an existing file is then unchanged.
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
