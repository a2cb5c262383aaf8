//! The options of `vip-lsp check`.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::super::output::{Colours, Format};
use super::super::rule::no_rule;
use crate::features::fix_all::Safety;
use crate::rules::{Rule, Severity, rule};

/// What is checked, by which rules, and what becomes of the findings.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("fixing").args(["fix", "diff"]).multiple(true))]
pub(in crate::cli) struct Options {
    /// Files, folders to look for proposals in, or - for standard input.
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// The name of the file on standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// The format of findings [default: full on a terminal, concise elsewhere].
    #[arg(long, value_enum, value_name = "FORMAT")]
    output_format: Option<Format>,

    /// Apply safe fixes to the files; what is left is reported.
    #[arg(long)]
    pub(super) fix: bool,

    /// With --fix or --diff: also apply other fixes, if a finding has a preferred one or only one.
    #[arg(long, requires = "fixing")]
    pub(super) unsafe_fixes: bool,

    /// Print what --fix would change instead of the findings, and write nothing; exits with 1 if there are changes.
    #[arg(long)]
    pub(super) diff: bool,

    /// Check only these rules, even if they are off.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_called)]
    pub(super) select: Vec<&'static Rule>,

    /// Do not check these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_called)]
    pub(super) ignore: Vec<&'static Rule>,

    /// Report and fix only findings of at least this severity, and exit with 1 for them.
    #[arg(long, value_name = "SEVERITY", value_parser = severity_parser())]
    pub(super) min_severity: Option<Severity>,

    /// The template for all documents.
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,

    /// The configuration file for all documents.
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,

    /// Follow symbolic links that are named as paths; links found in a folder are never followed.
    #[arg(long)]
    pub(super) follow: bool,

    /// Use no configuration file.
    #[arg(long)]
    pub(super) isolated: bool,

    /// Do not report the findings that this file records.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,

    /// Record all findings in this file and report none; fixed findings are dropped from it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff", "select", "ignore", "min_severity"])]
    pub(super) write_baseline: Option<PathBuf>,

    /// Check only files changed since the current branch left this git revision, including untracked files.
    #[arg(long, value_name = "REV")]
    pub(super) changed_since: Option<String>,

    /// Check again whenever a document, template or configuration file changes, until interrupted.
    #[arg(long, conflicts_with_all = ["diff", "write_baseline"])]
    pub(super) watch: bool,

    /// Check what would be there after merging this git revision into what is checked out; may be repeated.
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "diff"])]
    pub(super) merge_with: Vec<String>,

    /// Print the number of findings of each rule instead of the findings.
    #[arg(long, conflicts_with = "diff")]
    pub(super) statistics: bool,

    /// Exit with 0 instead of 2 if a folder has neither proposals nor index pages.
    #[arg(long)]
    pub(super) allow_empty: bool,

    /// Whether to colour the findings.
    #[arg(long, value_enum, default_value_t = Colours::Auto, value_name = "WHEN")]
    pub(super) color: Colours,

    /// Print only findings and errors.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl Options {
    /// Returns how findings are written.
    pub(super) fn format(&self) -> Format {
        let default = || if std::io::stdout().is_terminal() { Format::Full } else { Format::Concise };
        self.output_format.unwrap_or_else(default)
    }

    /// Returns which fixes to apply, if any.
    pub(super) fn fixes(&self) -> Option<Safety> {
        let safety = if self.unsafe_fixes { Safety::Any } else { Safety::Safe };
        (self.fix || self.diff).then_some(safety)
    }

    /// Whether to check standard input.
    ///
    /// # Errors
    ///
    /// When standard input is combined with other paths or options, or its file is named without it.
    pub(super) fn wants_stdin(&self) -> Result<bool, String> {
        let wanted = self.paths.iter().filter(|path| path.as_os_str() == "-").count();
        match (wanted, self.paths.len()) {
            (0, _) if self.stdin_filename.is_some() => Err("--stdin-filename requires the path -; add it".to_owned()),
            (0, _) => Ok(false),
            (1, 1) if self.changed_since.is_some() || self.watch || !self.merge_with.is_empty() => {
                Err("--changed-since, --merge-with and --watch require files; do not use them with the path -"
                    .to_owned())
            }
            (1, 1) => Ok(true),
            _ => Err("- cannot be combined with other paths; check them separately".to_owned()),
        }
    }
}

fn rule_called(id: &str) -> Result<&'static Rule, String> {
    rule(id).ok_or_else(|| no_rule(id))
}

fn severity_parser() -> impl TypedValueParser<Value = Severity> {
    let all = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];
    let severity = move |name: String| all.into_iter().find(|severity| severity.as_str() == name);
    PossibleValuesParser::new(all.map(Severity::as_str)).map(move |name| severity(name).unwrap_or(Severity::Hint))
}
