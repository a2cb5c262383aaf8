//! Markdown as the parsers are to see it: pulldown-cmark and the grammar both stumble over a lone CR within a block, a NUL ends
//! the grammar's input, and pulldown-cmark closes no fence that has a tab behind it.

use std::borrow::Cow;

use crate::text::{Span, Text};

/// How large a text may be, in bytes, to be read at all.
pub const MAX_BYTES: usize = 1024 * 1024;

/// What stands in `span`, each lone CR as a line feed and each NUL as a space: as many bytes, and the same lines.
pub(super) fn markdown(text: &Text, span: Span) -> Cow<'_, str> {
    let slice = text.slice(span);
    // Few texts have tabs, which is quick to see.
    let has_tab = slice.contains('\t') && TAB_BEHIND_FENCE.iter().any(|mark| slice.contains(mark));
    let changed = changed(slice);
    if has_tab { Cow::Owned(without_tabs(&changed)) } else { changed }
}

/// A fence with a tab behind it, or behind its space.
const TAB_BEHIND_FENCE: [&str; 4] = ["```\t", "~~~\t", "``` \t", "~~~ \t"];

/// The shortest fences.
const FENCES: [&str; 2] = ["```", "~~~"];

/// `markdown` with a space for each tab in the blanks behind a fence at the end of a line.
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
