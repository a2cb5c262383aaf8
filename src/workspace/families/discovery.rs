//! The families of the workspace: found when its files are read, and kept up with what changes.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use dashmap::DashMap;

use super::family::Family;
use super::realms::Families;
use super::sketch::{Sketch, Sketches};
use crate::document::Document;
use crate::parallel;
use crate::workspace::cache::Cache;

/// What is known of families.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Discovery {
    found: RwLock<Found>,
    /// Held while families are found, which takes a while: readers have those before.
    turn: Mutex<()>,
    /// By folder: what the files around it tell, as long as not all have been read.
    pub(in crate::workspace) nearby: Cache<PathBuf, Arc<Families>>,
    /// By configuration file, or workspace folder, and place: the families that are set.
    pub(in crate::workspace) set: Cache<(PathBuf, usize), Arc<Family>>,
    /// By path: whether it may be a template by its name, which is asked at every keystroke.
    pub(in crate::workspace) named: DashMap<PathBuf, bool>,
    /// Counts what has changed of all that.
    changes: AtomicU64,
}

#[derive(Debug, Default)]
struct Found {
    /// What files look like; none before some were read.
    sketches: Option<Arc<Sketches>>,
    /// Whether they are all.
    is_whole: bool,
    repositories: Vec<PathBuf>,
    families: Arc<Families>,
}

impl Discovery {
    /// `sketches` of files in `repositories` are known now; of all of them, if `is_whole` says so.
    pub(in crate::workspace) fn set(&self, sketches: Sketches, repositories: Vec<PathBuf>, is_whole: bool) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        *self.write() = Found { sketches: Some(Arc::new(sketches)), is_whole, repositories, families };
        self.forget();
    }

    /// The file at `path` looks like `sketch` now, or is gone. Returns the families before, if that may have changed any.
    pub(in crate::workspace) fn update(&self, path: &Path, sketch: Option<Arc<Sketch>>) -> Option<Arc<Families>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (sketches, repositories, is_whole) = self.put(path, sketch)?;
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        let before = std::mem::replace(&mut self.write().families, families);
        self.set.forget();
        self.changes.fetch_add(1, Ordering::SeqCst);
        Some(before)
    }

    /// Puts `sketch` in the place of what is known of `path`; all that is known then, if that is other than before.
    fn put(&self, path: &Path, sketch: Option<Arc<Sketch>>) -> Option<(Arc<Sketches>, Vec<PathBuf>, bool)> {
        let mut found = self.write();
        let sketches = found.sketches.as_mut()?;
        if sketches.get(path) == sketch.as_ref() {
            return None;
        }
        let all = Arc::make_mut(sketches);
        match sketch {
            Some(sketch) => all.insert(path.to_owned(), sketch),
            None => all.remove(path),
        };
        let sketches = sketches.clone();
        Some((sketches, found.repositories.clone(), found.is_whole))
    }

    /// What the files together tell; none before some were read.
    pub(in crate::workspace) fn families(&self) -> Option<Arc<Families>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.as_ref().map(|_| found.families.clone())
    }

    /// All files, once they were looked for.
    pub(in crate::workspace) fn all(&self) -> Option<Arc<Sketches>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().filter(|_| found.is_whole)
    }

    /// What every file that is known looks like.
    pub(in crate::workspace) fn sketches(&self) -> Arc<Sketches> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().unwrap_or_default()
    }

    /// Looks again at the folders around documents, and at what settings say of families.
    pub(in crate::workspace) fn forget(&self) {
        self.nearby.forget();
        self.set.forget();
        self.named.clear();
        // At the end: whoever has seen this count, sees what has changed.
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// How often what was found may have changed.
    pub(in crate::workspace) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Found> {
        self.found.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many families there are among `documents`, which are those of the repository at `root`: discovery by itself, to be
/// measured.
pub fn count_families(root: &Path, documents: &[(PathBuf, Document)]) -> usize {
    let sketches = parallel::map(documents, |(_, document)| Arc::new(Sketch::of(document)));
    let sketches: Sketches = documents.iter().map(|(path, _)| path.clone()).zip(sketches).collect();
    Families::find(&sketches, &[root.to_owned()], true).iter().count()
}
