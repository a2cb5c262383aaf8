//! What may be spent on reading objects: a repository may say that they are as large as it likes.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Fault;

/// What may be spent on reading.
#[derive(Debug)]
pub(super) struct Budget {
    /// How long each object may be that others are built upon, in bytes.
    pub(super) piece: usize,
    /// How many bytes may still be made.
    left: AtomicU64,
}

impl Budget {
    pub(super) fn new(piece: usize, all: u64) -> Budget {
        Budget { piece, left: AtomicU64::new(all) }
    }

    /// Takes `size` bytes, and what each object costs besides.
    pub(super) fn spend(&self, size: u64) -> Result<(), Fault> {
        let spent = |left: u64| left.checked_sub(size.saturating_add(256));
        let has_spent = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent).is_ok();
        has_spent.then_some(()).ok_or_else(|| Fault::TooMuch("its objects have too many bytes".to_owned()))
    }
}
