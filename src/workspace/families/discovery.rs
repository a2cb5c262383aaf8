//! The families of the workspace: found when its files are read, and updated with changes.

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

/// The known families.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Discovery {
    found: RwLock<Found>,
    /// Held while families are being found, which takes a while; readers get the previous ones.
    turn: Mutex<()>,
    /// For each folder: the families found from the files around it, used until all files have been read.
    pub(in crate::workspace) nearby: Cache<PathBuf, Arc<Families>>,
    /// For each configuration file or workspace folder, and each index: the families from settings.
    pub(in crate::workspace) set: Cache<(PathBuf, usize), Arc<Family>>,
    /// For each path: whether it may be a template by its name, which is asked at every keystroke.
    pub(in crate::workspace) named: DashMap<PathBuf, bool>,
    /// Counts the changes of all of this.
    changes: AtomicU64,
}

#[derive(Debug, Default)]
struct Found {
    /// The sketches of files; `None` until some have been read.
    sketches: Option<Arc<Sketches>>,
    /// Whether they cover all files.
    is_whole: bool,
    repositories: Vec<PathBuf>,
    families: Arc<Families>,
}

impl Discovery {
    /// Sets the `sketches` of the files in `repositories`; `is_whole` says whether they cover all files.
    pub(in crate::workspace) fn set(&self, sketches: Sketches, repositories: Vec<PathBuf>, is_whole: bool) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        *self.write() = Found { sketches: Some(Arc::new(sketches)), is_whole, repositories, families };
        self.forget();
    }

    /// Sets the sketch of the file at `path`, `None` if it is gone. Returns the previous families if they may have changed.
    pub(in crate::workspace) fn update(&self, path: &Path, sketch: Option<Arc<Sketch>>) -> Option<Arc<Families>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (sketches, repositories, is_whole) = self.put(path, sketch)?;
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        let before = std::mem::replace(&mut self.write().families, families);
        self.set.forget();
        self.changes.fetch_add(1, Ordering::SeqCst);
        Some(before)
    }

    /// Sets the sketch of `path`. Returns everything known if this is a change.
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

    /// Returns the families found in the files; `None` until some files have been read.
    pub(in crate::workspace) fn families(&self) -> Option<Arc<Families>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.as_ref().map(|_| found.families.clone())
    }

    /// Returns the sketches of all files, once all have been read.
    pub(in crate::workspace) fn all(&self) -> Option<Arc<Sketches>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().filter(|_| found.is_whole)
    }

    /// Returns the sketches of all known files.
    pub(in crate::workspace) fn sketches(&self) -> Arc<Sketches> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().unwrap_or_default()
    }

    /// Forgets what depends on the folders around documents and on settings.
    pub(in crate::workspace) fn forget(&self) {
        self.nearby.forget();
        self.set.forget();
        self.named.clear();
        // Last, so that whoever sees this count also sees the changes.
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns how often the families may have changed.
    pub(in crate::workspace) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Found> {
        self.found.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the families among `documents`, those of the repository at `root`. This is discovery alone, for benchmarks.
pub fn count_families(root: &Path, documents: &[(PathBuf, Document)]) -> usize {
    let sketches = parallel::map(documents, |(_, document)| Arc::new(Sketch::of(document)));
    let sketches: Sketches = documents.iter().map(|(path, _)| path.clone()).zip(sketches).collect();
    Families::find(&sketches, &[root.to_owned()], true).iter().count()
}
