//! A progress bar.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run takes before the bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of a run, shown on standard error if that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_wanted: bool,
    is_shown: AtomicBool,
}

impl Progress {
    /// Starts the progress of a run over `count` files. It is not shown if `quiet`.
    pub(super) fn of(count: usize, quiet: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("Checking {wide_bar} {pos} of {len} files");
        let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
        let is_wanted = !quiet && std::io::stderr().is_terminal();
        Progress { bar, started: Instant::now(), is_wanted, is_shown: AtomicBool::new(false) }
    }

    /// Counts one more file as done.
    pub(super) fn advance(&self) {
        let is_late = self.is_wanted && self.started.elapsed() > PATIENCE;
        if is_late && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Ends the run and removes the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Runs `work`, which writes to standard error, with the bar hidden.
    pub(super) fn suspend(&self, work: impl FnOnce()) {
        self.bar.suspend(work);
    }
}
