//! What a workspace knows: the folders, the settings, the open documents, and what is kept of all files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use dashmap::DashMap;

use super::analysis::Analysis;
use super::aside::Aside;
use super::templates::Templates;
use crate::document::Document;
use crate::syntax::{AnchorNames, Origin};
use crate::workspace::cache::Cache;
use crate::workspace::families::Discovery;
use crate::workspace::files::committed::Committed;
use crate::workspace::files::{self, DocumentId, Faults};
use crate::workspace::index::{Exports, Index};
use crate::workspace::settings::{Configs, Given, Settings};

/// The open documents and the folders that they live in.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) given: Given,
    roots: RwLock<Arc<Vec<PathBuf>>>,
    settings: RwLock<Arc<Settings>>,
    pub(in crate::workspace) documents: DashMap<DocumentId, Arc<Document>>,
    pub(super) templates: Templates,
    pub(super) configs: Configs,
    pub(in crate::workspace) index: Index,
    pub(in crate::workspace) discovery: Discovery,
    pub(in crate::workspace) faults: Faults,
    /// What is kept of the open documents.
    pub(in crate::workspace) analyses: DashMap<DocumentId, Arc<Analysis>>,
    /// What other documents were last checked against of the open documents.
    pub(in crate::workspace) seen: DashMap<DocumentId, Seen>,
    /// Counts what may have changed the diagnostics of documents that have not changed themselves.
    pub(in crate::workspace) epoch: AtomicU64,
    /// By open document: the epoch in which was last asked where its links lead, and what tells the answers.
    pub(in crate::workspace) origins: DashMap<DocumentId, (u64, Origin)>,
    /// By path: the anchors in a Markdown file, as far as it was asked for; and whether something is there.
    pub(super) anchors: Cache<PathBuf, Option<Arc<AnchorNames>>>,
    pub(super) paths: Cache<PathBuf, bool>,
    /// By folder: the files that git has, as far as it can say so.
    pub(in crate::workspace) committed: Cache<PathBuf, Option<Arc<Committed>>>,
    /// The revision that counts for them; none for the last commit.
    pub(in crate::workspace) revision: OnceLock<String>,
    pub(in crate::workspace) aside: Aside,
}

/// What others see of a version of a document.
#[derive(Debug, PartialEq)]
pub(in crate::workspace) struct Seen {
    pub(in crate::workspace) exports: Arc<Exports>,
    pub(in crate::workspace) names: Arc<AnchorNames>,
}

impl Workspace {
    /// A workspace where `given` holds, whatever the folders have.
    pub fn with(given: Given) -> Workspace {
        Workspace { given, ..Workspace::default() }
    }

    /// The folders of the workspace become `roots`.
    pub fn set_roots(&self, roots: Vec<PathBuf>) {
        let roots = roots.iter().map(|root| files::normalize(root)).collect();
        *self.roots.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(roots);
        self.refresh();
    }

    /// The folders of the workspace.
    pub fn roots(&self) -> Arc<Vec<PathBuf>> {
        self.roots.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The editor's settings become `settings`.
    pub fn set_settings(&self, settings: Settings) {
        let settings = Arc::new(settings.with_families());
        *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = settings;
        self.refresh();
    }

    /// The editor's settings.
    pub(super) fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The open document `id`.
    pub fn document(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.documents.get(id).map(|document| document.clone())
    }

    /// The open documents.
    pub fn open(&self) -> Vec<DocumentId> {
        self.documents.iter().map(|entry| entry.key().clone()).collect()
    }

    /// A number that changes with everything that may change the diagnostics of documents that have not changed themselves.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst) + self.changes() + self.discovery.changes()
    }

    /// How often what is kept of the files has changed.
    pub fn changes(&self) -> u64 {
        self.index.changes.load(Ordering::SeqCst)
    }

    /// Whether the file at `path` was found to be a template.
    pub fn is_found_template(&self, path: &Path) -> bool {
        self.discovery.families().is_some_and(|families| families.has_template(path))
    }

    /// Looks at the disk again for templates and configuration files, the next time that one is needed.
    pub fn refresh(&self) {
        self.analyses.clear();
        self.anchors.forget();
        self.paths.forget();
        self.committed.forget();
        self.templates.forget();
        self.configs.forget();
        self.discovery.forget();
        // What is worked out before that may be of what was there before.
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }
}
