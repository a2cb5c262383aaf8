//! A single check and its report.

use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use super::super::exit::{CLEAN, FAILED, FINDINGS};
use super::super::output::{Report, summary};
use super::super::streams::tell;
use super::baseline::{self, Baseline};
use super::options::Options;
use super::run::Run;
use crate::letters::shown_path;
use crate::rules::Severity;

/// The outcome of a check.
pub(super) struct Outcome {
    /// The exit code.
    pub(super) code: u8,
    /// Whether the reader of the output has closed it, as `head` does once it has enough.
    pub(super) is_unheard: bool,
    /// Where the metadata beside the proposals is, or would be.
    pub(super) sidecars: Vec<PathBuf>,
}

impl Outcome {
    fn of(code: u8) -> Outcome {
        Outcome { code, is_unheard: false, sidecars: Vec::new() }
    }
}

/// Checks once as `options` say, and reports the findings.
///
/// # Errors
///
/// When the run itself fails.
pub(super) fn run(options: &Options) -> Result<Outcome, String> {
    if options.statistics && !options.format().has_statistics() {
        return Err("--statistics supports only the formats concise, full and json".to_owned());
    }
    let baseline = options.baseline.as_deref().filter(|_| options.write_baseline.is_none());
    let baseline = baseline.map(Baseline::read).transpose()?;
    let run = Run::of(options)?;
    let outcome = check(options, &run, baseline.as_ref())?;
    Ok(Outcome { sidecars: run.workspace.sidecars(), ..outcome })
}

fn check(options: &Options, run: &Run<'_>, baseline: Option<&Baseline>) -> Result<Outcome, String> {
    let is_diff = run.fix()?;
    let mut found = if is_diff.is_none() { run.check() } else { Vec::new() };
    let is_empty = run.say_nothing_found();
    let exit_code = |code: u8| run.exit_code(if is_empty { FAILED } else { code });
    if let Some(is_different) = is_diff {
        return Ok(Outcome::of(exit_code(if is_different { FINDINGS } else { CLEAN })));
    }
    if let Some(path) = &options.write_baseline {
        let known = found.iter().map(|(path, found)| (path.as_path(), found)).collect::<Vec<_>>();
        let count = baseline::record(path, &known)?;
        run.note(&format!("{count} findings are in {}", shown_path(path)));
        return Ok(Outcome::of(exit_code(CLEAN)));
    }
    for (path, found) in &mut found {
        baseline.into_iter().for_each(|baseline| baseline.apply(path, found));
        found.list.retain(|finding| options.min_severity.is_none_or(|least| finding.severity <= least));
    }
    let files: Vec<_> = found.into_iter().map(|(_, found)| found).collect();
    let report = Report { files: &files, threshold: options.min_severity.unwrap_or(Severity::Warning) };
    let outcome = print(options, &report, run.output())?;
    let outcome = Outcome { code: exit_code(outcome.code), ..outcome };
    let is_for_people = options.format().is_for_people() && !run.is_stdin && !options.quiet && !outcome.is_unheard;
    // A run that fails is not clean, even if nothing was found.
    if is_for_people && (outcome.code != FAILED || report.has_findings()) {
        summary(&report).into_iter().for_each(tell);
    }
    Ok(outcome)
}

/// Prints `report`.
fn print(options: &Options, report: &Report<'_>, output: Box<dyn Write>) -> Result<Outcome, String> {
    let mut output = BufWriter::new(output);
    let written = match options.statistics {
        true => options.format().write_statistics(report, &mut output),
        false => options.format().write(report, options.color, &mut output),
    };
    match written.and_then(|()| output.flush()) {
        Ok(()) if !report.has_failed() => Ok(Outcome::of(CLEAN)),
        Ok(()) => Ok(Outcome::of(FINDINGS)),
        // The run has not failed, but not everything was reported.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            Ok(Outcome { is_unheard: true, ..Outcome::of(FINDINGS) })
        }
        Err(error) => Err(format!("standard output: {error}")),
    }
}
