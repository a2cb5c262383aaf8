//! Paths and files of a workspace that is not trusted.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::ignored::Ignored;
use super::navigation::is_site;
use crate::door;
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

pub use door::{Found, root_of};

/// Whether what is at `path` is really below one of `roots`, symbolic links followed.
pub(crate) fn is_inside(path: &Path, roots: &[PathBuf]) -> bool {
    root_of(path, roots).is_some() && matches!(look(path, roots), Found::File | Found::Folder | Found::Other)
}

/// What is at `path`. Below one of `roots`, links lead on as long as they stay there; elsewhere none is followed.
pub(crate) fn look(path: &Path, roots: &[PathBuf]) -> Found {
    match root_of(path, roots) {
        Some(_) => door::look(path, roots),
        None => alone(path).map_or(Found::Nothing, |(folder, below)| door::look_in(folder, below)),
    }
}

/// What the file at `path` says. Below one of `roots`, links lead on as long as they stay there; elsewhere none is followed.
///
/// # Errors
///
/// When it leads outside, is no regular file, over [`MAX_BYTES`], not UTF-8, or cannot be read.
pub fn read(path: &Path, roots: &[PathBuf]) -> std::io::Result<String> {
    match root_of(path, roots) {
        Some(_) => door::read(path, roots, MAX_BYTES),
        None => {
            let (folder, below) = alone(path).ok_or(ErrorKind::NotFound)?;
            door::read_in(folder, below, MAX_BYTES)
        }
    }
}

/// What the file at `path` says, which the command line names.
///
/// # Errors
///
/// When it is a link, or leads out of its repository; when it is no regular file, over [`MAX_BYTES`], not UTF-8, or cannot be
/// read.
pub(crate) fn read_named(path: &Path) -> std::io::Result<String> {
    if path.symlink_metadata()?.is_symlink() {
        return Err(std::io::Error::other("a link; name the file that it leads to"));
    }
    let path = normalize(&std::path::absolute(path)?);
    door::read(&path, &[home(&path)], MAX_BYTES)
}

/// The repository of the file at `path`, or where it is in none, its folder.
pub(crate) fn home(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    repository(folder).unwrap_or(folder).to_owned()
}

/// The folder from which the file at `path`, which is in no folder of the workspace, is looked for, and its path from there.
fn alone(path: &Path) -> Option<(&Path, &Path)> {
    let folder = path.parent()?;
    let top = repository(folder).unwrap_or(folder);
    Some((top, path.strip_prefix(top).ok()?))
}

/// The folders in which version control keeps what it knows: where one is, a repository begins.
const VERSION_CONTROL: [&str; 3] = [".git", ".jj", ".hg"];

/// The folders of forges, which are hidden and may have templates.
const FORGES: [&str; 4] = [".github", ".gitlab", ".gitea", ".forgejo"];

/// Whether the folder `name` is a forge's.
pub fn is_forge(name: &str) -> bool {
    FORGES.contains(&name)
}

/// How many folders deep below another one things are looked for: for each, all above it are asked about.
pub(super) const MAX_DEPTH: usize = 128;

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
                Ok(entry) if entry.depth() >= MAX_DEPTH && !is_file(&entry) => {
                    let shown = shown_path(entry.path());
                    walk.faults.push(format!("{shown}: over {MAX_DEPTH} folders deep; what is in it is not looked at"));
                }
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
    walker.standard_filters(false).max_depth(Some(MAX_DEPTH)).filter_entry(move |entry| {
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
    if !path.is_dir() {
        let fault = if path.exists() { "it is no regular file" } else { "there is no such file or folder" };
        return (Vec::new(), vec![format!("{}: {fault}", shown_path(path))]);
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

/// The names right in `folder`, each with what it is, links not followed; none where it cannot be read.
pub(crate) fn entries_of(folder: &Path, roots: &[PathBuf]) -> Vec<(OsString, Found)> {
    let own = [folder.to_owned()];
    let roots = if root_of(folder, roots).is_some() { roots } else { &own };
    door::list(folder, roots).unwrap_or_default()
}

/// The files and the folders right in `folder`, in the order of their names.
pub(crate) fn list(folder: &Path, roots: &[PathBuf]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for (name, found) in entries_of(folder, roots) {
        match found {
            Found::Folder => folders.push(folder.join(name)),
            Found::File => files.push(folder.join(name)),
            _ => {}
        }
    }
    files.sort_unstable();
    folders.sort_unstable();
    (files, folders)
}
