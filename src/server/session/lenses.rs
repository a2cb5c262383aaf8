//! The texts of code lenses, and when the client has to ask for them again.

use std::sync::Arc;

use super::Session;
use crate::features::lens::{self, LensKind};
use crate::workspace::{DocumentId, Snapshot};

impl Session {
    pub(in crate::server) fn lens_title(&self, snapshot: &Snapshot, kind: LensKind) -> String {
        match kind {
            LensKind::Readiness => lens::readiness(&snapshot.proposal(), &self.workspace.diagnostics(snapshot)),
            LensKind::References => lens::references(self.referring(snapshot)),
            LensKind::Followers | LensKind::Migration => self.template_lens_title(snapshot.id(), kind),
        }
    }

    /// Returns the text of the lens `kind` of the template `id`.
    pub(in crate::server) fn template_lens_title(&self, id: &DocumentId, kind: LensKind) -> String {
        let count = id.path().and_then(|path| self.workspace.followers(path)).map_or(0, |followers| followers.len());
        match kind {
            LensKind::Migration if count > 0 => lens::MIGRATION.to_owned(),
            LensKind::Followers => lens::followers(count),
            _ => String::new(),
        }
    }

    /// Returns how many documents refer to `snapshot`.
    pub(in crate::server) fn referring(&self, snapshot: &Snapshot) -> usize {
        match snapshot.id() {
            DocumentId::File(path) => self.workspace.referring(path).len(),
            DocumentId::Other(_) => 0,
        }
    }

    /// Tells the client to ask for lenses again, if it supports that and the text of one has changed.
    pub(super) async fn refresh_lenses(self: &Arc<Self>) {
        let is_changed = |session: &Arc<Session>| {
            session.told.lenses.update(|id: &DocumentId, kind| {
                session.workspace.document(id)?;
                if matches!(kind, LensKind::Followers | LensKind::Migration) {
                    return Some(session.template_lens_title(id, kind));
                }
                let snapshot = session.workspace.proposal(id);
                Some(snapshot.map(|snapshot| session.lens_title(&snapshot, kind)).unwrap_or_default())
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
