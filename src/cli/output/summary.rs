//! The closing line of a check that a person reads.

use super::Report;
use crate::rules::Severity;

/// Returns the line that sums up `report`, or `None` if no file was checked.
pub(in crate::cli) fn summary(report: &Report<'_>) -> Option<String> {
    let checked = report.files.iter().filter(|file| file.is_checked).count();
    let found: Vec<_> = report.findings().map(|(_, finding)| finding).collect();
    if found.is_empty() {
        return (checked > 0).then(|| format!("No findings in {}.", count(checked, "file")));
    }
    let faulty = report.files.iter().filter(|file| !file.list.is_empty()).count();
    let all = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];
    let of_severity = |severity: Severity| {
        let many = found.iter().filter(|finding| finding.severity == severity).count();
        let said = match severity {
            Severity::Information => format!("{many} information"),
            _ => count(many, severity.as_str()),
        };
        (many > 0).then_some(said)
    };
    let counts: Vec<String> = all.into_iter().filter_map(of_severity).collect();
    let files = if checked == 1 { "1 file".to_owned() } else { format!("{faulty} of {}", count(checked, "file")) };
    let fixable = found.iter().filter(|finding| finding.is_fixable).count();
    let fixable = if fixable > 0 { format!(" {fixable} can be fixed with --fix.") } else { String::new() };
    Some(format!("Found {} in {files}: {}.{fixable}", count(found.len(), "finding"), counts.join(", ")))
}

fn count(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}
