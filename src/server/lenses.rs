//! Code lenses: places at first, what they say when they are seen, and when the client has to ask again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeLens, Url};

use super::state::{Name, State};
use super::{from_lsp, to_lsp};
use crate::features::lens::{self, LensKind};
use crate::workspace::{DocumentId, Snapshot};

/// What a lens carries whose text is yet to be computed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LensData {
    pub(super) uri: Url,
    pub(super) kind: LensKind,
}

/// What the client was last told that each lens says; nothing of a document without lenses.
#[derive(Debug, Default)]
pub(super) struct Shown(Mutex<HashMap<(DocumentId, LensKind), Told>>);

#[derive(Debug, Default)]
struct Told {
    title: Option<String>,
    /// What it would read while an answer is worked out, which may be from before.
    meanwhile: Option<String>,
}

impl Shown {
    /// Notes what `title` makes, and returns it, and whether it was something else already when it was made.
    fn note(&self, id: &DocumentId, kind: LensKind, title: impl FnOnce() -> String) -> (String, bool) {
        let key = (id.clone(), kind);
        let shown = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown().entry(key.clone()).or_default().meanwhile = None;
        let title = title();
        let told = Told { title: Some(title.clone()), meanwhile: None };
        let before = shown().insert(key, told).and_then(|told| told.meanwhile);
        let is_old = before.is_some_and(|now| now != title);
        (title, is_old)
    }

    /// Notes what each lens says by now; whether one of them says something else than before. `title` has nothing for a
    /// document that was closed.
    fn update(&self, title: impl Fn(&DocumentId, LensKind) -> Option<String>) -> bool {
        let mut is_changed = false;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, kind), shown| match title(id, *kind) {
            Some(title) => {
                if let Some(known) = &mut shown.title {
                    is_changed |= *known != title;
                    known.clone_from(&title);
                }
                shown.meanwhile = Some(title);
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
            self.note_lens(&from_lsp::id(uri), LensKind::Readiness, String::new);
            return None;
        };
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = to_lsp::Context { uri, version, snapshot, support, state: self };
        let mut is_referred_to = false;
        // Where nobody refers to it, somebody may yet, and then the client is to ask again.
        self.note_lens(snapshot.id(), LensKind::References, || {
            let referring = self.referring(snapshot);
            is_referred_to = referring > 0;
            lens::references(referring)
        });
        Some(lens::lenses(&snapshot.proposal(), is_referred_to).iter().map(|lens| context.lens(lens)).collect())
    }

    pub(super) fn resolve_lens(&self, lens: CodeLens) -> Result<CodeLens> {
        let data = lens.data.clone().and_then(|data| serde_json::from_value::<LensData>(data).ok());
        let data = data.ok_or_else(|| Error::invalid_params("the lens is not from here; ask for lenses again"))?;
        let (Name { uri, version, .. }, snapshot) = self.open_proposal(&data.uri)?;
        let title = self.note_lens(snapshot.id(), data.kind, || self.lens_title(&snapshot, data.kind));
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = to_lsp::Context { uri, version, snapshot, support, state: self };
        Ok(CodeLens { command: Some(context.lens_command(data.kind, title)), ..lens })
    }

    /// Notes what the client is told that a lens says, which `title` makes; it is to ask again where that is old already.
    fn note_lens(&self, id: &DocumentId, kind: LensKind, title: impl FnOnce() -> String) -> String {
        let (title, is_old) = self.shown.note(id, kind, title);
        if is_old {
            self.refresh_pulled();
        }
        title
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_changes_while_a_lens_is_worked_out_is_told() {
        let (shown, id) = (Shown::default(), DocumentId::File(Path::new("/vip-1.md").into()));
        let says = |title: &'static str| move |_: &DocumentId, _: LensKind| Some(title.to_owned());
        let note = |title: &str, meanwhile: &'static str| {
            let mut is_changed = false;
            let (_, is_old) = shown.note(&id, LensKind::References, || {
                is_changed = shown.update(says(meanwhile));
                title.to_owned()
            });
            (is_old, is_changed)
        };
        // Nothing is shown yet that could be old; the answer on its way is.
        assert_eq!(note("0 documents", "1 document"), (true, false));
        assert!(shown.update(says("1 document")));
        assert!(!shown.update(says("1 document")));
        // Nothing has changed while it was made.
        assert_eq!(note("1 document", "1 document"), (false, false));
        assert_eq!(note("2 documents", "2 documents"), (false, true));
    }
}
