//! The concise format, one line per finding: `path:line:column: severity[rule] message`.

use std::io::{Result, Write};
use std::path::Path;

use anstyle::Style;

use super::Report;
use super::style::{self, styled};
use crate::cli::check::reported::Reported;
use crate::cli::paths::named;
use crate::letters::shown;

pub(super) fn write(report: &Report<'_>, has_colours: bool, output: &mut dyn Write) -> Result<()> {
    report.findings().try_for_each(|(path, finding)| writeln!(output, "{}", styled_line(path, finding, has_colours)))
}

/// Returns the line for `finding` in the file at `path`.
pub(super) fn line(path: &Path, finding: &Reported) -> String {
    styled_line(path, finding, false)
}

fn styled_line(path: &Path, finding: &Reported, has_colours: bool) -> String {
    let place = styled(named(path), Style::new().bold(), has_colours);
    let kind = format!("{}[{}]", finding.severity.as_str(), finding.rule.id);
    let kind = styled(kind, style::of(finding.severity), has_colours);
    format!("{place}:{}:{}: {kind} {}", finding.start.line, finding.start.column, shown(&finding.message))
}
