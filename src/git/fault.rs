//! What is wrong where a repository does not say what is asked of it.

use std::fmt;
use std::path::PathBuf;

use super::Id;

use crate::letters::shown_path;

/// Why a repository does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The folder is in none.
    NoRepository(PathBuf),
    /// There is none of this name in the repository of the folder.
    NoRevision {
        /// As it was asked for.
        revision: String,
        /// The top of the repository, or its own folder where it has no other.
        root: PathBuf,
        /// Whether not all of the history was fetched.
        is_shallow: bool,
    },
    /// What was asked for is the start of the names of several commits.
    Ambiguous(String),
    /// Only the objects of another repository have it, or a server.
    Missing {
        /// The object.
        id: Id,
        /// Whether the repository says that it borrows objects.
        is_borrowing: bool,
    },
    /// It is not as git writes it; what is wrong.
    Broken(String),
    /// It takes more than this program spends on it; what does.
    TooMuch(String),
    /// It is in a form that this program does not read; which, and what to do.
    Unsupported(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoRepository(folder) => write!(to, "{} is not in a git repository", shown_path(folder)),
            Fault::NoRevision { revision, root, is_shallow } => {
                let advice = match (revision.contains(".."), is_shallow) {
                    (true, _) => "name one commit, not a range",
                    (false, true) => {
                        "this clone is shallow, and may lack it: fetch more (git fetch --unshallow; in GitHub Actions, \
                         fetch-depth: 0)"
                    }
                    (false, false) => "name a commit, branch or tag",
                };
                write!(to, "git knows no revision \"{revision}\" in {}; {advice}", shown_path(root))
            }
            Fault::Ambiguous(start) => {
                write!(to, "git knows several commits that start with \"{start}\"; give more of the name")
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
            Fault::TooMuch(what) => write!(to, "the git repository takes too much to read: {what}"),
            Fault::Unsupported(what) => write!(to, "the git repository cannot be read: {what}"),
        }
    }
}

impl std::error::Error for Fault {}
