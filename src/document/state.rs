//! How far a section is filled in.

use crate::text::{Placed, Span};

/// What a section of the template has below its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Empty,
    /// Nothing but headings of the template, comments of the author's and breaks.
    Bare,
    /// Nothing but the template's words.
    Unfilled,
    /// Words, code or pictures of the author's, or what is meant to stay.
    Filled,
}

impl Placed for State {
    fn placed(self, _: impl Fn(Span) -> Span) -> State {
        self
    }
}
