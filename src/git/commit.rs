//! What a commit says.

use super::Id;

/// What a commit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The folder with all its files.
    pub tree: Id,
    /// The commits before it, the one it was made on first; none where they were not fetched.
    pub parents: Vec<Id>,
    /// When it was made, as its committer had it: in seconds since 1970, UTC.
    pub time: i64,
}
