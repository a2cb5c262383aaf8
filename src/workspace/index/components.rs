//! The circles among documents that refer to each other, found once for all who ask.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::document::Statement;
use crate::terms::RelationKind;

/// The strongly connected components of the documents that have been asked about, as far as one leads to another.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Components {
    /// The state of the workspace that they are from.
    epoch: u64,
    /// For each document that was asked about: what it said then.
    said: HashMap<PathBuf, Box<[Statement]>>,
    /// For each kind of relation and document: its component.
    of: HashMap<RelationKind, HashMap<PathBuf, usize>>,
    /// The number of components.
    count: usize,
}

impl Components {
    /// Returns the component of `path` by relations of `kind`, for which `next` returns the documents that one leads to. Each
    /// document is visited once until the `epoch` changes, or what `path` `says`.
    pub(in crate::workspace) fn of(
        &mut self,
        kind: RelationKind,
        path: &Path,
        (epoch, says): (u64, &[Statement]),
        next: impl Fn(&Path) -> Vec<PathBuf>,
    ) -> &HashMap<PathBuf, usize> {
        let is_other = self.said.get(path).is_some_and(|said| **said != *says);
        if self.epoch != epoch || is_other {
            *self = Components { epoch, ..Components::default() };
        }
        self.said.entry(path.to_owned()).or_insert_with(|| says.into());
        let known = self.of.entry(kind).or_default();
        if !known.contains_key(path) {
            visit(path, known, &mut self.count, next);
        }
        known
    }
}

/// A document on the way.
struct Step {
    path: PathBuf,
    next: std::vec::IntoIter<PathBuf>,
}

/// Adds to `known` the component of `start` and of each document that it leads to (Tarjan's algorithm, without recursion).
fn visit(start: &Path, known: &mut HashMap<PathBuf, usize>, count: &mut usize, next: impl Fn(&Path) -> Vec<PathBuf>) {
    let mut order: HashMap<PathBuf, usize> = HashMap::new();
    let mut lowest: Vec<usize> = Vec::new();
    let mut open: Vec<PathBuf> = Vec::new();
    let step = |path: PathBuf| Step { next: next(&path).into_iter(), path };
    let mut way = vec![step(start.to_owned())];
    order.insert(start.to_owned(), 0);
    lowest.push(0);
    open.push(start.to_owned());
    while let Some(last) = way.last_mut() {
        let own = order[&last.path];
        match last.next.next() {
            Some(to) if known.contains_key(&to) => {}
            Some(to) => match order.get(&to) {
                Some(other) => lowest[own] = lowest[own].min(*other),
                None => {
                    order.insert(to.clone(), lowest.len());
                    lowest.push(lowest.len());
                    open.push(to.clone());
                    way.push(step(to));
                }
            },
            None => {
                if lowest[own] == own {
                    let first = open.iter().rposition(|path| order[path] == own).unwrap_or(0);
                    known.extend(open.drain(first..).map(|path| (path, *count)));
                    *count += 1;
                }
                way.pop();
                if let Some(above) = way.last() {
                    let above = order[&above.path];
                    lowest[above] = lowest[above].min(lowest[own]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the components of what `start` leads to, where each of `edges` is two letters.
    fn components(start: &str, edges: &[&str]) -> Vec<Vec<String>> {
        let next = |path: &Path| {
            let from = path.to_str().expect("a letter");
            let to = edges.iter().filter(|edge| edge.starts_with(from)).map(|edge| PathBuf::from(&edge[1..]));
            to.collect::<Vec<_>>()
        };
        let mut known = Components::default();
        let mut found: HashMap<usize, Vec<String>> = HashMap::new();
        for (path, component) in known.of(RelationKind::Requires, Path::new(start), (1, &[]), next) {
            found.entry(*component).or_default().push(path.display().to_string());
        }
        let mut found: Vec<Vec<String>> = found.into_values().collect();
        found.iter_mut().for_each(|component| component.sort());
        found.sort();
        found
    }

    #[test]
    fn documents_that_lead_to_each_other_are_one_component() {
        assert_eq!(components("a", &["ab", "bc"]), [["a"], ["b"], ["c"]]);
        assert_eq!(components("a", &["ab", "ba", "bc"]), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(components("a", &["ab", "bc", "ca", "cd", "de", "ed"]), [vec!["a", "b", "c"], vec!["d", "e"]]);
        assert_eq!(components("a", &["aa"]), [["a"]]);
    }

    #[test]
    fn a_long_chain_takes_no_stack_and_is_visited_once() {
        let visits = std::cell::Cell::new(0);
        let next = |path: &Path| {
            visits.set(visits.get() + 1);
            let place: usize = path.to_str().expect("a number").parse().expect("a number");
            if place < 50_000 { vec![PathBuf::from((place + 1).to_string())] } else { Vec::new() }
        };
        let mut known = Components::default();
        for start in ["1", "2", "3"] {
            known.of(RelationKind::Requires, Path::new(start), (1, &[]), next);
        }
        assert_eq!(visits.get(), 50_000);
    }
}
