//! What a proposal says about another one in its metadata.

use super::Destination;
use crate::terms::RelationKind;
use crate::text::Span;

/// A statement of a proposal about another one, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The place where the other proposal is named.
    pub span: Span,
    /// What it says, without the place.
    pub says: Statement,
}

/// A statement of a proposal about another one, as other documents see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// What it says.
    pub kind: RelationKind,
    /// The other proposal.
    pub to: Destination,
    /// What says so.
    pub by: SaidBy,
    /// Whether the value has nothing but the names of proposals. Other words may say that it is so only in part.
    pub is_plain: bool,
    /// The line, from 0.
    pub line: u32,
}

/// The part of the metadata that names another proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SaidBy {
    /// A key of its own.
    Key,
    /// The status, as in `Superseded by 12`.
    Status,
}
