//! The status that a document had before this branch changed it.

/// The status that a document had before it was changed on this branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// It is not known, or there was none.
    #[default]
    Unknown,
    /// The document is new.
    New,
    /// This status.
    Status(String),
}
