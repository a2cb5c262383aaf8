//! Walking the history back from commits.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::rc::Rc;

use super::{Commit, Fault, Id};

/// The maximum number of commits visited for one question.
pub(super) const MAX_COMMITS: usize = 400_000;

/// The maximum number of parents that those commits have together.
const MAX_PARENTS: usize = 2_000_000;

/// Flags of a commit: reached from one side, reached from the other, found as a merge base, and stale: an ancestor of a merge
/// base.
const ONE: u8 = 1;
const OTHER: u8 = 2;
const FOUND: u8 = 4;
const STALE: u8 = 8;

/// What the walk knows of a commit.
#[derive(Default)]
struct Seen {
    flags: u8,
    /// How often it is in the queue.
    queued: u32,
    /// Its time and its parents; `None` until the commit is read.
    said: Option<(i64, Rc<[Id]>)>,
}

/// The commits still to visit, the newest first.
struct Walk<F> {
    commit: F,
    seen: HashMap<Id, Seen>,
    queue: BinaryHeap<(i64, Reverse<usize>, Id)>,
    /// How many entries of the queue are not stale, and how many there have ever been.
    fresh: usize,
    count: usize,
    /// How many parents have been read.
    parents: usize,
}

/// Returns the merge base of `one` and `other`: the newest common ancestor that is not an ancestor of another merge base.
/// `commit` reads a commit.
pub(super) fn base(one: Id, other: Id, commit: impl Fn(&Id) -> Result<Commit, Fault>) -> Result<Option<Id>, Fault> {
    if one == other {
        return Ok(Some(one));
    }
    let (_, mut bases) = painted(one, &[other], &commit)?;
    // Where clocks were wrong, an ancestor of another may be among them (git's `remove_redundant`).
    let mut next = 0;
    while bases.len() > 1 && next < bases.len() {
        let base = bases.remove(next);
        let (seen, _) = painted(base, &bases, &commit)?;
        let is_from = |id: &Id, side| seen.get(id).is_some_and(|seen| seen.flags & side != 0);
        let before = bases.iter().take(next).filter(|other| is_from(other, ONE)).count();
        bases.retain(|other| !is_from(other, ONE));
        next -= before;
        if !is_from(&base, OTHER) {
            bases.insert(next, base);
            next += 1;
        }
    }
    Ok(bases.first().copied())
}

/// Walks back from `one` and `others` until every remaining commit is in both histories. Returns what is known of the commits,
/// and the merge bases, the newest first.
fn painted<F>(one: Id, others: &[Id], commit: F) -> Result<(HashMap<Id, Seen>, Vec<Id>), Fault>
where
    F: Fn(&Id) -> Result<Commit, Fault>,
{
    let mut walk = Walk { commit, seen: HashMap::new(), queue: BinaryHeap::new(), fresh: 0, count: 0, parents: 0 };
    walk.mark(one, ONE)?;
    for other in others {
        walk.mark(*other, OTHER)?;
    }
    let mut found = Vec::new();
    // As in git's `paint_down_to_common`: a commit reached from both sides is found, and its ancestors are stale.
    while walk.fresh > 0
        && let Some((time, _, id)) = walk.queue.pop()
    {
        let (mut flags, parents) = walk.left_queue(id);
        if flags & (ONE | OTHER) == ONE | OTHER {
            if flags & FOUND == 0 {
                walk.seen.entry(id).or_default().flags |= FOUND;
                found.push((time, id));
            }
            flags |= STALE;
        }
        for parent in parents.iter() {
            walk.mark(*parent, flags & (ONE | OTHER | STALE))?;
        }
    }
    found.retain(|(_, id)| walk.seen.get(id).is_some_and(|seen| seen.flags & STALE == 0));
    // Among commits of the same time, git prefers the one that it found first.
    found.sort_by_key(|(time, _)| Reverse(*time));
    Ok((walk.seen, found.into_iter().map(|(_, id)| id).collect()))
}

