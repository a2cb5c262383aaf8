//! Writing files where folders cannot be held open: a file has either its old content or the new content.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::inside::real;
use super::{Found, list};

/// The prefix of the names of spare files, which are about to replace others.
const START: &str = ".vip-lsp-";

/// The age from which a spare file counts as left by a killed run.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// A file that has been replaced.
#[derive(Debug)]
pub(crate) struct Replaced;

/// Replaces `known` with `content` in the file at `path`, which is below one of `roots`, following links. The file keeps its
/// permissions.
///
/// # Errors
///
/// When the file does not contain `known`, is read-only, is outside `roots`, or cannot be written; the file is then unchanged.
pub(crate) fn replace(path: &Path, roots: &[PathBuf], known: &str, content: &str) -> Result<Replaced> {
    let (path, _) = real(path, roots)?;
    let permissions = std::fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(Error::new(ErrorKind::PermissionDenied, "read-only; it was left unchanged"));
    }
    let file = prepare(&path, content)?;
    std::fs::set_permissions(file.path(), permissions)?;
    // As late as possible, so that what an editor writes meanwhile is not lost.
    if std::fs::read(&path)? != known.as_bytes() {
        return Err(Error::other("changed while it was checked; it was left unchanged, check it again"));
    }
    file.persist(&path)?;
    Ok(Replaced)
}

impl Replaced {
    /// Does nothing: here, a file that another program has open cannot be replaced.
    ///
    /// # Errors
    ///
    /// Never.
    pub(crate) fn settle(self) -> Result<()> {
        Ok(())
    }
}

/// Creates the file at `path`, below one of `roots`, with `content`, and the folders that it is in.
///
/// # Errors
///
/// When the file exists, is outside `roots`, or cannot be written; no file is created then.
pub(crate) fn create(path: &Path, roots: &[PathBuf], content: &str) -> Result<()> {
    let there = path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok()).unwrap_or(path);
    real(there, roots)?;
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    prepare(path, content)?.persist_noclobber(path)?;
    Ok(())
}

/// Removes the spare files that a killed run left in the folder at `path`, which is below one of `roots`.
pub(crate) fn tidy_up(path: &Path, roots: &[PathBuf]) {
    for (name, found) in list(path, roots).unwrap_or_default() {
        let file = path.join(&name);
        let age = || file.metadata().and_then(|known| known.modified()).ok().and_then(|time| time.elapsed().ok());
        let is_spare = found == Found::File && name.as_encoded_bytes().starts_with(START.as_bytes());
        if is_spare && age().is_some_and(|age| age > LEFT) {
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Writes `content` to a spare file beside `path`, which is removed when dropped unless it is persisted.
fn prepare(path: &Path, content: &str) -> Result<tempfile::NamedTempFile> {
    let folder = path.parent().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "not a file"))?;
    let mut file = tempfile::Builder::new().prefix(START).suffix(".tmp").tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}
