//! The concise format, one line per finding: `path:line:column: severity[rule] message`.

use std::io::{Result, Write};
use std::path::Path;

use super::Report;
use crate::cli::check::reported::Reported;
use crate::cli::paths::named;
use crate::letters::shown;

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    report.findings().try_for_each(|(path, finding)| writeln!(output, "{}", line(path, finding)))
}

/// Returns the line for `finding` in the file at `path`.
pub(super) fn line(path: &Path, finding: &Reported) -> String {
    let (start, severity) = (finding.start, finding.severity.as_str());
    let (rule, message) = (finding.rule.id, shown(&finding.message));
    format!("{}:{}:{}: {severity}[{rule}] {message}", named(path), start.line, start.column)
}
