//! `vip-lsp check`: the rules over files and folders.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CLEAN, FAILED, FINDINGS};
use crate::document::Document;
use crate::rules::{Diagnostic, Severity};
use crate::text::{Encoding, Text};
use crate::workspace::{DocumentId, Workspace, files};

/// Checks what is at `paths` and prints the findings; the exit code of the process.
pub(super) fn run(paths: &[PathBuf]) -> u8 {
    let mut run = Run { workspace: Workspace::default(), worst: None, has_failed: false };
    let mut found = Vec::new();
    for path in paths {
        let (files, faults) = files::markdown_files(path);
        found.extend(files);
        faults.iter().for_each(|fault| run.fail(fault));
    }
    found.sort();
    found.dedup();
    run.workspace.set_roots(
        found.iter().filter_map(|path| root(path)).collect::<std::collections::BTreeSet<_>>().into_iter().collect(),
    );
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for path in found {
        // A reader that has seen enough, such as `head`, closes the pipe: not a failure of the run.
        if run.check(&path, &mut output).is_err() {
            return FINDINGS;
        }
    }
    let is_closed = output.flush().is_err();
    match run.worst {
        _ if run.has_failed => FAILED,
        Some(worst) if worst <= Severity::Warning || is_closed => FINDINGS,
        _ => CLEAN,
    }
}

struct Run {
    workspace: Workspace,
    worst: Option<Severity>,
    has_failed: bool,
}

impl Run {
    fn check(&mut self, path: &Path, output: &mut impl Write) -> std::io::Result<()> {
        let content = match files::read(path) {
            Ok(content) => content,
            Err(error) => {
                self.fail(&format!("{}: {error}", path.display()));
                return Ok(());
            }
        };
        let id = DocumentId::file(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let Some(snapshot) = self.workspace.snapshot(&id, Arc::new(Document::closed(&content))) else { return Ok(()) };
        for diagnostic in snapshot.diagnostics() {
            writeln!(output, "{}", line(path, snapshot.text(), &diagnostic))?;
            self.worst = self.worst.map_or(Some(diagnostic.severity), |worst| Some(worst.min(diagnostic.severity)));
        }
        Ok(())
    }

    fn fail(&mut self, message: &str) {
        eprintln!("vip-lsp: {message}");
        self.has_failed = true;
    }
}

/// `path:line:column: severity[rule] message`, from 1, columns in Unicode scalar values.
fn line(path: &Path, text: &Text, diagnostic: &Diagnostic) -> String {
    let position = text.position(diagnostic.span.start, Encoding::Utf32);
    let (line, column) = (position.line + 1, position.column + 1);
    let severity = diagnostic.severity.as_str();
    format!("{}:{line}:{column}: {severity}[{}] {}", path.display(), diagnostic.rule.id, diagnostic.message)
}

/// The folder that templates for the file at `path` may be in, and below: its repository, or its own folder.
fn root(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let folder = path.parent()?;
    let repository = folder.ancestors().find(|ancestor| ancestor.join(".git").exists());
    Some(repository.unwrap_or(folder).to_owned())
}
