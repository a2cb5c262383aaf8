//! Files of a workspace: links are followed as long as they stay within its folders.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use super::{Sort, beneath, no_links, text};

/// What is found at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A named pipe, a socket or a device.
    Other,
    /// Nothing, or a link that leads nowhere.
    Nothing,
    /// Behind a link that leads out of the folders; whether anything exists there is not disclosed.
    Outside,
}

/// Returns the innermost of `roots` that contains `path`.
pub fn root_of<'a>(path: &Path, roots: &'a [PathBuf]) -> Option<&'a Path> {
    let holding = roots.iter().filter(|root| path.starts_with(root));
    holding.max_by_key(|root| root.components().count()).map(PathBuf::as_path)
}

/// Reads the file at `path`, below one of `roots`, as text.
///
/// # Errors
///
/// When the resolved path is below none of `roots`; when it is not a regular file, is over `most` bytes, is not UTF-8, or cannot
/// be read.
pub(crate) fn read(path: &Path, roots: &[PathBuf], most: usize) -> Result<String> {
    text(&open(path, roots, Sort::File)?, most)
}

/// Returns what is at `path`, which is below one of `roots`.
pub(crate) fn look(path: &Path, roots: &[PathBuf]) -> Found {
    #[cfg(target_os = "linux")]
    let straight = straight(path, roots, Sort::Any);
    #[cfg(not(target_os = "linux"))]
    let straight = Ok(None::<File>);
    let kind = straight.and_then(|found| match found {
        Some(found) => Ok(found.metadata()?.file_type()),
        None => Ok(real(path, roots)?.0.symlink_metadata()?.file_type()),
    });
    match kind {
        Ok(kind) if kind.is_file() => Found::File,
        Ok(kind) if kind.is_dir() => Found::Folder,
        Ok(_) => Found::Other,
        Err(error) if error.kind() == ErrorKind::CrossesDevices => Found::Outside,
        Err(_) => Found::Nothing,
    }
}

/// Returns what is at `path` in `folder`. No link below `folder` is followed: a link is [`Found::Outside`].
pub(crate) fn look_in(folder: &Path, path: &Path) -> Found {
    match no_links(folder, path) {
        Ok(()) => look(&folder.join(path), &[folder.to_owned()]),
        Err(error) if error.kind() == ErrorKind::NotFound => Found::Nothing,
        Err(_) => Found::Outside,
    }
}

/// Lists the names in the folder at `path`, below one of `roots`, in no particular order, each with what it is. Links are not
/// followed.
///
/// # Errors
///
/// When the resolved path is below none of `roots`; when it is not a folder or cannot be read.
#[cfg(target_os = "linux")]
pub(crate) fn list(path: &Path, roots: &[PathBuf]) -> Result<Vec<(OsString, Found)>> {
    use std::os::unix::ffi::OsStringExt;

    use rustix::fs::{AtFlags, Dir, FileType, statat};
    let folder = open(path, roots, Sort::Folder)?;
    let found = |kind: FileType| match kind {
        FileType::RegularFile => Found::File,
        FileType::Directory => Found::Folder,
        _ => Found::Other,
    };
    let mut names = Vec::new();
    for entry in Dir::read_from(&folder)? {
        let entry = entry?;
        let (name, mut kind) = (entry.file_name().to_owned(), entry.file_type());
        if kind == FileType::Unknown {
            let status = statat(&folder, name.as_c_str(), AtFlags::SYMLINK_NOFOLLOW)?;
            kind = FileType::from_raw_mode(status.st_mode);
        }
        if !matches!(name.to_bytes(), b"." | b"..") {
            names.push((OsString::from_vec(name.into_bytes()), found(kind)));
        }
    }
    Ok(names)
}

/// Lists the names like the version for Linux, but resolves `path` before reading the folder.
#[cfg(not(target_os = "linux"))]
pub(crate) fn list(path: &Path, roots: &[PathBuf]) -> Result<Vec<(OsString, Found)>> {
    let path = real(path, roots)?.0;
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry?;
        let kind = entry.file_type()?;
        let found = match (kind.is_file(), kind.is_dir()) {
            (true, _) => Found::File,
            (_, true) => Found::Folder,
            _ => Found::Other,
        };
        Ok((entry.file_name(), found))
    };
    std::fs::read_dir(path)?.map(name).collect()
}

/// Opens what is at `path`, below one of `roots`, without blocking.
pub(super) fn open(path: &Path, roots: &[PathBuf], sort: Sort) -> Result<File> {
    #[cfg(target_os = "linux")]
    if let Some(file) = straight(path, roots, sort)? {
        return Ok(file);
    }
    let (real, root) = real(path, roots)?;
    let below = real.strip_prefix(&root).unwrap_or(&real);
    let below = if below.as_os_str().is_empty() { Path::new(".") } else { below };
    beneath(&root, below, sort)
}

