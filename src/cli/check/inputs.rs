//! The inputs of a check: the files that the paths on the command line stand for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::open::root;
use super::super::paths::relative;
use crate::document::Document;
use crate::git::Fault;
use crate::letters::shown_path;
use crate::syntax::MAX_BYTES;
use crate::workspace::committed::Committed;
use crate::workspace::{DocumentId, Overlay, Workspace, files};

/// A document to check.
#[derive(Debug)]
pub(in crate::cli) struct Input {
    /// The path to show.
    pub(in crate::cli) shown: PathBuf,
    /// The normalized path.
    pub(in crate::cli) path: PathBuf,
    /// Whether it was named itself, rather than found in a folder.
    pub(in crate::cli) is_named: bool,
}

impl Input {
    pub(in crate::cli) fn id(&self) -> DocumentId {
        DocumentId::File(self.path.clone())
    }

    fn of(found: PathBuf, is_named: bool) -> std::io::Result<Input> {
        let path = files::normalize(&std::path::absolute(&found)?);
        let below = relative(&path);
        Ok(Input { shown: if below == path { found } else { below.to_owned() }, path, is_named })
    }
}

/// The documents to check and the folders around them.
#[derive(Debug, Default)]
pub(in crate::cli) struct Inputs {
    pub(in crate::cli) list: Vec<Input>,
    /// The folders in which templates, configuration files and other proposals are looked for.
    pub(in crate::cli) roots: Vec<PathBuf>,
    /// What is wrong with the paths.
    pub(in crate::cli) faults: Vec<String>,
    /// The folders that were searched for documents, each as shown and normalized.
    pub(in crate::cli) folders: Vec<(PathBuf, PathBuf)>,
    /// The documents that have not changed since the revision that was asked for.
    unchanged: Vec<Input>,
}

impl Inputs {
    /// Returns the Markdown files at `paths`, each once, ordered by path. A path that is a link stands for its target if `follow`
    /// is set, and is a fault otherwise.
    pub(in crate::cli) fn of(paths: &[PathBuf], follow: bool) -> Inputs {
        let (mut found, mut roots, mut faults) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        let mut folders = Vec::new();
        for path in paths {
            let real = match named(path, follow) {
                Ok(real) => real,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let path = &real.unwrap_or_else(|| path.clone());
            let (files, problems) = files::markdown_files(path);
            faults.extend(problems);
            let is_named = path.is_file();
            let absolute = std::path::absolute(path).ok().filter(|_| path.is_dir());
            folders.extend(absolute.map(|absolute| (path.clone(), files::normalize(&absolute))));
            for file in files {
                match Input::of(file, is_named) {
                    Ok(input) => drop(found.entry(input.shown.clone()).or_insert(input)),
                    Err(error) => faults.push(format!("{}: {error}", shown_path(path))),
                }
            }
            roots.extend(root_for(path));
        }
        let (list, roots) = (found.into_values().collect(), outermost(roots));
        Inputs { list, roots, faults, folders, ..Inputs::default() }
    }

    /// Adds the roots for the files in `folders`.
    pub(in crate::cli) fn add_roots(&mut self, folders: impl IntoIterator<Item = PathBuf>) {
        let roots = self.roots.drain(..).chain(folders.into_iter().map(|folder| root(&folder))).collect();
        self.roots = outermost(roots);
    }

    /// Reads standard input in place of the file `name`, and returns it with its document.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is not UTF-8.
    pub(super) fn of_stdin(name: Option<&Path>) -> Result<(Inputs, Arc<Document>), String> {
        let fault = |error: std::io::Error| format!("standard input: {error}");
        let name = name.unwrap_or(Path::new("-"));
        let input = Input {
            shown: name.to_owned(),
            path: files::normalize(&std::path::absolute(name).map_err(fault)?),
            is_named: true,
        };
        let content = read_stdin().map_err(fault)?;
        let roots = input.path.parent().map(root).into_iter().collect();
        let inputs = Inputs { list: vec![input], roots, ..Inputs::default() };
        Ok((inputs, Arc::new(Document::closed(&content))))
    }

    /// Keeps only the documents that have changed since `revision` according to git.
    ///
    /// # Errors
    ///
    /// When there is no repository or no such revision, or git's data cannot be read.
    pub(super) fn retain_changed(&mut self, revision: &str) -> Result<(), String> {
        let since = Since::of(&self.roots, revision)?;
        for input in std::mem::take(&mut self.list) {
            let is_changed = since.is_changed(&input.path)?;
            if is_changed { &mut self.list } else { &mut self.unchanged }.push(input);
        }
        Ok(())
    }

    /// Takes back the documents whose metadata in a file beside them has changed since `revision`, in `workspace`, which has been
    /// read.
    ///
    /// # Errors
    ///
    /// As for [`Inputs::retain_changed`].
    pub(super) fn add_changed_beside(&mut self, revision: &str, workspace: &Workspace) -> Result<(), String> {
        let sidecars = workspace.sidecars();
        if sidecars.is_empty() || self.unchanged.is_empty() {
            return Ok(());
        }
        let since = Since::of(workspace.roots().as_ref(), revision)?;
        let mut changed = HashSet::new();
        for sidecar in sidecars.iter().filter(|sidecar| sidecar.is_file()) {
            if since.is_changed(sidecar)? {
                changed.extend(workspace.files_beside(sidecar));
            }
        }
        self.list.extend(self.unchanged.extract_if(.., |input| changed.contains(&input.path)));
        self.list.sort_by(|one, other| one.shown.cmp(&other.shown));
        Ok(())
    }

    /// Leaves out the documents that are gone in `overlay` and, if `adds` is set, adds those in the folders that only it has. Returns
    /// the paths of the documents that were named and are gone.
    pub(super) fn cover(&mut self, overlay: &Overlay, adds: bool) -> Vec<PathBuf> {
        let (gone, list): (Vec<Input>, Vec<Input>) =
            std::mem::take(&mut self.list).into_iter().partition(|input| overlay.is_gone(&input.path));
        self.list = list;
        let known: BTreeSet<PathBuf> = self.list.iter().map(|input| input.path.clone()).collect();
        for (shown, folder) in self.folders.iter().filter(|_| adds) {
            let found = files::markdown_files_of(folder, overlay).into_iter().filter(|path| !known.contains(path));
            let input = |path: PathBuf| {
                let below = path.strip_prefix(folder).unwrap_or(&path);
                Input::of(shown.join(below), false).ok()
            };
            self.list.extend(found.filter_map(input));
        }
        self.list.sort_by(|one, other| one.shown.cmp(&other.shown));
        self.list.dedup_by(|one, other| one.path == other.path);
        gone.into_iter().filter(|input| input.is_named).map(|input| input.shown).collect()
    }
}

/// The files of folders as they were at a revision.
struct Since(Vec<(PathBuf, Committed)>);

impl Since {
    fn of(roots: &[PathBuf], revision: &str) -> Result<Since, String> {
        let at = |root: &PathBuf| Ok((root.clone(), Committed::at(root, Some(revision))?));
        let committed = roots.iter().map(at).collect::<Result<Vec<_>, Fault>>();
        Ok(Since(committed.map_err(|fault| fault.to_string())?))
    }

