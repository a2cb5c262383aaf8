//! A title or a value that is still the template's.

use crate::text::Span;

/// A title or a value with placeholders of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled<'a> {
    /// The title's text, or the first line of the value.
    pub span: Span,
    /// The placeholders. That of a value may continue on the lines below.
    pub placeholders: Vec<Span>,
    /// What is unfilled.
    pub kind: UnfilledKind<'a>,
    /// Whether it is the value of an optional key.
    pub is_optional: bool,
}

/// What can be unfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnfilledKind<'a> {
    /// The title, all of which is the template's.
    Title,
    /// A title with this placeholder.
    InTitle(&'a str),
    /// The value of this key.
    Value(String),
    /// The value of this key, which is an example; with the key's place.
    Sample(String, usize),
}