impl<F: Fn(&Id) -> Result<Commit, Fault>> Walk<F> {
    /// Marks the commit `id` with `flags`, and queues it if any of them is new.
    fn mark(&mut self, id: Id, flags: u8) -> Result<(), Fault> {
        let seen = self.seen.entry(id).or_default();
        if seen.flags & flags == flags {
            return Ok(());
        }
        if self.count >= MAX_COMMITS || self.parents >= MAX_PARENTS {
            return Err(too_many());
        }
        let was_stale = seen.flags & STALE != 0;
        seen.flags |= flags;
        if seen.flags & STALE != 0 && !was_stale {
            self.fresh -= seen.queued as usize;
        }
        seen.queued += 1;
        self.fresh += usize::from(seen.flags & STALE == 0);
        let time = match &seen.said {
            Some((time, _)) => *time,
            None => {
                let Commit { time, parents, .. } = (self.commit)(&id)?;
                self.parents += parents.len();
                seen.said = Some((time, parents.into()));
                time
            }
        };
        self.count += 1;
        self.queue.push((time, Reverse(self.count), id));
        Ok(())
    }

    /// Counts one entry of the commit `id` out of the queue; returns its flags and its parents.
    fn left_queue(&mut self, id: Id) -> (u8, Rc<[Id]>) {
        let seen = self.seen.entry(id).or_default();
        seen.queued = seen.queued.saturating_sub(1);
        self.fresh -= usize::from(seen.flags & STALE == 0);
        (seen.flags, seen.said.as_ref().map(|(_, parents)| parents.clone()).unwrap_or_default())
    }
}

/// Returns the commits in the history of `tip` that are not in that of `known`.
pub(super) fn since(tip: Id, known: Id, commit: impl Fn(&Id) -> Result<Commit, Fault>) -> Result<HashSet<Id>, Fault> {
    if tip == known {
        return Ok(HashSet::new());
    }
    let (seen, _) = painted(tip, &[known], commit)?;
    Ok(seen.into_iter().filter(|(_, seen)| seen.flags & (ONE | OTHER) == ONE).map(|(id, _)| id).collect())
}

/// Follows the first parent `count` times from the commit `id`, if the history is that long.
pub(super) fn back(id: Id, count: usize, commit: impl Fn(&Id) -> Result<Commit, Fault>) -> Result<Option<Id>, Fault> {
    if count > MAX_COMMITS {
        return Err(too_many());
    }
    let mut id = id;
    for _ in 0..count {
        match commit(&id)?.parents.first() {
            Some(parent) => id = *parent,
            None => return Ok(None),
        }
    }
    Ok(Some(id))
}

fn too_many() -> Fault {
    Fault::TooMuch(format!("there are over {MAX_COMMITS} commits in between"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_that_comes_before_another_is_none_whatever_the_clocks_said() {
        // For each commit: its time and its parents. The first commit is the newest by its time.
        let history: [(i64, &[u8]); 10] = [
            (459, &[]),
            (429, &[0]),
            (399, &[1]),
            (369, &[2]),
            (340, &[3]),
            (370, &[2]),
            (340, &[5]),
            (340, &[6]),
            (340, &[4, 7]),
            (340, &[8]),
        ];
        let id = |number: u8| crate::git::object::id(&[number; 20]).expect("a name");
        let commit = |of: &Id| {
            let (time, parents) = history[usize::from(of.as_slice()[0])];
            Ok(Commit { tree: id(0), parents: parents.iter().map(|parent| id(*parent)).collect(), time })
        };
        for (one, other, expected) in [(7, 9, 7), (9, 7, 7), (7, 4, 2), (5, 3, 2), (0, 9, 0), (9, 9, 9)] {
            assert_eq!(base(id(one), id(other), commit), Ok(Some(id(expected))), "{one} {other}");
        }
    }
}
