//! YAML front matter: where it is, and its keys.

use super::Entry;
use crate::text::{Offset, Span, Text};

/// The parts of a text that come before its Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// The front matter with both fences and what ends the closing one.
    pub front_matter: Option<Span>,
    /// Where the Markdown starts.
    pub start: Offset,
}

impl Body {
    /// Finds both in `text`. Front matter is a first line `---`, a second that is not blank, and a closing `---` or `...`
    /// (as pandoc, Jekyll and MkDocs have it); without the closing line it is text.
    pub fn of(text: &Text) -> Body {
        let start = text.start();
        let nothing = Body { front_matter: None, start };
        if !text.chunk_from(start).starts_with("---") {
            return nothing;
        }
        let first = text.slice(Span::new(start, text.line_span(0).end));
        if first.trim_end() != "---" || text.is_blank_line(1) {
            return nothing;
        }
        let is_closing = |line: &usize| matches!(text.slice(text.line_span(*line)).trim_end(), "---" | "...");
        match (1..text.line_count()).find(is_closing) {
            Some(line) => {
                let end = text.line_start(line + 1);
                Body { front_matter: Some(Span::new(start, end)), start: end }
            }
            None => nothing,
        }
    }
}

/// The top-level keys of the front matter at `front_matter`, whether or not all of it is valid YAML: in a block mapping
/// they are what stands at the start of a line (YAML 1.2, 8.2.2). What is indented, or an item of a sequence, belongs to
/// the key before it.
pub fn fields(text: &Text, front_matter: Span) -> Vec<Entry> {
    let mut fields: Vec<Entry> = Vec::new();
    let (first, last) = (text.line_at(front_matter.start), text.line_at(front_matter.end));
    for line in first + 1..last {
        let span = text.line_span(line);
        let source = text.slice(span);
        match field(&source, span.start) {
            Some(field) => fields.push(field),
            None if source.trim().is_empty() || source.starts_with(['#', '.']) || source.trim_end() == "---" => {}
            None => {
                if let Some(field) = fields.last_mut() {
                    field.span = Span::new(field.span.start, span.end);
                }
            }
        }
    }
    fields
}

fn field(line: &str, start: Offset) -> Option<Entry> {
    if line.starts_with([' ', '\t', '#', '-', '?', '{', '[', '&', '!', '|', '>', '%']) {
        return None;
    }
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let rest = &line[at + 1..];
        rest.is_empty() || rest.starts_with([' ', '\t'])
    })?;
    let key = unquoted(line, 0..colon);
    let rest = &line[colon + 1..];
    let lead = rest.len() - rest.trim_start().len();
    let value = colon + 1 + lead..colon + 1 + without_comment(rest).len().max(lead);
    let value = unquoted(line, value);
    Some(Entry {
        key: line[key.clone()].trim().to_owned(),
        content: start,
        key_span: Span::of_range(start, key),
        value: Span::of_range(start, value),
        span: Span::of_range(start, 0..line.len()),
    })
}

/// `value` without the comment behind it (YAML 1.2, 6.6: a `#` after white space, not within quotes) and white space.
fn without_comment(value: &str) -> &str {
    let start = value.trim_start();
    let quote = start.chars().next().filter(|first| matches!(first, '"' | '\''));
    let quoted = quote.and_then(|quote| start[1..].find(quote)).map_or(0, |end| end + 2);
    let from = value.len() - start.len() + quoted;
    let comment = value[from..].find(" #").or_else(|| value[from..].starts_with('#').then_some(0));
    value[..comment.map_or(value.len(), |at| from + at)].trim_end()
}

/// The part of `line` at `range` without white space and quotes around it.
fn unquoted(line: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = range.start + line[range.clone()].trim_end().len();
    let part = &line[range.start..end];
    let quote = part.chars().next().filter(|first| matches!(first, '"' | '\''));
    match quote {
        Some(quote) if part.len() > 1 && part.ends_with(quote) => range.start + 1..end - 1,
        _ => range.start..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(content: &str) -> Option<String> {
        let text = Text::new(content);
        Body::of(&text).front_matter.map(|span| text.slice(span).into_owned())
    }

    #[test]
    fn closed_front_matter_is_found_after_a_byte_order_mark_too() {
        assert_eq!(front_matter("---\na: b\n---\n# T").as_deref(), Some("---\na: b\n---\n"));
        assert_eq!(front_matter("\u{feff}---\r\na: b\r\n...\r\n").as_deref(), Some("---\r\na: b\r\n...\r\n"));
    }

    #[test]
    fn keys_are_what_stands_at_the_start_of_a_line() {
        let text = Text::new(
            "---\ntitle: \"A: b\" # c\n# status: no\n'date':\nauthors:\n- A. Author\n  x: y\nurl: http://a#b\nempty: # none\nnote: >\n  long: text\nkey:none\n---\n",
        );
        let found = fields(&text, text.span());
        let found: Vec<_> = found
            .iter()
            .map(|field| (field.key.as_str(), text.slice(field.value), text.slice(field.span).len()))
            .collect();
        assert_eq!(
            found,
            [
                ("title", "A: b".into(), 17),
                ("date", "".into(), 7),
                ("authors", "".into(), 27),
                ("url", "http://a#b".into(), 15),
                ("empty", "".into(), 13),
                ("note", ">".into(), 29),
            ]
        );
    }

    #[test]
    fn an_unclosed_one_and_a_thematic_break_are_text() {
        assert_eq!(front_matter("---\na: b\n# T\n"), None);
        assert_eq!(front_matter("---\n\ntext\n\n---\n"), None);
        assert_eq!(front_matter("text\n---\na\n---\n"), None);
        assert_eq!(front_matter("----\na\n---\n"), None);
    }
}
