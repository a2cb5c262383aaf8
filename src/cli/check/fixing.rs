//! `vip-lsp check --fix` and `--diff`: applying fixes to files, unless that makes a file worse.

use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::paths::relative;
use super::super::rewriting::{replace_all, write_diff};
use super::inputs::Input;
use super::run::Run;
use crate::document::{Document, Edited};
use crate::features::fix_all::{Safety, fix_all_of};
use crate::letters::shown_path;
use crate::parallel;
use crate::rules::{Diagnostic, Severity};
use crate::text::apply;
use crate::workspace::{DocumentEdits, DocumentId, files};

/// A result whose error is a message for the user.
type Outcome<T> = std::result::Result<T, String>;

/// A file before and after its fixes.
#[derive(Debug)]
struct Fixed {
    path: PathBuf,
    before: String,
    after: String,
    /// How many of its findings are gone.
    count: usize,
}

impl Run<'_> {
    /// Applies the requested fixes. With --diff, nothing is written except the diff, and the result says whether there is one.
    ///
    /// # Errors
    ///
    /// When the result cannot be written to standard output.
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

    /// Returns the files to check, and others with links to changed headings, with the fixes that `safety` allows. If the fixes
    /// would leave a file worse, that is, with more findings at the worst severity that differs, none of them is applied to it.
    /// Fixes that reach into other files are left out: the same fault is found there as well, with a fix of its own.
    fn fixed(&self, safety: Safety) -> Vec<Fixed> {
        let mut own = self.all_edits(safety);
        let mut known: HashMap<DocumentId, Arc<Vec<Diagnostic>>> = HashMap::new();
        loop {
            let changed = match self.is_stdin {
                true => own.clone(),
                false => self.workspace.follow_elsewhere(own.clone()),
            };
            for DocumentEdits { id, document, .. } in &changed {
                known.entry(id.clone()).or_insert_with(|| self.found(id, document));
            }
            let left = self.found_then(&changed);
            let is_worse = |changed: &DocumentEdits| is_worse(&left[&changed.id], &known[&changed.id]);
            let worse: HashSet<&DocumentId> = changed.iter().filter(|one| is_worse(one)).map(|one| &one.id).collect();
            for one in changed.iter().filter(|one| worse.contains(&one.id)) {
                self.note_left(&one.id, &known[&one.id], &left[&one.id]);
            }
            let count = own.len();
            own.retain(|own| !worse.contains(&own.id));
            if own.len() == count {
                let fixed = |changed: DocumentEdits| {
                    let DocumentId::File(path) = &changed.id else { return None };
                    Some(Fixed {
                        path: path.clone(),
                        before: changed.document.text().to_string(),
                        after: apply(changed.document.text(), &changed.edits).to_string(),
                        count: without(&known[&changed.id], &left[&changed.id]).len(),
                    })
                };
                return changed.into_iter().filter_map(fixed).collect();
            }
        }
    }

    /// Says why the file `id`, in which `known` is found, is left as it is: `left` would be found in it then.
    fn note_left(&self, id: &DocumentId, known: &[Diagnostic], left: &[Diagnostic]) {
        let DocumentId::File(path) = id else { return };
        if let Some(found) = without(left, known).into_iter().min_by_key(|found| found.severity) {
            let path = shown_path(relative(path));
            self.note(&format!("{path}: not fixed, because this would follow: {} [{}]", found.message, found.rule.id));
        }
    }

    /// Returns the edits of the fixes for each input. Inputs whose headings change come first, so that the others are fixed with
    /// the new anchors.
    fn all_edits(&self, safety: Safety) -> Vec<DocumentEdits> {
        let own = parallel::map(&self.inputs, |input| self.own_edits(input, safety));
        let own: Vec<DocumentEdits> = own.into_iter().flatten().collect();
        let (mut own, others): (Vec<_>, Vec<_>) = own.into_iter().partition(|own| own.anchors.is_some());
        if own.is_empty() || self.is_stdin {
            return own.into_iter().chain(others).collect();
        }
        let ids: HashSet<DocumentId> = own.iter().map(|own| own.id.clone()).collect();
        let inputs: Vec<&Input> = self.inputs.iter().filter(|input| !ids.contains(&input.id())).collect();
        own.extend(self.with(&own, || {
            let others = parallel::map(&inputs, |input| self.own_edits(input, safety));
            others.into_iter().flatten().collect::<Vec<_>>()
        }));
        own
    }

    /// Returns the edits of the fixes for `input` alone.
    fn own_edits(&self, input: &Input, safety: Safety) -> Option<DocumentEdits> {
        let document = match self.workspace.document(&input.id()) {
            Some(document) => document,
            None if self.options.diff => self.read(input)?,
            // A file that cannot be read is reported when it is checked.
            None => Arc::new(Document::closed(&files::read(&input.path, &self.workspace.roots()).ok()?)),
        };
        let snapshot = self.snapshot(input, document.clone())?;
        let around = self.workspace.around(&snapshot);
        let least = self.options.min_severity.unwrap_or(Severity::Hint);
        let fixed = fix_all_of(&snapshot.proposal().within(&around), snapshot.severities(), safety, least);
        let Edited { edits, anchors } = fixed;
        (!edits.is_empty()).then(|| DocumentEdits { anchors, ..DocumentEdits::of(input.id(), document, edits) })
    }

    /// Returns the diagnostics of `document`, whose ID is `id`.
    fn found(&self, id: &DocumentId, document: &Arc<Document>) -> Arc<Vec<Diagnostic>> {
        let page = self.workspace.page_of(id, document.clone());
        page.map(|page| self.workspace.diagnostics(&page)).unwrap_or_default()
    }

    /// Returns the diagnostics of each document with all of `changed` applied.
    fn found_then(&self, changed: &[DocumentEdits]) -> HashMap<DocumentId, Arc<Vec<Diagnostic>>> {
        self.with(changed, || {
            let found = |changed: &DocumentEdits| {
                let document = self.workspace.document(&changed.id);
                let found = document.map(|document| self.found(&changed.id, &document)).unwrap_or_default();
                (changed.id.clone(), found)
            };
            parallel::map(changed, found).into_iter().collect()
        })
    }

    /// Returns the result of `answer`, which runs with all of `changed` applied in the workspace.
    fn with<T>(&self, changed: &[DocumentEdits], answer: impl FnOnce() -> T) -> T {
        let before: Vec<_> = changed.iter().map(|changed| self.workspace.document(&changed.id)).collect();
        for DocumentEdits { id, document, edits, .. } in changed {
            let then = apply(document.text(), edits).to_string();
            self.workspace.put(id.clone(), Arc::new(Document::closed(&then)));
        }
        let answer = answer();
        for (DocumentEdits { id, .. }, before) in changed.iter().zip(before) {
            match before {
                Some(before) => self.workspace.put(id.clone(), before),
                None => self.workspace.remove(id),
            }
        }
        answer
    }

    fn fix_files(&self, safety: Safety) {
        let fixed = self.fixed(safety);
        let roots = self.workspace.roots();
        let fail = |path: &Path, error: Error| self.fail(&format!("{}: {error}", shown_path(relative(path))));
        let files: Vec<_> = fixed.iter().map(|fixed| (&*fixed.path, &*fixed.before, &*fixed.after)).collect();
        let written = replace_all(&files, &roots, &fail);
        let written: Vec<_> = fixed.iter().zip(written).filter(|(_, is_written)| *is_written).collect();
        // Findings in other documents may depend on the changed ones.
        written.iter().for_each(|(fixed, _)| self.workspace.read_again(&fixed.path));
        self.workspace.refresh();
        let count: usize = written.iter().map(|(fixed, _)| fixed.count).sum();
        let some = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        self.note(&format!("{} fixed in {}", some(count, "finding"), some(written.len(), "file")));
    }

    /// Writes the fixed content of standard input to standard output.
    fn fix_stdin(&self, safety: Safety) -> Outcome<()> {
        let fixed = self.fixed(safety);
        for input in &self.inputs {
            let fixed = fixed.iter().find(|fixed| fixed.path == input.path).map(|fixed| fixed.after.clone());
            let known = || self.workspace.document(&input.id()).map(|document| document.text().to_string());
            let Some(content) = fixed.or_else(known) else { continue };
            self.workspace.put(input.id(), Arc::new(Document::closed(&content)));
            std::io::stdout().write_all(content.as_bytes()).map_err(|error| format!("standard output: {error}"))?;
        }
        Ok(())
    }

    fn write_diff(&self, safety: Safety) -> Outcome<bool> {
        let fixed = self.fixed(safety);
        let mut output = BufWriter::new(std::io::stdout().lock());
        let shown: HashMap<&PathBuf, &PathBuf> = self.inputs.iter().map(|input| (&input.path, &input.shown)).collect();
        let path = |fixed: &Fixed| {
            shown.get(&fixed.path).map_or_else(|| relative(&fixed.path).to_owned(), |shown| (*shown).clone())
        };
        let written =
            fixed.iter().try_for_each(|fixed| write_diff(&path(fixed), &fixed.before, &fixed.after, &mut output));
        match written.and_then(|()| output.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
            _ => Ok(!fixed.is_empty()),
        }
    }
}

/// Returns those of `found` that are not among `others`.
fn without<'a>(found: &'a [Diagnostic], others: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    for other in others {
        *counts.entry((other.rule.id, &*other.message)).or_default() += 1;
    }
    let mut is_new = |found: &'a Diagnostic| {
        let count = counts.entry((found.rule.id, &*found.message)).or_default();
        let is_new = *count == 0;
        *count = count.saturating_sub(1);
        is_new
    };
    found.iter().filter(|found| is_new(found)).collect()
}

/// Whether `left` has more findings than `known` at the worst severity in which their counts differ.
fn is_worse(left: &[Diagnostic], known: &[Diagnostic]) -> bool {
    let all = [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];
    let counts = |found: &[Diagnostic]| {
        all.map(|severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count())
    };
    counts(left) > counts(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Proposal;
    use crate::rules::{Severities, check};
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
