//! Reads the workspace's files for the index, off the message loop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::Session;
use super::outstanding::Resend;
use crate::workspace::{DocumentId, Workspace, is_head, matters};

/// How long a template or settings file must be unchanged before its followers are read again.
const QUIET: Duration = Duration::from_millis(300);

impl Session {
    /// Reads all proposals for the index in the background.
    pub(in crate::server) fn read_all(self: &Arc<Self>) {
        let client = self.support().work_done_progress.then_some(&self.client);
        let (session, goes_on) = (self.clone(), self.readings.show(client));
        self.read(move |workspace| {
            // Before anything is read, so that no change in between is missed.
            session.cover_folders();
            workspace.read_all_while(&goes_on);
        });
        self.read_histories();
    }

    /// Reads what git says of when documents and templates came, once no files are being read. Nothing waits for it.
    fn read_histories(self: &Arc<Self>) {
        let session = self.clone();
        tokio::spawn(async move {
            session.is_read().await;
            let read = move || {
                if session.workspace.follow_histories() {
                    session.outstanding.wake();
                    session.check_open(Resend::Changed);
                }
            };
            _ = tokio::task::spawn_blocking(read).await;
        });
    }

    /// Reads the files `ids` for the index again in the background; reads all files if one of them is a template or configuration
    /// file.
    pub(in crate::server) fn read_again(self: &Arc<Self>, ids: Vec<DocumentId>) {
        if ids.iter().any(|id| id.is_config() || self.workspace.is_template(id)) {
            return self.read_all();
        }
        self.read(move |workspace| {
            let files = ids.iter().filter_map(DocumentId::path).filter(|path| !is_head(path));
            files.for_each(|path| workspace.read_again(path));
        });
        // There may be new commits.
        self.read_histories();
    }

    /// Reads the followers of `id`, a template or settings file changed in the editor, once no more changes come for a while.
    pub(super) fn read_followers_later(self: &Arc<Self>, id: DocumentId) {
        let (session, last) = (self.clone(), self.outstanding.add_followed(id));
        tokio::spawn(async move {
            sleep(QUIET).await;
            let followed = session.outstanding.take_followed(last);
            if followed.iter().any(DocumentId::is_config) {
                session.read_all();
            } else if !followed.is_empty() {
                session.read(move |workspace| {
                    let templates = followed.iter().filter_map(DocumentId::path);
                    templates.for_each(|path| workspace.read_followers(path));
                });
            }
        });
    }

    /// Handles changes of the files `ids` on the disk.
    pub(in crate::server) fn files_changed(self: &Arc<Self>, mut ids: Vec<DocumentId>) {
        let is_sidecar = |path: &Path| self.workspace.is_sidecar(path);
        ids.retain(|id| id.path().is_none_or(|path| matters(path, is_sidecar)));
        if !ids.is_empty() {
            self.disk_changed();
            self.read_again(ids);
        }
    }

    /// Handles a possible change of the files on the disk.
    pub(in crate::server) fn disk_changed(&self) {
        self.workspace.refresh();
        self.check_all();
    }

    fn read(self: &Arc<Self>, read: impl FnOnce(&Workspace) + Send + 'static) {
        let session = self.clone();
        session.reading.send_modify(|readings| *readings += 1);
        tokio::task::spawn_blocking(move || {
            let before = session.workspace.changes();
            read(&session.workspace);
            session.reading.send_modify(|readings| *readings -= 1);
            // Whether a setting applies to anything depends on which files there are.
            session.told.problems.expire();
            session.outstanding.wake();
            if session.workspace.changes() != before {
                session.check_open(Resend::Changed);
            }
        });
    }

    /// Waits until no files are being read for the index.
    pub(in crate::server) async fn is_read(&self) {
        // Fails only if the sender is dropped, which lives as long as the session.
        let _ = self.reading.subscribe().wait_for(|readings| *readings == 0).await;
    }

    /// Watches the current folders of the workspace.
    fn cover_folders(&self) {
        if let Some(watch) = self.watcher().as_mut() {
            watch.cover(&self.workspace.roots());
        }
    }
}
