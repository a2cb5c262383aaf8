//! Markdown in the form that the parsers need. Both pulldown-cmark and the grammar mishandle a lone CR within a block, a NUL ends
//! the grammar's input, and pulldown-cmark does not close a fence that is followed by a tab.

use std::borrow::Cow;

use crate::text::{Span, Text};

/// The size in bytes of the largest text that is read.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Returns the text in `span`, with each lone CR as a line feed and each NUL as a space. The number of bytes and the lines stay the
/// same.
pub(super) fn markdown(text: &Text, span: Span) -> Cow<'_, str> {
    let slice = text.slice(span);
    // Fast path: few texts have tabs.
    let has_tab = slice.contains('\t') && TAB_BEHIND_FENCE.iter().any(|mark| slice.contains(mark));
    let changed = changed(slice);
    if has_tab { Cow::Owned(without_tabs(&changed)) } else { changed }
}

/// A fence followed by a tab, or by a space and a tab.
const TAB_BEHIND_FENCE: [&str; 4] = ["```\t", "~~~\t", "``` \t", "~~~ \t"];

/// The shortest fences.
const FENCES: [&str; 2] = ["```", "~~~"];

/// Returns `markdown` with a space for each tab between a fence and the end of its line.
fn without_tabs(markdown: &str) -> String {
    let mut changed = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let fence = line.trim_end();
        let (fence, blanks) =
            line.split_at(if FENCES.iter().any(|mark| fence.ends_with(mark)) { fence.len() } else { line.len() });
        changed.push_str(fence);
        changed.push_str(&blanks.replace('\t', " "));
    }
    changed
}

fn changed(slice: Cow<'_, str>) -> Cow<'_, str> {
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
