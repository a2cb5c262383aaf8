//! The report of a check.

use std::path::Path;

use crate::cli::check::reported::{FileReport, Reported};
use crate::rules::Severity;

/// A report.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Report<'a> {
    /// The files in the order of their paths.
    pub(in crate::cli) files: &'a [FileReport],
    /// The least severity at which a finding is a failure.
    pub(in crate::cli) threshold: Severity,
}

impl Report<'_> {
    /// Returns all findings, each with the path of its file.
    pub(super) fn findings(&self) -> impl Iterator<Item = (&Path, &Reported)> {
        self.files.iter().flat_map(|file| file.list.iter().map(|finding| (file.path.as_path(), finding)))
    }

    /// Whether there are any findings.
    pub(in crate::cli) fn has_findings(&self) -> bool {
        self.findings().next().is_some()
    }

    /// Whether any finding is a failure.
    pub(in crate::cli) fn has_failed(&self) -> bool {
        self.findings().any(|(_, finding)| self.is_failure(finding))
    }

    /// Whether `finding` is a failure.
    pub(super) fn is_failure(&self, finding: &Reported) -> bool {
        finding.severity <= self.threshold
    }
}
