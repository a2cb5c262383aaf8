//! The items of a value in front matter: those of a sequence, or the value itself.

use super::Entry;
use super::front_matter::bare;
use crate::text::{Offset, Span, Text};

/// Returns the spans of the items of the value of `entry`, without quotes and comments: the items of a block sequence, `- a` on a
/// line each, those of a flow sequence, `[a, b]`, or any other value as one item. Empty if there is no value.
pub fn items(text: &Text, entry: &Entry) -> Vec<Span> {
    let first = text.slice(entry.value);
    if let Some(inside) = first.strip_prefix('[') {
        let inside = inside.strip_suffix(']').unwrap_or(inside);
        let start = entry.value.start + 1;
        let mut at = 0;
        let parts = inside.split_inclusive(',').map(|part| {
            at += part.len();
            item(part.trim_end_matches(','), start + (at - part.len()))
        });
        return parts.filter(|item| !item.is_empty()).collect();
    }
    if !entry.value.is_empty() {
        return vec![entry.value];
    }
    let lines = text.line_at(entry.key_span.end) + 1..=text.line_at(entry.span.end);
    let in_line = |line: usize| {
        let span = text.line_span(line);
        let source = text.slice(span);
        let lead = source.len() - source.trim_start().len();
        let rest = source[lead..].strip_prefix('-')?;
        Some(item(rest, span.start + lead + 1)).filter(|item| !item.is_empty())
    };
    lines.filter_map(in_line).collect()
}

/// Returns the item in `source`, which starts at `start`, without a comment, white space and quotes.
fn item(source: &str, start: Offset) -> Span {
    let lead = source.len() - source.trim_start().len();
    Span::of_range(start, bare(source, lead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::fields;

    fn check(value: &str, expected: &[&str]) {
        let text = Text::new(&format!("---\nkey:{value}\nother: x\n---\n"));
        let entry = fields(&text, text.span()).remove(0);
        let found: Vec<_> = items(&text, &entry).into_iter().map(|item| text.slice(item).into_owned()).collect();
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn items_of_sequences_and_single_values() {
        check("\n  - \"@a\" # who\n  - b 💡\n", &["@a", "b 💡"]);
        check("\r\n- a\r\n\r\n- 'b'", &["a", "b"]);
        check(" [\"a\", b , ]", &["a", "b"]);
        check(" a, b # c", &["a, b"]);
        check(" \"a\"", &["a"]);
        check(" []", &[]);
        check("", &[]);
        check("\n  -", &[]);
    }
}
