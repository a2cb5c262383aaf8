//! Access to files that may come from others: each is opened once, and read only if it is a regular file and not too long.

mod inside;
#[cfg(unix)]
mod write;
#[cfg(not(unix))]
mod write_by_name;

use std::ffi::OsString;
use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::path::{Component, Path};

/// Reads the file `name` in `folder` as text; `name` is a path without `..`. No link below `folder` is followed.
///
/// # Errors
///
/// When the file, or a folder on the way, is a link; when it is not a regular file, is over `most` bytes, is not UTF-8, or cannot
/// be read.
pub(crate) fn read_in(folder: &Path, name: impl AsRef<Path>, most: usize) -> Result<String> {
    text(&beneath(folder, name.as_ref(), Sort::File)?, most)
}

/// Reads the file at `path` as text. The path comes from the user, so links are followed wherever they lead.
///
/// # Errors
///
/// When it is not a regular file, is over `most` bytes, is not UTF-8, or cannot be read.
pub(crate) fn read_trusted(path: &Path, most: usize) -> Result<String> {
    text(&open_last(&path.canonicalize()?)?, most)
}

/// Reads the bytes of the file `name` in `folder`; otherwise like [`read_in`].
///
/// # Errors
///
/// Same as [`read_in`], except that the content need not be UTF-8.
pub(crate) fn bytes_in(folder: &Path, name: &Path, most: usize) -> Result<Vec<u8>> {
    bytes(&beneath(folder, name, Sort::File)?, most)
}

/// Opens the file `name` in `folder` for reading. No link below `folder` is followed.
///
/// # Errors
///
/// When the file, or a folder on the way, is a link; when it is not a regular file or cannot be opened. The error for a folder is
/// [`ErrorKind::IsADirectory`].
pub(crate) fn open_in(folder: &Path, name: &Path) -> Result<File> {
    let file = beneath(folder, name, Sort::File)?;
    is_regular(&file)?;
    Ok(file)
}

/// Lists the names in the folder `name` in `folder`, in no particular order. No link below `folder` is followed.
///
/// # Errors
///
/// When the folder, or a folder on the way, is a link; when it is not a folder, has more than `most` names, or cannot be read.
pub(crate) fn names_in(folder: &Path, name: &Path, most: usize) -> Result<Vec<OsString>> {
    let mut names = Vec::new();
    let mut add = |name: OsString| {
        names.push(name);
        if names.len() > most { Err(Error::other(format!("over {most} names"))) } else { Ok(()) }
    };
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStringExt;
        let opened = beneath(folder, name, Sort::Folder)?;
        for entry in rustix::fs::Dir::read_from(&opened)? {
            let name = entry?.file_name().to_bytes().to_owned();
            if name != b"." && name != b".." {
                add(OsString::from_vec(name))?;
            }
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        no_links(folder, name)?;
        for entry in std::fs::read_dir(folder.join(name))? {
            add(entry?.file_name())?;
        }
    }
    Ok(names)
}

/// Writes `content` to the file `name` in `folder`, the program's own in the user's cache, and makes the folder. Whoever reads the
/// file sees the old content or the new.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn keep(folder: &Path, name: &str, content: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let spare = folder.join(format!("{name}.{}", std::process::id()));
    let written = std::fs::write(&spare, content).and_then(|()| std::fs::rename(&spare, folder.join(name)));
    written.inspect_err(|_| _ = std::fs::remove_file(&spare))
}

#[cfg(unix)]
pub(crate) use write::{create, replace, tidy_up};
#[cfg(not(unix))]
pub(crate) use write_by_name::{create, replace, tidy_up};

pub use inside::{Found, root_of};
pub(crate) use inside::{list, look, look_in, read};

/// What kind of file to open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    File,
    #[cfg(unix)]
    Folder,
    /// Anything: it is only inspected, not read.
    #[cfg(target_os = "linux")]
    Any,
}

/// Reads `file` as text.
///
/// # Errors
///
/// When it is not a regular file, is over `most` bytes, is not UTF-8, or cannot be read.
pub(crate) fn text(file: &File, most: usize) -> Result<String> {
    String::from_utf8(bytes(file, most)?).map_err(|_| Error::other("not valid UTF-8"))
}

/// Reads the bytes of `file`; otherwise like [`text`].
fn bytes(mut file: &File, most: usize) -> Result<Vec<u8>> {
    // A file's reported length may be wrong, so it only sets the capacity.
    let length = usize::try_from(is_regular(file)?).unwrap_or(most).min(most);
    let mut content = Vec::with_capacity(length.saturating_add(1));
    Read::take(&mut file, most as u64 + 1).read_to_end(&mut content)?;
    if content.len() > most {
        return Err(Error::other(format!("over {most} bytes")));
    }
    Ok(content)
}

/// Returns the reported length of `file` in bytes, if it is a regular file.
fn is_regular(file: &File) -> Result<u64> {
    let status = file.metadata()?;
    let kind = status.file_type();
    match kind.is_file() {
        true => Ok(status.len()),
        false if kind.is_dir() => Err(Error::new(ErrorKind::IsADirectory, "not a regular file")),
        false => Err(Error::other("not a regular file")),
    }
}