    /// Whether the file at `path` has changed; one outside all folders has not.
    fn is_changed(&self, path: &Path) -> Result<bool, String> {
        let within = self.0.iter().find(|(root, _)| path.starts_with(root));
        let is_changed = within.map(|(_, committed)| committed.is_changed(path)).transpose();
        Ok(is_changed.map_err(|fault| fault.to_string())?.unwrap_or_default())
    }
}

/// Returns the real path of `path` if links are to be followed, and `None` otherwise.
///
/// # Errors
///
/// When it is a link and links are not followed, or when it leads nowhere.
fn named(path: &Path, follow: bool) -> Result<Option<PathBuf>, String> {
    // With a trailing slash, the path of a link would mean the folder that it leads to.
    let alone: PathBuf = path.components().collect();
    if !follow && leads_out(&alone) {
        return Err(format!(
            "{}: behind a link that points elsewhere; use check --follow to check it",
            shown_path(path)
        ));
    }
    match follow {
        true => path.canonicalize().map(Some).map_err(|error| format!("{}: {error}", shown_path(path))),
        false if alone.is_symlink() => {
            Err(format!("{}: a link; use check --follow to check what it points to", shown_path(path)))
        }
        false => Ok(None),
    }
}

/// Whether a folder on the way to `path` is a link in a repository that leads out of it. The folders above the current one are
/// the user's own choice.
fn leads_out(path: &Path) -> bool {
    let Ok(path) = std::path::absolute(path).map(|path| files::normalize(&path)) else { return false };
    let current = std::env::current_dir().unwrap_or_default();
    let mut above = path.ancestors().skip(1).take_while(|above| !current.starts_with(above));
    above.any(|above| {
        let repository = above.parent().filter(|_| above.is_symlink()).and_then(files::repository);
        repository.is_some_and(|repository| match (above.canonicalize(), repository.canonicalize()) {
            (Ok(to), Ok(repository)) => !to.starts_with(repository),
            _ => true,
        })
    })
}

fn read_stdin() -> std::io::Result<String> {
    let mut content = Vec::new();
    std::io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut content)?;
    if content.len() > MAX_BYTES {
        return Err(std::io::Error::other(format!("over {MAX_BYTES} bytes")));
    }
    String::from_utf8(content).map_err(|_| std::io::Error::other("not valid UTF-8"))
}

/// Returns the root folder for the file or folder at `path`; see [`root`].
fn root_for(path: &Path) -> Option<PathBuf> {
    let path = files::normalize(&std::path::absolute(path).ok()?);
    // What is around a path that leads nowhere does not matter, and may be the whole disk; a branch may have such a file.
    if path.symlink_metadata().is_err() && files::repository(&path).is_none() {
        return None;
    }
    if path.is_dir() { Some(root(&path)) } else { path.parent().map(root) }
}

/// Returns those of `roots` that are in no other.
fn outermost(roots: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut outermost: Vec<PathBuf> = Vec::new();
    // The set is sorted, so a folder comes before those below it.
    for root in roots {
        if !outermost.iter().any(|outer| root.starts_with(outer)) {
            outermost.push(root);
        }
    }
    outermost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_around_a_path_that_leads_nowhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let inputs = Inputs::of(&[folder.path().join("gone.md"), folder.path().join("gone")], false);
        assert_eq!((inputs.roots, inputs.faults.len()), (Vec::<PathBuf>::new(), 2));
        std::fs::write(folder.path().join("a.md"), "# A\n").expect("a file");
        assert_eq!(Inputs::of(&[folder.path().join("a.md")], false).roots, [folder.path()]);
    }
}
