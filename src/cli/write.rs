//! Writing files so that nothing is ever lost: a file has its old content or the new one, whatever happens meanwhile.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::Path;

use crate::workspace::files;

/// `content` takes the place of `known` in the file at `path`, where a symbolic link leads to it in the file there. The file
/// keeps its permissions.
///
/// # Errors
///
/// When the file no longer says `known`, is read-only, or cannot be written; it is as it was then.
pub(super) fn replace(path: &Path, known: &str, content: &str) -> Result<()> {
    let path = path.canonicalize()?;
    let permissions = std::fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(Error::new(ErrorKind::PermissionDenied, "read-only; it was left as it is"));
    }
    let file = prepare(&path, content)?;
    std::fs::set_permissions(file.path(), permissions)?;
    // As late as can be: what an editor writes now is not to be lost.
    if files::read(&path)? != known {
        return Err(Error::other("changed while it was checked; it was left as it is, check it again"));
    }
    file.persist(&path)?;
    Ok(())
}

/// Writes `content` to the file at `path`, which need not be there yet.
///
/// # Errors
///
/// When it cannot be written; a file that is there is as it was then.
pub(super) fn create(path: &Path, content: &str) -> Result<()> {
    match files::read(path) {
        Ok(known) if known == content => Ok(()),
        Ok(known) => replace(path, &known, content),
        Err(error) if error.kind() == ErrorKind::NotFound => std::fs::write(path, content),
        Err(error) => Err(error),
    }
}

/// A file beside that at `path` with `content`. It goes unless it takes the other's place.
fn prepare(path: &Path, content: &str) -> Result<tempfile::NamedTempFile> {
    let folder = path.parent().ok_or_else(|| Error::other("not a file"))?;
    let mut file = tempfile::Builder::new().prefix(".vip-lsp-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_unless_it_has_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, "one").expect("a file");
        replace(&path, "one", "two").expect("it is replaced");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "two");
        let error = replace(&path, "one", "three").expect_err("it has changed");
        assert!(error.to_string().starts_with("changed while it was checked"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "two");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_is_kept_links_are_followed_and_read_only_files_are_left() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        std::fs::write(&path, "one").expect("a file");
        symlink("a.md", &link).expect("a link");
        let set = |mode: u32| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("a mode");
        set(0o640);
        replace(&link, "one", "two").expect("it is replaced");
        let metadata = std::fs::metadata(&path).expect("a file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "two");
        set(0o444);
        assert_eq!(replace(&path, "two", "three").expect_err("read-only").kind(), ErrorKind::PermissionDenied);
        assert_eq!(names(folder.path()), ["a.md", "b.md"]);
    }
}
