//! Looking up files by what is kept of them, from the editor or else from the disk.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use dashmap::DashMap;

use crate::workspace::documents::Workspace;
use crate::workspace::files::DocumentId;
use crate::workspace::index::{Exports, Key, Opened, Page, Paths, Refers};

impl Workspace {
    /// Returns the open files by what they have; the one at `except` may be missing.
    pub(super) fn opened(&self, except: Option<&Path>) -> Arc<Opened> {
        if self.documents.is_empty() {
            return Arc::default();
        }
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken first: a change during the reading belongs to a later state.
        let state = (self.epoch(), self.versions.load(Ordering::SeqCst));
        opened.of(state, self.open_paths(), except, |path| self.open_page(&DocumentId::File(path.to_owned())))
    }

    /// Returns what other documents can see of the file at `path`, from the editor or else from the disk.
    pub(in crate::workspace) fn kept(&self, path: &Path) -> Option<Arc<Exports>> {
        let open = self.open_page(&DocumentId::File(path.to_owned()));
        open.or_else(|| Some(self.on_disk(path)?.exports.clone()))
    }

    /// Returns what is kept of the file at `path`, as it is on disk.
    pub(in crate::workspace) fn on_disk(&self, path: &Path) -> Option<Arc<Page>> {
        self.index.pages.get(path).map(|page| page.clone())
    }

    /// Returns the files that `closed` has for `key`, and the open ones that `open` has instead. The file at `except` is left out:
    /// what is kept of an open document is recomputed with every version, so a document should not ask about itself.
    fn among<K: Hash + Eq>(
        &self,
        closed: &DashMap<K, Paths>,
        open: impl Fn(&Opened) -> &HashMap<K, Vec<PathBuf>>,
        key: &K,
        except: Option<&Path>,
    ) -> Vec<PathBuf> {
        let opened = self.opened(except);
        let is_other = |path: &&PathBuf| Some(path.as_path()) != except;
        let is_closed = |path: &&PathBuf| !opened.pages.contains_key(*path);
        let closed = closed.get(key);
        let closed = closed.iter().flat_map(|paths| paths.iter()).filter(is_other).filter(is_closed);
        closed.chain(open(&opened).get(key).into_iter().flatten().filter(is_other)).cloned().collect()
    }

    /// Returns the proposals with `number`, which is without leading zeros, except the one at `except`; in no particular order.
    pub(in crate::workspace) fn with_number(&self, number: &str, except: Option<&Path>) -> Vec<PathBuf> {
        self.among(&self.index.numbers, |opened| &opened.numbers, &number.to_owned(), except)
    }

    /// Returns the first by name of the proposals below `folder` that have `number`, which is without leading zeros, and for
    /// which `is_one` holds. There may be very many of them.
    pub(in crate::workspace) fn first_with_number(
        &self,
        number: &str,
        folder: &Path,
        except: &Path,
        is_one: impl Fn(&Path) -> bool,
    ) -> Option<PathBuf> {
        let opened = self.opened(Some(except));
        let is_one = |path: &Path| path != except && path.starts_with(folder) && is_one(path);
        let mut first = None;
        let mut next = folder.to_owned();
        loop {
            // Only a few at once, and without holding the lock: `is_one` may look into the index, too.
            let some = self.index.numbers.get(number).map(|paths| paths.below(folder, &next)).unwrap_or_default();
            let Some(last) = some.last() else { break };
            next.clone_from(last);
            first = some.into_iter().find(|path| !opened.pages.contains_key(path) && is_one(path));
            if first.is_some() {
                break;
            }
        }
        let others = opened.numbers.get(number).into_iter().flatten().filter(|path| is_one(path)).cloned();
        first.into_iter().chain(others).min_by(|one, other| one.as_os_str().cmp(other.as_os_str()))
    }

    /// Returns the files that refer to `key`, in no particular order.
    pub(in crate::workspace) fn referrers(&self, key: &Key) -> Vec<PathBuf> {
        self.referring_as(|refers| refers.to(key))
    }

    /// Returns the files for whose references `is_one` holds, in no particular order. All files are asked, which takes a
    /// millisecond or two for tens of thousands.
    pub(in crate::workspace) fn referring_as(&self, is_one: impl Fn(&Refers) -> bool) -> Vec<PathBuf> {
        let (open, mut found): (HashSet<PathBuf>, _) = (self.open_paths().collect(), Vec::new());
        for path in &open {
            let analysis = self.analysis(&DocumentId::File(path.clone()));
            if analysis.is_some_and(|analysis| is_one(analysis.refers())) {
                found.push(path.clone());
            }
        }
        let closed = self.index.pages.iter().filter(|entry| is_one(&entry.value().refers));
        found.extend(closed.map(|entry| entry.key().clone()).filter(|path| !open.contains(path)));
        found
    }

    pub(super) fn open_paths(&self) -> impl Iterator<Item = PathBuf> {
        self.open().into_iter().filter_map(|id| match id {
            DocumentId::File(path) => Some(path),
            DocumentId::Other(_) => None,
        })
    }

    /// Returns the files that refer to one of `paths` or to something below one, in no particular order.
    pub(in crate::workspace) fn referrers_below<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> Vec<PathBuf> {
        let paths: Vec<&Path> = paths.collect();
        self.referring_as(|refers| paths.iter().any(|path| refers.below(path)))
    }

    /// Returns the index pages, except the one at `except`, that list something in `folder`; in no particular order.
    pub(in crate::workspace) fn listings(&self, folder: &Path, except: Option<&Path>) -> Vec<PathBuf> {
        self.among(&self.index.listings, |opened| &opened.listings, &folder.to_owned(), except)
    }

    /// Returns the proposals, except the one at `except`, whose metadata names `key`; in no particular order.
    pub(in crate::workspace) fn relating(&self, key: &Key, except: &Path) -> Vec<PathBuf> {
        self.among(&self.index.related, |opened| &opened.related, key, Some(except))
    }

    /// Returns the Markdown files that are among `paths` or below one of them.
    pub(in crate::workspace) fn paths_below<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> Vec<PathBuf> {
        let paths: Vec<&Path> = paths.collect();
        let is_below = |path: &Path| paths.iter().any(|above| path.starts_with(above));
        let known = self.index.pages.iter().map(|entry| entry.key().clone());
        known.filter(|path| is_below(path)).collect()
    }
}
