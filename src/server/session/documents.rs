//! The documents of the editor, as it opens, changes and closes them.

use std::sync::Arc;

use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use super::outstanding::Resend;
use super::{Name, Session};
use crate::document::Document;
use crate::server::protocol::from_lsp;
use crate::workspace::DocumentId;

impl Session {
    pub(in crate::server) fn open(self: &Arc<Self>, uri: Url, version: i32, content: &str) {
        let id = from_lsp::id(&uri);
        self.names().insert(id.clone(), Name { uri, version, pace: None });
        // A template or configuration file may have changed on the disk, and not every client can report that.
        self.workspace.refresh();
        self.told.problems.expire();
        self.put(id.clone(), Document::open(content).at_version(version));
        if self.decides_others(&id) && !self.workspace.is_on_disk(&id, content) {
            self.read_followers_later(id);
        }
    }

    pub(in crate::server) fn change(
        self: &Arc<Self>,
        uri: &Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let id = from_lsp::id(uri);
        let Some(document) = self.workspace.document(&id) else {
            tracing::warn!("ignored a change to {uri}, which is not open");
            return;
        };
        let mut edits = document.edit();
        for change in changes {
            from_lsp::change(&mut edits, change, self.support().encoding);
        }
        if let Some(name) = self.names().get_mut(&id) {
            name.version = version;
        }
        self.put(id.clone(), Document::edited(edits).at_version(version));
        if self.decides_others(&id) {
            self.read_followers_later(id);
        }
    }

    pub(in crate::server) fn close(self: &Arc<Self>, uri: &Url) {
        let id = from_lsp::id(uri);
        self.workspace.remove(&id);
        self.changed(&id);
        // For other documents, the content on the disk counts again.
        self.check_open(Resend::Changed);
        self.told.problems.expire();
        self.read_again([id].into());
    }

    /// Makes `document` the current version of `id`.
    fn put(self: &Arc<Self>, id: DocumentId, document: Document) {
        self.workspace.put(id.clone(), Arc::new(document));
        self.changed(&id);
    }

    /// Whether `id` is a template or configuration file, which other documents are checked by, or the metadata of one.
    fn decides_others(&self, id: &DocumentId) -> bool {
        let is_sidecar = || id.path().is_some_and(|path| self.workspace.is_sidecar(path));
        id.is_config() || self.workspace.is_template(id) || is_sidecar()
    }

    fn changed(&self, id: &DocumentId) {
        match self.decides_others(id) {
            true => self.check_all(),
            false => self.outstanding.add([id.clone()], Resend::Always),
        }
    }
}
