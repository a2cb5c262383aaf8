//! The paragraphs of a text, on their own or in lists. A quote or a comment is one paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{events, is_block, is_block_end};
use super::prose::fold_space;
use super::source::markdown;
use crate::text::{Offset, Placed, Span, Text};

/// A paragraph, the text of a tight list item, a block quote or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The text as rendered, or that between the marks of a comment, with white space folded.
    pub text: String,
    /// What distinguishes the paragraph from others.
    pub mark: Mark,
    /// From its first mark to its last.
    pub span: Span,
    /// What else the paragraph has: the source of images and HTML, and the destinations of links.
    pub hidden: Vec<String>,
}

impl Placed for Paragraph {
    fn placed(self, place: impl Fn(Span) -> Span) -> Paragraph {
        Paragraph { span: place(self.span), ..self }
    }
}

/// What distinguishes a paragraph from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// The whole paragraph is in italics.
    Italic,
    /// The paragraph is a block quote, with everything in it.
    Quote,
    /// The paragraph is an HTML comment, or words in angle brackets.
    Comment,
    /// The paragraph follows the box of a task list.
    Task,
}

/// Returns the comment at the HTML block `span` of `text`, or `None` if the block is not just a comment.
pub fn comment_block(text: &Text, span: Span) -> Option<Paragraph> {
    let source = text.slice(span);
    let trimmed = source.trim();
    let inside = fold_space(inside_comment(trimmed)?);
    let start = source.len() - source.trim_start().len();
    let span = Span::of_range(span.start, start..start + trimmed.len());
    (!inside.is_empty()).then_some(Paragraph { text: inside, mark: Mark::Comment, span, hidden: Vec::new() })
}

/// Returns the text of the comment `html`. Words in angle brackets also count: they are a tag to a parser, but a note
/// to an author, as `<delete what does not apply>`.
fn inside_comment(html: &str) -> Option<&str> {
    let words = || {
        let inside = html.strip_prefix('<')?.strip_suffix('>')?;
        let are_words = inside.split_whitespace().count() >= MIN_NOTE
            && inside.starts_with(char::is_alphabetic)
            && !inside.contains(['=', '/', '"', '<', '>']);
        are_words.then_some(inside)
    };
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).or_else(words)
}

/// The minimum number of words in angle brackets for a note.
const MIN_NOTE: usize = 3;

/// Returns the paragraphs in `span` of `text`, at any depth. Headings, tables and code are not paragraphs.
pub fn paragraphs(text: &Text, span: Span) -> Vec<Paragraph> {
    let markdown = markdown(text, span);
    let mut reader = Reader { base: span.start, ..Reader::default() };
    for (event, range) in events(&markdown) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => reader.start_quote(range),
            Event::End(TagEnd::BlockQuote(_)) => reader.end_quote(),
            Event::Start(Tag::HtmlBlock) => {
                reader.comment(&markdown[range.clone()], range);
                reader.skipped += 1;
            }
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_)) => {
                reader.end();
                if reader.quotes > 0 {
                    reader.in_quote.push(fold_space(&markdown[range]));
                }
                reader.skipped += 1;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                reader.skipped = reader.skipped.saturating_sub(1);
            }
            _ if reader.skipped > 0 => {}
            Event::TaskListMarker(_) => reader.is_task = true,
            Event::Start(tag) if is_block(&tag) => reader.end(),
            Event::End(tag) if is_block_end(tag) => reader.end(),
            Event::Start(Tag::Emphasis) => {
                reader.italics += 1;
                reader.read("", range);
            }
            Event::End(TagEnd::Emphasis) => reader.italics = reader.italics.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => reader.read(&text, range),
            Event::SoftBreak | Event::HardBreak => reader.read(" ", range),
            Event::InlineHtml(_) => reader.hide(&markdown[range.clone()], range),
            Event::Start(Tag::Image { .. }) => {
                reader.hide(&markdown[range.clone()], range);
                reader.images += 1;
            }
            Event::End(TagEnd::Image) => reader.images = reader.images.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => reader.hide(&dest_url, range),
            Event::Start(_) => reader.read("", range),
            _ => {}
        }
    }
    reader.end();
    reader.found
}

/// Returns the source of what `span` of `text` has besides paragraphs and comments, with white space folded: code,
/// tables, headings, HTML.
pub fn besides_paragraphs(text: &Text, span: Span) -> Vec<String> {
    let markdown = markdown(text, span);
    let mut found = Vec::new();
    for (event, range) in events(&markdown) {
        let source = markdown[range].trim();
        let is_comment = || source.starts_with("<!--") && source.ends_with("-->");
        match event {
            Event::Start(Tag::HtmlBlock) if is_comment() => {}
            Event::Start(Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                found.push(fold_space(source));
            }
            _ => {}
        }
    }
    found
}

#[derive(Default)]
struct Reader {
    base: Offset,
    found: Vec<Paragraph>,
    current: Option<Current>,
    /// The number of open italic elements, and of open elements whose text does not belong to a paragraph.
    italics: usize,
    skipped: usize,
    /// The number of open images.
    images: usize,
    is_task: bool,
    /// The outermost open block quote, and the number of paragraphs before it.
    quote: Option<(Range<usize>, usize)>,
    quotes: usize,
    /// The blocks in the quote that are not paragraphs.
    in_quote: Vec<String>,
}

struct Current {
    text: String,
    hidden: Vec<String>,
    is_italic: bool,
    range: Range<usize>,
}

