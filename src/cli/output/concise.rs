//! The concise format, one line per finding: `path:line:column: severity[rule] message`.

use std::io::{Result, Write};
use std::path::Path;

use anstyle::Style;

use super::Report;
use super::style::{self, Look, linked, styled};
use crate::cli::check::reported::Reported;
use crate::cli::paths::named;
use crate::letters::shown;

pub(super) fn write(report: &Report<'_>, look: Look, output: &mut dyn Write) -> Result<()> {
    report.findings().try_for_each(|(path, finding)| writeln!(output, "{}", styled_line(path, finding, look)))
}

/// Returns the line for `finding` in the file at `path`.
pub(super) fn line(path: &Path, finding: &Reported) -> String {
    styled_line(path, finding, Look::default())
}

fn styled_line(path: &Path, finding: &Reported, look: Look) -> String {
    let place = styled(named(path), Style::new().bold(), look.has_colours);
    let rule = linked(finding.rule.id, look.address(finding.rule.id));
    let kind = format!("{}[{rule}]", finding.severity.as_str());
    let kind = styled(kind, style::of(finding.severity), look.has_colours);
    format!("{place}:{}:{}: {kind} {}", finding.start.line, finding.start.column, shown(&finding.message))
}
