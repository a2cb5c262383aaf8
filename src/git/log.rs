//! The log: which files each commit added, changed, removed and moved.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::moves::{Named, moves};
use super::object::Sort;
use super::{Commit, Entry, Fault, Id, Mode, Repository, history, raw_tree, trees};

/// The maximum number of changes in a log.
const MAX_CHANGES: usize = 1_000_000;

/// The maximum length in bytes of a file whose lines are compared to tell whether it was moved.
const MAX_COMPARED: usize = 512 * 1024;

/// How many lines are compared for all commits together. Beyond that, only a file that is moved as it is counts as moved.
const MAX_LINES: usize = 100_000_000;

/// The maximum depth of nested folders.
const MAX_DEPTH: usize = 512;

/// What commits did to files, the newest commit first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The changes. Those of one commit are in no particular order.
    pub changes: Vec<Change>,
    /// Whether the history goes on where it was not fetched.
    pub is_cut: bool,
}

/// A change of a file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: Id,
    /// The committer's time, in seconds since 1970, UTC.
    pub time: i64,
    /// The path from the root of the tree, with slashes.
    pub path: Box<[u8]>,
    /// What happened.
    pub what: What,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was added, with this content.
    Added(Id),
    /// It got this content.
    Changed(Id),
    /// It was removed.
    Removed,
    /// It was moved here from this path, with this content.
    Moved(Box<[u8]>, Id),
}

/// How two commits differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The files, by their paths from the root, and what happened to each, in no particular order.
    pub files: Vec<(Box<[u8]>, What)>,
    /// The paths of links and of other repositories that are new or lead elsewhere.
    pub leads: Vec<Box<[u8]>>,
}

impl Repository {
    /// Returns the log of the commits in the history of `tip`, except those in the history of `known`, for the files whose names
    /// are `wanted`. Merges are left out: what they bring together was done in other commits.
    ///
    /// # Errors
    ///
    /// When the history is broken or too long.
    pub fn log(&self, tip: Id, known: Option<Id>, wanted: &dyn Fn(&[u8]) -> bool) -> Result<Log, Fault> {
        let (mut log, patience) = (Log::default(), Cell::new(MAX_LINES));
        let mut visit = |id: Id, commit: &Commit| {
            match commit.parents[..] {
                // What was there before the history begins here is not known.
                [] if self.shallow.contains(&id) => log.is_cut = true,
                [] => self.compare(None, (id, commit), wanted, (&mut log, &patience))?,
                [parent] => {
                    self.compare(Some(self.commit(parent)?.tree), (id, commit), wanted, (&mut log, &patience))?
                }
                _ => {}
            }
            if log.changes.len() > MAX_CHANGES {
                return Err(Fault::TooMuch(format!("its commits change over {MAX_CHANGES} files")));
            }
            Ok(())
        };
        let own = known.map(|known| history::since(tip, known, |id| self.commit(*id))).transpose()?;
        self.each(tip, &|id| own.as_ref().is_none_or(|own| own.contains(id)), &mut visit)?;
        Ok(log)
    }

    /// Calls `visit` for each commit in the history of `tip` that is `wanted`, the newest first, and children before their parents.
    fn each(
        &self,
        tip: Id,
        wanted: &dyn Fn(&Id) -> bool,
        visit: &mut dyn FnMut(Id, &Commit) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (mut seen, mut queue) = (HashSet::new(), BinaryHeap::new());
        let mut next = vec![tip];
        loop {
            for id in next.into_iter().filter(|id| wanted(id)) {
                if seen.insert(id) {
                    if seen.len() > history::MAX_COMMITS {
                        return Err(Fault::TooMuch(format!("it has over {} commits", history::MAX_COMMITS)));
                    }
                    let commit = self.commit(id)?;
                    queue.push((commit.time, Reverse(seen.len()), Waiting(id, commit)));
                }
            }
            let Some((_, _, Waiting(id, commit))) = queue.pop() else { return Ok(()) };
            visit(id, &commit)?;
            next = commit.parents;
        }
    }

    /// Adds to `log` what the commit `id` changed in the tree `before`.
    fn compare(
        &self,
        before: Option<Id>,
        (id, commit): (Id, &Commit),
        wanted: &dyn Fn(&[u8]) -> bool,
        (log, patience): (&mut Log, &Cell<usize>),
    ) -> Result<(), Fault> {
        let changes = self.between(before, commit.tree, wanted, patience)?;
        let change = |(path, what)| Change { commit: id, time: commit.time, path, what };
        log.changes.extend(changes.files.into_iter().map(change));
        Ok(())
    }

