//! A mention of another proposal that is not written as the settings demand.

use crate::text::{Edit, Span};

/// A mention of a proposal that is not written as the settings demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddMention {
    /// Its place.
    pub span: Span,
    /// The mention as it should be, as `XIP-7`.
    pub wanted: String,
    /// What is wrong with it.
    pub fault: MentionFault,
    /// The edit that mends it, if there is one.
    pub mended: Option<Edit>,
}

/// What can be wrong with a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MentionFault {
    /// It has another prefix, or no hyphen.
    Form,
    /// It is the first one, and no link.
    Unlinked,
    /// It is code.
    Code,
    /// There is no such proposal.
    Unknown,
    /// The key of this name does not list it.
    Unlisted(String),
}
