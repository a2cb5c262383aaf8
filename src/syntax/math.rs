//! Math in prose, as GitHub has it: what stands between dollar signs is no Markdown.

use std::ops::Range;

/// What has been found of the math in a text.
#[derive(Default)]
pub(super) struct Math {
    /// The runs of dollar signs in the block that is being read.
    signs: Vec<Range<usize>>,
    /// The math, in order, with its signs.
    found: Vec<Range<usize>>,
}

impl Math {
    /// Takes in the prose at `range` of `markdown`.
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

    /// Takes in the end of a block, be there one or not: math does not go on behind it.
    pub(super) fn end_block(&mut self, markdown: &str) {
        let signs = std::mem::take(&mut self.signs);
        // Whether there is no more closing sign of a length: otherwise, each opening one would look for it to the end.
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

    /// Whether what stands at `range` is in math; after the last block.
    pub(super) fn has(&self, range: Range<usize>) -> bool {
        let after = self.found.partition_point(|math| math.start < range.start);
        after.checked_sub(1).is_some_and(|before| range.end <= self.found[before].end)
    }
}

/// Whether a backslash at the end of `before` takes its meaning from what comes next.
fn is_escaped(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Whether math can start with `sign`. One sign stands before what is no blank, and right behind no word, as in `US$5`.
fn opens(markdown: &str, sign: &Range<usize>) -> bool {
    let is_alone = || !markdown[..sign.start].ends_with(char::is_alphanumeric);
    match sign.len() {
        1 => is_alone() && markdown[sign.end..].starts_with(|next: char| !next.is_whitespace()),
        2 => true,
        _ => false,
    }
}

/// Whether math can end with `sign`. One sign stands behind what is no blank, and right before no word, as in `a/$b`.
fn closes(markdown: &str, sign: &Range<usize>) -> bool {
    let is_behind = markdown[..sign.start].ends_with(|last: char| !last.is_whitespace());
    sign.len() == 2 || is_behind && !markdown[sign.end..].starts_with(char::is_alphanumeric)
}
