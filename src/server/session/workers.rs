//! Work off the message loop: long requests, and the slow analysis of documents.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::cancel::Cancel;

/// How many requests are worked on at once. Those that wait have not allocated anything large.
const MOST: usize = 4;

/// The limit on concurrent work.
#[derive(Debug)]
pub(in crate::server) struct Workers(Arc<Semaphore>);

impl Default for Workers {
    fn default() -> Workers {
        Workers(Arc::new(Semaphore::new(MOST)))
    }
}

/// Cancels work when the call that waits for it is dropped.
struct OnDrop(Cancel);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Workers {
    /// Runs `work` on another thread, once its turn has come and `ready` is done, and returns its result. If the returned future
    /// is dropped, the work ends early.
    pub(in crate::server) async fn run<T: Send + 'static>(
        &self,
        ready: impl Future<Output = ()>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let cancel = Cancel::default();
        let _guard = OnDrop(cancel.clone());
        // The semaphore is never closed.
        let permit = self.0.clone().acquire_owned().await;
        ready.await;
        let work = move || {
            let done = cancel.within(work);
            drop(permit);
            done
        };
        match spawn_blocking(work).await {
            Ok(Some(done)) => done,
            // Only dropping this future cancels the work, so nobody polls it any more.
            Ok(None) => std::future::pending().await,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime is shutting down.
                Err(_) => std::future::pending().await,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    use futures::FutureExt;

    use super::*;
    use crate::cancel::pause;

    #[tokio::test]
    async fn work_is_done_elsewhere_and_ends_when_nobody_waits() {
        let workers = Workers::default();
        let own = std::thread::current().id();
        assert_ne!(workers.run(async {}, || std::thread::current().id()).await, own);
        let (held, ended) = channel::<()>();
        let work = move || {
            let _held = held;
            loop {
                pause();
                std::thread::yield_now();
            }
        };
        let mut waiting = Box::pin(workers.run::<()>(async {}, work));
        assert!((&mut waiting).now_or_never().is_none());
        drop(waiting);
        tokio::task::yield_now().await;
        assert_eq!(ended.recv_timeout(Duration::from_secs(20)), Err(RecvTimeoutError::Disconnected));
    }

    #[tokio::test]
    async fn a_panic_goes_to_who_waits() {
        let panicked =
            std::panic::AssertUnwindSafe(Workers::default().run(async {}, || panic!("a fault"))).catch_unwind().await;
        assert!(panicked.is_err());
    }
}
