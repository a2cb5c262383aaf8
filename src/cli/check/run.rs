//! One run of `vip-lsp check`: the workspace around the inputs, and whether anything has failed so far.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::super::exit::FAILED;
use super::super::paths::relative;
use super::super::problem::problem_line;
use super::super::progress::Progress;
use super::super::streams::{say, tell};
use super::inputs::{Input, Inputs};
use super::options::Options;
use super::reported::{Details, FileReport};
use crate::document::Document;
use crate::door;
use crate::letters::shown_path;
use crate::parallel;
use crate::workspace::{ConfigSource, ConfigsInUse, Given, Presence, Settings, Snapshot, Workspace, files};

/// What is checked and how.
pub(super) struct Run<'a> {
    pub(super) options: &'a Options,
    pub(super) workspace: Workspace,
    pub(super) inputs: Vec<Input>,
    /// Whether standard input is the only document.
    pub(super) is_stdin: bool,
    folders: Vec<(PathBuf, PathBuf)>,
    /// The named files that are not proposals: the path to show, and the normalized path.
    others: Mutex<Vec<(PathBuf, PathBuf)>>,
    configs: Mutex<ConfigsInUse>,
    has_failed: AtomicBool,
    progress: Progress,
    /// Set once it has been told that moves between states are not checked.
    told: OnceLock<()>,
}

