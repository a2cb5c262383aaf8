//! Which documents are proposals, and by which template.

pub mod files;
mod kind;
mod settings;
mod templates;

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use dashmap::DashMap;

use crate::document::{Document, Proposal};
use crate::rules::{self, Diagnostic, Severities};
use crate::template::Template;
use crate::text::Text;
use kind::Kind;
use templates::Templates;

pub use settings::{Problem, Settings};

/// What names a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentId {
    /// A file, by its normalized path.
    File(PathBuf),
    /// Something else that an editor shows, by its URI: served from the editor's text alone.
    Other(String),
}

impl DocumentId {
    /// The file at `path`, whatever `.` and `..` the path has.
    pub fn file(path: &Path) -> DocumentId {
        DocumentId::File(files::normalize(path))
    }

    /// A path to judge the document's name by.
    fn name(&self) -> &Path {
        match self {
            DocumentId::File(path) => path,
            DocumentId::Other(uri) => Path::new(uri.split(['?', '#']).next().unwrap_or_default()),
        }
    }
}

/// The open documents and the folders that they live in.
#[derive(Debug, Default)]
pub struct Workspace {
    roots: RwLock<Vec<PathBuf>>,
    settings: RwLock<Arc<Settings>>,
    documents: DashMap<DocumentId, Arc<Document>>,
    templates: Templates,
}

/// A proposal as one request sees it, whatever changes meanwhile.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub document: Arc<Document>,
    /// Its template.
    pub template: Arc<Template>,
    settings: Arc<Settings>,
}

impl Snapshot {
    /// The document read with its template.
    pub fn proposal(&self) -> Proposal<'_> {
        Proposal::of(&self.document, &self.template)
    }

    /// The proposal's faults.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        rules::check(&self.proposal(), &self.settings.severities)
    }

    /// The severities that the settings give to rules.
    pub fn severities(&self) -> &Severities {
        &self.settings.severities
    }

    /// The document's text.
    pub fn text(&self) -> &Text {
        self.document.text()
    }
}

impl Workspace {
    /// The folders of the workspace become `roots`.
    pub fn set_roots(&self, roots: Vec<PathBuf>) {
        let roots = roots.iter().map(|root| files::normalize(root)).collect();
        *self.roots.write().unwrap_or_else(std::sync::PoisonError::into_inner) = roots;
        self.templates.forget();
    }

    /// The folders of the workspace.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.roots.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The settings become `settings`.
    pub fn set_settings(&self, settings: Settings) {
        *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(settings);
        self.templates.forget();
    }

    /// The settings.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// An editor has `document` open as `id`, in this version from now on.
    pub fn put(&self, id: DocumentId, document: Arc<Document>) {
        self.documents.insert(id, document);
    }

    /// `document` takes the place of `known`, unless a newer version did so before.
    pub fn replace(&self, id: &DocumentId, known: &Arc<Document>, document: Arc<Document>) {
        if let Some(mut current) = self.documents.get_mut(id)
            && Arc::ptr_eq(&current, known)
        {
            *current = document;
        }
    }

    /// The editor has closed `id`.
    pub fn remove(&self, id: &DocumentId) {
        self.documents.remove(id);
    }

    /// The open document `id`.
    pub fn document(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.documents.get(id).map(|document| document.clone())
    }

    /// The open documents.
    pub fn open(&self) -> Vec<DocumentId> {
        self.documents.iter().map(|entry| entry.key().clone()).collect()
    }

    /// The open document `id`, if it is a proposal.
    pub fn proposal(&self, id: &DocumentId) -> Option<Snapshot> {
        self.snapshot(id, self.document(id)?)
    }

    /// `document`, which has the name `id`, if it is a proposal.
    pub fn snapshot(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        let settings = self.settings();
        let roots = self.roots();
        let template = self.templates.of(id, &roots, &settings, |path| self.document(&DocumentId::file(path)));
        let kind = kind::of(id.name(), &document, &template, &roots, &settings);
        (kind == Kind::Proposal).then_some(Snapshot { document, template, settings })
    }

    /// Whether `id` may be a template, so that a change of it concerns other documents.
    pub fn is_template(&self, id: &DocumentId) -> bool {
        match id {
            DocumentId::File(path) => crate::template::is_template_name(path) || self.templates.has(path),
            DocumentId::Other(_) => false,
        }
    }

    /// Looks at the disk again for templates, the next time that one is needed.
    pub fn refresh_templates(&self) {
        self.templates.forget();
    }
}

#[cfg(test)]
mod tests;
