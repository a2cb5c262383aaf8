//! What is wanted of a new proposal, and what comes of it.

use std::path::{Path, PathBuf};

use crate::rules::FileEdits;

/// What is wanted of a new proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Its title, without the number.
    pub title: Option<&'a str>,
    /// Its family, by name or by the template's path.
    pub family: Option<&'a str>,
    /// The folder to put it in.
    pub folder: Option<&'a Path>,
    /// Where the user is: decides where several folders are possible.
    pub near: Option<&'a Path>,
}

/// A proposal that is not there yet.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// The file to write; nothing is there.
    pub path: PathBuf,
    /// Its number, where its family has numbers.
    pub number: Option<u64>,
    /// What it says: the template with number and title filled in.
    pub text: String,
    /// The rows for it on the index pages of its folder.
    pub rows: Vec<FileEdits>,
    /// The index pages that have no list for it, or none that can be told.
    pub unlisted: Vec<PathBuf>,
}

/// Why no proposal can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoProposal {
    /// Nothing would help but to do what the message says.
    Refused(String),
    /// One of several is to be chosen.
    Unsure(Vec<Choice>),
}

/// A family and a folder for a new proposal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The template; none for the built-in one.
    pub template: Option<PathBuf>,
    /// The folder.
    pub folder: PathBuf,
    /// The family's name; none for a template that no document follows yet.
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
