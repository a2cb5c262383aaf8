//! `vip-lsp families`: the families here, their templates, and how they are known.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::exit::finish;
use super::open::{opened, root};
use super::paths::{current, from_here, slashed};
use super::streams::json;
use crate::document::Deviation;
use crate::letters::shown_lines;
use crate::rules::first_words;
use crate::workspace::{DocumentId, Family, Workspace};

/// What to print.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Print an array of JSON objects.
    #[arg(long)]
    json: bool,
}

/// A family as JSON.
#[derive(Debug, Serialize)]
struct Entry {
    template: Option<String>,
    kind: &'static str,
    name: String,
    naming: String,
    reason: String,
    count: usize,
    documents: Vec<String>,
    evidence: Vec<Evidence>,
    /// What to show in place of the template if no file has one.
    #[serde(skip)]
    instead: String,
}

/// A deviation from the template that many of the family's documents share.
#[derive(Debug, Serialize)]
struct Evidence {
    /// What the documents do: `have no section "Appendix"`.
    what: String,
    count: usize,
    of: usize,
}

/// Prints the families below the current folder, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    finish(current().map(|folder| listed(options, &folder)))
}

fn listed(options: &Options, folder: &Path) -> String {
    let workspace = opened(root(folder));
    let entries: Vec<Entry> = workspace
        .documents_by_family()
        .into_iter()
        .filter_map(|(family, paths)| entry(&workspace, &family, &paths, folder))
        .collect();
    match options.json {
        true => json(&entries),
        false if entries.is_empty() => nothing(&workspace),
        false => shown_lines(&text(&entries)).into_owned(),
    }
}

/// Returns the entry for `family` with those of its documents at `paths` that are below `folder`; `None` if there are none.
fn entry(workspace: &Workspace, family: &Family, paths: &[PathBuf], folder: &Path) -> Option<Entry> {
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
        evidence: paths.first().map(|path| evidence(workspace, path)).unwrap_or_default(),
        instead: paths
            .first()
            .map(|path| workspace.template(&DocumentId::File(path.clone())).told())
            .unwrap_or_default(),
    })
}

/// Returns the evidence on the family of the document at `path`.
fn evidence(workspace: &Workspace, path: &Path) -> Vec<Evidence> {
    let id = DocumentId::File(path.to_owned());
    let template = workspace.template(&id);
    let kept: HashMap<Deviation, &str> =
        template.instructions.texts().into_iter().map(|text| (Deviation::keeps(text), text)).collect();
    let section = |index: usize| &template.sections[index].name;
    let what = |deviation: Deviation| {
        Some(match deviation {
            Deviation::NoSection(index) => format!("have no section \"{}\"", section(index)),
            Deviation::OtherName(index) => format!("have another name for \"{}\"", section(index)),
            Deviation::NoKey(index) => format!("have no metadata \"{}\"", template.metadata[index].name),
            Deviation::NeedlessKey(index) => {
                format!("have metadata \"{}\" without need", template.metadata[index].name)
            }
            Deviation::NoTitle => "have no title".to_owned(),
            Deviation::NoNumber => "have no number in the title".to_owned(),
            Deviation::LongValue(Some(index)) => format!("have a longer \"{}\"", template.metadata[index].name),
            Deviation::LongValue(None) => "have a longer title".to_owned(),
            Deviation::OtherLevel => "have sections at another level".to_owned(),
            Deviation::Unfilled(index) => format!("leave section \"{}\" as it is in the template", section(index)),
            Deviation::KeepsValue(index) => {
                format!("keep the template's value of \"{}\"", template.metadata[index].name)
            }
            // These are reported together, as other values.
            Deviation::OwnValue(..) => return None,
            Deviation::OtherValue(index) => {
                format!("have a value of \"{}\" that the template does not list", template.metadata[index].name)
            }
            Deviation::Keeps(_) => format!("keep \"{}\"", first_words(kept.get(&deviation)?)),
        })
    };
    let found = workspace.usage(&template, workspace.evidence(&id)).into_iter();
    found
        .filter_map(|(deviation, share)| Some(Evidence { what: what(deviation)?, count: share.count, of: share.all }))
        .collect()
}

/// Returns a message that there is no family below the current folder, and what there is around it.
fn nothing(workspace: &Workspace) -> String {
    match workspace.documents_by_family().len() {
        0 => "no families: no template here has documents that follow it, no documents are alike, and no file has the name \
              or title of a VIP\n"
            .to_owned(),
        count => format!("no family has documents below this folder; the repository has {count} in other folders\n"),
    }
}

fn text(entries: &[Entry]) -> String {
    let lines = entries.iter().map(|entry| {
        let template = entry.template.as_deref().unwrap_or(&entry.instead);
        let Entry { name, naming, reason, count, .. } = entry;
        let documents = if *count == 1 { "document" } else { "documents" };
        let mut text = format!(
            "{name}: {count} {documents}\n  template  {template}\n  names     {naming}\n  known by  {reason}\n"
        );
        for (at, Evidence { what, count, of }) in entry.evidence.iter().enumerate() {
            let label = if at == 0 { "evidence" } else { "" };
            text.push_str(&format!("  {label:8}  {count} of {of} {what}\n"));
        }
        text
    });
    lines.collect::<Vec<_>>().join("\n")
}
