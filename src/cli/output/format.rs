//! The output formats of findings.

use std::io::{Result, Write};

use super::style::Look;
use super::{Colours, Report, concise, full, github, gitlab, json, junit, sarif, statistics};
use crate::cli::check::reported::Details;

/// A way to write findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    /// With the lines in question, the place marked, and the fixes.
    Full,
    /// One line per finding: `path:line:column: severity[rule] message`.
    Concise,
    /// A JSON array with places and fixes.
    Json,
    /// Annotations for GitHub Actions.
    Github,
    /// Code Quality for GitLab.
    Gitlab,
    /// SARIF 2.1.0, for example for code scanning.
    Sarif,
    /// JUnit XML.
    Junit,
}

impl Format {
    /// Returns which details of findings the format needs.
    pub(in crate::cli) fn details(self) -> Details {
        Details {
            fixes: matches!(self, Format::Json | Format::Full),
            excerpts: self == Format::Full,
            fixable: self.is_for_people(),
        }
    }

    /// Whether people read the format.
    pub(in crate::cli) fn is_for_people(self) -> bool {
        matches!(self, Format::Full | Format::Concise)
    }

    /// Writes `report` in the format; only those that people read have `colours`.
    pub(in crate::cli) fn write(self, report: &Report<'_>, colours: Colours, output: &mut dyn Write) -> Result<()> {
        match self {
            Format::Full => full::write(report, Look::of(colours), output),
            Format::Concise => concise::write(report, Look::of(colours), output),
            Format::Json => json::write(report, output),
            Format::Github => github::write(report, output),
            Format::Gitlab => gitlab::write(report, output),
            Format::Sarif => sarif::write(report, output),
            Format::Junit => junit::write(report, output),
        }
    }

    /// Writes the number of findings of each rule.
    pub(in crate::cli) fn write_statistics(self, report: &Report<'_>, output: &mut dyn Write) -> Result<()> {
        if self == Format::Json { statistics::write_json(report, output) } else { statistics::write(report, output) }
    }

    /// Whether the format has statistics.
    pub(in crate::cli) fn has_statistics(self) -> bool {
        matches!(self, Format::Full | Format::Concise | Format::Json)
    }
}
