//! `vip-lsp check --fix` and `--diff`: what fixes make of a file, if that is better.

use std::io::{BufWriter, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use similar::TextDiff;

use super::super::{slashed, write};
use super::inputs::Input;
use super::run::Run;
use crate::document::{Document, Proposal};
use crate::features::fix_all::{Safety, fix_all_of};
use crate::parallel;
use crate::rules::{Diagnostic, Severities, Severity, check};
use crate::text::apply;
use crate::workspace::files;

/// Or what has gone wrong.
type Outcome<T> = std::result::Result<T, String>;

/// A document and what fixes make of it.
#[derive(Debug)]
struct Fixed {
    before: String,
    after: String,
    /// How many findings fewer there are.
    count: usize,
}

impl Run<'_> {
    /// Applies the fixes that are asked for. With --diff nothing is written but what would change, and it says whether
    /// something would.
    ///
    /// # Errors
    ///
    /// When what would change cannot be written.
    pub(super) fn fix(&self) -> Outcome<Option<bool>> {
        let Some(safety) = self.options.fixes() else { return Ok(None) };
        match (self.options.diff, self.is_stdin) {
            (true, _) => self.write_diff(safety).map(Some),
            (false, true) => self.fix_stdin(safety).map(|()| None),
            (false, false) => {
                self.fix_files(safety);
                Ok(None)
            }
        }
    }

    fn fixed(&self, input: &Input, safety: Safety) -> Option<Fixed> {
        let document = match self.workspace.document(&input.id()) {
            Some(document) => document,
            None if self.options.diff => self.read(input)?,
            // What cannot be read is named when it is checked.
            None => Arc::new(Document::closed(&files::read(&input.path).ok()?)),
        };
        let snapshot = self.snapshot(input, document)?;
        let around = self.workspace.around(&snapshot);
        fixed(&snapshot.proposal().within(&around), snapshot.severities(), safety)
    }

    fn fix_files(&self, safety: Safety) {
        let counts = parallel::map(&self.inputs, |input| {
            let fixed = self.fixed(input, safety)?;
            match write::replace(&input.path, &fixed.before, &fixed.after) {
                Ok(()) => Some((&input.path, fixed.count)),
                Err(error) => {
                    self.fail(&format!("{}: {error}", input.shown.display()));
                    None
                }
            }
        });
        let written: Vec<_> = counts.into_iter().flatten().collect();
        // What other documents say of these may be right or wrong now.
        written.iter().for_each(|(path, _)| self.workspace.read_again(path));
        self.workspace.refresh();
        let count: usize = written.iter().map(|(_, count)| count).sum();
        self.note(&format!("{count} findings fixed in {} files", written.len()));
    }

    /// Standard output is what standard input said, fixed.
    fn fix_stdin(&self, safety: Safety) -> Outcome<()> {
        for input in &self.inputs {
            let fixed = self.fixed(input, safety).map(|fixed| fixed.after);
            let known = || self.workspace.document(&input.id()).map(|document| document.text().to_string());
            let Some(content) = fixed.or_else(known) else { continue };
            self.workspace.put(input.id(), Arc::new(Document::closed(&content)));
            std::io::stdout().write_all(content.as_bytes()).map_err(|error| format!("standard output: {error}"))?;
        }
        Ok(())
    }

    fn write_diff(&self, safety: Safety) -> Outcome<bool> {
        let fixed = parallel::map(&self.inputs, |input| Some((&input.shown, self.fixed(input, safety)?)));
        let fixed: Vec<(&PathBuf, Fixed)> = fixed.into_iter().flatten().collect();
        let mut output = BufWriter::new(std::io::stdout().lock());
        let written = fixed.iter().try_for_each(|(path, fixed)| write_diff(path, fixed, &mut output));
        match written.and_then(|()| output.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
            _ => Ok(!fixed.is_empty()),
        }
    }
}

/// What the fixes that `safety` allows make of `proposal`: nothing where none applies, or where they would leave it worse,
/// that is, with more findings that matter more. Of the fixes that reach into other files none is applied: the same fault is
/// found there, too, with a fix of its own.
fn fixed(proposal: &Proposal<'_>, severities: &Severities, safety: Safety) -> Option<Fixed> {
    let edits = fix_all_of(proposal, severities, safety);
    if edits.is_empty() {
        return None;
    }
    let after = apply(proposal.text(), &edits).to_string();
    let (known, left) = (check(proposal, severities), check(&proposal.reread(&Document::closed(&after)), severities));
    let count = known.len().saturating_sub(left.len());
    (!is_worse(&left, &known)).then(|| Fixed { before: proposal.text().to_string(), after, count })
}

/// Whether `left` has more findings than `known` of the worst severity in which they differ.
fn is_worse(left: &[Diagnostic], known: &[Diagnostic]) -> bool {
    let all = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];
    let counts = |found: &[Diagnostic]| {
        all.map(|severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count())
    };
    counts(left) > counts(known)
}

/// Writes what changes in the file at `path` as a unified diff that `git apply` and `patch -p1` take.
fn write_diff(path: &Path, fixed: &Fixed, output: &mut dyn Write) -> Result<()> {
    // Other programs end lines at LF alone.
    let lines = |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (before, after) = (lines(&fixed.before), lines(&fixed.after));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    let path = slashed(path);
    write!(output, "{}", diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    fn found(source: &str) -> Vec<Diagnostic> {
        let document = Document::closed(source);
        let template = Template::derive("# VIP-`$N`: `$T`\n\n## Scope\n\n## Design\n", None);
        check(&Proposal::of(&document, &template), &Severities::default())
    }

    #[test]
    fn a_warning_less_is_better_whatever_hints_it_costs() {
        let missing = found("# VIP-1: A\n\n## Scope\n\nA.\n");
        let empty = found("# VIP-1: A\n\n## Scope\n\n## Design\n");
        assert!(empty.len() > missing.len() && !is_worse(&empty, &missing));
        assert!(is_worse(&missing, &empty) && !is_worse(&empty, &empty));
    }
}
