//! Keeping up with what changes: in the editor, and on the disk.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::document::Document;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Families, Sketch, Standing};
use crate::workspace::files::{self, DocumentId, is_site};

impl Workspace {
    /// An editor has `document` open as `id`, in this version from now on.
    pub fn put(&self, id: DocumentId, document: Arc<Document>) {
        let is_config = id.is_config();
        if let DocumentId::File(path) = &id {
            self.note_open(path, &document);
        }
        // Others saw what the disk has of one that was not open.
        let is_template = self.is_template(&id);
        let is_new = self.documents.insert(id, document).is_none();
        self.epoch.fetch_add(u64::from(is_new || is_template), Ordering::SeqCst);
        if is_config {
            self.refresh();
        }
    }

    /// The editor has closed `id`.
    pub fn remove(&self, id: &DocumentId) {
        self.documents.remove(id);
        self.analyses.remove(id);
        self.seen.remove(id);
        self.origins.remove(id);
        self.epoch.fetch_add(1, Ordering::Relaxed);
        // A template that only the editor has is gone.
        if id.is_config() || self.is_template(id) {
            self.refresh();
        }
    }

    /// Reads the file at `path` again, which has changed, come or gone.
    pub fn read_again(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let path = files::normalize(path);
        if is_site(&path) && files::root_of(&path, &self.roots()).is_some() {
            return self.index.set(&path, self.page_of_site(&path));
        }
        if !files::is_document(&path) || files::root_of(&path, &self.roots()).is_none() {
            return;
        }
        let content = self.faults.read(&path, &self.roots());
        let document = content.map(|content| Arc::new(Document::closed(&content)));
        // What others follow counts as the editor has it.
        let open = self.open_template(&path);
        let shown = open.as_ref().or(document.as_ref());
        self.note(&path, shown.map(|document| Arc::new(Sketch::of(document))));
        self.index.set(&path, document.map(|document| self.page_of_file(&path, document)));
    }

    /// Reads anew what is kept of the files that follow the template at `path`, which the editor has in another version than when
    /// they were read.
    pub fn read_followers(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let follows = |page: &PathBuf| self.template(&DocumentId::File(page.clone())).source.as_deref() == Some(path);
        let known: Vec<PathBuf> = self.index.pages.iter().map(|entry| entry.key().clone()).collect();
        let followers: Vec<PathBuf> = known.into_iter().filter(follows).collect();
        self.read_each_anew(&followers);
    }

    /// The editor has `document` open as the file at `path`: where it may be a template, that decides what others are.
    pub(in crate::workspace) fn note_open(&self, path: &Path, document: &Document) {
        if self.may_be_template(path) {
            self.note(path, Some(Arc::new(Sketch::of(document))));
        }
    }

    /// The file at `path` looks like `sketch` now, or is gone: what is kept of files that are of other families now is read
    /// anew.
    pub(in crate::workspace) fn note(&self, path: &Path, sketch: Option<Arc<Sketch>>) {
        if let Some(before) = self.discovery.update(path, sketch) {
            self.read_after(&before);
        }
    }

    /// The families are others now than they were `before`: reads anew what is kept of files that are in others.
    pub(in crate::workspace) fn read_after(&self, before: &Families) {
        let sketches = self.discovery.sketches();
        let all: Vec<(&PathBuf, Option<Standing>)> = sketches.keys().map(|path| (path, None)).collect();
        self.read_others(&all, before);
    }
}