impl Reader {
    fn read(&mut self, text: &str, range: Range<usize>) {
        let is_upright = self.italics == 0 && text.chars().any(char::is_alphanumeric);
        let new = || Current { text: String::new(), hidden: Vec::new(), is_italic: true, range: range.clone() };
        let current = self.current.get_or_insert_with(new);
        current.text.push_str(text);
        current.is_italic &= !is_upright;
        current.range = current.range.start.min(range.start)..current.range.end.max(range.end);
    }

    /// Adds what is at `range` but is not rendered. What is nested in an image is already part of it.
    fn hide(&mut self, hidden: &str, range: Range<usize>) {
        self.read("", range);
        if let Some(current) = self.current.as_mut().filter(|_| self.images == 0) {
            current.hidden.push(hidden.to_owned());
        }
    }

    fn end(&mut self) {
        let is_task = std::mem::take(&mut self.is_task);
        let Some(current) = self.current.take() else { return };
        let mark = match (is_task, current.is_italic) {
            (true, _) => Mark::Task,
            (_, true) => Mark::Italic,
            _ => Mark::None,
        };
        self.push(&current.text, mark, current.range, current.hidden);
    }

    fn push(&mut self, text: &str, mark: Mark, range: Range<usize>, hidden: Vec<String>) {
        let text = fold_space(text);
        if !text.is_empty() {
            self.found.push(Paragraph { text, mark, span: Span::of_range(self.base, range), hidden });
        }
    }

    /// Adds the HTML block `source` if it is a single comment.
    fn comment(&mut self, source: &str, range: Range<usize>) {
        self.end();
        let trimmed = source.trim_end();
        if let Some(inside) = inside_comment(trimmed.trim_start()) {
            let lead = trimmed.len() - trimmed.trim_start().len();
            self.push(inside, Mark::Comment, range.start + lead..range.start + trimmed.len(), Vec::new());
        }
    }

    fn start_quote(&mut self, range: Range<usize>) {
        self.end();
        if self.quotes == 0 {
            self.quote = Some((range, self.found.len()));
        }
        self.quotes += 1;
    }

    /// Joins the paragraphs of the outermost quote into one.
    fn end_quote(&mut self) {
        self.end();
        self.quotes = self.quotes.saturating_sub(1);
        if let Some((range, first)) = self.quote.take_if(|_| self.quotes == 0) {
            let inside = self.found.split_off(first);
            let text = inside.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" ");
            let hidden = inside.into_iter().flat_map(|paragraph| paragraph.hidden);
            let hidden = hidden.chain(std::mem::take(&mut self.in_quote)).collect();
            self.push(&text, Mark::Quote, range, hidden);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, Mark, &str)]) {
        let text = Text::new(source);
        let found = paragraphs(&text, text.span());
        let found: Vec<_> =
            found.iter().map(|found| (found.text.as_str(), found.mark, text.slice(found.span).into_owned())).collect();
        let expected: Vec<_> = expected.iter().map(|&(text, mark, span)| (text, mark, span.to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paragraphs_are_found_on_their_own_and_in_lists() {
        check(
            "_One\ntwo._\n\nThree _four_.\n",
            &[("One two.", Mark::Italic, "_One\ntwo._"), ("Three four.", Mark::None, "Three _four_.")],
        );
        check(
            "1. _a_\n2. **b**\n\n   *c*:\n   - d\n",
            &[
                ("a", Mark::Italic, "_a_"),
                ("b", Mark::None, "**b**"),
                ("c:", Mark::Italic, "*c*:"),
                ("d", Mark::None, "d"),
            ],
        );
    }

    #[test]
    fn headings_tables_code_and_other_html_are_none() {
        check("# _a_\n\n| _b_ |\n| - |\n\n```\n_c_\n```\n\n<div>\n<!-- d -->\n</div>\n\n<!-- e --> f\n", &[]);
    }

    #[test]
    fn a_quote_or_a_comment_is_one() {
        check(
            "> One\n> _two_\n>\n> > three\n\n- > four\n",
            &[("One two three", Mark::Quote, "> One\n> _two_\n>\n> > three\n"), ("four", Mark::Quote, "> four\n")],
        );
        check(
            "a\n<!--\nb\n\nc -->\n- d\n\n  <!-- e -->\n",
            &[
                ("a", Mark::None, "a"),
                ("b c", Mark::Comment, "<!--\nb\n\nc -->"),
                ("d", Mark::None, "d"),
                ("e", Mark::Comment, "<!-- e -->"),
            ],
        );
    }

    #[test]
    fn an_image_has_what_is_in_it() {
        let text = Text::new("a ![b ![c](d) <i> [e](f)](g) [h](i) <br>\n");
        let found = paragraphs(&text, text.span());
        assert_eq!(found[0].hidden, ["![b ![c](d) <i> [e](f)](g)", "i", "<br>"]);
    }

    #[test]
    fn a_block_that_is_a_comment_is_the_same_by_itself() {
        for source in [
            "<!--\nb\n\nc -->\n",
            "  <!-- e -->",
            "<!-- a --> b",
            "<!-- a -->\n<!-- b -->",
            "<!---->",
            "<p>\n<!-- a -->\n</p>",
            "<delete what does not apply>",
            "<details open>",
        ] {
            let text = Text::new(source);
            for block in &super::super::blocks(&text).list {
                let found = paragraphs(&text, block.span);
                assert_eq!(comment_block(&text, block.span).into_iter().collect::<Vec<_>>(), found, "{source:?}");
            }
        }
    }

    #[test]
    fn a_task_is_no_prose() {
        check(
            "- [ ] Done by\n  then\n- [x] _two_\n",
            &[("Done by then", Mark::Task, "Done by\n  then"), ("two", Mark::Task, "_two_")],
        );
    }
}
