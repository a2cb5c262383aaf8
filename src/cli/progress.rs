//! A bar for people who wait.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};

/// How long a run may take before the bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run is, on standard error if that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_wanted: bool,
    is_shown: AtomicBool,
}

impl Progress {
    /// A run over `count` files that has just started, and shows nothing where it is to be `quiet`.
    pub(super) fn of(count: usize, quiet: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let is_wanted = !quiet && std::io::stderr().is_terminal();
        Progress { bar, started: Instant::now(), is_wanted, is_shown: AtomicBool::new(false) }
    }

    /// One more file is done.
    pub(super) fn advance(&self) {
        let is_late = self.is_wanted && self.started.elapsed() > PATIENCE;
        if is_late && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// The run is over, and the bar goes.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Does `work`, which writes to standard error, beside the bar.
    pub(super) fn suspend(&self, work: impl FnOnce()) {
        self.bar.suspend(work);
    }
}
