//! HTML comments, wherever Markdown allows HTML.

use pulldown_cmark::{Event, Tag};

use super::events::events;
use super::source::markdown;
use crate::text::{Span, Text};

/// Returns the closed HTML comments in `span` of `text`, with their marks: those in HTML blocks, and those within a line of prose.
/// What looks like a comment in code is not one.
pub fn comments(text: &Text, span: Span) -> Vec<Span> {
    let markdown = markdown(text, span);
    let mut found = Vec::new();
    for (event, range) in events(&markdown) {
        if matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            let base = span.start + range.start;
            found.extend(in_html(&markdown[range]).into_iter().map(|comment| Span::of_range(base, comment)));
        }
    }
    found
}

/// Returns the closed comments in `html`.
pub(super) fn in_html(html: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find("<!--").map(|at| from + at) {
        // The marks may share hyphens, as in `<!-->` (CommonMark 6.6).
        let Some(end) = html[start + 2..].find("-->").map(|at| start + 2 + at + 3) else { break };
        found.push(start..end);
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let text = Text::new(source);
        let found: Vec<_> =
            comments(&text, text.span()).into_iter().map(|span| text.slice(span).into_owned()).collect();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn comments_in_blocks_and_in_lines() {
        check(
            "<!-- a -->\n\nText <!-- b --> and <!-- c\nd -->.\n\n- e <!-- f -->\n",
            &["<!-- a -->", "<!-- b -->", "<!-- c\nd -->", "<!-- f -->"],
        );
        check("<!-- a --> <!-- b -->\n", &["<!-- a -->", "<!-- b -->"]);
        check("<div>\r\n<!-- a -->\r\n</div>\r\n", &["<!-- a -->"]);
        check("# T <!-- a -->\r\r> <!-- b -->\r", &["<!-- a -->", "<!-- b -->"]);
        check("<!-->\n\n<!-- a <!-- b -->\n", &["<!-->", "<!-- a <!-- b -->"]);
    }

    #[test]
    fn code_and_what_is_not_closed_is_none() {
        check("```\n<!-- a -->\n```\n\n    <!-- b -->\n\n`<!-- c -->` \\<!-- d -->\n\n- ~~~\n  <!-- e -->\n", &[]);
        check("Text <!-- a\n\n<!-- b\n", &[]);
    }
}
