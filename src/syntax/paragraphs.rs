//! The paragraphs of a text, wherever they are: on their own, in lists, in quotes.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::closed::OPTIONS;
use super::prose::{fold_space, is_block, is_block_end};
use super::source::markdown;
use crate::text::{Offset, Span, Text};

/// A paragraph, or the text of a tight list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// As rendered, white space folded.
    pub text: String,
    /// Whether all of it is in italics.
    pub is_italic: bool,
    /// From its first mark to its last.
    pub span: Span,
}

/// The paragraphs in `span` of `text`. Headings, tables and code are none.
pub fn paragraphs(text: &Text, span: Span) -> Vec<Paragraph> {
    let markdown = markdown(text, span);
    let mut reader = Reader { base: span.start, found: Vec::new(), current: None };
    let (mut italic, mut skipped) = (0_usize, 0_usize);
    for (event, range) in Parser::new_ext(&markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                reader.end();
                skipped += 1;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                skipped = skipped.saturating_sub(1);
            }
            _ if skipped > 0 => {}
            Event::Start(tag) if is_block(&tag) => reader.end(),
            Event::End(tag) if is_block_end(tag) => reader.end(),
            Event::Start(Tag::Emphasis) => {
                italic += 1;
                reader.read("", range, true);
            }
            Event::End(TagEnd::Emphasis) => italic = italic.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => reader.read(&text, range, italic > 0),
            Event::SoftBreak | Event::HardBreak => reader.read(" ", range, true),
            Event::Start(_) => reader.read("", range, true),
            _ => {}
        }
    }
    reader.end();
    reader.found
}

struct Reader {
    base: Offset,
    found: Vec<Paragraph>,
    current: Option<(String, bool, std::ops::Range<usize>)>,
}

impl Reader {
    fn read(&mut self, text: &str, range: std::ops::Range<usize>, is_italic: bool) {
        let is_upright = !is_italic && text.chars().any(char::is_alphanumeric);
        let (content, is_all_italic, all) = self.current.get_or_insert_with(|| (String::new(), true, range.clone()));
        content.push_str(text);
        *is_all_italic &= !is_upright;
        *all = all.start.min(range.start)..all.end.max(range.end);
    }

    fn end(&mut self) {
        let Some((text, is_italic, range)) = self.current.take() else { return };
        let text = fold_space(&text);
        if !text.is_empty() {
            self.found.push(Paragraph { text, is_italic, span: Span::of_range(self.base, range) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, bool, &str)]) {
        let text = Text::new(source);
        let found = paragraphs(&text, text.span());
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.text.as_str(), found.is_italic, text.slice(found.span).into_owned()))
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|&(text, is_italic, span)| (text, is_italic, span.to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paragraphs_are_found_on_their_own_and_in_lists() {
        check(
            "_One\ntwo._\n\nThree _four_.\n",
            &[("One two.", true, "_One\ntwo._"), ("Three four.", false, "Three _four_.")],
        );
        check(
            "1. _a_\n2. **b**\n\n   *c*:\n   - d\n",
            &[("a", true, "_a_"), ("b", false, "**b**"), ("c:", true, "*c*:"), ("d", false, "d")],
        );
    }

    #[test]
    fn headings_tables_code_and_comments_are_none() {
        check("# _a_\n\n| _b_ |\n| - |\n\n```\n_c_\n```\n\n<!-- _d_ -->\n", &[]);
    }
}
