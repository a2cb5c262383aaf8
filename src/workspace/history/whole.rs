//! The history of a repository: when its documents came in, and how its templates changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::kept::{self, Kept};
use super::tracks::{self, Added, Tracks, Version};
use crate::git::{Fault, Id, Log, Repository, are_alike};
use crate::workspace::files;

/// The maximum length of a template in bytes.
const MAX_TEMPLATE: usize = 1024 * 1024;

/// A log with fewer changes is read faster than a file with them is kept.
const WORTH_KEEPING: usize = 200;

/// The history of a repository up to its last commit.
#[derive(Debug)]
pub(in crate::workspace) struct History {
    repository: Repository,
    /// The worktree, with links resolved.
    root: PathBuf,
    tip: Id,
    log: Log,
    tracks: Tracks,
    /// The documents that the last commit has, from the root, by their names; see [`name_of`].
    named: OnceLock<HashMap<PathBuf, Vec<PathBuf>>>,
    /// For each file that was asked for: its versions, the oldest first.
    versions: Mutex<HashMap<PathBuf, Arc<[Version]>>>,
}

/// How many files that are gone are compared with one that is new.
const MAX_GONE: usize = 50;

impl History {
    /// Reads the history of the repository around `folder`: of `known`, if that is up to date, or else from the user's cache and the
    /// commits since. Returns `None` if there is no commit or no worktree.
    ///
    /// # Errors
    ///
    /// When there is no repository, or its history is broken or too long.
    pub(in crate::workspace) fn of(folder: &Path, known: Option<&Arc<History>>) -> Result<Option<Arc<History>>, Fault> {
        let repository = Repository::with_history(folder)?;
        let Some(root) = repository.worktree().map(Path::to_owned) else { return Ok(None) };
        let tip = match repository.revision("HEAD") {
            Ok(tip) => tip,
            Err(Fault::NoRevision { .. }) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        if let Some(known) = known.filter(|known| known.tip == tip && known.root == root) {
            return Ok(Some(known.clone()));
        }
        let log = match kept::read(repository.folder()) {
            Some(kept) if kept.tip == tip => kept.log,
            kept => {
                let log = since(&repository, tip, kept)?;
                if log.changes.len() >= WORTH_KEEPING {
                    kept::write(repository.folder(), &Kept { tip, log: log.clone() });
                }
                log
            }
        };
        let tracks = tracks::tracks(&log.changes);
        repository.close();
        Ok(Some(Arc::new(History {
            repository,
            root,
            tip,
            log,
            tracks,
            named: OnceLock::new(),
            versions: Mutex::default(),
        })))
    }

    /// Whether the history goes back further than what was fetched.
    pub(in crate::workspace) fn is_cut(&self) -> bool {
        self.log.is_cut
    }

    /// Returns when the file at `path` was added, if that is known.
    pub(in crate::workspace) fn added(&self, path: &Path) -> Option<Added> {
        self.tracks.added.get(&*self.within(path)?).copied()
    }

    /// Returns the paths, from the root, that the file at `path` had before it was moved, the latest first.
    pub(in crate::workspace) fn former(&self, path: &Path) -> Vec<PathBuf> {
        let former = self.within(path).and_then(|path| self.tracks.former.get(&*path));
        former.into_iter().flatten().filter_map(|former| Some(std::str::from_utf8(former).ok()?.into())).collect()
    }

    /// Returns the path at which the last commit has the file that is now at `path` with `text`: the same one, or that of a file that is
    /// gone and most likely this one. In the same folder, it has the same number or most of the lines; elsewhere, it has the same name and
    /// most of the lines. `is_there` says whether there is a file at a path.
    pub(in crate::workspace) fn before(
        &self,
        path: &Path,
        text: &str,
        is_there: &dyn Fn(&Path) -> bool,
    ) -> Option<PathBuf> {
        let folder = path.parent()?;
        let within = std::str::from_utf8(&self.within(path)?).ok().map(PathBuf::from)?;
        let tree = self.repository.commit(self.tip).ok()?.tree;
        if self.repository.entry(tree, &within).ok()?.is_some() {
            return Some(path.to_owned());
        }
        let (below, own) = (within.parent()?, within.file_name()?.to_str()?);
        let is_it = |within: &Path| {
            let entry = self.repository.entry(tree, within).ok().flatten();
            let content = entry.and_then(|entry| self.repository.blob(entry.id, MAX_TEMPLATE).ok());
            content.is_some_and(|content| are_alike(&content, text.as_bytes()))
        };
        let names = self.repository.names(tree, below).unwrap_or_default().into_iter().map(|(name, _)| name);
        let gone = names.filter(|name| files::is_document(Path::new(name)) && !is_there(&folder.join(name)));
        let gone: Vec<String> = gone.take(MAX_GONE).collect();
        let number = number_in(own);
        let numbered = || gone.iter().find(|name| number.is_some() && number_in(name) == number);
        if let Some(name) = gone.iter().find(|name| is_it(&below.join(name))).or_else(numbered) {
            return Some(folder.join(name));
        }
        let root = path.ancestors().nth(within.components().count())?;
        let named = self.named.get_or_init(|| by_name(self.tracks.added.keys())).get(name_of(&within)?);
        let mut elsewhere = named.into_iter().flatten().filter(|known| !is_there(&root.join(known))).take(MAX_GONE);
        elsewhere.find(|known| is_it(known.as_path())).map(|known| root.join(known))
    }

    /// Returns the versions of the file at `path`, the oldest first.
    pub(in crate::workspace) fn versions(&self, path: &Path) -> Arc<[Version]> {
        let mut known = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(path) {
            return known.clone();
        }
        let found = self.within(path).map(|path| tracks::versions(&self.log.changes, &path)).unwrap_or_default();
        known.entry(path.to_owned()).or_insert(found.into()).clone()
    }

    /// Returns the version of the file at `path` that the commit has in which another one was `added`, if there was one.
    pub(in crate::workspace) fn version_at(&self, path: &Path, added: Added) -> Option<Version> {
        let versions = self.versions(path);
        let Ok(commit) = self.repository.commit(added.commit) else {
            return versions.iter().rfind(|version| version.time <= added.time).copied();
        };
        let own = std::str::from_utf8(&self.within(path)?).ok().map(PathBuf::from);
        let mut paths = own.into_iter().chain(self.former(path));
        let id = paths.find_map(|path| self.repository.entry(commit.tree, &path).ok().flatten())?.id;
        let known = versions.iter().rfind(|version| version.id == id).copied();
        Some(known.unwrap_or(Version { time: added.time, id }))
    }

    /// Returns the text of `version`, if it can be read.
    pub(in crate::workspace) fn text(&self, version: Version) -> Option<String> {
        String::from_utf8(self.repository.blob(version.id, MAX_TEMPLATE).ok()?).ok()
    }

    /// Returns the bytes of the path from the root to the file at `path`, with slashes.
    fn within(&self, path: &Path) -> Option<Box<[u8]>> {
        let path = match path.strip_prefix(&self.root) {
            Ok(path) => path.to_owned(),
            // The folder may have been opened through a link.
            Err(_) => {
                path.parent()?.canonicalize().ok()?.join(path.file_name()?).strip_prefix(&self.root).ok()?.to_owned()
            }
        };
        let parts: Vec<&[u8]> = path.iter().map(|part| part.as_encoded_bytes()).collect();
        Some(parts.join(&b'/').into())
    }
}

/// Returns the paths in `known`, of documents, by their names.
fn by_name<'a>(known: impl Iterator<Item = &'a Box<[u8]>>) -> HashMap<PathBuf, Vec<PathBuf>> {
    let mut named: HashMap<PathBuf, Vec<PathBuf>> = HashMap::new();
    for path in known.filter_map(|path| Some(Path::new(std::str::from_utf8(path).ok()?))) {
        if let Some(name) = name_of(path) {
            named.entry(name.to_owned()).or_default().push(path.to_owned());
        }
    }
    named.values_mut().for_each(|paths| paths.sort_unstable());
    named
}

