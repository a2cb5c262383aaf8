//! Problems in configuration files, formatted as lines.

use std::path::Path;

use super::paths::{named, relative};
use crate::letters::shown;
use crate::rules::Severity;
use crate::text::{Encoding, Span, Text};
use crate::workspace::{Faulty, Problem};

/// Formats `problem` of the file `faulty` as a line, like a finding in a proposal.
pub(super) fn problem_line(faulty: &Faulty, problem: &Problem) -> String {
    let span = problem.span.unwrap_or_default();
    let severity = if problem.is_idle { Severity::Warning } else { Severity::Error };
    line(relative(&faulty.path), &faulty.text, span, severity, faulty.code, &problem.in_file())
}

/// Formats `path:line:column: severity[code] message`. Lines and columns count from 1, columns in Unicode scalar values.
fn line(path: &Path, text: &Text, span: Span, severity: Severity, code: &str, message: &str) -> String {
    let position = text.position(span.start, Encoding::Utf32);
    let (line, column) = (position.line + 1, position.column + 1);
    format!("{}:{line}:{column}: {}[{code}] {}", named(path), severity.as_str(), shown(message))
}
