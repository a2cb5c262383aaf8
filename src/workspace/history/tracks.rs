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

/// Returns the day of `time`, seconds since 1970, in UTC.
pub(in crate::workspace) fn day(time: i64) -> String {
    let date = time::OffsetDateTime::from_unix_timestamp(time).map(time::OffsetDateTime::date);
    date.map_or_else(|_| "1970-01-01".to_owned(), |date| date.to_string())
}

/// When a file was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Added {
    /// The commit.
    pub(in crate::workspace) commit: Id,
    /// Its time, in seconds since 1970, UTC.
    pub(in crate::workspace) time: i64,
}

/// What is known of the files that the last commit has, by their paths.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// When each was first added.
    pub(super) added: HashMap<Box<[u8]>, Added>,
    /// The paths that it had before it was moved, the latest first.
    pub(super) former: HashMap<Box<[u8]>, Vec<Box<[u8]>>>,
}

/// Follows all files back through `changes`, those of a log, the newest first.
pub(super) fn tracks(changes: &[Change]) -> Tracks {
    let mut tracks = Tracks::default();
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
                if let Some(own) = own {
                    tracks.former.entry(own.into()).or_default().push(from.clone());
                }
            }
            (What::Added(_), Some(own)) => {
                tracks.added.insert(own.into(), Added { commit: *commit, time: *time });
            }
            _ => {}
        }
    }
    tracks
}

/// Returns the versions of the file that is now at `path`, the oldest first.
pub(super) fn versions(changes: &[Change], path: &[u8]) -> Vec<Version> {
    let (mut path, mut found) = (path, Vec::new());
    for change in changes {
        match &change.what {
            _ if *change.path != *path => {}
            What::Added(id) | What::Changed(id) => found.push(Version { time: change.time, id: *id }),
            What::Moved(from, id) => {
                found.push(Version { time: change.time, id: *id });
                path = from;
            }
            What::Removed => {}
        }
    }
    found.reverse();
    found.dedup_by_key(|version| version.id);
    found
}
