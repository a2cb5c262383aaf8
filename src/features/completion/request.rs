//! Completion requests: their trigger and their line.

use crate::text::{Offset, Span};

/// What triggered the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The author asked for it, or typed a letter.
    Invoked,
    /// The author typed this trigger character.
    Character(char),
}

/// The characters after which an editor asks by itself.
pub const TRIGGER_CHARACTERS: [&str; 7] = ["#", " ", ":", "(", "[", "/", "-"];

/// The line with the cursor.
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) offset: Offset,
}
