//! The way to files that somebody else has put there: opened once, and read only if they are regular ones and not too long.

use std::fs::File;
use std::io::{Error, Read, Result};
use std::path::{Component, Path};

/// What the file `name` in `folder` says, which is a path without `..`. No link below `folder` is followed.
///
/// # Errors
///
/// When it, or a folder on the way, is a link; when it is no regular file, over `most` bytes, not UTF-8, or cannot be read.
pub(super) fn read_in(folder: &Path, name: &str, most: usize) -> Result<String> {
    text(&beneath(folder, Path::new(name))?, most)
}

/// What `file` says.
///
/// # Errors
///
/// When it is no regular file, over `most` bytes, not UTF-8, or cannot be read.
pub(super) fn text(mut file: &File, most: usize) -> Result<String> {
    if !file.metadata()?.is_file() {
        return Err(Error::other("not a regular file"));
    }
    let mut content = Vec::new();
    Read::take(&mut file, most as u64 + 1).read_to_end(&mut content)?;
    if content.len() > most {
        return Err(Error::other(format!("over {most} bytes")));
    }
    String::from_utf8(content).map_err(|_| Error::other("not valid UTF-8"))
}

/// Opens the file at `path` from `folder`, following no link below that, and waiting for nobody.
fn beneath(folder: &Path, path: &Path) -> Result<File> {
    if path.components().any(|component| !matches!(component, Component::Normal(_))) {
        return Err(Error::other("not a path within the folder"));
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{Mode, OFlags, ResolveFlags, open, openat2};
        let folder = open(folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        match openat2(&folder, path, flags, Mode::empty(), resolve) {
            // An old kernel, or a sandbox that does not know it.
            Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {}
            Err(rustix::io::Errno::LOOP) => return Err(Error::other("a link, which is not followed")),
            opened => return Ok(opened?.into()),
        }
    }
    let mut own = folder.to_owned();
    for component in path.components() {
        own.push(component);
        if own.symlink_metadata()?.is_symlink() {
            return Err(Error::other("a link, which is not followed"));
        }
    }
    open_last(&own)
}

/// Opens the file at `path`, if its last part is no link, and waits for nobody.
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
}
