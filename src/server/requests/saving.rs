//! What follows when the author saves a proposal: its rows on index pages are brought in step with it, where settings want that.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::lsp_types::MessageType;

use crate::document::Revision;
use crate::rules::{FileEdits, rows_in_step};
use crate::server::protocol::to_lsp::{Changed, workspace_edit};
use crate::server::session::Session;
use crate::workspace::{DocumentId, Snapshot};

impl Session {
    /// Has the rows of the saved document `id` brought in step with it in the background, if settings want that.
    pub(in crate::server) fn update_index(self: &Arc<Self>, id: DocumentId) {
        let Some(saved) = self.revision(&id).filter(|_| self.support().applies_edits) else { return };
        if self.saves.add(id, saved) {
            let session = self.clone();
            tokio::spawn(async move {
                while let Some((id, saved)) = session.saves.take() {
                    session.update_rows(id, saved).await;
                }
            });
        }
    }

    /// Asks the client to bring the rows of the document `id` in step with `saved`, if it is a proposal whose settings want that.
    /// Nothing is asked for if nothing would change.
    async fn update_rows(self: &Arc<Self>, id: DocumentId, saved: Revision) {
        let saved = self.work(move |session| session.workspace.snapshot(&id, saved.document())).await;
        let Some(saved) = saved.filter(Snapshot::updates_index_on_save) else { return };
        // Before all pages are read, it is not known which of them list it.
        self.is_read().await;
        let pages = self.work(move |session| session.rows_of(&saved)).await;
        let changed = |page: &FileEdits| Changed::of_file(&**self, page, self.support());
        let changes: Vec<Changed> = pages.iter().filter_map(changed).collect();
        if changes.is_empty() || !self.apply("Update index pages", workspace_edit(changes, self.support())).await {
            return;
        }
        // The author does not see that a page has changed that is not open.
        let hidden = pages.iter().filter(|page| page.version.is_none()).filter_map(|page| file_name(&page.path));
        let hidden: Vec<String> = hidden.map(|name| format!("\"{name}\"")).collect();
        if !hidden.is_empty() {
            let message = format!("the row of this proposal was updated in {}; save it too", hidden.join(", "));
            self.client.show_message(MessageType::INFO, message).await;
        }
    }

    /// Returns the edits that bring the rows of the proposal `saved` in step with it. If the client cannot check versions, pages
    /// that are open are left alone, as they may have changed by the time the edits arrive.
    fn rows_of(&self, saved: &Snapshot) -> Vec<FileEdits> {
        let around = self.workspace.around(saved);
        let diagnostics = self.workspace.diagnostics(saved);
        let mut pages = rows_in_step(&saved.proposal().within(&around), &diagnostics);
        pages.retain(|page| page.version.is_none() || self.support().document_changes);
        pages
    }
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}
