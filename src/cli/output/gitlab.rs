//! GitLab's Code Quality report.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{Result, Write};

use serde_json::json;

use super::Report;
use super::escaped::write_array;
use super::fingerprint::fingerprint;
use crate::cli::paths::slashed;
use crate::rules::Severity;

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    let findings = report.findings().map(|(path, finding)| {
        json!({
            "description": finding.message,
            "check_name": finding.rule.id,
            "fingerprint": fingerprint(path, finding),
            "severity": severity(finding.severity),
            "location": {
                "path": slashed(path),
                "lines": {"begin": finding.start.line, "end": finding.end.line},
            },
        })
    });
    write_array(findings, output)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Information => "minor",
        Severity::Hint => "info",
    }
}
