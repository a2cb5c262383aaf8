//! Where the Markdown of a document starts: after a byte order mark and after YAML front matter.

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
    fn an_unclosed_one_and_a_thematic_break_are_text() {
        assert_eq!(front_matter("---\na: b\n# T\n"), None);
        assert_eq!(front_matter("---\n\ntext\n\n---\n"), None);
        assert_eq!(front_matter("text\n---\na\n---\n"), None);
        assert_eq!(front_matter("----\na\n---\n"), None);
    }
}
