//! Code lenses: places at first, what they say when they are seen, and when the client has to ask again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeLens, Url};

use super::names::LensData;
use super::state::{Name, State};
use super::{from_lsp, to_lsp};
use crate::features::lens::{self, LensKind};
use crate::workspace::{DocumentId, Snapshot};

/// What the client was last told that each lens says; nothing of a document without lenses.
#[derive(Debug, Default)]
pub(super) struct Shown(Mutex<HashMap<(DocumentId, LensKind), String>>);

impl Shown {
    fn note(&self, id: DocumentId, kind: LensKind, title: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((id, kind), title);
    }

    /// Notes what each lens says by now; whether one of them says something else than before. `title` has nothing for a
    /// document that was closed.
    fn update(&self, title: impl Fn(&DocumentId, LensKind) -> Option<String>) -> bool {
        let mut is_changed = false;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, kind), shown| match title(id, *kind) {
            Some(title) => {
                is_changed |= *shown != title;
                *shown = title;
                true
            }
            None => false,
        });
        is_changed
    }
}

impl State {
    pub(super) fn code_lenses(&self, uri: &Url) -> Option<Vec<CodeLens>> {
        let Some((Name { uri, version, .. }, snapshot)) = self.page(uri).filter(|(_, snapshot)| snapshot.is_proposal())
        else {
            // It may become a proposal, and then the client is to ask again.
            self.shown.note(from_lsp::id(uri), LensKind::Readiness, String::new());
            return None;
        };
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = to_lsp::Context { uri, version, snapshot, support, others: self };
        let is_referred_to = self.referring(snapshot) > 0;
        if !is_referred_to {
            // It may be, and then the client is to ask again.
            self.shown.note(snapshot.id().clone(), LensKind::References, lens::references(0));
        }
        Some(lens::lenses(&snapshot.proposal(), is_referred_to).iter().map(|lens| context.lens(lens)).collect())
    }

    pub(super) fn resolve_lens(&self, lens: CodeLens) -> Result<CodeLens> {
        let data = lens.data.clone().and_then(|data| serde_json::from_value::<LensData>(data).ok());
        let data = data.ok_or_else(|| Error::invalid_params("the lens is not from here; ask for lenses again"))?;
        let (Name { uri, version, .. }, snapshot) = self.open_proposal(&data.uri)?;
        let title = self.lens_title(&snapshot, data.kind);
        self.shown.note(snapshot.id().clone(), data.kind, title.clone());
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = to_lsp::Context { uri, version, snapshot, support, others: self };
        Ok(CodeLens { command: Some(context.lens_command(data.kind, title)), ..lens })
    }

    fn lens_title(&self, snapshot: &Snapshot, kind: LensKind) -> String {
        match kind {
            LensKind::Readiness => lens::readiness(&snapshot.proposal(), &self.workspace.diagnostics(snapshot)),
            LensKind::References => lens::references(self.referring(snapshot)),
        }
    }

    /// How many documents refer to `snapshot`.
    fn referring(&self, snapshot: &Snapshot) -> usize {
        match snapshot.id() {
            DocumentId::File(path) => self.workspace.referring(path).len(),
            DocumentId::Other(_) => 0,
        }
    }

    /// Tells the client to ask for lenses again, where it can and one would read differently.
    pub(super) async fn refresh_lenses(self: &Arc<Self>) {
        let is_changed = |state: &Arc<State>| {
            state.shown.update(|id: &DocumentId, kind| {
                state.workspace.document(id)?;
                let snapshot = state.workspace.proposal(id);
                Some(snapshot.map(|snapshot| state.lens_title(&snapshot, kind)).unwrap_or_default())
            })
        };
        if self.support().lens_refresh
            && self.work(is_changed).await
            && let Err(error) = self.client.code_lens_refresh().await
        {
            tracing::debug!("the client did not refresh its lenses: {error}");
        }
    }
}
