//! What a document is: a proposal, or something that stays silent.

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) enum Kind {
    /// Checked.
    Proposal,
    /// What proposals are checked against.
    Template,
    /// A page that lists proposals: what it says of them is checked.
    Index,
    /// Any other Markdown.
    Other,
}
