//! The graph of proposals: which supersede, amend, extend, require or relate to which, as data and as text for other tools.

use std::fmt::Write;
use std::path::PathBuf;

use serde::Serialize;

use crate::letters::shown;
use crate::terms::RelationKind;

/// The version of the graph as JSON. It grows when a field is renamed or gets another meaning.
pub const VERSION: u32 = 1;

/// Proposals, and what they say about each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The proposals, in the order of their paths.
    pub nodes: Vec<Node>,
    /// What they say, in the order of the proposals.
    pub edges: Vec<Edge>,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its file.
    pub path: PathBuf,
    /// The name of its family.
    pub family: String,
    /// Its number, as written.
    pub number: Option<String>,
    /// Its title, as written.
    pub title: String,
    /// Its status, as written.
    pub status: Option<String>,
}

impl Node {
    /// Returns the title, behind the number if it does not have that.
    fn label(&self) -> String {
        let bare = |number: &str| number.trim_start_matches('0').to_owned();
        let has = |number: &str| {
            let mut figures = self.title.split(|sign: char| !sign.is_ascii_digit());
            figures.any(|figures| !figures.is_empty() && bare(figures) == bare(number))
        };
        match &self.number {
            Some(number) if !has(number) => format!("{number}: {}", self.title),
            _ => self.title.clone(),
        }
    }
}

/// A relation between two proposals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The index of the proposal that acts.
    pub from: usize,
    /// The index of the other one.
    pub to: usize,
    /// What the first one does, which is not passive.
    pub kind: RelationKind,
    /// Whether the first one says so.
    pub is_said_by_first: bool,
    /// Whether the other one says so, in the passive.
    pub is_said_by_other: bool,
}

/// The format of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The language of Graphviz.
    Dot,
    /// A flowchart of Mermaid.
    Mermaid,
    /// JSON, with all proposals.
    Json,
}

impl Graph {
    /// Returns the graph in `format`, where `path` tells how to show a file. Those for pictures leave out the proposals without
    /// relations.
    pub fn text(&self, format: Format, path: impl Fn(&Node) -> String) -> String {
        match format {
            Format::Dot => self.dot(),
            Format::Mermaid => self.mermaid(),
            Format::Json => self.json(path),
        }
    }

    /// Returns the indexes of the proposals with relations, in order.
    fn related(&self) -> Vec<usize> {
        let mut related: Vec<usize> = self.edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        related.sort_unstable();
        related.dedup();
        related
    }

    fn dot(&self) -> String {
        let node = |index: usize, label: &str, status: Option<&str>| {
            let status = status.map(|status| format!("\\n{}", in_dot(status))).unwrap_or_default();
            format!("n{index} [label=\"{}{status}\"];", in_dot(label))
        };
        let edge = |Edge { from, to, kind, .. }: &Edge| {
            format!("n{from} -> n{to} [label=\"{}\"{}];", kind.as_str(), both_ways(*kind))
        };
        format!("digraph proposals {{\n  rankdir=LR;\n  node [shape=box];\n{}}}\n", self.lines(node, edge))
    }

    fn mermaid(&self) -> String {
        let node = |index: usize, label: &str, status: Option<&str>| {
            let status = status.map(|status| format!(" ({})", in_mermaid(status))).unwrap_or_default();
            format!("n{index}[\"{}{status}\"]", in_mermaid(label))
        };
        let edge = |Edge { from, to, kind, .. }: &Edge| {
            let arrow = if *kind == RelationKind::Related { "---" } else { "-->" };
            format!("n{from} {arrow}|{}| n{to}", kind.as_str())
        };
        format!("flowchart LR\n{}", self.lines(node, edge))
    }

    /// Returns a line for each proposal with relations, which `node` writes by its index, label and status, and a line for each
    /// relation, which `edge` writes.
    fn lines(&self, node: impl Fn(usize, &str, Option<&str>) -> String, edge: impl Fn(&Edge) -> String) -> String {
        let node = |index: usize| node(index, &self.nodes[index].label(), self.nodes[index].status.as_deref());
        let lines = self.related().into_iter().map(node).chain(self.edges.iter().map(edge));
        lines.map(|line| format!("  {line}\n")).collect()
    }

    fn json(&self, path: impl Fn(&Node) -> String) -> String {
        let paths: Vec<String> = self.nodes.iter().map(path).collect();
        let node = |(node, path): (&Node, &String)| NodeJson {
            path: path.clone(),
            family: node.family.clone(),
            number: node.number.clone(),
            title: node.title.clone(),
            status: node.status.clone(),
        };
        let edge = |edge: &Edge| EdgeJson {
            from: paths[edge.from].clone(),
            to: paths[edge.to].clone(),
            kind: edge.kind.as_str(),
            said_by: [(edge.is_said_by_first, "from"), (edge.is_said_by_other, "to")]
                .into_iter()
                .filter_map(|(is_said, by)| is_said.then_some(by))
                .collect(),
        };
        let nodes = self.nodes.iter().zip(&paths).map(node).collect();
        let graph = GraphJson { version: VERSION, nodes, edges: self.edges.iter().map(edge).collect() };
        serde_json::to_string_pretty(&graph).unwrap_or_default() + "\n"
    }
}

