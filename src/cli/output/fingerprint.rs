//! What names a finding from run to run.

use std::path::Path;

use crate::cli::check::reported::{Hash, Reported};
use crate::cli::paths::slashed;

/// What names `finding` in the file at `path` from run to run.
pub(super) fn fingerprint(path: &Path, finding: &Reported) -> String {
    let mut hash = Hash(finding.key);
    hash.add(&slashed(path));
    format!("{:016x}", hash.0)
}