/// Opens what is at `path` if the kernel can tell that no link on the way leads out of its root; `None` if the path needs a
/// closer look.
#[cfg(target_os = "linux")]
fn straight(path: &Path, roots: &[PathBuf], sort: Sort) -> Result<Option<File>> {
    use rustix::fs::ResolveFlags;
    use rustix::io::Errno;
    let root = root_of(path, roots).ok_or_else(outside)?;
    let below = path.strip_prefix(root).unwrap_or(path);
    let below = if below.as_os_str().is_empty() { Path::new(".") } else { below };
    match super::open_at(root, below, sort, ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS) {
        // A link that leads out of this folder may lead into another root, or back by an absolute path.
        Err(Errno::XDEV | Errno::LOOP | Errno::AGAIN | Errno::NOSYS | Errno::PERM) => Ok(None),
        opened => Ok(Some(opened?)),
    }
}

/// Returns the real path of `path` and the one of `roots` that contains it.
///
/// # Errors
///
/// When nothing is there, or it is in none of `roots`.
pub(super) fn real(path: &Path, roots: &[PathBuf]) -> Result<(PathBuf, PathBuf)> {
    let real_roots: Vec<PathBuf> = roots.iter().filter_map(|root| root.canonicalize().ok()).collect();
    match path.canonicalize() {
        Ok(real) => root_of(&real, &real_roots).map(Path::to_owned).map(|root| (real, root)).ok_or_else(outside),
        // What is behind a link that leads outside is not disclosed, not even that it is missing.
        Err(error) => Err(if leads_out(path, &real_roots, MAX_LINKS) { outside() } else { error }),
    }
}

/// How many dangling links are followed in a row.
const MAX_LINKS: usize = 40;

/// Whether `path`, where nothing exists, leads out of `roots`, which are real paths, through the links on its way.
fn leads_out(path: &Path, roots: &[PathBuf], most: usize) -> bool {
    let mut missing = path;
    for above in path.ancestors().skip(1) {
        if let Ok(there) = above.canonicalize() {
            return match missing.read_link() {
                Ok(target) if most > 0 => leads_out(&there.join(target), roots, most - 1),
                _ => root_of(&there, roots).is_none(),
            };
        }
        missing = above;
    }
    false
}

fn outside() -> Error {
    Error::new(ErrorKind::CrossesDevices, "points outside the workspace, and is not read")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_lead_on_within_the_folders() {
        follows_links_within();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn they_do_so_where_the_system_does_not_look_at_them() {
        use std::sync::atomic::Ordering;
        super::super::IS_UNKNOWN.store(true, Ordering::Relaxed);
        follows_links_within();
        super::super::IS_UNKNOWN.store(false, Ordering::Relaxed);
    }

    fn follows_links_within() {
        let (one, other, away) = (tempfile::tempdir(), tempfile::tempdir(), tempfile::tempdir());
        let [one, other, away] = [one, other, away].map(|folder| folder.expect("a folder"));
        for folder in [&one, &other, &away] {
            std::fs::create_dir(folder.path().join("docs")).expect("a folder");
            std::fs::write(folder.path().join("docs/file"), "said").expect("a file");
        }
        let link = |target: &Path, name: &str| symlink(target, one.path().join(name)).expect("a link");
        link(Path::new("docs/file"), "near");
        link(Path::new("../.."), "docs/up");
        link(&one.path().join("docs"), "absolute");
        link(&other.path().join("docs"), "next");
        link(&away.path().join("docs"), "away");
        link(&away.path().join("docs/none"), "nowhere");
        link(Path::new("self"), "self");
        link(Path::new("/dev/zero"), "zero");
        let made = std::process::Command::new("mkfifo").arg(one.path().join("pipe")).status().expect("mkfifo");
        assert!(made.success());
        let roots = [one.path().to_owned(), other.path().to_owned()];
        for (name, expected) in [
            ("docs/file", Found::File),
            ("docs", Found::Folder),
            ("", Found::Folder),
            ("near", Found::File),
            ("absolute/file", Found::File),
            ("next/file", Found::File),
            ("next/none", Found::Nothing),
            ("none", Found::Nothing),
            ("docs/file/none", Found::Nothing),
            ("self", Found::Nothing),
            ("pipe", Found::Other),
            ("away", Found::Outside),
            ("away/file", Found::Outside),
            // Whether anything exists there is not disclosed.
            ("away/none", Found::Outside),
            ("nowhere", Found::Outside),
            ("docs/up", Found::Outside),
            ("zero", Found::Outside),
        ] {
            let path = one.path().join(name);
            assert_eq!(look(&path, &roots), expected, "{name}");
            let content = read(&path, &roots, 10).ok();
            assert_eq!(content.as_deref(), (expected == Found::File).then_some("said"), "{name}");
        }
        assert_eq!(look_in(one.path(), Path::new("docs/file")), Found::File);
        assert_eq!(look_in(one.path(), Path::new("near")), Found::Outside);
        assert_eq!(look_in(one.path(), Path::new("none")), Found::Nothing);
        let mut names = list(&one.path().join("absolute"), &roots).expect("a folder");
        names.sort();
        assert_eq!(names, [("file".into(), Found::File), ("up".into(), Found::Other)]);
        assert!(list(&one.path().join("away"), &roots).is_err());
    }
}
