//! Walks through folders, leaving out what git ignores.

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
    /// The folders that are repositories of their own, including the starting folder if it is one.
    pub repositories: Vec<PathBuf>,
    /// What could not be read.
    pub faults: Vec<String>,
}

impl Walk {
    /// Walks through the folder at `root`.
    pub fn of(root: &Path) -> Walk {
        let mut walk = Walk::default();
        let (sender, repositories) = std::sync::mpsc::channel();
        let ignored = Arc::new(Ignored::below(root));
        for entry in walker(root, &ignored, Some(sender)).build() {
            match entry {
                Ok(entry) if entry.depth() >= MAX_DEPTH && !is_file(&entry) => {
                    let shown = shown_path(entry.path());
                    walk.faults.push(format!("{shown}: over {MAX_DEPTH} folders deep; its contents are not checked"));
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

/// Returns a walk of `root` that skips what git ignores and what is hidden, except the folders of forges, which may have
/// templates. It sends each repository that it finds to `repositories`.
fn walker(
    root: &Path,
    ignored: &Arc<Ignored>,
    repositories: Option<std::sync::mpsc::Sender<PathBuf>>,
) -> ignore::WalkBuilder {
    let (mut walker, ignored) = (ignore::WalkBuilder::new(root), ignored.clone());
    // The walker's own filters would open ignore files whatever they are. Here, the ignore files of an unpacked archive count,
    // too.
    walker.standard_filters(false).max_depth(Some(MAX_DEPTH)).filter_entry(move |entry| {
        let name = entry.file_name().to_str().unwrap_or_default();
        if entry.depth() > 0
            && VERSION_CONTROL.contains(&name)
            && let (Some(sender), Some(folder)) = (&repositories, entry.path().parent())
        {
            // Sending fails once the walk has ended.
            let _ = sender.send(folder.to_owned());
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_shown = !name.starts_with('.') || is_forge(name);
        entry.depth() == 0 || is_shown && !ignored.has(entry.path(), is_folder)
    });
    walker
}

/// Returns the Markdown files at `path`, either the file itself whatever its name, or those below the folder that git does not
/// ignore; and what could not be read.
pub fn markdown_files(path: &Path) -> (Vec<PathBuf>, Vec<String>) {
    if path.is_file() {
        return (vec![path.to_owned()], Vec::new());
    }
    if !path.is_dir() {
        let fault = if path.exists() { "it is not a regular file" } else { "there is no such file or folder" };
        return (Vec::new(), vec![format!("{}: {fault}", shown_path(path))]);
    }
    let Walk { mut documents, faults, .. } = Walk::of(path);
    documents.retain(|path| is_markdown(path));
    (documents, faults)
}

/// Returns the folders at and below `path` that git does not ignore.
pub fn folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let is_folder = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_dir());
    walker(path, &Arc::new(Ignored::below(path)), None)
        .build()
        .flatten()
        .filter(is_folder)
        .map(ignore::DirEntry::into_path)
}

/// Returns what is directly in `folder` and neither hidden nor ignored by git.
pub fn entries(folder: &Path) -> HashSet<PathBuf> {
    let walk = walker(folder, &Arc::new(Ignored::below(folder)), None).max_depth(Some(1)).build();
    walk.flatten().map(ignore::DirEntry::into_path).collect()
}
