//! What a proposal can ask about the documents around it.

use std::fmt::Debug;

use super::Destination;

/// The documents around a proposal, as far as rules ask about them.
pub trait Surroundings: Debug {
    /// What is where `to` leads.
    fn target(&self, to: &Destination) -> Target;

    /// The names of the files beside the proposal, for a path that is nearly right.
    fn files_beside(&self) -> Vec<String>;

    /// The names of other proposals in the proposal's folder that have `number`, which has no zeros at its start.
    fn others_with_number(&self, number: &str) -> Vec<String>;
}

/// What is at the end of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The file, and the anchor where one is asked for.
    There,
    /// The file is not there.
    NoFile,
    /// The file is there, with these anchors, and none of them is the one.
    NoAnchor(Vec<String>),
    /// It cannot be told: outside the workspace, or no Markdown.
    Unknown,
}
