//! How far a section is filled in.

use crate::text::{Placed, Span};

/// The content of a section of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Empty,
    /// Only headings of the template, comments of the author, and breaks.
    Bare,
    /// Only the template's text.
    Unfilled,
    /// Words, code or images of the author, or text that is meant to stay.
    Filled,
}

impl Placed for State {
    fn placed(self, _: impl Fn(Span) -> Span) -> State {
        self
    }
}
