//! The kind of a document: a proposal, or something that is not checked.

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) enum Kind {
    /// A proposal, which is checked.
    Proposal,
    /// A template, which proposals are checked against.
    Template,
    /// A page that lists proposals; what it says about them is checked.
    Index,
    /// Any other Markdown.
    Other,
}
