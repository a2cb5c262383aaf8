//! Following files back through a log, whatever they were called.

use std::collections::HashMap;

use crate::git::{Change, Id, What};

/// A version of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Version {
    /// When it was committed, in seconds since 1970, UTC.
    pub(in crate::workspace) time: i64,
    /// Its content.
    pub(in crate::workspace) id: Id,
}

/// When a file was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Added {
    /// The commit.
    pub(super) commit: Id,
    /// Its time, in seconds since 1970, UTC.
    pub(in crate::workspace) time: i64,
}

/// Returns, for each file that the last commit has, when it was first added: `changes` are those of a log, the newest first.
pub(super) fn first_added(changes: &[Change]) -> HashMap<&[u8], Added> {
    let mut added = HashMap::new();
    // For each path at the time of the change: what the file is called now, if it is still there.
    let mut now: HashMap<&[u8], Option<&[u8]>> = HashMap::new();
    for Change { commit, time, path, what } in changes {
        let path = &**path;
        let own = *now.entry(path).or_insert((*what != What::Removed).then_some(path));
        match (what, own) {
            (What::Moved(from, _), own) => {
                // Before it, another file had this path.
                now.insert(path, None);
                now.insert(from, own);
            }
            (What::Added(_), Some(own)) => _ = added.insert(own, Added { commit: *commit, time: *time }),
            _ => {}
        }
    }
    added
}

/// Returns the versions of the file that is now at `path`, the oldest first, and the paths that it has had, the latest first.
pub(super) fn versions(changes: &[Change], path: &[u8]) -> (Vec<Version>, Vec<Box<[u8]>>) {
    let (mut path, mut found, mut paths) = (path, Vec::new(), vec![path.into()]);
    for change in changes {
        match &change.what {
            _ if *change.path != *path => {}
            What::Added(id) | What::Changed(id) => found.push(Version { time: change.time, id: *id }),
            What::Moved(from, id) => {
                found.push(Version { time: change.time, id: *id });
                path = from;
                paths.push(from.clone());
            }
            What::Removed => {}
        }
    }
    found.reverse();
    found.dedup_by_key(|version| version.id);
    (found, paths)
}
