//! `vip-lsp graph`: which proposals supersede, amend, extend, require or relate to which.

use std::path::{Path, PathBuf};

use super::check::inputs::Inputs;
use super::exit::{CLEAN, FAILED};
use super::paths::{relative, slashed};
use super::streams::{print, say, tell};
use crate::features::graph::{Format, Graph};
use crate::letters::in_json;
use crate::workspace::{Family, Workspace};

/// What to show, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Files, and folders to look for proposals in. With a file, the proposals that relate to it are shown, too.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The format.
    #[arg(long, value_enum, default_value_t = Picture::Mermaid)]
    format: Picture,
    /// Only the proposals of this family, by name or by the template's path.
    #[arg(long, value_name = "NAME")]
    family: Option<String>,
}

/// The format of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Picture {
    /// For Graphviz.
    Dot,
    /// A flowchart, which GitHub and many other pages show.
    Mermaid,
    /// All proposals and their relations, as JSON.
    Json,
}

/// Prints the graph that `options` ask for, and returns the exit code of the process.
pub(super) fn run(options: &Options) -> u8 {
    let inputs = Inputs::of(&options.paths, false);
    inputs.faults.iter().for_each(say);
    let workspace = Workspace::default();
    workspace.set_roots(inputs.roots);
    workspace.read_all();
    let is_named = |path: &Path| inputs.list.iter().any(|input| input.path == path);
    let folders: Vec<&PathBuf> = inputs.folders.iter().map(|(_, folder)| folder).collect();
    let is_wanted = |path: &Path| folders.iter().any(|folder| path.starts_with(folder)) || is_named(path);
    if let Some(name) = &options.family
        && !workspace.documents_by_family().iter().any(|(family, _)| is_called(family, name))
    {
        say(format_args!("there is no family \"{name}\"; vip-lsp families lists them"));
        return FAILED;
    }
    let is_family = |family: &Family| options.family.as_ref().is_none_or(|name| is_called(family, name));
    let graph = workspace.graph(is_family, is_wanted);
    print(&shown(&graph, options.format));
    if graph.edges.is_empty() && inputs.faults.is_empty() && options.format != Picture::Json {
        tell("No proposal here names another in its metadata.");
    }
    if inputs.faults.is_empty() { CLEAN } else { FAILED }
}

/// Whether `name` is that of `family`, or the path of its template.
fn is_called(family: &Family, name: &str) -> bool {
    let is_path = |template: &PathBuf| relative(template) == Path::new(name) || template == Path::new(name);
    family.name == name || family.template.as_ref().is_some_and(is_path)
}

fn shown(graph: &Graph, format: Picture) -> String {
    let format = match format {
        Picture::Dot => Format::Dot,
        Picture::Mermaid => Format::Mermaid,
        Picture::Json => Format::Json,
    };
    let text = graph.text(format, |node| slashed(relative(&node.path)));
    if format == Format::Json { in_json(&text).into_owned() } else { text }
}
