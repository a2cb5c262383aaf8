//! Merging texts line by line, as git does, but with one side where both change the same lines.

use similar::{MergeRegion, MergeResolution, TextMerge};

/// A merged text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MergedText {
    pub(super) text: String,
    /// The lines, counted from 1, at which both sides change the same lines, and `ours` is kept.
    pub(super) kept: Vec<usize>,
    /// The lines, counted from 1, at which both sides add lines, and both are kept.
    pub(super) both: Vec<usize>,
}

/// Merges what `ours` and `theirs` change in `base`.
pub(super) fn merged(base: &str, ours: &str, theirs: &str) -> MergedText {
    let is_open = !ours.is_empty() && !ours.ends_with('\n');
    let [base, ours, theirs] = [base, ours, theirs].map(ended);
    let merge = TextMerge::from_lines(base.as_str(), ours.as_str(), theirs.as_str());
    let mut merged = MergedText { text: String::new(), kept: Vec::new(), both: Vec::new() };
    let (mut line, mut counted) = (1, 0);
    for region in merge.regions() {
        line += merged.text[counted..].matches('\n').count();
        counted = merged.text.len();
        match region.resolution() {
            MergeResolution::Theirs => put_theirs(&mut merged.text, &merge, region, &[]),
            MergeResolution::Conflict => {
                let added = put_ours(&mut merged.text, &merge, region);
                if region.base_range().is_empty() {
                    put_theirs(&mut merged.text, &merge, region, &added);
                    merged.both.push(line);
                } else {
                    merged.kept.push(line);
                }
            }
            _ => _ = put_ours(&mut merged.text, &merge, region),
        }
    }
    if is_open {
        merged.text.pop();
    }
    merged
}

/// Returns `text` with a line break at its end.
fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

/// Adds the lines of `ours` in `region` to `text`, and returns them.
fn put_ours<'a>(text: &mut String, merge: &'a TextMerge<'_, '_, '_, str>, region: &MergeRegion) -> Vec<&'a str> {
    let lines: Vec<&str> = region.ours_range().filter_map(|line| merge.ours_line(line)).collect();
    text.extend(lines.iter().copied());
    lines
}

/// Adds the lines of `theirs` in `region` to `text`, except those in `known`, which are there already.
fn put_theirs(text: &mut String, merge: &TextMerge<'_, '_, '_, str>, region: &MergeRegion, known: &[&str]) {
    let lines = region.theirs_range().filter_map(|line| merge.theirs_line(line));
    text.extend(lines.filter(|line| line.trim().is_empty() || !known.contains(line)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, ours: &str, theirs: &str, expected: &str, kept: &[usize], both: &[usize]) {
        let expected = MergedText { text: expected.to_owned(), kept: kept.to_vec(), both: both.to_vec() };
        assert_eq!(merged(base, ours, theirs), expected, "{base:?} {ours:?} {theirs:?}");
    }

    #[test]
    fn changes_in_different_places_come_together() {
        check("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n", &[], &[]);
        check("a\nb\nc\n", "a\nb\nc\nd\n", "b\nc\n", "b\nc\nd\n", &[], &[]);
        check("a\n", "b\n", "b\n", "b\n", &[], &[]);
        check("a\n", "a\n", "", "", &[], &[]);
    }

    #[test]
    fn where_both_change_the_same_lines_one_side_stays_and_what_both_add_stays() {
        check("a\nb\nc\n", "a\nB\nc\n", "a\n2\nc\nd\n", "a\nB\nc\nd\n", &[2], &[]);
        check("a\n", "a\nb\n", "a\nc\n", "a\nb\nc\n", &[], &[2]);
        check("a", "a\nb", "a\nc", "a\nb\nc", &[], &[2]);
        check("a\n", "a\nx\nb\n", "a\nx\nc\n", "a\nx\nb\nc\n", &[], &[2]);
    }
}
