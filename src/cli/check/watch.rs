//! `vip-lsp check --watch`: checking again whenever something changes.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::super::streams::say;
use super::inputs::Inputs;
use super::once;
use super::options::Options;
use crate::workspace::{DiskChange, DiskChanges, Watch};

/// How long the disk must be quiet before the next check: programs write several files, or one file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// Moves the cursor to the top left and clears the screen (ECMA-48, CUP and ED).
const CLEAR: &str = "\u{1b}[H\u{1b}[2J";

/// Checks at once and after every change, until the reader of the output closes it.
///
/// # Errors
///
/// When changes cannot be watched, or the first check fails because of the options.
pub(super) fn run(options: &Options) -> Result<u8, String> {
    options.wants_stdin()?;
    let (sender, changes) = channel();
    let watch = Watch::new(move |change| drop(sender.send(change)));
    let mut watch = watch.ok_or("files cannot be watched here; check them without --watch")?;
    // Before the check, so that no change in between is missed.
    watch.cover(&Inputs::of(&options.paths, options.follow).roots);
    let (mut outcome, mut sidecars) = (Ok(once::run(options)?), Vec::new());
    loop {
        match outcome {
            Ok(outcome) if outcome.is_unheard => return Ok(outcome.code),
            Ok(outcome) => sidecars = outcome.sidecars,
            Err(error) => say(error),
        }
        say_unless_quiet(options, "watching for changes");
        wait(&mut watch, &changes, &sidecars)?;
        clear();
        watch.cover(&Inputs::of(&options.paths, options.follow).roots);
        outcome = once::run(options);
    }
}

/// Waits for relevant changes, also of `sidecars`, and then for the disk to be quiet.
fn wait(watch: &mut Watch, changes: &Receiver<DiskChange>, sidecars: &[PathBuf]) -> Result<(), String> {
    loop {
        let first = changes.recv().map_err(|_| "files are no longer watched")?;
        let mut all = BTreeSet::from([first]);
        while let Ok(change) = changes.recv_timeout(QUIET) {
            all.insert(change);
        }
        let matters = watch.sort(all).that_matter(|path| sidecars.iter().any(|sidecar| sidecar == path));
        if matters != DiskChanges::Files(Vec::new()) {
            return Ok(());
        }
    }
}

fn clear() {
    if std::io::stdout().is_terminal() {
        // Losing the terminal ends the process anyway.
        let _ = std::io::stdout().write_all(CLEAR.as_bytes());
    }
}

fn say_unless_quiet(options: &Options, message: &str) {
    if !options.quiet {
        say(message);
    }
}
