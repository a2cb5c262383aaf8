//! Writing files where folders cannot be held open: a file has its old content or the new one.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::inside::real;
use super::{Found, list};

/// How the names of files begin that are to take the place of others.
const START: &str = ".vip-lsp-";

/// How old such a file is that a run left which was killed.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// A file that has been replaced.
#[derive(Debug)]
pub(crate) struct Replaced;

/// `content` takes the place of `known` in the file at `path`, which is below one of `roots`, also where links lead there. It keeps
/// its permissions.
///
/// # Errors
///
/// When the file does not say `known` any more, is read-only, is elsewhere, or cannot be written; it is as it was then.
pub(crate) fn replace(path: &Path, roots: &[PathBuf], known: &str, content: &str) -> Result<Replaced> {
    let (path, _) = real(path, roots)?;
    let permissions = std::fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(Error::new(ErrorKind::PermissionDenied, "read-only; it was left as it is"));
    }
    let file = prepare(&path, content)?;
    std::fs::set_permissions(file.path(), permissions)?;
    // As late as can be: what an editor writes now is not to be lost.
    if std::fs::read(&path)? != known.as_bytes() {
        return Err(Error::other("changed while it was checked; it was left as it is, check it again"));
    }
    file.persist(&path)?;
    Ok(Replaced)
}

impl Replaced {
    /// Another program that has the file open keeps it from being replaced here.
    ///
    /// # Errors
    ///
    /// None.
    pub(crate) fn settle(self) -> Result<()> {
        Ok(())
    }
}

/// Writes `content` to the file at `path`, which is below one of `roots` and not there yet, and makes the folders that it is in.
///
/// # Errors
///
/// When it is there, is elsewhere, or cannot be written; nothing is there then.
pub(crate) fn create(path: &Path, roots: &[PathBuf], content: &str) -> Result<()> {
    let there = path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok()).unwrap_or(path);
    real(there, roots)?;
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    prepare(path, content)?.persist_noclobber(path)?;
    Ok(())
}

/// Removes from the folder at `path`, which is below one of `roots`, what a run left there that was killed.
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

/// A file beside that at `path` with `content`. It goes unless it takes the other's place.
fn prepare(path: &Path, content: &str) -> Result<tempfile::NamedTempFile> {
    let folder = path.parent().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "not a file"))?;
    let mut file = tempfile::Builder::new().prefix(START).suffix(".tmp").tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}
