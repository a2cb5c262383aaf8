//! `vip-lsp migrate`: brings documents to the current version of their template.

use std::collections::HashSet;
use std::io::{BufWriter, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::inputs::{Input, Inputs};
use super::exit::{CLEAN, FAILED, FINDINGS};
use super::paths::{named, relative};
use super::rewriting::{replace_all, write_diff};
use super::streams::{say, tell};
use crate::document::{Document, Migration};
use crate::letters::shown_path;
use crate::text::apply;
use crate::workspace::{DocumentEdits, DocumentId, Snapshot, Workspace, files};

/// What to migrate, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Files and folders.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The git revision whose template the documents follow now [default: what git says of each document].
    #[arg(long, value_name = "REVISION")]
    from: Option<String>,
    /// Print the changes as a diff, and write nothing. Exits with 1 if there are any.
    #[arg(long)]
    diff: bool,
    /// Leave out documents that were accepted, rejected or replaced.
    #[arg(long)]
    open_only: bool,
}

/// Migrates the documents in `options`, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    migrated(options).unwrap_or_else(|error| {
        say(error);
        FAILED
    })
}

fn migrated(options: &Options) -> Result<u8, String> {
    let inputs = Inputs::of(&options.paths, false);
    let workspace = Workspace::default();
    workspace.set_roots(inputs.roots.clone());
    workspace.read_histories();
    workspace.read_all();
    inputs.faults.iter().for_each(say);
    let mut migrations = Vec::new();
    for input in &inputs.list {
        migrations.extend(migration(&workspace, input, options)?);
    }
    for (snapshot, migration) in &migrations {
        let name = snapshot.id().path().map(|path| named(relative(path))).unwrap_or_default();
        migration.steps.iter().for_each(|step| tell(format_args!("{name}: {step}")));
    }
    // A link in another repository is not this one's to change.
    let own: HashSet<_> = migrations.iter().filter_map(|(snapshot, _)| repository(snapshot.id().path()?)).collect();
    let is_own = |(path, ..): &(PathBuf, String, String)| repository(path).is_none_or(|other| own.contains(&other));
    let changes = workspace.migrated(&migrations).into_iter().filter_map(change).filter(is_own);
    let changes: Vec<(PathBuf, String, String)> = changes.collect();
    let (count, is_written) = done(options, &workspace, &changes)?;
    let what = if options.diff { "would be changed" } else { "changed" };
    tell(match count {
        0 if !is_written => "No file was changed.".to_owned(),
        0 if !workspace.has_history() && options.from.is_none() => {
            "Nothing to do: git says of no document here when it came in; name the template's revision with --from."
                .to_owned()
        }
        0 => "Every document follows the template as it is now, or needs no change.".to_owned(),
        1 => format!("1 file {what}."),
        count => format!("{count} files {what}."),
    });
    Ok(match is_written && inputs.faults.is_empty() {
        false => FAILED,
        true if options.diff && count > 0 => FINDINGS,
        true => CLEAN,
    })
}

/// Writes `changes`, or shows them. Returns how many there are, and whether all could be written.
fn done(
    options: &Options,
    workspace: &Workspace,
    changes: &[(PathBuf, String, String)],
) -> Result<(usize, bool), String> {
    let files: Vec<_> = changes.iter().map(|(path, before, after)| (&**path, &**before, &**after)).collect();
    if options.diff {
        show(&files)?;
        return Ok((files.len(), true));
    }
    let fail = |path: &Path, error: Error| say(format_args!("{}: {error}", shown_path(relative(path))));
    let written = replace_all(&files, &workspace.roots(), &fail);
    Ok((written.iter().filter(|is_written| **is_written).count(), !written.contains(&false)))
}

/// Returns how the document `input` is brought to the current version of its template, if it is a proposal and follows another.
fn migration(workspace: &Workspace, input: &Input, options: &Options) -> Result<Option<(Snapshot, Migration)>, String> {
    let content = match files::read(&input.path, &workspace.roots()) {
        Ok(content) => content,
        Err(error) => return Err(format!("{}: {error}", shown_path(&input.shown))),
    };
    let Some(snapshot) = workspace.snapshot(&input.id(), Arc::new(Document::closed(&content))) else { return Ok(None) };
    if options.open_only && snapshot.is_final() {
        return Ok(None);
    }
    let from = match &options.from {
        Some(revision) => {
            let found = workspace.template_at_revision(&snapshot, revision).map_err(|fault| fault.to_string())?;
            Some(found.ok_or_else(|| format!("{}: its template is not in {revision}", shown_path(&input.shown)))?)
        }
        None => None,
    };
    Ok(workspace.migration(&snapshot, from.as_deref()).map(|migration| (snapshot, migration)))
}

/// Returns the repository that the file at `path` is in.
fn repository(path: &Path) -> Option<PathBuf> {
    files::repository(path.parent()?).map(Path::to_owned)
}

fn change(edits: DocumentEdits) -> Option<(PathBuf, String, String)> {
    let DocumentId::File(path) = edits.id else { return None };
    let before = edits.document.text().to_string();
    let after = apply(edits.document.text(), &edits.edits).to_string();
    (before != after).then_some((path, before, after))
}

fn show(files: &[(&Path, &str, &str)]) -> Result<(), String> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let written =
        files.iter().try_for_each(|(path, before, after)| write_diff(relative(path), before, after, &mut output));
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}
