//! A title or a value that is still the template's.

use crate::text::Span;

/// A title or a value with placeholders of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled<'a> {
    /// The title's text, or the value on its first line.
    pub span: Span,
    /// What in it is the template's; a value may go on below.
    pub placeholders: Vec<Span>,
    /// What it is.
    pub kind: UnfilledKind<'a>,
    /// Whether it is the value of a key that may be left out.
    pub is_optional: bool,
}

/// What can be unfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnfilledKind<'a> {
    /// The title, which is all the template's.
    Title,
    /// A title that has this placeholder.
    InTitle(&'a str),
    /// The value of this key.
    Value(String),
    /// The value of this key, which is an example; with the key's place.
    Sample(String, usize),
}
