//! What is checked: the files that the paths of the command line come to.

use std::collections::{BTreeMap, BTreeSet};
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
use crate::workspace::{DocumentId, files};

/// A document to check.
#[derive(Debug)]
pub(in crate::cli) struct Input {
    /// The path to show.
    pub(in crate::cli) shown: PathBuf,
    /// The normalized path.
    pub(in crate::cli) path: PathBuf,
    /// Whether it was named by itself, and not found in a folder.
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

/// The documents to check and the folders that they live in.
#[derive(Debug, Default)]
pub(in crate::cli) struct Inputs {
    pub(in crate::cli) list: Vec<Input>,
    /// Where templates, configuration files and other proposals are looked for.
    pub(in crate::cli) roots: Vec<PathBuf>,
    /// What is wrong with the paths.
    pub(in crate::cli) faults: Vec<String>,
    /// The folders that documents were looked for in, each as it is to be shown, and normalized.
    pub(in crate::cli) folders: Vec<(PathBuf, PathBuf)>,
}

impl Inputs {
    /// The Markdown files at `paths`, each once, in the order of their paths. What is named and a link counts as what it leads to
    /// where links are to be `follow`ed, and is a fault else.
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
        Inputs { list: found.into_values().collect(), roots: outermost(roots), faults, folders }
    }

    /// Standard input in the place of the file `name`, and what it says.
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

    /// Leaves only what git says has changed since `revision`.
    ///
    /// # Errors
    ///
    /// When there is no repository or no such revision, or what git has cannot be read.
    pub(super) fn retain_changed(&mut self, revision: &str) -> Result<(), String> {
        let at = |root: &PathBuf| Ok((root.clone(), Committed::at(root, Some(revision))?));
        let fault = |fault: Fault| fault.to_string();
        let committed = self.roots.iter().map(at).collect::<Result<Vec<_>, _>>().map_err(fault)?;
        let mut changed = Vec::new();
        for input in std::mem::take(&mut self.list) {
            // One that is in no root was not looked for there.
            let within = committed.iter().find(|(root, _)| input.path.starts_with(root));
            if let Some((_, committed)) = within
                && committed.is_changed(&input.path).map_err(fault)?
            {
                changed.push(input);
            }
        }
        self.list = changed;
        Ok(())
    }
}

/// Where `path` really is, if links are to be `follow`ed; else none.
///
/// # Errors
///
/// When it is a link, and they are not; when it leads nowhere.
fn named(path: &Path, follow: bool) -> Result<Option<PathBuf>, String> {
    // Behind a slash, a link is the folder that it leads to.
    let alone: PathBuf = path.components().collect();
    if !follow && leads_out(&alone) {
        return Err(format!("{}: behind a link that leads elsewhere; check --follow checks it", shown_path(path)));
    }
    match follow {
        true => path.canonicalize().map(Some).map_err(|error| format!("{}: {error}", shown_path(path))),
        false if alone.is_symlink() => {
            Err(format!("{}: a link; check --follow checks what it leads to", shown_path(path)))
        }
        false => Ok(None),
    }
}

/// Whether a folder on the way to `path` is a link that a repository has and that leads out of it. What the current folder is in is
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

/// The folder that everything around the file or folder at `path` is in.
fn root_for(path: &Path) -> Option<PathBuf> {
    let path = files::normalize(&std::path::absolute(path).ok()?);
    if path.is_dir() { Some(root(&path)) } else { path.parent().map(root) }
}

/// Those of `roots` that are in no other.
fn outermost(roots: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut outermost: Vec<PathBuf> = Vec::new();
    // A folder comes before what is below it.
    for root in roots {
        if !outermost.iter().any(|outer| root.starts_with(outer)) {
            outermost.push(root);
        }
    }
    outermost
}
