//! Removes a paragraph from a document, together with its lines and blank lines.

use crate::text::{Edit, Offset, Span, Text};

/// Returns the edit that removes the paragraph at `paragraph`: its lines and the blank ones after it, or before it at the end of
/// the document. If a block is directly before it, a blank line stays after that block. In a list, the whole item is removed if it
/// has nothing else. `None` if more than the paragraph would be removed, as it shares a line with something else.
pub fn removal(text: &Text, paragraph: Span) -> Option<Edit> {
    let (first, last) = (text.line_at(paragraph.start), text.line_at(paragraph.end));
    let before = text.slice(Span::new(text.line_start(first), paragraph.start));
    let after = text.slice(Span::new(paragraph.end, text.line_span(last).end));
    let before = before.trim_start_matches('\u{feff}');
    if !after.trim().is_empty() || !(before.trim().is_empty() || is_item_marker(before)) {
        return None;
    }
    let next = (last + 1..text.line_count()).find(|&line| !text.is_blank_line(line));
    let is_item = !before.trim().is_empty();
    if let Some(next) = next.filter(|next| is_item && indent(text, *next) >= before.len()) {
        // The rest of the item follows its marker.
        let content = text.skip_blanks(text.line_start(next));
        let is_plain = !before.contains('\t') && indent(text, next) < before.len() + CODE_INDENT;
        return is_plain.then(|| Edit { span: Span::new(paragraph.start, content), content: String::new() });
    }
    let start = text.line_start(first).max(text.start());
    let follows_text = first > 0 && !text.is_blank_line(first - 1);
    // A heading never joins the block next to it, and a paragraph within an item stays in the item.
    let stay_apart = |next| indent(text, first) > 0 || is_atx_heading(text, first - 1) || is_atx_heading(text, next);
    let span = match next {
        // The block directly before must not join the one after: a blank line stays, or replaces the paragraph.
        Some(next) if follows_text && !is_item && next == last + 1 && !stay_apart(next) => {
            Span::new(start, text.line_span(last).end)
        }
        Some(_) if follows_text => Span::new(start, text.line_start(last + 1)),
        Some(next) => Span::new(start, text.line_start(next)),
        None => {
            let end = text.line_span(last).end;
            let before = text.trim_end(Span::new(Offset::ZERO, start)).end;
            Span::new(text.skip_blanks(before).min(start), end)
        }
    };
    Some(Edit { span, content: String::new() })
}

/// Returns the edits that remove all of `paragraphs`, which are in order, where [`removal`] can.
pub fn removals(text: &Text, paragraphs: &[Span]) -> Vec<Edit> {
    // Removes the last one first, so that each removal sees the result of those after it.
    let mut left = text.clone();
    let mut gone: Vec<Span> = Vec::new();
    for paragraph in paragraphs.iter().rev() {
        let Some(edit) = removal(&left, *paragraph) else { continue };
        left.replace(edit.span, "");
        let mut span = edit.span;
        // `gone` is in ascending order. The part of `span` after these places is further on in `text`.
        while let Some(next) = gone.first().copied().filter(|next| next.start <= span.end) {
            span = Span::new(span.start, span.end + next.len());
            gone.remove(0);
        }
        gone.insert(0, span);
    }
    gone.into_iter().map(|span| Edit { span, content: String::new() }).collect()
}

/// The indent from which a line is code, in spaces (CommonMark 4.4).
const CODE_INDENT: usize = 4;

/// Whether `text`, which comes before a paragraph on its line, is just the marker of a list item.
fn is_item_marker(text: &str) -> bool {
    let marker = text.trim();
    let number = marker.trim_end_matches(['.', ')']);
    matches!(marker, "-" | "*" | "+")
        || number.len() + 1 == marker.len() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_atx_heading(text: &Text, line: usize) -> bool {
    let line = text.slice(text.line_span(line));
    let behind = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - behind.len())) && (behind.is_empty() || behind.starts_with([' ', '\t']))
}