#[derive(Serialize)]
struct GraphJson {
    version: u32,
    nodes: Vec<NodeJson>,
    edges: Vec<EdgeJson>,
}

#[derive(Serialize)]
struct NodeJson {
    path: String,
    family: String,
    number: Option<String>,
    title: String,
    status: Option<String>,
}

#[derive(Serialize)]
struct EdgeJson {
    from: String,
    to: String,
    kind: &'static str,
    said_by: Vec<&'static str>,
}

fn both_ways(kind: RelationKind) -> &'static str {
    if kind == RelationKind::Related { ", dir=none" } else { "" }
}

/// Returns `text` on one line, without characters that would act on a terminal.
fn on_one_line(text: &str) -> String {
    shown(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

/// Returns `text` for a string in double quotes, in which a backslash starts an escape.
fn in_dot(text: &str) -> String {
    on_one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}

/// Returns `text` for a label in double quotes. Whatever may be a mark, of Mermaid, of HTML or of Markdown around it, becomes a
/// numeric entity.
fn in_mermaid(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for sign in on_one_line(text).chars() {
        match sign {
            sign if !sign.is_ascii() || sign.is_alphanumeric() || " -_.,:/()'!?+".contains(sign) => label.push(sign),
            sign => {
                let _ = write!(label, "#{};", u32::from(sign));
            }
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(titles: &[&str], edges: &[(usize, RelationKind, usize)]) -> Graph {
        let node = |title: &&str| Node {
            path: PathBuf::from(format!("{}.md", title.len())),
            family: "ADR".to_owned(),
            number: Some("1".to_owned()),
            title: (*title).to_owned(),
            status: Some("Accepted".to_owned()),
        };
        let edge = |(from, kind, to): &(usize, RelationKind, usize)| Edge {
            from: *from,
            to: *to,
            kind: *kind,
            is_said_by_first: true,
            is_said_by_other: false,
        };
        Graph { nodes: titles.iter().map(node).collect(), edges: edges.iter().map(edge).collect() }
    }

    fn text(graph: &Graph, format: Format) -> String {
        graph.text(format, |node| node.path.display().to_string())
    }

    #[test]
    fn pictures_have_the_proposals_with_relations() {
        let graph =
            graph(&["A", "Bb", "XIP-01: Ccc"], &[(0, RelationKind::Supersedes, 2), (2, RelationKind::Related, 0)]);
        assert_eq!(
            text(&graph, Format::Dot),
            "digraph proposals {\n  rankdir=LR;\n  node [shape=box];\n  n0 [label=\"1: A\\nAccepted\"];\n  n2 [label=\"XIP-01: Ccc\\nAccepted\"];\n  n0 -> n2 [label=\"supersedes\"];\n  n2 -> n0 [label=\"related\", dir=none];\n}\n"
        );
        assert_eq!(
            text(&graph, Format::Mermaid),
            "flowchart LR\n  n0[\"1: A (Accepted)\"]\n  n2[\"XIP-01: Ccc (Accepted)\"]\n  n0 -->|supersedes| n2\n  n2 ---|related| n0\n"
        );
    }

    #[test]
    fn nothing_in_a_title_is_a_mark() {
        let hostile = "\"];\n```\n%%{init: {}}%% <b>\\N #quot; | `x` \u{1b}[31m\u{202e}é";
        let graph = graph(&[hostile, "B"], &[(0, RelationKind::Requires, 1)]);
        let mermaid = text(&graph, Format::Mermaid);
        assert_eq!(mermaid.lines().count(), 4, "{mermaid}");
        assert_eq!(mermaid.matches('"').count(), 4, "{mermaid}");
        for mark in ["```", "%%", "<", "`", "\\", "{", "\u{1b}", "\u{202e}"] {
            assert!(!mermaid.contains(mark), "{mark}: {mermaid}");
        }
        let dot = text(&graph, Format::Dot);
        assert_eq!(dot.lines().count(), 7, "{dot}");
        assert!(dot.contains("label=\"1: \\\"]; ``` %%{init: {}}%% <b>\\\\N #quot; |"), "{dot}");
        assert!(!dot.contains('\u{1b}') && !dot.contains('\u{202e}'), "{dot}");
    }

    #[test]
    fn json_has_all_proposals_and_a_version() {
        let graph = graph(&["A", "B\"", "C"], &[(0, RelationKind::Supersedes, 1)]);
        let json: serde_json::Value = serde_json::from_str(&text(&graph, Format::Json)).expect("JSON");
        assert_eq!(json["version"], 1);
        assert_eq!(json["nodes"].as_array().map(Vec::len), Some(3));
        assert_eq!(json["nodes"][1]["title"], "B\"");
        assert_eq!(json["edges"][0]["kind"], "supersedes");
        assert_eq!(json["edges"][0]["said_by"], serde_json::json!(["from"]));
    }
}