impl<'a> Run<'a> {
    /// Collects and reads the inputs, and everything that they are checked against.
    ///
    /// # Errors
    ///
    /// When the options name something that does not exist.
    pub(super) fn of(options: &'a Options) -> Result<Run<'a>, String> {
        let workspace = Workspace::with(given(options)?);
        let is_stdin = options.wants_stdin()?;
        let inputs = match is_stdin {
            true => stdin(options, &workspace)?,
            false => Inputs::of(&options.paths, options.follow),
        };
        let mut inputs = merged(options, changed(options, inputs)?, &workspace)?;
        workspace.set_roots(inputs.roots.clone());
        workspace.set_settings(settings(options));
        options.changed_since.iter().for_each(|revision| workspace.set_revision(revision));
        if options.fix && !is_stdin {
            // Before anything is read, because this restores files that a killed run had replaced.
            let folders: BTreeSet<&Path> = inputs.list.iter().filter_map(|input| input.path.parent()).collect();
            folders.into_iter().for_each(|folder| door::tidy_up(folder, &workspace.roots()));
        }
        // Without changes on the disk, files need not be read again.
        if !options.fix && !options.watch {
            workspace.put_aside();
        }
        workspace.read_histories();
        workspace.read_all();
        options.changed_since.iter().try_for_each(|revision| inputs.add_changed_beside(revision, &workspace))?;
        let progress = Progress::of(inputs.list.len(), options.quiet);
        let (configs, has_failed) = (Mutex::new(workspace.configs_in_use()), AtomicBool::new(false));
        let run = Run {
            options,
            workspace,
            inputs: inputs.list,
            is_stdin,
            folders: inputs.folders,
            others: Mutex::default(),
            configs,
            has_failed,
            progress,
            told: OnceLock::new(),
        };
        inputs.faults.iter().for_each(|fault| run.fail(fault));
        Ok(run)
    }

    /// Returns the findings in each document, with its normalized path.
    pub(super) fn check(&self) -> Vec<(PathBuf, FileReport)> {
        let found = parallel::map(&self.inputs, |input| {
            let found = self.read(input).map(|document| self.check_one(input, document));
            self.progress.advance();
            found.map(|(own, sidecar)| [Some((input.path.clone(), own)), sidecar])
        });
        self.progress.finish();
        // Several proposals in a folder have one file of metadata.
        let mut known: HashSet<PathBuf> = HashSet::new();
        let found = found.into_iter().flatten().flatten().flatten();
        found.filter(|(path, _)| known.insert(path.clone())).collect()
    }

    /// Returns the findings in `document`, and those in the file of metadata beside it, with its normalized path.
    fn check_one(&self, input: &Input, document: Arc<Document>) -> (FileReport, Option<(PathBuf, FileReport)>) {
        let Some(snapshot) = self.snapshot(input, document) else {
            if input.is_named {
                let named = (input.shown.clone(), input.path.clone());
                self.others.lock().unwrap_or_else(PoisonError::into_inner).push(named);
            }
            return (FileReport { path: input.shown.clone(), list: Vec::new(), is_checked: false }, None);
        };
        self.tell_of_moves(&snapshot, input);
        let diagnostics = self.workspace.diagnostics(&snapshot);
        let around = self.workspace.around(&snapshot);
        let proposal = snapshot.proposal().within(&around);
        // What --fix leaves is not to be fixed by it.
        let details = self.options.format().details();
        let details = Details { fixable: details.fixable && !self.options.fix, ..details };
        let found = snapshot.sidecar().zip(self.workspace.sidecar_diagnostics(&snapshot));
        let sidecar = found.map(|(sidecar, found)| {
            let shown = input.shown.with_file_name(sidecar.path.file_name().unwrap_or_default());
            // Only documents are fixed.
            let details = Details { fixable: false, ..details };
            (sidecar.path.clone(), FileReport::of(&shown, &sidecar.proposal(), &found, details))
        });
        (FileReport::of(&input.shown, &proposal, &diagnostics, details), sidecar)
    }

    /// Tells once that moves between states cannot be checked, if there is a life cycle and git's history cannot be read.
    fn tell_of_moves(&self, snapshot: &Snapshot, input: &Input) {
        if snapshot.template.life_cycle.stages.is_empty() || self.told.get().is_some() {
            return;
        }
        if let Some(fault) = self.workspace.history_fault(&input.path)
            && self.told.set(()).is_ok()
        {
            say(format_args!("moves between states are not checked, as git's history cannot be read: {fault}"));
        }
    }

    /// Returns the document as a snapshot, if it is a proposal or index page.
    pub(super) fn snapshot(&self, input: &Input, document: Arc<Document>) -> Option<Snapshot> {
        let snapshot = self.workspace.page_of(&input.id(), document);
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        configs.add(self.workspace.config(&input.id()));
        snapshot.iter().for_each(|snapshot| configs.add_proposal(snapshot));
        snapshot
    }

    /// Reads `input`. A file that cannot be read fails the run.
    pub(super) fn read(&self, input: &Input) -> Option<Arc<Document>> {
        let known = self.workspace.document(&input.id()).or_else(|| self.workspace.read_aside(&input.path));
        let content = match known {
            Some(document) => return Some(document),
            None => files::read(&input.path, &self.workspace.roots()),
        };
        let fault = |error: &std::io::Error| self.fail(&format!("{}: {error}", shown_path(&input.shown)));
        Some(Arc::new(Document::closed(&content.inspect_err(fault).ok()?)))
    }

    /// Returns the stream for findings.
    pub(super) fn output(&self) -> Box<dyn Write> {
        // Standard output is taken by the fixed document.
        if self.is_stdin && self.options.fix { Box::new(std::io::stderr()) } else { Box::new(std::io::stdout()) }
    }

    /// Notes which named files are not proposals, and why, and which folders have neither proposals nor index pages. Returns
    /// whether there is such a folder although that is not allowed.
    pub(super) fn say_nothing_found(&self) -> bool {
        let mut others = std::mem::take(&mut *self.others.lock().unwrap_or_else(PoisonError::into_inner));
        others.sort();
        for (shown, path) in others {
            if shown.as_os_str() == "-" {
                self.note("the title of standard input is not that of a proposal; name its file with --stdin-filename");
                continue;
            }
            let reasons = self.workspace.explain(&path).reasons.join("; ");
            self.note(&format!("{}: not a proposal: {reasons}", shown_path(&shown)));
        }
        let mut is_empty = false;
        for (shown, folder) in &self.folders {
            let presence = self.workspace.presence_in(folder);
            if let Some(message) = nothing_in(&self.workspace, shown, folder, presence) {
                self.note(&message);
            }
            is_empty |= presence == Presence::Nothing;
        }
        is_empty && !self.options.allow_empty
    }

    /// Prints a message that is neither a finding nor an error.
    pub(super) fn note(&self, message: &str) {
        if !self.options.quiet {
            say(message);
        }
    }

    /// Returns the exit code, which is `code` unless something has failed. Errors in the settings are a failure, because the
    /// check was not the intended one.
    pub(super) fn exit_code(&self, code: u8) -> u8 {
        for faulty in self.configs.lock().unwrap_or_else(PoisonError::into_inner).problems() {
            faulty.problems.iter().for_each(|problem| tell(problem_line(&faulty, problem)));
            self.has_failed.fetch_or(faulty.problems.iter().any(|problem| !problem.is_idle), Ordering::Relaxed);
        }
        let is_input = |path: &PathBuf| self.inputs.iter().any(|input| input.path == *path);
        // Inputs have been read, and any failure of that reported.
        for (path, fault) in self.workspace.unread_templates().into_iter().filter(|(path, _)| !is_input(path)) {
            self.note(&format!("{}: {fault}; if it is a template, it is not used", shown_path(relative(&path))));
        }
        if self.has_failed.load(Ordering::Relaxed) { FAILED } else { code }
    }

    /// Prints an error message. The run goes on, and fails in the end.
    pub(super) fn fail(&self, message: &str) {
        self.progress.suspend(|| say(message));
        self.has_failed.store(true, Ordering::Relaxed);
    }
}

/// Returns a message that `folder`, shown as `shown`, has no proposals to check, if `presence` says so.
pub(in crate::cli) fn nothing_in(
    workspace: &Workspace,
    shown: &Path,
    folder: &Path,
    presence: Presence,
) -> Option<String> {
    let shown = shown_path(shown);
    match presence {
        Presence::Some => return None,
        Presence::Excluded => return Some(format!("settings exclude every proposal in {shown}")),
        Presence::Nothing => {}
    }
    let files = match workspace.files_in(folder) {
        0 => "no Markdown files".to_owned(),
        1 => "1 Markdown file, which is not one".to_owned(),
        count => format!("{count} Markdown files, none of which is one"),
    };
    Some(format!("no proposals found in {shown}: it has {files}; vip-lsp explain FILE says why"))
}

/// Returns the template and configuration that the options give in place of those in the folders.
fn given(options: &Options) -> Result<Given, String> {
    let named = |path: &Path| {
        let fault = |error: std::io::Error| format!("{}: {error}", shown_path(path));
        files::read_named(path).map_err(fault)?;
        Ok::<_, String>(files::normalize(&std::path::absolute(path).map_err(fault)?))
    };
    let config = match &options.config {
        Some(path) => ConfigSource::File(named(path)?),
        None if options.isolated => ConfigSource::None,
        None => ConfigSource::Nearest,
    };
    Ok(Given { template: options.template.as_deref().map(named).transpose()?, config })
}

fn stdin(options: &Options, workspace: &Workspace) -> Result<Inputs, String> {
    let (inputs, document) = Inputs::of_stdin(options.stdin_filename.as_deref())?;
    inputs.list.iter().for_each(|input| workspace.put(input.id(), document.clone()));
    Ok(inputs)
}

fn changed(options: &Options, mut inputs: Inputs) -> Result<Inputs, String> {
    if let Some(revision) = &options.changed_since {
        inputs.retain_changed(revision)?;
    }
    Ok(inputs)
}

/// The maximum number of conflicts that are named.
const MAX_CONFLICTS: usize = 20;

/// Merges the revisions that `options` name, so that `workspace` is as after it, and returns `inputs` as they are then.
fn merged(options: &Options, mut inputs: Inputs, workspace: &Workspace) -> Result<Inputs, String> {
    if options.merge_with.is_empty() {
        return Ok(inputs);
    }
    let (overlay, conflicts) =
        files::merged::merged(&inputs.roots, &options.merge_with).map_err(|fault| fault.to_string())?;
    conflicts.iter().take(MAX_CONFLICTS).for_each(say);
    if let Some(more) = conflicts.len().checked_sub(MAX_CONFLICTS).filter(|more| *more > 0) {
        say(format_args!("and {more} more conflicts"));
    }
    let gone = inputs.cover(&overlay, options.changed_since.is_none());
    gone.iter().for_each(|path| say(format_args!("{}: gone after the merge, so not checked", shown_path(path))));
    workspace.set_overlay(overlay);
    Ok(inputs)
}

/// Returns the settings with the rules that the options switch on and off.
fn settings(options: &Options) -> Settings {
    let mut settings = Settings::default();
    let severities = &mut settings.terms.severities.0;
    if !options.select.is_empty() {
        let is_selected = |rule: &&crate::rules::Rule| options.select.contains(rule);
        severities
            .extend(crate::rules::RULES.into_iter().filter(|rule| !is_selected(rule)).map(|rule| (rule.id, None)));
        let quiet = options.select.iter().filter(|rule| rule.is_off_by_default);
        severities.extend(quiet.map(|rule| (rule.id, Some(rule.severity))));
    }
    severities.extend(options.ignore.iter().map(|rule| (rule.id, None)));
    settings.selected.clone_from(&options.select);
    settings
}