fn indent(text: &Text, line: usize) -> usize {
    text.skip_blanks(text.line_start(line)) - text.line_start(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    /// Checks that the removal of `_x_` from `source` gives `expected`.
    fn check(source: &str, expected: Option<&str>) {
        let text = Text::new(source);
        let at = source.find("_x_").expect("the paragraph");
        let edit = removal(&text, Span::of_range(Offset::ZERO, at..at + 3));
        assert_eq!(edit.map(|edit| apply(&text, &[edit]).to_string()).as_deref(), expected, "{source:?}");
    }

    #[test]
    fn a_paragraph_goes_with_the_blank_lines_behind_it() {
        check("# A\n\n_x_\n\n\nB\n", Some("# A\n\nB\n"));
        check("# A\r\n\r\n_x_  \r\n\r\n## B", Some("# A\r\n\r\n## B"));
        check("_x_\n\nB\n", Some("B\n"));
        check("\u{feff}_x_\n\nB\n", Some("\u{feff}B\n"));
        check("# A\n_x_\n1. b\n", Some("# A\n1. b\n"));
    }

    #[test]
    fn what_it_holds_apart_stays_apart() {
        check("a\n_x_\n\nb\n", Some("a\n\nb\n"));
        check("a\r\n_x_\r\n\r\n\r\nb\r\n", Some("a\r\n\r\n\r\nb\r\n"));
        check("a\n_x_\nb\n", Some("a\n\nb\n"));
        check("# A\n_x_\n\nb\n", Some("# A\n\nb\n"));
        check("#5\n_x_\nb\n", Some("#5\n\nb\n"));
        check("a\n_x_\n## B\n", Some("a\n## B\n"));
        check("a\n_x_\n#5\n", Some("a\n\n#5\n"));
        check("- a\n  _x_\n- b\n", Some("- a\n- b\n"));
    }

    #[test]
    fn at_the_end_it_goes_with_those_before_it() {
        check("# A\n\n_x_\n", Some("# A\n"));
        check("# A\n\n_x_", Some("# A"));
        check("_x_\n", Some("\n"));
    }

    #[test]
    fn an_item_goes_when_it_has_nothing_else() {
        check("1. a\n2. _x_\n3. b\n", Some("1. a\n3. b\n"));
        check("- a\n\n- _x_\n\n- b\n", Some("- a\n\n- b\n"));
        check("1. _x_\n\nB\n", Some("B\n"));
        check("1. **a**\n\n   _x_\n\n2. b\n", Some("1. **a**\n\n2. b\n"));
        check("1. _x_\n   1. b\n2. c\n", Some("1. 1. b\n2. c\n"));
        check("- _x_\n\n  b\n", Some("- b\n"));
        check("- _x_\n    - b\n    - c\n", Some("- - b\n    - c\n"));
        check("- _x_\n\n      code\n", None);
    }

    #[test]
    fn several_go_as_one_after_the_other() {
        for (source, expected) in [
            ("A\n\n_x_\n\n_y_\n", "A\n"),
            ("_x_\n\n_y_\n\nB\n\n_z_\n\nC\n", "B\n\nC\n"),
            ("- a\n- _x_\n- _y_\n\nB\n", "- a\n\nB\n"),
            ("1. _x_\n   1. b\n2. _y_\n", "1. 1. b\n"),
        ] {
            let text = Text::new(source);
            let at = |sign: &str| source.find(sign).map(|at| Span::of_range(Offset::ZERO, at..at + 3));
            let spans: Vec<Span> = ["_x_", "_y_", "_z_"].into_iter().filter_map(at).collect();
            let edits = removals(&text, &spans);
            assert_eq!(apply(&text, &edits).to_string(), expected);
            assert!(edits.windows(2).all(|pair| pair[0].span.end < pair[1].span.start));
        }
    }

    #[test]
    fn a_line_that_it_shares_stays() {
        check("> _x_\n", None);
        check("- [ ] _x_\n", None);
        check("_x_ <!-- a -->\n", None);
    }
}
