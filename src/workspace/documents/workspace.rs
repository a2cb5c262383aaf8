//! The workspace: its folders, its settings, the open documents, and what is kept of all files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, RwLock};

use dashmap::DashMap;

use super::analysis::Analysis;
use super::aside::Aside;
use super::sidecar::Sidecars;
use super::templates::Templates;
use super::times::Times;
use crate::document::Document;
use crate::syntax::{AnchorNames, Origin};
use crate::workspace::cache::Cache;
use crate::workspace::families::Discovery;
use crate::workspace::files::committed::Committed;
use crate::workspace::files::{self, DocumentId, Faults, Overlay, Roots};
use crate::workspace::index::{Components, Exports, Index, OpenedOnce};
use crate::workspace::settings::{Configs, Given, Settings};

/// The open documents and the folders around them.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) given: Given,
    roots: RwLock<Arc<Roots>>,
    settings: RwLock<Arc<Settings>>,
    pub(in crate::workspace) documents: DashMap<DocumentId, Arc<Document>>,
    pub(super) templates: Templates,
    pub(super) sidecars: Sidecars,
    pub(super) configs: Configs,
    pub(in crate::workspace) index: Index,
    pub(in crate::workspace) discovery: Discovery,
    pub(in crate::workspace) faults: Faults,
    /// The analyses of the open documents.
    pub(in crate::workspace) analyses: DashMap<DocumentId, Arc<Analysis>>,
    /// For each open document: what other documents last saw of it.
    pub(in crate::workspace) seen: DashMap<DocumentId, Seen>,
    /// Counts events that may change the diagnostics of documents that have not changed themselves.
    pub(in crate::workspace) epoch: AtomicU64,
    /// Counts the versions of documents that were set or removed.
    pub(in crate::workspace) versions: AtomicU64,
    /// What the open documents have, in the last state that was asked for.
    pub(in crate::workspace) opened: Mutex<OpenedOnce>,
    /// For each open document: the epoch in which the targets of its links were last asked for, and their origin.
    pub(in crate::workspace) origins: DashMap<DocumentId, (u64, Origin)>,
    /// By path: the anchors of a Markdown file, if they have been asked for; and whether a path exists.
    pub(super) anchors: Cache<PathBuf, Option<Arc<AnchorNames>>>,
    pub(super) paths: Cache<PathBuf, bool>,
    /// By folder: the files that git has, if that is known.
    pub(in crate::workspace) committed: Cache<PathBuf, Option<Arc<Committed>>>,
    /// The revision used for them; unset for the last commit.
    pub(in crate::workspace) revision: OnceLock<String>,
    pub(in crate::workspace) aside: Aside,
    pub(super) times: Times,
    /// The circles among the proposals that refer to each other.
    pub(in crate::workspace) components: Mutex<Components>,
}

/// What other documents see of a version of a document.
#[derive(Debug, PartialEq)]
pub(in crate::workspace) struct Seen {
    pub(in crate::workspace) exports: Arc<Exports>,
    pub(in crate::workspace) names: Arc<AnchorNames>,
}

impl Workspace {
    /// Creates a workspace in which `given` overrides what the folders have.
    pub fn with(given: Given) -> Workspace {
        Workspace { given, ..Workspace::default() }
    }

    /// Sets the folders of the workspace.
    pub fn set_roots(&self, roots: Vec<PathBuf>) {
        let roots = roots.iter().map(|root| files::normalize(root)).collect();
        let roots = self.roots().with(roots);
        self.put_roots(roots);
    }

    /// Sets the files that stand in for those on the disk.
    pub fn set_overlay(&self, overlay: Overlay) {
        let roots = self.roots().under(Arc::new(overlay));
        self.put_roots(roots);
    }

    fn put_roots(&self, roots: Roots) {
        *self.roots.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(roots);
        self.refresh();
    }

    /// Returns the folders of the workspace.
    pub fn roots(&self) -> Arc<Roots> {
        self.roots.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Sets the editor's settings.
    pub fn set_settings(&self, settings: Settings) {
        let settings = Arc::new(settings.with_families());
        *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = settings;
        self.refresh();
    }

    /// Returns the editor's settings.
    pub(super) fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Returns the open document `id`.
    pub fn document(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.documents.get(id).map(|document| document.clone())
    }

    /// Returns the IDs of the open documents.
    pub fn open(&self) -> Vec<DocumentId> {
        self.documents.iter().map(|entry| entry.key().clone()).collect()
    }

    /// Returns a number that changes with everything that may change the diagnostics of documents that have not changed
    /// themselves.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst) + self.changes() + self.discovery.changes()
    }

    /// Returns how often what is kept of the files has changed.
    pub fn changes(&self) -> u64 {
        self.index.changes.load(Ordering::SeqCst)
    }

    /// Whether the file at `path` was found to be a template.
    pub fn is_found_template(&self, path: &Path) -> bool {
        self.discovery.families().is_some_and(|families| families.has_template(path))
    }

    /// Forgets what is cached of the disk, so that templates and configuration files are looked for again when they are needed.
    pub fn refresh(&self) {
        self.analyses.clear();
        self.anchors.forget();
        self.paths.forget();
        self.committed.forget();
        self.templates.forget();
        self.sidecars.forget();
        self.times.forget();
        self.configs.forget();
        self.discovery.forget();
        // Last: anything computed before this may depend on the old state.
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }
}
