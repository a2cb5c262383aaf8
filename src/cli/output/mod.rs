//! How findings are written: one file a format.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod statistics;

use std::io::{IsTerminal, Result, Write};
use std::path::Path;

use serde::{Serialize, Serializer};

use super::check::findings::{Details, FileFindings, Finding, Hash};
use super::{named, slashed};
use crate::letters::in_json;
use crate::rules::Severity;

/// A way to write findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// With the lines in question, the place marked, and what can be done.
    Full,
    /// A line a finding: `path:line:column: severity[rule] message`.
    Concise,
    /// An array with places and fixes.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// SARIF 2.1.0, as for code scanning.
    Sarif,
    /// JUnit's XML.
    Junit,
}

/// What is reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report<'a> {
    /// In the order of their paths.
    pub(super) files: &'a [FileFindings],
    /// The least severity with which a finding is a failure.
    pub(super) threshold: Severity,
}

impl Report<'_> {
    fn findings(&self) -> impl Iterator<Item = (&Path, &Finding)> {
        self.files.iter().flat_map(|file| file.list.iter().map(|finding| (file.path.as_path(), finding)))
    }

    /// Whether there is a failure.
    pub(super) fn has_failed(&self) -> bool {
        self.findings().any(|(_, finding)| self.is_failure(finding))
    }

    fn is_failure(&self, finding: &Finding) -> bool {
        finding.severity <= self.threshold
    }
}

impl Format {
    /// What has to be known of each finding.
    pub(super) fn details(self) -> Details {
        Details { fixes: matches!(self, Format::Json | Format::Full), excerpts: self == Format::Full }
    }

    /// Writes all of `report`.
    pub(super) fn write(self, report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
        match self {
            Format::Full => full::write(report, has_colour(), output),
            Format::Concise => concise::write(report, output),
            Format::Json => json::write(report, output),
            Format::Github => github::write(report, output),
            Format::Gitlab => gitlab::write(report, output),
            Format::Sarif => sarif::write(report, output),
            Format::Junit => junit::write(report, output),
        }
    }

    /// Writes how many findings each rule has.
    pub(super) fn write_statistics(self, report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
        if self == Format::Json { statistics::write_json(report, output) } else { statistics::write(report, output) }
    }

    /// Whether there are statistics in this format.
    pub(super) fn has_statistics(self) -> bool {
        matches!(self, Format::Full | Format::Concise | Format::Json)
    }
}

/// Whether standard output can show colours, and the user has not asked for none (no-color.org).
fn has_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    std::io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// What names `finding` in the file at `path` from run to run.
fn fingerprint(path: &Path, finding: &Finding) -> String {
    let mut hash = Hash(finding.key);
    hash.add(&slashed(path));
    format!("{:016x}", hash.0)
}

/// Writes `items` as a JSON array, one after the other: there may be many.
fn write_array<T: Serialize>(items: impl Iterator<Item = T>, output: &mut dyn Write) -> Result<()> {
    serde_json::Serializer::pretty(Escaped(output)).collect_seq(items)?;
    writeln!(output)
}

/// The way of JSON to `0`: characters that steer a terminal are escaped.
struct Escaped<'a>(&'a mut dyn Write);

impl Write for Escaped<'_> {
    /// Takes whole characters, as JSON is written.
    fn write(&mut self, json: &[u8]) -> Result<usize> {
        match std::str::from_utf8(json) {
            Ok(text) => self.0.write_all(in_json(text).as_bytes())?,
            Err(_) => self.0.write_all(json)?,
        }
        Ok(json.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}
