//! The graph of the proposals here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::features::graph::{Edge, Graph, Node};
use crate::terms::RelationKind;
use crate::workspace::documents::Workspace;
use crate::workspace::families::Family;
use crate::workspace::files::DocumentId;

impl Workspace {
    /// Returns the graph of the proposals of the families for which `is_family` holds: those for which `is_wanted` holds, and those
    /// that relate to one of them.
    pub fn graph(&self, is_family: impl Fn(&Family) -> bool, is_wanted: impl Fn(&Path) -> bool) -> Graph {
        let mut all: BTreeMap<PathBuf, Node> = BTreeMap::new();
        for (family, paths) in self.documents_by_family().into_iter().filter(|(family, _)| is_family(family)) {
            all.extend(paths.into_iter().filter_map(|path| Some((path.clone(), self.node(path, &family)?))));
        }
        let all: Vec<Node> = all.into_values().collect();
        let places: HashMap<&Path, usize> =
            all.iter().enumerate().map(|(place, node)| (node.path.as_path(), place)).collect();
        let edges: Vec<Edge> = self.edges(&all, &places);
        let wanted: Vec<bool> = all.iter().map(|node| is_wanted(&node.path)).collect();
        let edges: Vec<Edge> = edges.into_iter().filter(|edge| wanted[edge.from] || wanted[edge.to]).collect();
        let ends: HashSet<usize> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        let (mut nodes, mut moved) = (Vec::new(), Vec::new());
        for (place, node) in all.into_iter().enumerate() {
            moved.push(nodes.len());
            nodes.extend(Some(node).filter(|_| wanted[place] || ends.contains(&place)));
        }
        let edge = |edge: Edge| Edge { from: moved[edge.from], to: moved[edge.to], ..edge };
        Graph { nodes, edges: edges.into_iter().map(edge).collect() }
    }

    /// Returns the graph of the family of the document `id`, or of all families.
    pub fn graph_around(&self, id: Option<&DocumentId>) -> Graph {
        let own = id.and_then(|id| self.known_family(id));
        let is_own =
            |family: &Family| own.as_ref().is_none_or(|own| own.name == family.name && own.template == family.template);
        self.graph(is_own, |_| true)
    }

    fn node(&self, path: PathBuf, family: &Family) -> Option<Node> {
        let facts = self.kept(&path)?.facts.clone().filter(|facts| !facts.is_moved)?;
        Some(Node {
            path,
            family: family.name.clone(),
            number: facts.number.clone(),
            title: facts.title.clone(),
            status: facts.status.clone(),
        })
    }

    /// Returns the relations between `nodes`, each once, in order.
    fn edges(&self, nodes: &[Node], places: &HashMap<&Path, usize>) -> Vec<Edge> {
        let mut said: BTreeMap<(usize, usize, RelationKind), (bool, bool)> = BTreeMap::new();
        for (own, node) in nodes.iter().enumerate() {
            for (says, other) in self.stated_by(&node.path) {
                let Some(other) = places.get(other.as_path()).copied() else { continue };
                // What relates to each other is one edge, whoever says so.
                let is_turned = says.kind.is_passive() || says.kind == RelationKind::Related && other < own;
                let kind = if says.kind.is_passive() { says.kind.inverse() } else { says.kind };
                let (from, to) = if is_turned { (other, own) } else { (own, other) };
                let by = said.entry((from, to, kind)).or_default();
                let side = if is_turned { &mut by.1 } else { &mut by.0 };
                *side = true;
            }
        }
        let edge = |((from, to, kind), (is_said_by_first, is_said_by_other))| Edge {
            from,
            to,
            kind,
            is_said_by_first,
            is_said_by_other,
        };
        said.into_iter().map(edge).collect()
    }
}
