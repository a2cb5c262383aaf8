//! Keeping up with changes in the editor and on the disk.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use crate::document::Document;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{Families, Sketch, Standing};
use crate::workspace::files::{self, DocumentId, is_site};

impl Workspace {
    /// Sets the current version of the document `id`, which is open in the editor.
    pub fn put(&self, id: DocumentId, document: Arc<Document>) {
        let is_config = id.is_config();
        if let DocumentId::File(path) = &id {
            self.note_open(path, &document);
        }
        // If the document was not open, others have seen the content on the disk until then.
        let is_template = self.is_template(&id) || id.path().is_some_and(|path| self.is_sidecar(path));
        let is_new = self.documents.insert(id, document).is_none();
        self.versions.fetch_add(1, Ordering::SeqCst);
        self.epoch.fetch_add(u64::from(is_new || is_template), Ordering::SeqCst);
        if is_config {
            self.refresh();
        }
    }

    /// Removes the document `id`, which the editor has closed.
    pub fn remove(&self, id: &DocumentId) {
        self.documents.remove(id);
        self.versions.fetch_add(1, Ordering::SeqCst);
        self.analyses.remove(id);
        self.seen.remove(id);
        self.origins.remove(id);
        self.epoch.fetch_add(1, Ordering::Relaxed);
        // A template that existed only in the editor is gone.
        if id.is_config() || self.is_template(id) {
            self.refresh();
        }
    }

    /// Reads the file at `path` again, which has been changed, created or removed.
    pub fn read_again(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let path = files::normalize(path);
        self.read_each_anew(&self.files_beside(&path));
        if is_site(&path) && files::root_of(&path, &self.roots()).is_some() {
            return self.index.set(&path, self.page_of_site(&path));
        }
        if !files::is_document(&path) || files::root_of(&path, &self.roots()).is_none() {
            return;
        }
        let content = self.faults.read(&path, &self.roots());
        let document = content.map(|content| Arc::new(Document::closed(&content)));
        // For files that others follow, the editor's content counts.
        let open = self.open_template(&path);
        let shown = open.as_ref().or(document.as_ref());
        self.note(&path, shown.map(|document| Arc::new(Sketch::of(document))));
        self.index.set(&path, document.map(|document| self.page_of_file(&path, document)));
    }

    /// Updates what is kept of the files that follow the template at `path`, which has changed in the editor since they were
    /// read.
    pub fn read_followers(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let follows = |page: &PathBuf| self.template(&DocumentId::File(page.clone())).source.as_deref() == Some(path);
        let known: Vec<PathBuf> = self.index.pages.iter().map(|entry| entry.key().clone()).collect();
        let followers: Vec<PathBuf> = known.into_iter().filter(follows).collect();
        self.read_each_anew(&followers);
    }

    /// Updates the families with `document`, open as the file at `path`, if it may be a template.
    pub(in crate::workspace) fn note_open(&self, path: &Path, document: &Document) {
        if self.may_be_template(path) {
            self.note(path, Some(Arc::new(Sketch::of(document))));
        }
    }

    /// Sets the sketch of the file at `path`, `None` if it is gone, and updates what is kept of files whose family changes.
    pub(in crate::workspace) fn note(&self, path: &Path, sketch: Option<Arc<Sketch>>) {
        if let Some(before) = self.discovery.update(path, sketch) {
            self.read_after(&before);
        }
    }

    /// Updates what is kept of the files whose family differs from the one `before`.
    pub(in crate::workspace) fn read_after(&self, before: &Families) {
        let sketches = self.discovery.sketches();
        let all: Vec<(&PathBuf, Option<Standing>)> = sketches.keys().map(|path| (path, None)).collect();
        self.read_others(&all, before);
    }
}
