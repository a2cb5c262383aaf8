//! What has to be computed again, and when it has to be sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::workspace::DocumentId;

/// When to send recomputed diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Resend {
    /// If they differ from those sent last.
    Changed,
    /// In any case.
    Always,
}

/// The publisher's outstanding work.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    /// The documents whose diagnostics have to be computed again.
    documents: Mutex<BTreeMap<DocumentId, Resend>>,
    /// Whether the client has to be told to ask for diagnostics, hints, tokens and lenses again.
    is_refresh_due: AtomicBool,
    wake: Notify,
    /// The templates and settings files whose followers have to be read again, and the number of changes to such files so far.
    followed: Mutex<(BTreeSet<DocumentId>, u64)>,
}

impl Outstanding {
    fn documents(&self) -> MutexGuard<'_, BTreeMap<DocumentId, Resend>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues the documents `ids` for the publisher.
    pub(super) fn add(&self, ids: impl IntoIterator<Item = DocumentId>, send: Resend) {
        let mut documents = self.documents();
        for id in ids {
            documents.entry(id).and_modify(|known| *known = send.max(*known)).or_insert(send);
        }
        drop(documents);
        self.wake();
    }

    /// Queues telling the client to ask again.
    pub(super) fn refresh(&self) {
        self.is_refresh_due.store(true, Ordering::Relaxed);
        self.wake();
    }

    /// Notes that the followers of `id` have to be read again, and returns the number of this change.
    pub(super) fn add_followed(&self, id: DocumentId) -> u64 {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.0.insert(id);
        followed.1 += 1;
        followed.1
    }

    /// Takes the files whose followers have to be read again, if no change has come after `last`.
    pub(super) fn take_followed(&self, last: u64) -> BTreeSet<DocumentId> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if followed.1 == last { std::mem::take(&mut followed.0) } else { BTreeSet::new() }
    }

    /// Wakes the publisher.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until the publisher is woken.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes the queued documents.
    pub(super) fn take(&self) -> BTreeMap<DocumentId, Resend> {
        std::mem::take(&mut *self.documents())
    }

    /// Whether `id` is queued again. If so, it will be sent at least as `send` says.
    pub(super) fn is_due_again(&self, id: &DocumentId, send: Resend) -> bool {
        match self.documents().get_mut(id) {
            Some(again) => {
                *again = send.max(*again);
                true
            }
            None => false,
        }
    }

    /// Whether the client has to be told to ask again. Resets the flag.
    pub(super) fn take_refresh(&self) -> bool {
        self.is_refresh_due.swap(false, Ordering::Relaxed)
    }
}
