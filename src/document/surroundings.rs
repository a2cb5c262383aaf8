//! What a proposal can ask about the documents around it.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Destination, Deviation, Document, Evidence, Facts, RowFacts, Share, Target};
use crate::syntax::Origin;

/// The documents around a proposal, as far as rules ask about them.
pub trait Surroundings: Debug {
    /// What is where `to` leads, if that is another document; [`Proposal::target`](super::Proposal::target) knows the own one.
    fn target(&self, to: &Destination) -> Target;

    /// What tells the answers of [`Surroundings::target`] from those at another time; none where that is not known.
    fn origin(&self) -> Option<Origin>;

    /// The names of the Markdown files and the folders in `folder`, a path from the proposal's folder; a folder's ends in `/`.
    fn files_in(&self, folder: &str) -> Vec<String>;

    /// The names of the images and the folders there.
    fn images_in(&self, folder: &str) -> Vec<String>;

    /// The headings of the file at `path` from the proposal's folder, else of the document itself: each with its first anchor.
    fn headings(&self, path: Option<&str>) -> Vec<(String, String)>;

    /// The name of the first by name of the other proposals of the proposal's family, in its folder or, where folders have the numbers, in those beside
    /// its folder, that have `number`, which has no zeros at its start.
    fn other_with_number(&self, number: &str) -> Option<String>;

    /// The proposal that is where `to` leads, for an index page.
    fn proposal_at(&self, to: &Destination) -> Option<Neighbor>;

    /// The proposals in `folder`, a path from the folder of the index page that asks; in the order of their names.
    fn proposals_in(&self, folder: &str) -> Vec<Neighbor>;

    /// What index pages say of the proposal, and those that say nothing of it though they list most of the others beside it.
    fn listings(&self) -> Vec<Listing>;

    /// How many of the other documents by the same template deviate from it in this way; none where this one is to go by the
    /// template's letter.
    fn share(&self, deviation: Deviation) -> Share;

    /// Whether this one is to go by the template's letter: because it is new, or the settings say so.
    fn is_by_letter(&self) -> bool;

    /// From where on that says something.
    fn evidence(&self) -> Evidence;

    /// The name of the author, if it is known.
    fn author(&self) -> Option<String>;

    /// Today's year, month and day.
    fn today(&self) -> (i32, u8, u8);

    /// The document at `path`, which came from here.
    fn document(&self, path: &Path) -> Option<Arc<Document>>;
}

/// A proposal beside another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// Its file.
    pub file: PathBuf,
    /// Its file's name; behind that of its folder, where the folder has the number.
    pub name: String,
    /// What is known of it.
    pub facts: Arc<Facts>,
}

/// What an index page says of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The page.
    pub page: PathBuf,
    /// The page's name; of several that have the same, the path from the proposal's folder.
    pub name: String,
    /// The row for the proposal; none where it is missing.
    pub row: Option<RowFacts>,
}
