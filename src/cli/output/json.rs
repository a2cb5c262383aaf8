//! The JSON format: an array of findings with places and fixes. Lines and columns count from 1, columns in Unicode scalar values.

use std::io::{Result, Write};

use serde::Serialize;

use super::Report;
use super::escaped::write_array;
use crate::cli::check::reported::{Fix, Position};
use crate::cli::paths::slashed;

#[derive(Serialize)]
struct Item<'a> {
    path: String,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    start: Position,
    end: Position,
    fixes: &'a [Fix],
}

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
    let items = report.findings().map(|(path, finding)| Item {
        path: slashed(path),
        rule: finding.rule.id,
        severity: finding.severity.as_str(),
        message: &finding.message,
        start: finding.start,
        end: finding.end,
        fixes: &finding.fixes,
    });
    write_array(items, output)
}
