//! What has to be worked out again, and when it is to be sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::workspace::DocumentId;

/// When to send diagnostics that were worked out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Resend {
    /// When they are others than those sent last.
    Changed,
    /// In any case.
    Always,
}

/// What the publisher has before it.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    /// Documents whose diagnostics are to be worked out again.
    documents: Mutex<BTreeMap<DocumentId, Resend>>,
    /// The client is to be told to ask for diagnostics, hints, tokens and lenses again.
    is_refresh_due: AtomicBool,
    wake: Notify,
    /// Templates and settings files whose followers are to be read again, and how many changes of such have come.
    followed: Mutex<(BTreeSet<DocumentId>, u64)>,
}

impl Outstanding {
    fn documents(&self) -> MutexGuard<'_, BTreeMap<DocumentId, Resend>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the documents `ids` before the publisher.
    pub(super) fn add(&self, ids: impl IntoIterator<Item = DocumentId>, send: Resend) {
        let mut documents = self.documents();
        for id in ids {
            documents.entry(id).and_modify(|known| *known = send.max(*known)).or_insert(send);
        }
        drop(documents);
        self.wake();
    }

    /// Has the client be told to ask again.
    pub(super) fn refresh(&self) {
        self.is_refresh_due.store(true, Ordering::Relaxed);
        self.wake();
    }

    /// Notes that what follows `id` is to be read again; which change of such files this is.
    pub(super) fn add_followed(&self, id: DocumentId) -> u64 {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        followed.0.insert(id);
        followed.1 += 1;
        followed.1
    }

    /// Takes those whose followers are to be read again, if no change has come after `last`.
    pub(super) fn take_followed(&self, last: u64) -> BTreeSet<DocumentId> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if followed.1 == last { std::mem::take(&mut followed.0) } else { BTreeSet::new() }
    }

    /// Has the publisher look.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Returns when the publisher is to look.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes the documents that are before the publisher.
    pub(super) fn take(&self) -> BTreeMap<DocumentId, Resend> {
        std::mem::take(&mut *self.documents())
    }

    /// Whether `id` is before the publisher again; then it is sent as it would have been now, too.
    pub(super) fn is_due_again(&self, id: &DocumentId, send: Resend) -> bool {
        match self.documents().get_mut(id) {
            Some(again) => {
                *again = send.max(*again);
                true
            }
            None => false,
        }
    }

    /// Whether the client is to be told to ask again, which it is once.
    pub(super) fn take_refresh(&self) -> bool {
        self.is_refresh_due.swap(false, Ordering::Relaxed)
    }
}
