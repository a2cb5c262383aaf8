//! The facts about a proposal that other documents need: number, title, status, authors, and its sections.

use std::path::PathBuf;
use std::sync::Arc;

use super::Statement;

/// The facts about one proposal, in a few hundred bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The number in the file's name, or else in the title.
    pub number: Option<String>,
    /// The title as written, or the file's name for a proposal without a title. A heading is as rendered.
    pub title: String,
    /// The title as Markdown, if it is a heading with marks.
    pub marked_title: Option<String>,
    /// The name of its file, or of the folder whose page it is.
    pub name: String,
    /// Another title, in the front matter or the metadata.
    pub other_title: Option<String>,
    /// The line of the title, from 0.
    pub line: u32,
    /// The status.
    pub status: Option<String>,
    /// The day of the proposal, as written.
    pub date: Option<String>,
    /// The authors.
    pub authors: Option<String>,
    /// What the metadata says about other proposals.
    pub relations: Box<[Statement]>,
    /// The prefix by which other proposals refer to it, if the settings list any.
    pub prefix: Option<String>,
    /// Whether the document only says where it has moved to.
    pub is_moved: bool,
}

/// The facts about a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionFacts {
    /// The text of the heading.
    pub name: String,
    /// The line of the heading, from 0.
    pub line: u32,
}

/// The facts about a proposal for a search among all proposals.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The file of the proposal.
    pub path: PathBuf,
    /// The facts about the proposal.
    pub facts: Arc<Facts>,
    /// Its sections and their parts, in order.
    pub sections: Arc<[SectionFacts]>,
}