/// Returns what a document is called wherever it is moved: the name of its file, with that of its folder if it is the page of that, as `0007-caches/README.md`.
fn name_of(path: &Path) -> Option<&Path> {
    let stem = path.file_stem()?.to_str()?.to_lowercase();
    let above = path.parent().and_then(Path::parent).filter(|_| matches!(stem.as_str(), "readme" | "index"));
    path.strip_prefix(above.or(path.parent())?).ok()
}

/// Returns the number, or the date, that the file called `name` starts with behind a word, without leading zeros.
fn number_in(name: &str) -> Option<&str> {
    let figures = &name[name.find(|sign: char| sign.is_ascii_digit())?..];
    let end = figures.find(char::is_alphabetic).unwrap_or(figures.len());
    Some(figures[..end].trim_end_matches(|sign: char| !sign.is_ascii_digit()).trim_start_matches('0'))
}

/// Returns the log up to `tip`: what is `kept` and the commits since, or else all of it.
fn since(repository: &Repository, tip: Id, kept: Option<Kept>) -> Result<Log, Fault> {
    let wanted = |name: &[u8]| std::str::from_utf8(name).is_ok_and(|name| files::is_document(Path::new(name)));
    // What is kept of a history that was rewritten, or of which more was fetched meanwhile, does not hold.
    let is_before = |kept: &Kept| !kept.log.is_cut && repository.is_before(kept.tip, tip);
    match kept.filter(is_before) {
        Some(kept) => {
            let mut log = repository.log(tip, Some(kept.tip), &wanted)?;
            log.changes.extend(kept.log.changes);
            Ok(log)
        }
        None => repository.log(tip, None, &wanted),
    }
}
