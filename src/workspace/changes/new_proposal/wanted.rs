//! What is wanted of a new proposal, and the result.

use std::path::{Path, PathBuf};

use crate::rules::FileEdits;
use crate::text::Span;

/// What is wanted of a new proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The title, without the number.
    pub title: Option<&'a str>,
    /// The family, by name or by the template's path.
    pub family: Option<&'a str>,
    /// The folder to put it in.
    pub folder: Option<&'a Path>,
    /// The name of the author.
    pub author: Option<&'a str>,
    /// Numbers that are taken, though no document has them yet.
    pub taken: &'a [u64],
    /// The user's current folder, which decides between several possible folders.
    pub near: Option<&'a Path>,
}

/// A proposal that does not exist yet.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// The file to write, which does not exist.
    pub path: PathBuf,
    /// Its number, if its family has numbers.
    pub number: Option<u64>,
    /// The series of that number, or why none of its numbers can be reserved.
    pub series: Result<Series, &'static str>,
    /// Its text: the template with number and title filled in.
    pub text: String,
    /// The first place in the text where the author has something to fill in.
    pub first: Option<Span>,
    /// The rows for it on the index pages of its folder.
    pub rows: Vec<FileEdits>,
    /// The index pages without a list that it belongs in, as far as can be told.
    pub unlisted: Vec<PathBuf>,
}

/// A series of numbers, by a name that is the same for everyone who takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name of its family in lower case, with hyphens for what is neither a letter nor a digit. It is never a number.
    pub name: String,
    /// Whether the repository has no other.
    pub is_only: bool,
    /// Whether most numbers up to the last are free, as if they were those of issues or pull requests.
    pub is_sparse: bool,
}

/// Why no proposal can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoProposal {
    /// It cannot be made; the message says why and what to do.
    Refused(String),
    /// The user has to choose one of these.
    Unsure(Vec<Choice>),
}

/// A family and a folder for a new proposal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The template; `None` for the built-in one.
    pub template: Option<PathBuf>,
    /// The folder.
    pub folder: PathBuf,
    /// The name of the family; `None` for a template that no document follows yet.
    pub family: Option<String>,
}

impl From<&str> for NoProposal {
    fn from(message: &str) -> NoProposal {
        NoProposal::Refused(message.to_owned())
    }
}

impl From<String> for NoProposal {
    fn from(message: String) -> NoProposal {
        NoProposal::Refused(message)
    }
}
