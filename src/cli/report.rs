//! `vip-lsp report`: an overview of the proposals.

use std::path::PathBuf;
use std::sync::Arc;

use console::Term;
use serde::Serialize;

use super::check::inputs::{Input, Inputs};
use super::check::run::nothing_in;
use super::exit::{CLEAN, FAILED};
use super::paths::slashed;
use super::streams::{json, print, say};
use super::table::{Side, Table};
use crate::document::Document;
use crate::features::feed::{Feed, VERSION};
use crate::features::readiness::Readiness;
use crate::letters::shown_path;
use crate::parallel;
use crate::workspace::{Workspace, files};

/// What to report on, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Files, and folders to look for proposals in.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Print an array of JSON objects.
    #[arg(long)]
    json: bool,
    /// Print a table in GitHub's Markdown.
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Print the JSON Schema of what --json prints.
    #[arg(long, conflicts_with_all = ["json", "markdown"])]
    json_schema: bool,
}

/// The overview of one proposal.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// The version of the schema.
    schema_version: u32,
    path: String,
    /// The family that it belongs to.
    family: Option<String>,
    number: Option<u64>,
    title: String,
    /// The date of the proposal, as written in it.
    date: Option<String>,
    /// How many findings of any severity `vip-lsp check` has for it.
    findings: usize,
    #[serde(flatten)]
    readiness: Readiness,
    metadata: Feed,
}

/// The JSON Schema of an array of [`Line`]s.
const SCHEMA: &str = include_str!("report/schema.json");

/// Prints the report that `options` ask for, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    if options.json_schema {
        print(SCHEMA);
        return CLEAN;
    }
    let inputs = Inputs::of(&options.paths, false);
    let workspace = Workspace::default();
    workspace.set_roots(inputs.roots);
    workspace.put_aside();
    workspace.read_histories();
    workspace.read_all();
    let nothing =
        |(shown, folder): &(PathBuf, PathBuf)| nothing_in(&workspace, shown, folder, workspace.presence_in(folder));
    inputs.folders.iter().filter_map(nothing).for_each(say);
    let read = parallel::map(&inputs.list, |input| line(&workspace, input)).into_iter();
    let (lines, unread): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    let mut lines: Vec<Line> = lines.into_iter().flatten().flatten().collect();
    lines.sort_by_key(|line| (line.number.is_none(), line.number, line.path.clone()));
    let faults: Vec<String> = inputs.faults.into_iter().chain(unread.into_iter().filter_map(Result::err)).collect();
    faults.iter().for_each(say);
    print(&printed(options, &lines));
    if faults.is_empty() { CLEAN } else { FAILED }
}

/// Returns the line for `input`, if it is a proposal.
fn line(workspace: &Workspace, input: &Input) -> Result<Option<Line>, String> {
    let read = || {
        let content = files::read(&input.path, &workspace.roots())
            .map_err(|error| format!("{}: {error}", shown_path(&input.shown)))?;
        Ok::<_, String>(Arc::new(Document::closed(&content)))
    };
    let document = workspace.read_aside(&input.path).map_or_else(read, Ok)?;
    let Some(snapshot) = workspace.snapshot(&input.id(), document) else {
        if input.is_named {
            say(format_args!(
                "{}: not a proposal: {}",
                shown_path(&input.shown),
                workspace.explain(&input.path).reasons.join("; ")
            ));
        }
        return Ok(None);
    };
    let (proposal, diagnostics) = (snapshot.proposal(), workspace.diagnostics(&snapshot));
    let (facts, beside) = (proposal.facts(), snapshot.sidecar());
    Ok(Some(Line {
        schema_version: VERSION,
        path: slashed(&input.shown),
        family: snapshot.family().map(|family| family.name.clone()),
        number: facts.number.as_ref().and_then(|number| number.parse().ok()),
        title: proposal.title_of(facts).to_owned(),
        date: facts.date.clone(),
        findings: diagnostics.len() + workspace.sidecar_diagnostics(&snapshot).map_or(0, |found| found.len()),
        readiness: Readiness::of(&proposal, &diagnostics, snapshot.severities()),
        metadata: Feed::of(&proposal).with(beside.map(|beside| Feed::of(&beside.proposal()))),
    }))
}

fn printed(options: &Options, lines: &[Line]) -> String {
    match options {
        Options { json: true, .. } => json(&lines),
        Options { markdown: true, .. } => table(lines).markdown(),
        _ if lines.is_empty() => String::new(),
        _ => table(lines).plain(terminal_width()),
    }
}

/// Returns the width of the terminal that standard output is, in columns.
fn terminal_width() -> Option<usize> {
    let terminal = Term::stdout();
    // A terminal that does not know its size may have been told its width.
    let told = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0);
    let size = || terminal.size_checked().map(|(_, columns)| usize::from(columns));
    terminal.is_term().then(|| size().or_else(told)).flatten()
}

/// Returns the name of the section whose length the `lines` have, if it is the same in all.
fn limited_section(lines: &[Line]) -> Option<&str> {
    let mut names = lines.iter().filter_map(|line| Some(line.readiness.length.as_ref()?.section.as_str()));
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

fn table(lines: &[Line]) -> Table<7> {
    let (left, right) = (Side::Left, Side::Right);
    Table {
        header: [
            ("No", right),
            ("Title", left),
            ("Status", left),
            ("Sections", right),
            (limited_section(lines).unwrap_or("Length"), right),
            ("Findings", right),
            ("Readiness", left),
        ]
        .map(|(name, side)| (name.to_owned(), side)),
        rows: lines.iter().map(cells).collect(),
    }
}

fn cells(line: &Line) -> [String; 7] {
    let readiness = &line.readiness;
    let length = readiness.length.as_ref().map(|length| format!("{}/{} {}", length.count, length.limit, length.unit));
    [
        line.number.map(|number| number.to_string()).unwrap_or_default(),
        line.title.clone(),
        readiness.status.clone().unwrap_or_default(),
        format!("{}/{}", readiness.sections.done, readiness.sections.required),
        length.unwrap_or_default(),
        line.findings.to_string(),
        readiness.verdict(),
    ]
}
