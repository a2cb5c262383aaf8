//! Paths and files of a workspace that is not trusted.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::ignored::Ignored;
use super::navigation::is_site;
use crate::letters::shown_path;
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

/// The path from `folder` to `to`, with `/`; empty where they are the same.
pub fn relative(folder: &Path, to: &Path) -> String {
    let common = folder.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
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

/// The folders in which version control keeps what it knows: where one is, a repository begins.
const VERSION_CONTROL: [&str; 3] = [".git", ".jj", ".hg"];

/// The folders of forges, which are hidden and may have templates.
const FORGES: [&str; 4] = [".github", ".gitlab", ".gitea", ".forgejo"];

/// Whether the folder `name` is a forge's.
pub fn is_forge(name: &str) -> bool {
    FORGES.contains(&name)
}

/// What is below a folder and not ignored by git.
#[derive(Debug, Default)]
pub struct Walk {
    /// The Markdown files, and templates for them.
    pub documents: Vec<PathBuf>,
    /// The settings of sites.
    pub sites: Vec<PathBuf>,
    /// The folders that are repositories of their own, the folder itself among them where it is one.
    pub repositories: Vec<PathBuf>,
    /// What could not be looked into.
    pub faults: Vec<String>,
}

impl Walk {
    /// What is below the folder at `root`.
    pub fn of(root: &Path) -> Walk {
        let mut walk = Walk::default();
        let (sender, repositories) = std::sync::mpsc::channel();
        let ignored = Arc::new(Ignored::below(root));
        for entry in walker(root, &ignored, Some(sender)).build() {
            match entry {
                Ok(entry) if is_file(&entry) && is_document(entry.path()) => walk.documents.push(entry.into_path()),
                Ok(entry) if is_file(&entry) && is_site(entry.path()) => walk.sites.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => walk.faults.push(error.to_string()),
            }
        }
        walk.faults.extend(ignored.faults());
        walk.repositories = repositories.try_iter().collect();
        walk
    }
}

/// Whether the name of `path` says that it is Markdown, or a template for it: `tep-template.md.template`.
pub fn is_document(path: &Path) -> bool {
    let is_template = path.extension().is_some_and(|extension| extension == "template");
    is_markdown(path) || is_template && path.file_stem().is_some_and(|stem| is_markdown(Path::new(stem)))
}

fn is_file(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

/// A walk of `root` that passes what git ignores and what is hidden, but for the folders of forges, which have templates. It
/// tells `repositories` of each that it comes upon.
fn walker(
    root: &Path,
    ignored: &Arc<Ignored>,
    repositories: Option<std::sync::mpsc::Sender<PathBuf>>,
) -> ignore::WalkBuilder {
    let (mut walker, ignored) = (ignore::WalkBuilder::new(root), ignored.clone());
    // The walker would open ignore files whatever they are. An unpacked archive has its own, too.
    walker.standard_filters(false).filter_entry(move |entry| {
        let name = entry.file_name().to_str().unwrap_or_default();
        if entry.depth() > 0
            && VERSION_CONTROL.contains(&name)
            && let (Some(sender), Some(folder)) = (&repositories, entry.path().parent())
        {
            // Nobody listens any more when the walk has ended.
            let _ = sender.send(folder.to_owned());
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_shown = !name.starts_with('.') || is_forge(name);
        entry.depth() == 0 || is_shown && !ignored.has(entry.path(), is_folder)
    });
    walker
}

/// The repository that `folder` is in: the nearest folder at or above it with version control's own.
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| VERSION_CONTROL.iter().any(|name| folder.join(name).exists()))
}

/// The Markdown files at `path`: itself, whatever its name, or those below it that git does not ignore; and what could not
/// be looked into.
pub fn markdown_files(path: &Path) -> (Vec<PathBuf>, Vec<String>) {
    if path.is_file() {
        return (vec![path.to_owned()], Vec::new());
    }
    if !path.exists() {
        return (Vec::new(), vec![format!("{}: there is no such file or folder", shown_path(path))]);
    }
    let Walk { mut documents, faults, .. } = Walk::of(path);
    documents.retain(|path| is_markdown(path));
    (documents, faults)
}

/// The folders at and below `path` that git does not ignore.
pub fn folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let is_folder = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    walker(path, &Arc::new(Ignored::below(path)), None)
        .build()
        .flatten()
        .filter(is_folder)
        .map(ignore::DirEntry::into_path)
}

/// What lies directly in `folder` and is neither hidden nor ignored by git.
pub fn entries(folder: &Path) -> HashSet<PathBuf> {
    let walk = walker(folder, &Arc::new(Ignored::below(folder)), None).max_depth(Some(1)).build();
    walk.flatten().map(ignore::DirEntry::into_path).collect()
}

/// The files and the folders right in `folder`, in the order of their names.
pub fn list(folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push(entry.path()),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
    files.sort_unstable();
    folders.sort_unstable();
    (files, folders)
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
