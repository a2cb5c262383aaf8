//! The limit on reading objects: a repository may claim any size for them.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Fault;

/// The limit on reading.
#[derive(Debug)]
pub(super) struct Budget {
    /// The maximum size in bytes of an object that deltas build on.
    pub(super) piece: usize,
    /// How many bytes may still be produced.
    left: AtomicU64,
}

impl Budget {
    pub(super) fn new(piece: usize, all: u64) -> Budget {
        Budget { piece, left: AtomicU64::new(all) }
    }

    /// Spends `size` bytes plus a fixed cost for each object.
    pub(super) fn spend(&self, size: u64) -> Result<(), Fault> {
        let spent = |left: u64| left.checked_sub(size.saturating_add(256));
        let has_spent = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent).is_ok();
        has_spent.then_some(()).ok_or_else(|| Fault::TooMuch("its objects have too many bytes".to_owned()))
    }
}
