//! Math in prose, as on GitHub: text between dollar signs is not Markdown.

use std::ops::Range;

/// The math found in a text.
#[derive(Default)]
pub(super) struct Math {
    /// The runs of dollar signs in the current block.
    signs: Vec<Range<usize>>,
    /// The math, in order, with its signs.
    found: Vec<Range<usize>>,
}

impl Math {
    /// Reads the prose at `range` of `markdown`.
    pub(super) fn read(&mut self, markdown: &str, range: Range<usize>) {
        let mut at = range.start;
        while let Some(start) = markdown[at..range.end].find('$').map(|found| at + found) {
            let rest = &markdown[start..range.end];
            let end = start + (rest.len() - rest.trim_start_matches('$').len());
            let is_escaped = is_escaped(&markdown[..start]);
            self.signs.push(start + usize::from(is_escaped)..end);
            at = end;
        }
    }

    /// Ends the current block, if there is one. Math does not continue past its block.
    pub(super) fn end_block(&mut self, markdown: &str) {
        let signs = std::mem::take(&mut self.signs);
        // For each length, whether no closing sign is left. Without this, each opening sign would search to the end.
        let mut is_none_left = [false; 3];
        let mut at = 0;
        while let Some(opening) = signs.get(at) {
            at += 1;
            let length = opening.len();
            if !opens(markdown, opening) || is_none_left[length] {
                continue;
            }
            let closing = signs[at..].iter().position(|sign| sign.len() == length && closes(markdown, sign));
            match closing {
                Some(distance) => {
                    self.found.push(opening.start..signs[at + distance].end);
                    at += distance + 1;
                }
                None => is_none_left[length] = true,
            }
        }
    }

    /// Whether `range` is in math. To be called after the last block.
    pub(super) fn has(&self, range: Range<usize>) -> bool {
        let after = self.found.partition_point(|math| math.start < range.start);
        after.checked_sub(1).is_some_and(|before| range.end <= self.found[before].end)
    }
}

/// Whether a backslash at the end of `before` escapes what follows.
fn is_escaped(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Whether math can start with `sign`. A single sign comes before something other than a space, and not directly after
/// a word, as in `US$5`.
fn opens(markdown: &str, sign: &Range<usize>) -> bool {
    let is_alone = || !markdown[..sign.start].ends_with(char::is_alphanumeric);
    match sign.len() {
        1 => is_alone() && markdown[sign.end..].starts_with(|next: char| !next.is_whitespace()),
        2 => true,
        _ => false,
    }
}

/// Whether math can end with `sign`. A single sign comes after something other than a space, and not directly before a
/// word, as in `a/$b`.
fn closes(markdown: &str, sign: &Range<usize>) -> bool {
    let is_behind = markdown[..sign.start].ends_with(|last: char| !last.is_whitespace());
    sign.len() == 2 || is_behind && !markdown[sign.end..].starts_with(char::is_alphanumeric)
}
