//! Paths and files of a workspace that is not trusted.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::syntax::MAX_BYTES;
use crate::template::is_markdown;

/// `path` without `.` and `..`, by its words alone.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normalized.pop() {
                    normalized.push("..");
                }
            }
            component => normalized.push(component),
        }
    }
    normalized
}

/// The root that `path` lies in, the innermost one.
pub fn root_of<'a>(path: &Path, roots: &'a [PathBuf]) -> Option<&'a Path> {
    let holding = roots.iter().filter(|root| path.starts_with(root));
    holding.max_by_key(|root| root.components().count()).map(PathBuf::as_path)
}

/// Whether the file at `path` is really below one of `roots`, symbolic links followed.
pub fn is_inside(path: &Path, roots: &[PathBuf]) -> bool {
    let Ok(real) = path.canonicalize() else { return false };
    roots.iter().filter_map(|root| root.canonicalize().ok()).any(|root| real.starts_with(root))
}

/// The Markdown files at `path`: itself, whatever its name, or those below it that git does not ignore; and what could not
/// be looked into.
pub fn markdown_files(path: &Path) -> (Vec<PathBuf>, Vec<String>) {
    if path.is_file() {
        return (vec![path.to_owned()], Vec::new());
    }
    if !path.exists() {
        return (Vec::new(), vec![format!("{}: there is no such file or folder", path.display())]);
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for entry in ignore::WalkBuilder::new(path).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path()) => {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => faults.push(error.to_string()),
        }
    }
    (found, faults)
}

/// The folders at and below `path` that git does not ignore.
pub fn folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let is_folder = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    ignore::WalkBuilder::new(path).build().flatten().filter(is_folder).map(ignore::DirEntry::into_path)
}

/// What lies directly in `folder` and is neither hidden nor ignored by git.
pub fn entries(folder: &Path) -> HashSet<PathBuf> {
    let walk = ignore::WalkBuilder::new(folder).max_depth(Some(1)).build();
    walk.flatten().map(ignore::DirEntry::into_path).collect()
}

/// What the file at `path` says.
///
/// # Errors
///
/// When it is no regular file, over [`MAX_BYTES`], not UTF-8, or cannot be read.
pub fn read(path: &Path) -> std::io::Result<String> {
    // Before it is opened, for opening a named pipe waits until someone writes into it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let mut content = Vec::new();
    std::fs::File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut content)?;
    if content.len() > MAX_BYTES {
        return Err(std::io::Error::other(format!("over {MAX_BYTES} bytes")));
    }
    String::from_utf8(content).map_err(|_| std::io::Error::other("not valid UTF-8"))
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_no_file_to_wait_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vip-1.md");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        let (sender, outcome) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(super::read(&path).is_err()));
        assert_eq!(outcome.recv_timeout(std::time::Duration::from_secs(20)), Ok(true));
    }
}
