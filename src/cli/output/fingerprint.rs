//! The identity of a finding across runs.

use std::path::Path;

use crate::cli::check::reported::{Hash, Reported};
use crate::cli::paths::slashed;

/// Returns a string that identifies `finding` in the file at `path` across runs.
pub(super) fn fingerprint(path: &Path, finding: &Reported) -> String {
    let mut hash = Hash(finding.key);
    hash.add(&slashed(path));
    format!("{:016x}", hash.0)
}
