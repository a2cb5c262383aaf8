//! Markdown as the parsers are to see it: pulldown-cmark and the grammar both stumble over a lone CR within a block, and a NUL
//! ends the grammar's input.

use std::borrow::Cow;

use crate::text::{Span, Text};

/// What stands in `span`, each lone CR as a line feed and each NUL as a space: as many bytes, and the same lines.
pub(super) fn markdown(text: &Text, span: Span) -> Cow<'_, str> {
    let slice = text.slice(span);
    if !slice.bytes().any(needs_change) {
        return slice;
    }
    let mut characters = slice.chars().peekable();
    let mut changed = String::with_capacity(slice.len());
    while let Some(character) = characters.next() {
        let is_line_feed_next = characters.peek() == Some(&'\n');
        changed.push(match character {
            '\0' => ' ',
            '\r' if !is_line_feed_next => '\n',
            character => character,
        });
    }
    Cow::Owned(changed)
}

/// Whether a text with `byte` may have to be changed.
pub(super) fn needs_change(byte: u8) -> bool {
    matches!(byte, 0 | b'\r')
}
