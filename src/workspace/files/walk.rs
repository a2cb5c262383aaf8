//! Walks through folders, leaving out what git ignores.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ignored::{Ignored, MAX_DEPTH};
use super::names::{is_document, is_forge, is_site};
use super::overlay::Overlay;
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
    /// Walks through the folder at `root`, with the files of `overlay` in place of those on the disk.
    pub fn of(root: &Path, overlay: &Overlay) -> Walk {
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
        walk.cover(root, overlay, &ignored);
        walk.faults.extend(ignored.faults());
        walk.repositories = repositories.try_iter().collect();
        walk
    }

    /// Adds the files of `overlay` below `root`, and leaves out those that are gone.
    fn cover(&mut self, root: &Path, overlay: &Overlay, ignored: &Ignored) {
        self.documents.retain(|path| !overlay.is_gone(path));
        self.sites.retain(|path| !overlay.is_gone(path));
        for path in overlay.below(root).filter(|path| overlay.is_new(path) && is_shown(path, root, ignored)) {
            if is_document(path) {
                self.documents.push(path.to_owned());
            } else if is_site(path) {
                self.sites.push(path.to_owned());
            }
        }
    }
}

/// Whether a walk of `root` would find the file at `path`.
fn is_shown(path: &Path, root: &Path, ignored: &Ignored) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let is_hidden = |name: &str| name.starts_with('.') && !is_forge(name);
    let folders = || path.ancestors().skip(1).take_while(|folder| *folder != root);
    !below.iter().any(|name| is_hidden(name.to_str().unwrap_or_default()))
        && !folders().any(|folder| ignored.has(folder, true))
        && !ignored.has(path, false)
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
    let Walk { mut documents, faults, .. } = Walk::of(path, &Overlay::default());
    documents.retain(|path| is_markdown(path));
    (documents, faults)
}

/// Returns the Markdown files below `folder` that only `overlay` has and git does not ignore.
pub fn markdown_files_of(folder: &Path, overlay: &Overlay) -> Vec<PathBuf> {
    let mut walk = Walk::default();
    walk.cover(folder, overlay, &Ignored::below(folder));
    walk.documents.retain(|path| is_markdown(path));
    walk.documents
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
