//! The runs of text that a reader sees, with their places.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::events;
use super::source::markdown;
use crate::text::{Span, Text};

/// A run of text without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// Its text, letter by letter as in the source.
    pub text: String,
    /// Its place.
    pub span: Span,
    /// Whether it is inline code.
    pub is_code: bool,
    /// Whether it is the text of a link.
    pub is_linked: bool,
}

/// Returns the runs of text in `span` of `text`, in order: without code blocks, HTML and the targets of links. A run whose text
/// differs from the source, as it has an entity, is left out.
pub fn text_runs(text: &Text, span: Span) -> Vec<TextRun> {
    let markdown = markdown(text, span);
    let (mut runs, mut skipped, mut linked) = (Vec::<TextRun>::new(), 0_usize, 0_usize);
    for (event, range) in events(&markdown) {
        let (words, is_code) = match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                skipped += 1;
                continue;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                skipped = skipped.saturating_sub(1);
                continue;
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                linked += 1;
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                linked = linked.saturating_sub(1);
                continue;
            }
            Event::Text(words) if skipped == 0 => (words, false),
            Event::Code(words) if skipped == 0 => (words, true),
            _ => continue,
        };
        let Some(lead) = markdown[range.clone()].find(&*words) else { continue };
        let place = Span::of_range(span.start, range.start + lead..range.start + lead + words.len());
        let is_linked = linked > 0;
        match runs.last_mut() {
            // A bracket or an underscore ends a text of the parser.
            Some(last) if last.span.end == place.start && !is_code && !last.is_code && last.is_linked == is_linked => {
                last.text.push_str(&words);
                last.span = Span::new(last.span.start, place.end);
            }
            _ => runs.push(TextRun { text: words.into_string(), span: place, is_code, is_linked }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_text_code_and_the_text_of_links() {
        let source = "# A _b_\n\nSee XIP_1 [x], `c` and [d](e.md) &amp; <b>f</b>.\n\n```\ng\n```\n\n<!-- h -->\n";
        let text = Text::new(source);
        let runs = text_runs(&text, Span::new(text.start(), text.end()));
        let told: Vec<_> = runs.iter().map(|run| (run.text.as_str(), run.is_code, run.is_linked)).collect();
        let plain = |text: &'static str| (text, false, false);
        let expected = [
            plain("A "),
            plain("b"),
            plain("See XIP_1 [x], "),
            ("c", true, false),
            plain(" and "),
            ("d", false, true),
            plain(" &"),
            plain(" "),
            plain("f"),
            plain("."),
        ];
        assert_eq!(told, expected);
        assert!(runs.iter().all(|run| text.slice(run.span) == run.text));
    }
}
