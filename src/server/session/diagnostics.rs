//! The diagnostics of open documents, as sent to the client.

use std::sync::Arc;

use tower_lsp::lsp_types::{Diagnostic, Url};

use super::problems::Found;
use super::{Name, Session};
use crate::document::Document;
use crate::server::protocol::to_lsp::{self, Others};
use crate::workspace::{DocumentId, Faulty};

impl Session {
    /// Returns the diagnostics of the open document `id`; empty unless it is a proposal, a template or a configuration file.
    pub(in crate::server) fn diagnostics(&self, id: &DocumentId, name: &Name) -> Vec<Diagnostic> {
        if id.is_config() {
            return self.own_problems(id);
        }
        match self.workspace.document(id) {
            Some(document) => self.diagnostics_of(id, name, document),
            None => Vec::new(),
        }
    }

    /// Returns the diagnostics of `document`, a version of the document `id`.
    pub(in crate::server) fn diagnostics_of(
        &self,
        id: &DocumentId,
        name: &Name,
        document: Arc<Document>,
    ) -> Vec<Diagnostic> {
        if id.is_config() {
            return self.own_problems(id);
        }
        let Some(snapshot) = self.workspace.page_of(id, document) else { return self.other_problems(id) };
        let (uri, version) = (&name.uri, name.version);
        let context = to_lsp::Context { uri, version, snapshot: &snapshot, support: self.support(), others: self };
        context.diagnostics(&self.workspace.diagnostics(&snapshot))
    }

    /// Returns the problems of configuration files and templates, and of the metadata beside open proposals, to show: all except
    /// those that the client asks for itself.
    pub(super) fn found_problems(&self) -> Found {
        let mut found = self.found_beside();
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

    /// Returns the diagnostics of the configuration file or template `id`; empty if it is not in use.
    pub(super) fn own_problems(&self, id: &DocumentId) -> Vec<Diagnostic> {
        let configs = self.workspace.configs();
        let own = configs.problems().find(|faulty| DocumentId::File(faulty.path.clone()) == *id);
        own.map(|faulty| self.convert(&faulty)).unwrap_or_default()
    }

    /// Returns the diagnostics of `id`, which is not a proposal; empty unless it is a template, or the metadata beside a proposal.
    pub(super) fn other_problems(&self, id: &DocumentId) -> Vec<Diagnostic> {
        if self.workspace.is_template(id) {
            return self.own_problems(id);
        }
        self.beside(id).map(|(_, items)| items).unwrap_or_default()
    }

    /// Returns the faults in the metadata beside open proposals.
    fn found_beside(&self) -> Found {
        let support = self.support();
        if support.pulls_workspace {
            return Found::new();
        }
        let open: Vec<DocumentId> = self.names().keys().cloned().collect();
        let beside = open.iter().filter_map(|id| self.workspace.page(id)?.beside().map(|beside| beside.id().clone()));
        let shown = beside.filter(|id| !support.pulls_diagnostics || self.name(id).is_none());
        let found = shown.filter_map(|id| Some((id.clone(), self.beside(&id)?)));
        found.filter(|(_, (_, items))| !items.is_empty()).collect()
    }

    /// Returns the diagnostics of the metadata `id` beside a proposal, with its URI.
    pub(in crate::server) fn beside(&self, id: &DocumentId) -> Option<(Url, Vec<Diagnostic>)> {
        let proposal = self.workspace.proposal_beside(id.path()?)?;
        let (found, snapshot) = (self.workspace.sidecar_diagnostics(&proposal)?, proposal.beside()?);
        let uri = self.uri(id)?;
        let context =
            to_lsp::Context { uri: &uri, version: 0, snapshot: &snapshot, support: self.support(), others: self };
        let items = context.diagnostics(&found);
        Some((uri, items))
    }

    fn convert(&self, faulty: &Faulty) -> Vec<Diagnostic> {
        faulty.problems.iter().map(|problem| to_lsp::problem(problem, faulty, self.support())).collect()
    }
}
