//! Errors of reading a repository.

use std::fmt;
use std::path::PathBuf;

use super::Id;

use crate::letters::shown_path;

/// Why a repository could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The folder is not in a repository.
    NoRepository(PathBuf),
    /// The repository of the folder has no such revision.
    NoRevision {
        /// The revision as it was asked for.
        revision: String,
        /// The root of the worktree, or the git folder of a bare repository.
        root: PathBuf,
        /// Whether the history is incomplete: a shallow clone.
        is_shallow: bool,
    },
    /// The revision has no commit in common with what is checked out.
    Unrelated {
        /// The revision as it was asked for.
        revision: String,
        /// Whether the history is incomplete: a shallow clone.
        is_shallow: bool,
    },
    /// The abbreviated name matches several commits.
    Ambiguous(String),
    /// The object is not in the repository itself: only an alternate or a server may have it.
    Missing {
        /// The object.
        id: Id,
        /// Whether the repository borrows objects from alternates.
        is_borrowing: bool,
    },
    /// The repository is corrupt; the text says how.
    Broken(String),
    /// Reading takes more than the limits allow; the text says what.
    TooMuch(String),
    /// The format is not supported; the text says which, and what to do.
    Unsupported(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoRepository(folder) => write!(to, "{} is not in a git repository", shown_path(folder)),
            Fault::NoRevision { revision, root, is_shallow } => {
                let advice = match (revision.contains(".."), is_shallow) {
                    (true, _) => "name one commit, not a range",
                    (false, true) => FETCH_MORE,
                    (false, false) => "name a commit, branch or tag",
                };
                write!(to, "there is no git revision \"{revision}\" in {}; {advice}", shown_path(root))
            }
            Fault::Unrelated { revision, is_shallow } => {
                let advice = match is_shallow {
                    true => FETCH_MORE,
                    false => "name another revision, since these cannot be merged",
                };
                write!(to, "\"{revision}\" and HEAD have no commit in common here; {advice}")
            }
            Fault::Ambiguous(start) => {
                write!(to, "several git commits start with \"{start}\"; give a longer prefix")
            }
            Fault::Missing { id, is_borrowing: false } => {
                write!(to, "the git object {id} is not in this clone; fetch it first")
            }
            Fault::Missing { id, is_borrowing: true } => write!(
                to,
                "the git object {id} is not in this clone, and those of another one (objects/info/alternates) are not read; \
                 `git repack -a -d` copies them"
            ),
            Fault::Broken(what) => write!(to, "the git repository is broken: {what}"),
            Fault::TooMuch(what) => write!(to, "the git repository is too large to read: {what}"),
            Fault::Unsupported(what) => write!(to, "the git repository cannot be read: {what}"),
        }
    }
}

impl std::error::Error for Fault {}

/// What to do about a shallow clone.
const FETCH_MORE: &str =
    "this clone is shallow and may lack it: fetch more (git fetch --unshallow; in GitHub Actions, fetch-depth: 0)";
