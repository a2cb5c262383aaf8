//! What a proposal is known by from afar: number, title, status, authors; and its sections.

use std::path::PathBuf;
use std::sync::Arc;

/// The facts of one proposal, in a few hundred bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The number as the file's name has it, or else the title.
    pub number: Option<String>,
    /// The title as it stands there; the file's name for a proposal without one.
    pub title: String,
    /// The name of its file, or of the folder that it is the page of.
    pub name: String,
    /// Another title that the front matter or the metadata has beside it.
    pub other_title: Option<String>,
    /// The line of the title, from 0.
    pub line: u32,
    /// The status.
    pub status: Option<String>,
    /// The day that it is of, as it is written.
    pub date: Option<String>,
    /// The authors.
    pub authors: Option<String>,
    /// Whether it says only where it has moved to.
    pub is_moved: bool,
}

/// A heading, as seen from afar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionFacts {
    /// The heading's text.
    pub name: String,
    /// Its line, from 0.
    pub line: u32,
}

/// A proposal as a search among all looks at it.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Its file.
    pub path: PathBuf,
    /// What it is known by.
    pub facts: Arc<Facts>,
    /// Its sections and their parts, in order.
    pub sections: Arc<[SectionFacts]>,
}
