//! Watches the disk for a client that cannot (Neovim on Linux by default).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::Session;
use crate::workspace::{DiskChange, DiskChanges, DocumentId, Watch};

/// How long nothing must change before changes count as settled: programs write a file in several steps, and `git` many files at
/// once.
const QUIET: Duration = Duration::from_millis(100);

/// How long changes wait at most if more and more of them come.
const LATEST: Duration = Duration::from_secs(1);

impl Session {
    /// Starts watching the workspace's folders at the next reading of all files, unless the client watches them.
    pub(in crate::server) fn watch(self: &Arc<Self>) {
        if self.support().registers_watchers {
            return;
        }
        let (sender, changes) = mpsc::unbounded_channel();
        // Sending fails when the server is shutting down.
        *self.watcher() = Watch::new(move |change| _ = sender.send(change));
        tokio::spawn(self.clone().follow(changes));
    }

    /// Stops watching.
    pub(in crate::server) fn unwatch(&self) {
        *self.watcher() = None;
    }

    pub(super) fn watcher(&self) -> MutexGuard<'_, Option<Watch>> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Handles the changes as they settle, until watching stops.
    async fn follow(self: Arc<Self>, mut changes: mpsc::UnboundedReceiver<DiskChange>) {
        while let Some(first) = changes.recv().await {
            let settled = settled(first, &mut changes).await;
            let session = self.clone();
            let sorted = tokio::task::spawn_blocking(move || Some(session.watcher().as_mut()?.sort(settled))).await;
            match sorted {
                Ok(Some(sorted)) => self.take_in(sorted),
                Ok(None) => return,
                Err(error) => tracing::error!("cannot process the changes on disk: {error}"),
            }
        }
    }

    fn take_in(self: &Arc<Self>, changes: DiskChanges) {
        match changes {
            DiskChanges::Folders => {
                self.disk_changed();
                self.read_all();
            }
            DiskChanges::Files(paths) => {
                let ids = paths.into_iter().filter(|path| !self.is_shown(path)).map(DocumentId::File);
                self.files_changed(ids.collect());
            }
        }
    }

    /// Whether the file at `path` is open in the editor, so that the editor's text counts and `didSave` reports changes.
    fn is_shown(&self, path: &Path) -> bool {
        self.workspace.document(&DocumentId::File(path.to_owned())).is_some() && path.exists()
    }
}

/// Collects `first` and the changes after it until none come for a while.
async fn settled(first: DiskChange, changes: &mut mpsc::UnboundedReceiver<DiskChange>) -> BTreeSet<DiskChange> {
    let mut settled = BTreeSet::from([first]);
    let started = Instant::now();
    while started.elapsed() < LATEST
        && let Ok(Some(change)) = timeout(QUIET, changes.recv()).await
    {
        settled.insert(change);
    }
    settled
}
