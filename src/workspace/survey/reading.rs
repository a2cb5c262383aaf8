//! Reading all files of the workspace.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};

use crate::document::Document;
use crate::parallel;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{self, Families, Sketch, Sketches, Standing};
use crate::workspace::files::{DocumentId, Walk};
use crate::workspace::index::{Kind, Page};

/// The progress of a reading of all files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// How many files have been read.
    pub read: usize,
    /// How many files there are to read.
    pub total: usize,
}

/// How many files are read first to guess the families: at least this many, and of many files one in so many.
const SAMPLE: usize = 64;
const SAMPLE_PART: usize = 16;

/// The sketch of a file and what the file was taken for; `None` if it cannot be read.
type Read = Option<(Arc<Sketch>, Standing)>;

impl Workspace {
    /// Reads all Markdown files below the workspace's folders, which takes a while. The reading ends early if another one starts.
    /// A file that cannot be read is logged once and left out.
    pub fn read_all(&self) {
        self.read_all_while(&|_| ControlFlow::Continue(()));
    }

    /// Like [`Workspace::read_all`], but calls `goes_on` before each file; if that breaks off, what has been read is kept.
    pub fn read_all_while(&self, goes_on: &(dyn Fn(Progress) -> ControlFlow<()> + Sync)) {
        let reading = self.index.reading.fetch_add(1, Ordering::Relaxed) + 1;
        let is_current = || self.index.reading.load(Ordering::Relaxed) == reading;
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (paths, repositories, sites) = self.walk();
        // What a file is depends on all others. The known families, or those of a sample, nearly always predict the final ones.
        let guess = self.discovery.families().unwrap_or_else(|| self.guess(&paths, &repositories));
        let read = self.read_each(&paths, &is_current, goes_on);
        if !is_current() {
            return;
        }
        let is_whole = read.iter().all(Option::is_some);
        let mut sketches = if is_whole { Sketches::new() } else { Arc::unwrap_or_clone(self.discovery.sketches()) };
        let mut standings: Vec<(&PathBuf, Option<Standing>)> = Vec::new();
        for (path, read) in paths.iter().zip(read) {
            match read {
                Some(Some((sketch, standing))) => {
                    sketches.insert(path.clone(), sketch);
                    standings.push((path, Some(standing)));
                }
                Some(None) => _ = sketches.remove(path),
                None => standings.push((path, None)),
            }
        }
        for (path, document) in self.open_templates() {
            sketches.insert(path, Arc::new(Sketch::of(&document)));
        }
        self.discovery.set(sketches, repositories, is_whole);
        self.read_others(&standings, &guess);
        sites.iter().for_each(|path| self.index.set(path, self.page_of_site(path)));
        if is_whole {
            let known: Vec<PathBuf> = self.index.pages.iter().map(|entry| entry.key().clone()).collect();
            let is_gone = |path: &&PathBuf| paths.binary_search(path).is_err() && !sites.contains(path);
            known.iter().filter(is_gone).for_each(|path| self.index.set(path, None));
        }
    }

    /// Reads the files at `paths` with [`Workspace::read_one`], while `is_current` holds and up to the first file at which
    /// `goes_on` breaks off. The result is `None` for files that were not read.
    fn read_each(
        &self,
        paths: &[PathBuf],
        is_current: &(dyn Fn() -> bool + Sync),
        goes_on: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
    ) -> Vec<Option<Read>> {
        let numbered: Vec<(usize, &PathBuf)> = paths.iter().enumerate().collect();
        // The index of the first file not to read.
        let end = AtomicUsize::new(usize::MAX);
        parallel::map(&numbered, |&(read, path)| {
            if read >= end.load(Ordering::Relaxed) || !is_current() {
                return None;
            }
            match goes_on(Progress { read, total: paths.len() }) {
                ControlFlow::Continue(()) => Some(self.read_one(path)),
                ControlFlow::Break(()) => {
                    end.fetch_min(read, Ordering::Relaxed);
                    None
                }
            }
        })
    }

    /// Guesses the families from a sample of the files at `paths`: possible templates, and some files of each shape.
    fn guess(&self, paths: &[PathBuf], repositories: &[PathBuf]) -> Arc<Families> {
        let sample = families::sample(paths, SAMPLE.max(paths.len() / SAMPLE_PART));
        let sketch = |path: &&PathBuf| {
            Some((path.to_path_buf(), Arc::new(Sketch::of(&Document::closed(&self.faults.read(path, &self.roots())?)))))
        };
        let sketches = parallel::map(&sample, sketch).into_iter().flatten().collect();
        self.discovery.set(sketches, repositories.to_vec(), false);
        self.discovery.families().unwrap_or_default()
    }

