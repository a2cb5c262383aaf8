//! What is below a folder, and not ignored by git.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ignored::{Ignored, MAX_DEPTH};
use super::names::{is_document, is_forge, is_site};
use super::repository::VERSION_CONTROL;
use crate::letters::shown_path;
use crate::template::is_markdown;

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
