//! How completion is asked for: by what, and in which line.

use crate::text::{Offset, Span};

/// How the request came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The author asked, or typed a letter.
    Invoked,
    /// The author typed this trigger character.
    Character(char),
}

/// The characters after which an editor is to ask by itself.
pub const TRIGGER_CHARACTERS: [&str; 7] = ["#", " ", ":", "(", "[", "/", "-"];

/// The line with the cursor.
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) offset: Offset,
}
