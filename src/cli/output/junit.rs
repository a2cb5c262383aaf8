//! JUnit XML, in the form that the usual schemas have in common (Jenkins's `junit-10.xsd`, and the older and stricter one of
//! Windy Road): a test suite per file, a test case per finding.

use std::fmt::Write as _;
use std::io::{Result, Write};

use super::{Report, concise};
use crate::cli::check::reported::{FileReport, Reported};
use crate::cli::paths::named;

/// Attributes that the stricter schema requires. They are constant so that the output does not differ between runs.
const NO_TIME: &str = "timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\" time=\"0\"";

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")?;
    let files = report.files.iter().filter(|file| !file.list.is_empty());
    for (id, file) in files.enumerate() {
        writeln!(output, "{}", suite(id, file, report))?;
    }
    if report.findings().next().is_none() {
        // Some readers treat a report without any test as an error.
        writeln!(
            output,
            "{}",
            frame(0, "vip-lsp", (1, 0), "<testcase name=\"check\" classname=\"vip-lsp\" time=\"0\"/>\n")
        )?;
    }
    writeln!(output, "</testsuites>")
}

fn suite(id: usize, file: &FileReport, report: &Report<'_>) -> String {
    let name = escaped(&named(&file.path));
    let failures = file.list.iter().filter(|finding| report.is_failure(finding)).count();
    let cases: String =
        file.list.iter().map(|finding| case(&name, file, finding, report.is_failure(finding))).collect();
    frame(id, &name, (file.list.len(), failures), &cases)
}

fn frame(id: usize, name: &str, (tests, failures): (usize, usize), cases: &str) -> String {
    format!(
        "<testsuite id=\"{id}\" name=\"{name}\" package=\"vip-lsp\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" \
         {NO_TIME}>\n<properties/>\n{cases}<system-out/>\n<system-err/>\n</testsuite>"
    )
}

/// Formats a finding as a test case. One that is not a failure is a passing test named after the finding.
fn case(class: &str, file: &FileReport, finding: &Reported, is_failure: bool) -> String {
    let (rule, severity, start) = (finding.rule.id, finding.severity.as_str(), finding.start);
    let message = escaped(&finding.message);
    let mut case =
        format!("<testcase classname=\"{class}\" time=\"0\" name=\"{rule} at {}:{}", start.line, start.column);
    // Writing to a string cannot fail.
    let _ = match is_failure {
        true => writeln!(
            case,
            "\">\n<failure type=\"{severity}\" message=\"{message}\">{}</failure>\n</testcase>",
            escaped(&concise::line(&file.path, finding)),
        ),
        false => writeln!(case, ": {severity}: {message}\"/>"),
    };
    case
}

/// Escapes `text` for an attribute or element. Characters that XML 1.0 cannot represent are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(character))),
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_say_is_escaped_or_left_out() {
        assert_eq!(escaped("<a b=\"c\"> & 'd' 💡\n\u{1b}\0\u{ffff}"), "&lt;a b=&quot;c&quot;&gt; &amp; 'd' 💡&#10;");
    }
}
