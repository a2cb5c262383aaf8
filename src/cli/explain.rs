//! `vip-lsp explain`: whether a file is a proposal, of which family, or why not and which settings would make it one.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::exit::finish;
use super::open::{opened, root};
use super::paths::{from_here, named, slashed};
use super::streams;
use crate::letters::{shown_lines, shown_path};
use crate::workspace::{Explanation, files, is_set_apart};

/// What to explain, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The file.
    file: PathBuf,
    /// Print a JSON object.
    #[arg(long)]
    json: bool,
}

/// An explanation as JSON.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    path: String,
    proposal: bool,
    family: Option<&'a str>,
    template: Option<String>,
    kind: Option<&'static str>,
    reasons: &'a [String],
    suggestion: Option<&'a str>,
    /// The file that the suggested settings belong in.
    settings: Option<String>,
}

/// Prints what the file in `options` is, and why, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    let path = std::path::absolute(&options.file).map(|path| files::normalize(&path));
    let path = path.map_err(|error| error.to_string());
    let is_there = |path: &PathBuf| path.symlink_metadata().is_ok();
    let path = path.and_then(|path| is_there(&path).then_some(path).ok_or_else(|| "there is no such file".to_owned()));
    let path = path.map_err(|error| format!("{}: {error}", shown_path(&options.file)));
    finish(path.map(|path| explained(options, &path)))
}

fn explained(options: &Options, path: &Path) -> String {
    let folder = path.parent().unwrap_or(path);
    let mut explanation = explain(path, root(folder));
    // A folder that is set apart is a root of its own only when it is named. If the file is not a proposal there, the whole
    // repository explains why.
    if let Some(repository) =
        files::repository(folder).filter(|whole| !explanation.is_proposal && is_set_apart(folder, whole))
    {
        explanation = explain(path, repository.to_owned());
    }
    if options.json { json(path, &explanation) } else { text(path, &explanation) }
}

fn explain(path: &Path, root: PathBuf) -> Explanation {
    opened(root).explain(path)
}

fn json(path: &Path, explanation: &Explanation) -> String {
    let family = explanation.family.as_deref();
    let entry = Entry {
        path: slashed(&from_here(path)),
        proposal: explanation.is_proposal,
        family: family.map(|family| family.name.as_str()),
        template: explanation.template.as_deref().map(|path| slashed(&from_here(path))),
        kind: family.map(|family| family.kind.as_str()),
        reasons: &explanation.reasons,
        suggestion: explanation.suggestion.as_ref().map(|suggestion| suggestion.lines.as_str()),
        settings: explanation.suggestion.as_ref().map(|suggestion| slashed(&from_here(&suggestion.file))),
    };
    streams::json(&entry)
}

fn text(path: &Path, explanation: &Explanation) -> String {
    let verdict = match explanation {
        Explanation { is_proposal: true, .. } => "a proposal",
        Explanation { is_index: true, .. } => "not a proposal but an index page",
        _ => "not a proposal",
    };
    let mut lines = vec![format!("{}: {verdict}", named(&from_here(path)))];
    lines.extend(explanation.reasons.iter().map(|reason| format!("  - {reason}")));
    if let Some(suggestion) = &explanation.suggestion {
        let file = named(&from_here(&suggestion.file));
        lines.push(format!("\nTo make it one, add this to {file}:\n"));
        lines.extend(suggestion.lines.lines().map(|line| format!("    {line}")));
    }
    shown_lines(&(lines.join("\n") + "\n")).into_owned()
}
