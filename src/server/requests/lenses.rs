//! Code lenses: first only their places, then their texts when they become visible, and when the client has to ask again.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeLens, Url};

use crate::features::lens::{self, LensKind};
use crate::server::protocol::names::{Command, LensData};
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::{Name, Session};

impl Session {
    pub(in crate::server) fn code_lenses(&self, uri: &Url) -> Option<Vec<CodeLens>> {
        let Some((Name { uri, version, .. }, snapshot)) = self.page(uri).filter(|(_, snapshot)| snapshot.is_proposal())
        else {
            if let Some(lenses) = self.template_lenses(uri) {
                return Some(lenses);
            }
            // The document may become a proposal; the client then has to ask again.
            self.told.lenses.note(from_lsp::id(uri), LensKind::Readiness, String::new());
            return None;
        };
        let (uri, snapshot, support) = (&uri, &snapshot, self.support());
        let context = to_lsp::Context { uri, version, snapshot, support, others: self };
        let is_referred_to = self.referring(snapshot) > 0;
        if !is_referred_to {
            // A document may come to refer to it; the client then has to ask again.
            self.told.lenses.note(snapshot.id().clone(), LensKind::References, lens::references(0));
        }
        Some(lens::lenses(&snapshot.proposal(), is_referred_to).iter().map(|lens| context.lens(lens)).collect())
    }

    pub(in crate::server) fn resolve_lens(&self, lens: CodeLens) -> Result<CodeLens> {
        let data = lens.data.clone().and_then(|data| serde_json::from_value::<LensData>(data).ok());
        let data =
            data.ok_or_else(|| Error::invalid_params("the code lens is not from this server; request lenses again"))?;
        let (uri, id, title) = if matches!(data.kind, LensKind::Followers | LensKind::Migration) {
            let id = from_lsp::id(&data.uri);
            let title = self.template_lens_title(&id, data.kind);
            (data.uri, id, title)
        } else {
            let (Name { uri, .. }, snapshot) = self.open_proposal(&data.uri)?;
            let title = self.lens_title(&snapshot, data.kind);
            (uri, snapshot.id().clone(), title)
        };
        self.told.lenses.note(id, data.kind, title.clone());
        Ok(CodeLens { command: Some(to_lsp::lens_command(&uri, data.kind, title)), ..lens })
    }

    /// Returns the lenses of the template at `uri`, if it is one.
    fn template_lenses(&self, uri: &Url) -> Option<Vec<CodeLens>> {
        let id = from_lsp::id(uri);
        let count = self.workspace.followers(id.path()?)?.len();
        if count == 0 {
            // The template may change; the client then has to ask again.
            self.told.lenses.note(
                id,
                LensKind::Followers,
                self.template_lens_title(&from_lsp::id(uri), LensKind::Followers),
            );
            return Some(Vec::new());
        }
        let is_served = Command::served(self.support()).any(|command| command == Command::MigrateAll);
        let kinds = std::iter::once(LensKind::Followers).chain(is_served.then_some(LensKind::Migration));
        Some(kinds.map(|kind| to_lsp::template_lens(uri, kind)).collect())
    }
}
