//! Commits.

use super::Id;

/// The content of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The tree of the root folder.
    pub tree: Id,
    /// The parents, the first parent first; empty where the history was not fetched.
    pub parents: Vec<Id>,
    /// The committer's time, in seconds since 1970, UTC.
    pub time: i64,
}
