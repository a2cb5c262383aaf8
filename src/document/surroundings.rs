//! The interface to the documents around a proposal.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Before, Destination, Deviation, Document, Evidence, Facts, RowFacts, SaidBy, Share, Statement, Target};
use crate::syntax::Origin;
use crate::template::Template;
use crate::terms::RelationKind;

/// The documents around a proposal, as far as rules need them.
pub trait Surroundings: Debug {
    /// Returns the target of `to` in another document; [`Proposal::target`](super::Proposal::target) also handles the document
    /// itself.
    fn target(&self, to: &Destination) -> Target;

    /// Identifies the state that [`Surroundings::target`] answers from; `None` if it is not known.
    fn origin(&self) -> Option<Origin>;

    /// Returns the names of the Markdown files and the folders in `folder`, a path from the proposal's folder. Those of folders end
    /// in `/`.
    fn files_in(&self, folder: &str) -> Vec<String>;

    /// Returns the names of the images and the folders in `folder`.
    fn images_in(&self, folder: &str) -> Vec<String>;

    /// Returns the headings of the file at `path` from the proposal's folder, or of the document itself for `None`, each with its
    /// first anchor.
    fn headings(&self, path: Option<&str>) -> Vec<(String, String)>;

    /// Returns the name of another proposal of the family that has `number`, given without leading zeros, in the same folder or, if
    /// folders have the numbers, in those next to its folder. Of several, returns the first by name.
    fn other_with_number(&self, number: &str) -> Option<String>;

    /// Returns the name of a proposal with `number`, given without leading zeros, that only another branch has, and the name of
    /// that branch. `None` unless this proposal is new on its own branch.
    fn other_on_branch(&self, number: &str) -> Option<(String, String)>;

    /// Whether a merge brings the proposal `other`, a name from [`Surroundings::other_with_number`], to where this one is.
    fn comes_with_merge(&self, _other: &str) -> bool {
        false
    }

    /// Returns the proposal that `to` leads to, for an index page.
    fn proposal_at(&self, to: &Destination) -> Option<Neighbor>;

    /// Returns the proposals in `folder`, a path from the folder of the index page, in the order of their names.
    fn proposals_in(&self, folder: &str) -> Vec<Neighbor>;

    /// Returns the proposal of the same family that `to` in the metadata names, which may be this one.
    fn named(&self, to: &Destination) -> Option<Neighbor>;

    /// Returns what `other` says about proposals of its family, each statement with the proposal that it is about.
    fn stated_by(&self, other: &Neighbor) -> Vec<(Statement, Neighbor)>;

    /// Whether `other` states a relation to this proposal whose kind `is_meant`.
    fn is_said_by(&self, other: &Neighbor, is_meant: &dyn Fn(RelationKind) -> bool) -> bool;

    /// Returns what other proposals say about this one, each statement with its proposal, in the order of their files: that they
    /// supersede or amend it, or the passive of any relation.
    fn stated_about(&self) -> Vec<(Statement, Neighbor)>;

    /// Returns the file of the first proposal in the folder that says `kind` of another one by `by`.
    fn first_to_say(&self, kind: RelationKind, by: SaidBy) -> Option<PathBuf>;

    /// Whether any proposal names its successor.
    fn has_successors(&self) -> bool;

    /// Whether relations of `kind`, which is not passive, lead from `other` back to this proposal, as they lead to `other`.
    fn leads_back(&self, kind: RelationKind, other: &Neighbor) -> bool;

    /// Returns what index pages say about the proposal, including pages that do not mention it but list most of the others in its
    /// folder.
    fn listings(&self) -> Vec<Listing>;

    /// Returns the share of the other documents with the same template that have this deviation; empty if this document has to
    /// follow the template by the letter.
    fn share(&self, deviation: Deviation) -> Share;

    /// Whether the template asks for what this document lacks by the deviation only since the document came in.
    fn is_later(&self, deviation: Deviation) -> bool;

    /// Returns the status that the document had where the current branch left the default one.
    fn before(&self) -> Before;

    /// Returns the day since which the document has had its status, as `2026-01-30`, if git says so.
    fn status_since(&self) -> Option<String>;

    /// Returns the current version of the template, if the document follows an earlier one.
    fn current_template(&self) -> Option<Arc<Template>>;

    /// Whether this document has to follow the template by the letter, because it is new, or the settings say so.
    fn is_by_letter(&self) -> bool;

    /// Whether this document is judged as a finished one, even while it is being written, because the settings say so, or because
    /// only what has changed is checked.
    fn is_judged_in_full(&self) -> bool;

    /// Returns the thresholds from which shares count as evidence.
    fn evidence(&self) -> Evidence;

    /// Returns the name of the author, if it is known.
    fn author(&self) -> Option<String>;

    /// Returns the year, month and day of today.
    fn today(&self) -> (i32, u8, u8);

    /// Returns the document at `path`, which must come from these surroundings.
    fn document(&self, path: &Path) -> Option<Arc<Document>>;
}

/// A proposal near another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// The file of the proposal.
    pub file: PathBuf,
    /// The name of the file, preceded by that of its folder if the folder has the number.
    pub name: String,
    /// The facts about the proposal.
    pub facts: Arc<Facts>,
}

/// What an index page says about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The page.
    pub page: PathBuf,
    /// The name of the page or, if several pages have the same name, the path from the proposal's folder.
    pub name: String,
    /// The row for the proposal; `None` if it is missing.
    pub row: Option<RowFacts>,
}