/// Opens the file at `path` from `folder` without blocking and without following links below `folder`.
#[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "folders are opened only on Linux"))]
fn beneath(folder: &Path, path: &Path, sort: Sort) -> Result<File> {
    if path.components().any(|component| !matches!(component, Component::Normal(_) | Component::CurDir)) {
        return Err(Error::other("not a path within the folder"));
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::ResolveFlags;
        match open_at(folder, path, sort, ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS) {
            // An old kernel, or a sandbox that does not allow the call.
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {}
            Err(rustix::io::Errno::LOOP) => return Err(Error::other("a link, which is not followed")),
            opened => return Ok(opened?),
        }
    }
    no_links(folder, path)?;
    open_last(&folder.join(path))
}

/// Whether the system lacks `openat2`, so that it is not tried again.
#[cfg(target_os = "linux")]
static IS_UNKNOWN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Opens `path` from `folder` without blocking, resolved as `resolve` allows.
#[cfg(target_os = "linux")]
fn open_at(
    folder: &Path,
    path: &Path,
    sort: Sort,
    resolve: rustix::fs::ResolveFlags,
) -> std::result::Result<File, rustix::io::Errno> {
    use std::sync::atomic::Ordering;

    use rustix::fs::{Mode, OFlags, open, openat2};
    use rustix::io::Errno;
    if IS_UNKNOWN.load(Ordering::Relaxed) {
        return Err(Errno::NOSYS);
    }
    let folder = open(folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let flags = match sort {
        Sort::File => OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY,
        Sort::Folder => OFlags::RDONLY | OFlags::DIRECTORY,
        Sort::Any => OFlags::PATH,
    };
    let opened = openat2(&folder, path, flags | OFlags::CLOEXEC, Mode::empty(), resolve);
    if matches!(opened, Err(Errno::NOSYS)) {
        IS_UNKNOWN.store(true, Ordering::Relaxed);
    }
    Ok(opened?.into())
}

/// Fails if a component of `path` below `folder` is a link.
fn no_links(folder: &Path, path: &Path) -> Result<()> {
    let mut own = folder.to_owned();
    for component in path.components() {
        own.push(component);
        if own.symlink_metadata()?.is_symlink() {
            return Err(Error::other("a link, which is not followed"));
        }
    }
    Ok(())
}

/// Opens the file at `path` without blocking, unless its last component is a link.
#[cfg(unix)]
fn open_last(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    File::options().read(true).custom_flags(flags.cast_signed()).open(path)
}

/// Opens the file at `path`.
#[cfg(not(unix))]
fn open_last(path: &Path) -> Result<File> {
    File::open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_what_is_in_the_folder_itself_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(outside.path().join("secret"), "secret").expect("a file");
        std::fs::create_dir(path("own")).expect("a folder");
        std::fs::write(path("own/file"), "said").expect("a file");
        std::fs::write(path("bad"), b"\xff").expect("a file");
        symlink(outside.path(), path("away")).expect("a link");
        symlink(outside.path().join("secret"), path("link")).expect("a link");
        symlink("own/file", path("inner")).expect("a link");
        symlink("/dev/zero", path("zero")).expect("a link");
        symlink("/dev/stdin", path("stdin")).expect("a link");
        let made = std::process::Command::new("mkfifo").arg(path("pipe")).status().expect("mkfifo");
        assert!(made.success());
        let root = folder.path().to_owned();
        let read = move |name: &'static str| {
            let (root, (sender, outcome)) = (root.clone(), std::sync::mpsc::channel());
            std::thread::spawn(move || sender.send(read_in(&root, name, 10).map_err(|error| error.to_string())));
            outcome.recv_timeout(Duration::from_secs(20)).expect("it does not wait")
        };
        assert_eq!(read("own/file"), Ok("said".to_owned()));
        let is_link = Err("a link, which is not followed".to_owned());
        for name in ["away/secret", "link", "inner", "zero", "stdin"] {
            assert_eq!(read(name), is_link, "{name}");
        }
        for name in ["pipe", "own"] {
            assert_eq!(read(name), Err("not a regular file".to_owned()), "{name}");
        }
        assert_eq!(read("bad"), Err("not valid UTF-8".to_owned()));
        for name in ["../secret", "/etc/passwd"] {
            assert_eq!(read(name), Err("not a path within the folder".to_owned()), "{name}");
        }
        std::fs::write(path("own/file"), "far too long").expect("a file");
        assert_eq!(read("own/file"), Err("over 10 bytes".to_owned()));
        assert!(read("none").is_err());
    }

    #[test]
    fn the_users_own_files_may_be_links() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "said").expect("a file");
        symlink("file", path("link")).expect("a link");
        let made = std::process::Command::new("mkfifo").arg(path("pipe")).status().expect("mkfifo");
        assert!(made.success());
        symlink("pipe", path("waits")).expect("a link");
        for (name, expected) in
            [("file", Some("said")), ("link", Some("said")), ("waits", None), ("none", None), ("", None)]
        {
            assert_eq!(read_trusted(&path(name), 10).ok().as_deref(), expected, "{name}");
        }
        assert!(read_trusted(&path("link"), 3).is_err());
    }
}
