//! Work that ends early once nobody waits for its result.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// The token of the work that runs on this thread.
    static CURRENT: RefCell<Option<Cancel>> = const { RefCell::new(None) };
}

/// A token that cancels some work.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

/// The payload that unwinds through cancelled work.
struct Cancelled;

/// Restores the previous token when dropped.
struct Restore(Option<Cancel>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

impl Cancel {
    /// Cancels the work.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Returns the result of `work`, or `None` if it was cancelled before it finished. The work checks by calling [`pause`].
    pub fn within<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let _restore = Restore(CURRENT.replace(Some(self.clone())));
        let done = catch_unwind(AssertUnwindSafe(|| {
            pause();
            work()
        }));
        match done {
            Ok(done) => Some(done),
            Err(panic) if panic.is::<Cancelled>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// Ends the work of this thread here if it has been cancelled.
pub fn pause() {
    let is_cancelled =
        CURRENT.with_borrow(|current| current.as_ref().is_some_and(|cancel| cancel.0.load(Ordering::Relaxed)));
    if is_cancelled {
        // Not a panic: nothing is wrong, and the panic hook must not run.
        resume_unwind(Box::new(Cancelled));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_where_it_pauses_after_it_was_cancelled() {
        let cancel = Cancel::default();
        assert_eq!(cancel.within(|| 1), Some(1));
        let mut steps = 0;
        let done = cancel.within(|| {
            for step in 0..10 {
                pause();
                steps = step;
                if step == 3 {
                    cancel.cancel();
                }
            }
        });
        assert_eq!((done, steps), (None, 3));
        assert_eq!(cancel.within(|| 1), None);
        pause();
        assert!(std::panic::catch_unwind(|| Cancel::default().within(|| panic!("a fault"))).is_err());
    }
}
