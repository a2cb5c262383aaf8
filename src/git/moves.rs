//! Which of the files that a commit adds are those that it removes, under another name.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Id;

/// A file that is added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: Box<[u8]>,
    pub(super) id: Id,
}

/// The maximum number of pairs whose contents are compared for one commit.
const MAX_PAIRS: usize = 40_000;

/// How much of the longer of two files has to be the same, in percent, as in git.
const ALIKE: usize = 50;

/// Returns, for each of `added`, the index of the file in `removed` that it was: one of the same content, or else the one of the
/// same name or with the most of its lines, at least half of them. `read` reads a file. `patience` is how many lines may still be
/// compared, for all commits together.
pub(super) fn moves(
    removed: &[Named],
    added: &[Named],
    patience: &Cell<usize>,
    read: impl Fn(&Id) -> Option<Vec<u8>>,
) -> Vec<Option<usize>> {
    if removed.is_empty() || added.is_empty() {
        return vec![None; added.len()];
    }
    let mut moves = Moves {
        found: vec![None; added.len()],
        is_left: vec![true; removed.len()],
        lines: (HashMap::new(), HashMap::new()),
        removed,
        added,
        patience,
        read,
    };
    moves.of_same_content();
    moves.of_same_name();
    moves.of_shared_lines();
    moves.found
}

/// The moves that have been found so far.
struct Moves<'a, R> {
    removed: &'a [Named],
    added: &'a [Named],
    patience: &'a Cell<usize>,
    read: R,
    /// For each added file: the index of the removed one that it was.
    found: Vec<Option<usize>>,
    /// For each removed file: whether it was not found to be an added one.
    is_left: Vec<bool>,
    /// The lines of removed and of added files, if they can be read.
    lines: (HashMap<usize, Option<Lines>>, HashMap<usize, Option<Lines>>),
}

impl<R: Fn(&Id) -> Option<Vec<u8>>> Moves<'_, R> {
    fn note(&mut self, from: usize, to: usize) {
        self.found[to] = Some(from);
        self.is_left[from] = false;
    }

    /// Returns the indices of the removed and the added files that are not paired yet.
    fn rest(&self) -> (Vec<usize>, Vec<usize>) {
        let from = (0..self.removed.len()).filter(|index| self.is_left[*index]);
        let to = (0..self.added.len()).filter(|index| self.found[*index].is_none());
        (from.collect(), to.collect())
    }

    /// Returns how many thousandths of the longer file the two have in common; `None` if less than half.
    fn shared(&mut self, from: usize, to: usize) -> Option<usize> {
        let lines = |file: &Named| (self.read)(&file.id).map(|content| Lines::of(&content));
        if self.patience.get() == 0 {
            return None;
        }
        let one = self.lines.0.entry(from).or_insert_with(|| lines(&self.removed[from]));
        let other = self.lines.1.entry(to).or_insert_with(|| lines(&self.added[to]));
        let (one, other) = (one.as_ref()?, other.as_ref()?);
        self.patience.set(self.patience.get().checked_sub(one.lines.len() + other.lines.len() + 1)?);
        one.shared(other)
    }

    fn of_same_content(&mut self) {
        let mut by_name: HashMap<(Id, &[u8]), Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<Id, Vec<usize>> = HashMap::new();
        // From the last one on, so that the first one is taken first.
        for (index, file) in self.removed.iter().enumerate().rev() {
            by_name.entry((file.id, base(&file.path))).or_default().push(index);
            by_id.entry(file.id).or_default().push(index);
        }
        for (to, file) in self.added.iter().enumerate() {
            if let Some(from) = by_name.get_mut(&(file.id, base(&file.path))).and_then(Vec::pop) {
                self.note(from, to);
            }
        }
        for (to, file) in self.added.iter().enumerate().filter(|(to, _)| self.found[*to].is_none()).collect::<Vec<_>>()
        {
            let mut left = by_id.get_mut(&file.id);
            while let Some(from) = left.as_mut().and_then(|left| left.pop()) {
                if self.is_left[from] {
                    self.note(from, to);
                    break;
                }
            }
        }
    }

    /// Pairs files whose name only one has on each side, as git does: where all move at once, there are too many pairs.
    fn of_same_name(&mut self) {
        let (from, to) = self.rest();
        let (names, others) = (unique(self.removed, &from), unique(self.added, &to));
        for (name, to) in others {
            if let (Some(to), Some(Some(from))) = (to, names.get(name).copied())
                && self.shared(from, to).is_some()
            {
                self.note(from, to);
            }
        }
    }

    /// Pairs the rest by what they share, the most similar ones first.
    fn of_shared_lines(&mut self) {
        let (from, to) = self.rest();
        if from.len().saturating_mul(to.len()) > MAX_PAIRS {
            return;
        }
        let mut pairs = Vec::new();
        for from in from {
            pairs.extend(to.iter().filter_map(|to| Some((Reverse(self.shared(from, *to)?), from, *to))));
        }
        pairs.sort_unstable();
        for (_, from, to) in pairs {
            if self.is_left[from] && self.found[to].is_none() {
                self.note(from, to);
            }
        }
    }
}

/// Whether two files have at least half of the longer one's lines in common, so that one may be the other under another name.
pub fn are_alike(one: &[u8], other: &[u8]) -> bool {
    Lines::of(one).shared(&Lines::of(other)).is_some()
}

/// For each file name among the files of `all` at `indices`: the index, if only one has it.
fn unique<'a>(all: &'a [Named], indices: &[usize]) -> HashMap<&'a [u8], Option<usize>> {
    let mut names = HashMap::new();
    for index in indices {
        let of = names.entry(base(&all[*index].path)).or_insert(Some(*index));
        *of = of.filter(|known| known == index);
    }
    names
}

fn base(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

/// The lines of a file, as hashes in order, each with its length in bytes.
struct Lines {
    lines: Vec<(u64, usize)>,
    size: usize,
}

impl Lines {
    fn of(content: &[u8]) -> Lines {
        let line = |line: &[u8]| {
            let mut hasher = DefaultHasher::new();
            line.trim_ascii_end().hash(&mut hasher);
            (hasher.finish(), line.len())
        };
        let mut lines: Vec<_> = content.split_inclusive(|byte| *byte == b'\n').map(line).collect();
        lines.sort_unstable();
        Lines { lines, size: content.len() }
    }

    /// Returns how many thousandths of the longer file both have; `None` if that is less than half.
    fn shared(&self, other: &Lines) -> Option<usize> {
        let most = self.size.max(other.size);
        if self.size.min(other.size) * 100 < most * ALIKE {
            return None;
        }
        let (mut at, mut same) = (0, 0);
        for line in &self.lines {
            while other.lines.get(at).is_some_and(|other| other.0 < line.0) {
                at += 1;
            }
            if other.lines.get(at).is_some_and(|other| other.0 == line.0) {
                same += line.1;
                at += 1;
            }
        }
        (most > 0 && same * 100 >= most * ALIKE).then(|| same * 1000 / most)
    }
}
