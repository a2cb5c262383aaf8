//! Workflow commands of GitHub Actions, which become annotations on the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{Result, Write};
use std::path::Path;

use super::{Report, concise};
use crate::cli::check::reported::Reported;
use crate::cli::paths::slashed;
use crate::letters::shown;
use crate::rules::Severity;

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    report.findings().try_for_each(|(path, finding)| writeln!(output, "{}", command(path, finding)))
}

fn command(path: &Path, finding: &Reported) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let (start, end) = (finding.start, finding.end);
    // GitHub accepts columns only for ranges within one line.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    format!(
        "::{name} title={},file={},line={},endLine={}{columns}::{}",
        property(&format!("vip-lsp ({})", finding.rule.id)),
        property(&shown(&slashed(path))),
        start.line,
        end.line,
        data(&concise::line(path, finding)),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_commands_is_escaped() {
        assert_eq!(data("100%: a,\r\nb"), "100%25: a,%0D%0Ab");
        assert_eq!(property("100%: a,\r\nb"), "100%25%3A a%2C%0D%0Ab");
    }
}
