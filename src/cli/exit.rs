//! The exit codes of the process.

use super::streams::{print, say};

/// Nothing to report at warning or above.
pub(super) const CLEAN: u8 = 0;
/// Something to report.
pub(super) const FINDINGS: u8 = 1;
/// The run itself failed.
pub(super) const FAILED: u8 = 2;

/// Prints `output` or the error message, and returns the exit code of the process.
pub(super) fn finish(output: Result<String, String>) -> u8 {
    match output {
        Ok(output) => {
            print(&output);
            CLEAN
        }
        Err(error) => {
            say(error);
            FAILED
        }
    }
}
