//! Sends the diagnostics that follow from changes, and tells the client to ask for the rest again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams};

use super::outstanding::Resend;
use super::{Name, Session};
use crate::document::Document;
use crate::workspace::DocumentId;

/// How long the message loop may spend on the diagnostics of a document.
const SHORT: Duration = Duration::from_millis(4);

impl Session {
    /// Computes the diagnostics of all open documents again.
    pub(in crate::server) fn check_all(&self) {
        self.told.problems.expire();
        self.check_open(Resend::Always);
    }

    pub(super) fn check_open(&self, send: Resend) {
        let open: Vec<DocumentId> = self.names().keys().cloned().collect();
        self.outstanding.add(open, send);
        self.refresh_pulled();
    }

    /// Tells a client that asks for diagnostics, hints, tokens or lenses to do so again: once for all changes that come before it
    /// has answered the last time.
    fn refresh_pulled(&self) {
        let support = self.support();
        let is_some = support.diagnostic_refresh || support.hint_refresh || support.lens_refresh;
        if is_some || support.tokens.refreshes() {
            self.outstanding.refresh();
        }
    }

    /// Sends diagnostics as they change, forever. The loop runs when no message is waiting, so of several queued changes only the
    /// last one is analyzed.
    pub(in crate::server) async fn publish(self: Arc<Self>) {
        loop {
            self.outstanding.woken().await;
            for (id, send) in self.outstanding.take() {
                self.publish_one(&id, send).await;
            }
            self.publish_problems().await;
            if self.outstanding.take_refresh() {
                self.refresh().await;
            }
        }
    }

    async fn refresh(self: &Arc<Self>) {
        if self.support().diagnostic_refresh
            && let Err(error) = self.client.workspace_diagnostic_refresh().await
        {
            tracing::debug!("the client did not refresh its diagnostics: {error}");
        }
        if self.support().hint_refresh
            && let Err(error) = self.client.inlay_hint_refresh().await
        {
            tracing::debug!("the client did not refresh its hints: {error}");
        }
        if self.support().tokens.refreshes()
            && let Err(error) = self.client.semantic_tokens_refresh().await
        {
            tracing::debug!("the client did not refresh its tokens: {error}");
        }
        self.refresh_lenses().await;
    }

    async fn publish_one(self: &Arc<Self>, id: &DocumentId, send: Resend) {
        let Some(name) = self.name(id) else { return };
        let document = self.workspace.document(id);
        let is_open = document.is_some();
        if !is_open {
            self.names().remove(id);
        }
        if !self.support().pulls_diagnostics && !id.is_config() {
            let diagnostics = match document {
                Some(document) => self.checked(id, &name, document).await,
                None => self.other_problems(id),
            };
            // A document that has changed meanwhile is checked again, and sent only then.
            if self.outstanding.is_due_again(id, send) {
                return;
            }
            let Name { uri, version, .. } = name;
            if send == Resend::Always || self.told.published.is_new(id, version, &diagnostics) {
                let shown = Some(version).filter(|_| is_open && self.support().diagnostic_version);
                let params = PublishDiagnosticsParams { uri, diagnostics, version: shown };
                self.outbox.notify::<PublishDiagnostics>(&params).await;
                self.told.published.note(id, is_open.then_some((version, params.diagnostics)));
            }
        }
        self.check_others(id);
    }

    /// Returns the diagnostics of `document`, the version of `id` known as `name`. They are computed on the message loop if that
    /// took no longer the last time than handing them to another thread would.
    async fn checked(self: &Arc<Self>, id: &DocumentId, name: &Name, document: Arc<Document>) -> Vec<Diagnostic> {
        let started = Instant::now();
        let pace = self.names().get(id).and_then(|known| known.pace);
        let diagnostics = match pace.is_some_and(|pace| pace <= SHORT) {
            true => self.diagnostics_of(id, name, document),
            false => {
                let (id, name) = (id.clone(), name.clone());
                self.work(move |session| session.diagnostics_of(&id, &name, document)).await
            }
        };
        if let Some(known) = self.names().get_mut(id) {
            known.pace = Some(started.elapsed());
        }
        diagnostics
    }

    /// Computes the diagnostics of the other open documents again if what they can see of the document `id` has changed.
    fn check_others(&self, id: &DocumentId) {
        let others: Vec<DocumentId> = self.names().keys().filter(|other| *other != id).cloned().collect();
        // A client that asks for diagnostics may ask for those of documents that are not open.
        let matter = !others.is_empty() || self.support().pulls_diagnostics;
        if matter && self.workspace.has_news(id) {
            self.outstanding.add(others, Resend::Changed);
            self.refresh_pulled();
        }
    }

    /// Sends the problems of configuration files and templates that have changed.
    async fn publish_problems(&self) {
        if !self.told.problems.take_stale() {
            return;
        }
        for (uri, diagnostics) in self.told.problems.changes(self.found_problems()) {
            let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
            self.outbox.notify::<PublishDiagnostics>(&params).await;
        }
    }
}
