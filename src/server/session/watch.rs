//! The disk watched for a client that cannot watch it (Neovim on Linux, as it is installed).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::Session;
use crate::workspace::{DiskChange, DiskChanges, DocumentId, Watch};

/// How long nothing must have changed: programs write a file in several steps, and `git` many files at once.
const QUIET: Duration = Duration::from_millis(100);

/// How long changes wait at most while there are more and more of them.
const LATEST: Duration = Duration::from_secs(1);

impl Session {
    /// Watches the workspace's folders, from the next reading of all files on, unless the client does.
    pub(in crate::server) fn watch(self: &Arc<Self>) {
        if self.support().registers_watchers {
            return;
        }
        let (sender, changes) = mpsc::unbounded_channel();
        // Nobody listens any more when the server leaves.
        *self.watcher() = Watch::new(move |change| _ = sender.send(change));
        tokio::spawn(self.clone().follow(changes));
    }

    /// Watches nothing any more.
    pub(in crate::server) fn unwatch(&self) {
        *self.watcher() = None;
    }

    pub(super) fn watcher(&self) -> MutexGuard<'_, Option<Watch>> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the changes as they settle, for as long as they are watched for.
    async fn follow(self: Arc<Self>, mut changes: mpsc::UnboundedReceiver<DiskChange>) {
        while let Some(first) = changes.recv().await {
            let settled = settled(first, &mut changes).await;
            let session = self.clone();
            let sorted = tokio::task::spawn_blocking(move || Some(session.watcher().as_mut()?.sort(settled))).await;
            match sorted {
                Ok(Some(sorted)) => self.take_in(sorted),
                Ok(None) => return,
                Err(error) => tracing::error!("cannot sort the changes on the disk: {error}"),
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
                let ids: Vec<_> = paths.into_iter().filter(|path| !self.is_shown(path)).map(DocumentId::File).collect();
                if !ids.is_empty() {
                    self.disk_changed();
                    self.read_again(ids);
                }
            }
        }
    }

    /// Whether the editor has the file at `path`, so that its text counts and `didSave` tells of it.
    fn is_shown(&self, path: &Path) -> bool {
        self.workspace.document(&DocumentId::File(path.to_owned())).is_some() && path.exists()
    }
}

/// `first` and what comes after it until no more does for a while.
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
