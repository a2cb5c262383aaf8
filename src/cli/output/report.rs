//! What is reported of a check.

use std::path::Path;

use crate::cli::check::reported::{FileReport, Reported};
use crate::rules::Severity;

/// What is reported.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Report<'a> {
    /// In the order of their paths.
    pub(in crate::cli) files: &'a [FileReport],
    /// The least severity with which a finding is a failure.
    pub(in crate::cli) threshold: Severity,
}

impl Report<'_> {
    /// All findings, each with the path of its file.
    pub(super) fn findings(&self) -> impl Iterator<Item = (&Path, &Reported)> {
        self.files.iter().flat_map(|file| file.list.iter().map(|finding| (file.path.as_path(), finding)))
    }

    /// Whether there is a failure.
    pub(in crate::cli) fn has_failed(&self) -> bool {
        self.findings().any(|(_, finding)| self.is_failure(finding))
    }

    /// Whether `finding` is a failure.
    pub(super) fn is_failure(&self, finding: &Reported) -> bool {
        finding.severity <= self.threshold
    }
}