    /// Returns the files in the workspace's folders, the repositories there, and the settings of sites.
    fn walk(&self) -> (Vec<PathBuf>, Vec<PathBuf>, Vec<PathBuf>) {
        let (mut paths, mut repositories, mut sites, roots) = (Vec::new(), Vec::new(), Vec::new(), self.roots());
        for root in roots.iter() {
            let walk = Walk::of(root, roots.overlay());
            self.faults.note(root, walk.faults.into_iter().collect());
            paths.extend(walk.documents);
            repositories.extend(walk.repositories);
            sites.extend(walk.sites);
        }
        paths.sort_unstable();
        paths.dedup();
        (paths, families::repositories(&roots, repositories), sites)
    }

    /// Reads the file at `path`, which was found by a walk and so is in the workspace. Returns its sketch and what it was taken
    /// for.
    fn read_one(&self, path: &Path) -> Read {
        let document = self.faults.read(path, &self.roots()).map(|content| Arc::new(Document::closed(&content)));
        let sketch = document.as_ref().map(|document| Arc::new(Sketch::of(document)));
        let Some((document, sketch)) = document.zip(sketch) else {
            self.index.set(path, None);
            return None;
        };
        let standing = self.families_for(path).standing(path, || sketch.clone());
        let page = self.read_by(&DocumentId::File(path.to_owned()), document.clone(), &standing).indexed(path);
        self.index.set(path, Some(page));
        self.aside.put(path, &document);
        Some((sketch, standing))
    }

    /// Keeps the documents from the next reading of the workspace for [`Workspace::read_aside`], for a caller that goes through
    /// all of them right afterwards.
    pub fn put_aside(&self) {
        self.aside.open();
    }

    /// Takes the document at `path` as it was when the workspace was read. It is returned only once, and only after
    /// [`Workspace::put_aside`].
    pub fn read_aside(&self, path: &Path) -> Option<Arc<Document>> {
        self.aside.take(path)
    }

    /// Updates what is kept of the files whose families have changed: from those in `standings`, or, for a file without one
    /// there, from those `before`.
    pub(super) fn read_others(&self, standings: &[(&PathBuf, Option<Standing>)], before: &Families) {
        let Some(after) = self.discovery.families() else { return };
        let is_other = |(path, standing): &&(&PathBuf, Option<Standing>)| {
            let known = standing.as_ref().map_or_else(|| before.membership(path), Standing::membership);
            known != after.membership(path)
        };
        let others: Vec<PathBuf> = standings.iter().filter(is_other).map(|(path, _)| (*path).clone()).collect();
        if others.is_empty() {
            return;
        }
        // An open document may have changed its family although nothing kept of the disk changes.
        self.index.changes.fetch_add(1, Ordering::SeqCst);
        self.read_each_anew(&others);
    }

    /// Updates what is kept of the files at `paths`. All of it changes at once, so that nobody counts some files as they were and some
    /// as they are.
    pub(super) fn read_each_anew(&self, paths: &[PathBuf]) {
        let page = |path: &PathBuf| {
            let content = self.faults.read(path, &self.roots());
            content.map(|content| self.page_of_file(path, Arc::new(Document::closed(&content))))
        };
        let pages = parallel::map(paths, page);
        paths.iter().zip(pages).for_each(|(path, page)| self.index.set(path, page));
    }

    /// Reads the histories of the repositories, and again the proposals that may follow an earlier version of their template. Returns
    /// whether anything has changed.
    pub fn follow_histories(&self) -> bool {
        if !self.read_histories() {
            return false;
        }
        let families = self.discovery.families().unwrap_or_default();
        let mut templates = families.iter().filter_map(|family| family.template.clone());
        if templates.any(|template| self.has_versions(&template)) {
            let is_proposal = |page: &Page| page.exports.kind == Kind::Proposal;
            let proposals = self.index.pages.iter().filter(|entry| is_proposal(entry.value()));
            let proposals: Vec<PathBuf> = proposals.map(|entry| entry.key().clone()).collect();
            self.read_each_anew(&proposals);
        }
        // Open documents may follow another version although nothing kept of the disk changes.
        self.index.changes.fetch_add(1, Ordering::SeqCst);
        true
    }

    pub(super) fn page_of_file(&self, path: &Path, document: Arc<Document>) -> Page {
        self.read_as(&DocumentId::File(path.to_owned()), document).indexed(path)
    }
}
