//! What is wrong with configuration files and templates, published as diagnostics of those files.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams, Url};

use super::state::State;
use super::to_lsp;
use crate::workspace::{DocumentId, Faulty};

/// The files that have diagnostics: what the client calls them, and the diagnostics.
type Found = BTreeMap<DocumentId, (Url, Vec<Diagnostic>)>;

/// What the client was last told of them.
#[derive(Debug, Default)]
pub(super) struct Problems {
    is_stale: AtomicBool,
    published: Mutex<Found>,
}

impl Problems {
    /// The configuration files, or the documents that they are for, may have changed.
    pub(super) fn expire(&self) {
        self.is_stale.store(true, Ordering::Relaxed);
    }

    /// Whether they may have since this was asked last.
    fn take_stale(&self) -> bool {
        self.is_stale.swap(false, Ordering::Relaxed)
    }

    /// What to send where `found` is what is to be shown.
    fn changes(&self, found: Found) -> Vec<(Url, Vec<Diagnostic>)> {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = published.iter().filter(|(id, _)| !found.contains_key(id));
        let gone: Vec<_> = gone.map(|(_, (uri, _))| (uri.clone(), Vec::new())).collect();
        let changed = found.iter().filter(|(id, found)| published.get(id) != Some(found));
        let changed = changed.map(|(_, (uri, diagnostics))| (uri.clone(), diagnostics.clone()));
        let changes = gone.into_iter().chain(changed).collect();
        *published = found;
        changes
    }
}

impl State {
    /// Sends the diagnostics of these files where they have changed.
    pub(super) async fn publish_problems(&self) {
        if !self.problems.take_stale() {
            return;
        }
        for (uri, diagnostics) in self.problems.changes(self.found_problems()) {
            let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
            self.outbox.notify::<PublishDiagnostics>(&params).await;
        }
    }

    /// What is to be shown: all but what a client that pulls diagnostics asks for by itself, as it does for the documents
    /// that are open.
    fn found_problems(&self) -> Found {
        let mut found = Found::new();
        for faulty in self.workspace.configs().problems() {
            let id = DocumentId::File(faulty.path.clone());
            let name = self.name(&id);
            let is_pulled = name.is_some() && self.support().pulls_diagnostics;
            let uri = name.map(|name| name.uri).or_else(|| to_lsp::uri(&faulty.path));
            if let Some(uri) = uri.filter(|_| !faulty.problems.is_empty() && !is_pulled) {
                found.insert(id, (uri, self.convert(&faulty)));
            }
        }
        found
    }

    /// The diagnostics of the configuration file or template `id`: none, if it is not in use.
    pub(super) fn own_problems(&self, id: &DocumentId) -> Vec<Diagnostic> {
        let configs = self.workspace.configs();
        let own = configs.problems().find(|faulty| DocumentId::File(faulty.path.clone()) == *id);
        own.map(|faulty| self.convert(&faulty)).unwrap_or_default()
    }

    /// The diagnostics of `id`, which is no proposal: none, if it is no template.
    pub(super) fn template_problems(&self, id: &DocumentId) -> Vec<Diagnostic> {
        if self.workspace.is_template(id) { self.own_problems(id) } else { Vec::new() }
    }

    fn convert(&self, faulty: &Faulty) -> Vec<Diagnostic> {
        faulty.problems.iter().map(|problem| to_lsp::problem(problem, faulty, self.support())).collect()
    }
}
