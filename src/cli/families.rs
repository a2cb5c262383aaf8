//! `vip-lsp families`: which proposals there are here, by which templates, and how that is known.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{current, finish, from_here, opened, root, slashed};
use crate::workspace::{Family, Workspace};

/// What to print.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Print an array of JSON objects.
    #[arg(long)]
    json: bool,
}

/// A family, for programs.
#[derive(Debug, Serialize)]
struct Entry {
    template: Option<String>,
    kind: &'static str,
    name: String,
    naming: String,
    reason: String,
    count: usize,
    documents: Vec<String>,
}

/// Prints the families below the current folder; the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    finish(current().map(|folder| listed(options, &folder)))
}

fn listed(options: &Options, folder: &Path) -> String {
    let workspace = opened(root(folder));
    let entries: Vec<Entry> = workspace
        .documents_by_family()
        .into_iter()
        .filter_map(|(family, paths)| entry(&family, &paths, folder))
        .collect();
    match options.json {
        true => serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n",
        false if entries.is_empty() => nothing(&workspace),
        false => text(&entries),
    }
}

/// The entry for `family` with those of its documents at `paths` that are below `folder`; none where none is.
fn entry(family: &Family, paths: &[PathBuf], folder: &Path) -> Option<Entry> {
    let documents: Vec<String> =
        paths.iter().filter_map(|path| Some(slashed(path.strip_prefix(folder).ok()?))).collect();
    (!documents.is_empty()).then(|| Entry {
        template: family.template.as_deref().map(|path| slashed(&from_here(path))),
        kind: family.kind.as_str(),
        name: family.name.clone(),
        naming: family.naming.clone(),
        reason: family.reason.clone(),
        count: documents.len(),
        documents,
    })
}

/// That there is nothing below the current folder, and what there is around it.
fn nothing(workspace: &Workspace) -> String {
    match workspace.documents_by_family().len() {
        0 => "no families: no template here has documents that follow it, and no file is named or titled as a VIP\n"
            .to_owned(),
        count => format!("no family has documents below this folder; the repository has {count} in other folders\n"),
    }
}

fn text(entries: &[Entry]) -> String {
    let lines = entries.iter().map(|entry| {
        let template = entry.template.as_deref().unwrap_or("the built-in VIP template");
        let Entry { name, naming, reason, count, .. } = entry;
        let documents = if *count == 1 { "document" } else { "documents" };
        format!("{name}: {count} {documents}\n  template  {template}\n  names     {naming}\n  known by  {reason}\n")
    });
    lines.collect::<Vec<_>>().join("\n")
}
