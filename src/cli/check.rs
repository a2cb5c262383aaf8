//! `vip-lsp check`: the rules over files and folders.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::problem_line;
use super::{CLEAN, FAILED, FINDINGS, line, root};
use crate::document::Document;
use crate::rules::Severity;
use crate::workspace::{ConfigsInUse, DocumentId, Workspace, files};

/// Checks what is at `paths` and prints the findings; the exit code of the process.
pub(super) fn run(paths: &[PathBuf]) -> u8 {
    let mut run = Run::default();
    let mut found = Vec::new();
    for path in paths {
        let (files, faults) = files::markdown_files(path);
        found.extend(files);
        faults.iter().for_each(|fault| run.fail(fault));
    }
    found.sort();
    found.dedup();
    let folders = found.iter().filter_map(|path| Some(root(std::path::absolute(path).ok()?.parent()?)));
    run.workspace.set_roots(folders.collect::<BTreeSet<_>>().into_iter().collect());
    run.workspace.read_all();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for path in found {
        // A reader that has seen enough, such as `head`, closes the pipe: not a failure of the run.
        if run.check(&path, &mut output).is_err() {
            return FINDINGS;
        }
    }
    let is_closed = output.flush().is_err();
    run.report_configs();
    match run.worst {
        _ if run.has_failed => FAILED,
        Some(worst) if worst <= Severity::Warning || is_closed => FINDINGS,
        _ => CLEAN,
    }
}

#[derive(Default)]
struct Run {
    workspace: Workspace,
    configs: ConfigsInUse,
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
        self.configs.add(self.workspace.config(&id));
        let Some(snapshot) = self.workspace.page_of(&id, Arc::new(Document::closed(&content))) else { return Ok(()) };
        self.configs.add_proposal(&snapshot);
        for diagnostic in self.workspace.diagnostics(&snapshot) {
            let (span, severity, code) = (diagnostic.span, diagnostic.severity, diagnostic.rule.id);
            writeln!(output, "{}", line(path, snapshot.text(), span, severity, code, &diagnostic.message))?;
            self.worst = self.worst.map_or(Some(diagnostic.severity), |worst| Some(worst.min(diagnostic.severity)));
        }
        Ok(())
    }

    /// A check by settings that are not as they were meant is no check, so it fails.
    fn report_configs(&mut self) {
        for (config, problems) in self.configs.problems() {
            problems.iter().for_each(|problem| eprintln!("{}", problem_line(config, problem)));
            self.has_failed |= !problems.is_empty();
        }
    }

    fn fail(&mut self, message: &str) {
        eprintln!("vip-lsp: {message}");
        self.has_failed = true;
    }
}