    /// Returns how the tree `new` differs from `old` in the files whose names are `wanted`.
    fn between(
        &self,
        old: Option<Id>,
        new: Id,
        wanted: &dyn Fn(&[u8]) -> bool,
        patience: &Cell<usize>,
    ) -> Result<Difference, Fault> {
        if old == Some(new) {
            return Ok(Difference::default());
        }
        let mut found = Differences::none(wanted);
        self.differences(old, Some(new), &mut Vec::new(), 0, &mut found)?;
        let Differences { removed, added, changed, leads, .. } = found;
        let from = moves(&removed, &added, patience, |id| self.blob(*id, MAX_COMPARED).ok());
        let mut is_moved = vec![false; removed.len()];
        from.iter().flatten().for_each(|index| is_moved[*index] = true);
        let added = added.into_iter().zip(from).map(|(file, from)| match from {
            Some(from) => (file.path, What::Moved(removed[from].path.clone(), file.id)),
            None => (file.path, What::Added(file.id)),
        });
        let mut changes: Vec<_> = added.collect();
        changes.extend(changed.into_iter().map(|file| (file.path, What::Changed(file.id))));
        let removed = removed.into_iter().zip(is_moved).filter(|(_, is_moved)| !is_moved);
        changes.extend(removed.map(|(file, _)| (file.path, What::Removed)));
        Ok(Difference { files: changes, leads })
    }

    /// Returns how the commit `new` differs from `old`.
    ///
    /// # Errors
    ///
    /// When either is missing, broken or too large.
    pub fn changes(&self, old: Id, new: Id) -> Result<Difference, Fault> {
        let (old, new) = (self.commit(old)?.tree, self.commit(new)?.tree);
        self.between(Some(old), new, &|_| true, &Cell::new(MAX_LINES))
    }

    /// Adds to `found` the files that differ between the trees `old` and `new` at `path`.
    fn differences(
        &self,
        old: Option<Id>,
        new: Option<Id>,
        path: &mut Vec<u8>,
        depth: usize,
        found: &mut Differences<'_>,
    ) -> Result<(), Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooMuch("its folders are nested too deep".to_owned()));
        }
        let content = |id: Option<Id>| match id {
            Some(id) => self.objects.read(&id, Sort::Tree, trees::MAX_TREE),
            None => Ok(Vec::new()),
        };
        let (before, after) = (content(old)?, content(new)?);
        let mut folders = Vec::new();
        raw_tree::difference(&before, &after, self.objects.hash, |name, old, new| {
            let of = |entry: Option<Entry>, is: fn(Mode) -> bool| entry.filter(|entry| is(entry.mode));
            let is_file = |mode| matches!(mode, Mode::File | Mode::Program);
            let is_folder = |mode| mode == Mode::Folder;
            let (from, to) = (of(old, is_folder), of(new, is_folder));
            if from.is_some() || to.is_some() {
                folders.push((name, from.map(|entry| entry.id), to.map(|entry| entry.id)));
            }
            found.note_lead(path, name, new);
            if (found.wanted)(name) {
                found.note(path, name, of(old, is_file), of(new, is_file));
            }
        });
        for (name, old, new) in folders {
            let length = path.len();
            path.extend_from_slice(name);
            path.push(b'/');
            self.differences(old, new, path, depth + 1, found)?;
            path.truncate(length);
        }
        Ok(())
    }
}

/// The files that differ between two trees.
struct Differences<'a> {
    wanted: &'a dyn Fn(&[u8]) -> bool,
    removed: Vec<Named>,
    added: Vec<Named>,
    changed: Vec<Named>,
    leads: Vec<Box<[u8]>>,
}

impl Differences<'_> {
    fn none(wanted: &dyn Fn(&[u8]) -> bool) -> Differences<'_> {
        Differences { wanted, removed: Vec::new(), added: Vec::new(), changed: Vec::new(), leads: Vec::new() }
    }

    fn note_lead(&mut self, folder: &[u8], name: &[u8], new: Option<Entry>) {
        if new.is_some_and(|new| matches!(new.mode, Mode::Link | Mode::Repository)) {
            self.leads.push([folder, name].concat().into());
        }
    }

    fn note(&mut self, folder: &[u8], name: &[u8], old: Option<Entry>, new: Option<Entry>) {
        let named = |entry: Entry| Named { path: [folder, name].concat().into(), id: entry.id };
        match (old, new) {
            (Some(old), Some(new)) if old.id == new.id => {}
            (Some(_), Some(new)) => self.changed.push(named(new)),
            (Some(old), None) => self.removed.push(named(old)),
            (None, Some(new)) => self.added.push(named(new)),
            (None, None) => {}
        }
    }
}

/// A commit in the queue, whose place does not depend on it.
struct Waiting(Id, Commit);

impl PartialEq for Waiting {
    fn eq(&self, _: &Waiting) -> bool {
        true
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, _: &Waiting) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
