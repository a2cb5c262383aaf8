//! `vip-lsp check`: the rules over files and folders.

mod baseline;
mod fixing;
pub(super) mod inputs;
mod once;
mod options;
pub(super) mod reported;
pub(super) mod run;
mod watch;

use super::exit::FAILED;
use super::streams::say;

pub(super) use options::Options;

/// Checks as `options` say, reports the findings, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    let outcome = if options.watch { watch::run(options) } else { once::run(options).map(|outcome| outcome.code) };
    outcome.unwrap_or_else(|error| {
        say(error);
        FAILED
    })
}
