//! The words that a reader of the rendered text sees.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{events, is_block, is_block_end};
use super::source::markdown;
use crate::letters::{is_ideograph, is_unspaced, unspaced_words};
use crate::text::{Span, Text};

/// Returns the words in `span` of `text` as a word processor counts the rendered text: runs between white space that have a letter
/// or a digit. A CJK ideograph is a word of its own, and dictionaries separate the words of scripts without spaces. Inline code
/// counts. Code blocks, HTML, comments, link targets and images do not, nor do paragraphs for which `is_left_out` returns true; it
/// gets the rendered text of a paragraph with white space folded.
pub fn words(text: &Text, span: Span, is_left_out: impl Fn(&str) -> bool) -> Vec<Span> {
    let markdown = markdown(text, span);
    let mut reader = Words::default();
    let mut paragraph = String::new();
    let mut first_of_paragraph = 0;
    let mut skipped = 0_usize;
    for (event, range) in events(&markdown) {
        let ends_paragraph = match &event {
            Event::Start(tag) => is_block(tag),
            Event::End(tag) => is_block_end(*tag),
            _ => false,
        };
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => skipped += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => skipped = skipped.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if skipped == 0 => {
                paragraph.push_str(&text);
                reader.read(&text, span_of(&markdown[range.clone()], &text, range));
            }
            Event::SoftBreak | Event::HardBreak => {
                paragraph.push(' ');
                reader.end_word();
            }
            _ => {}
        }
        // The text of a list item also ends where a nested list starts.
        if ends_paragraph {
            reader.end_word();
            if is_left_out(&fold_space(&paragraph)) {
                reader.words.truncate(first_of_paragraph);
            }
            paragraph.clear();
            first_of_paragraph = reader.words.len();
        }
    }
    reader.end_word();
    reader.words.into_iter().map(|range| Span::of_range(span.start, range)).collect()
}

/// Returns `text` with every run of white space as one space, and none at its ends.
pub fn fold_space(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The place of a run of rendered text in the source.
struct Run {
    range: std::ops::Range<usize>,
    /// The distance from the start of the range to the text, or `None` if the text does not occur literally in the source.
    lead: Option<usize>,
}

fn span_of(source: &str, text: &str, range: std::ops::Range<usize>) -> Run {
    Run { lead: source.find(text), range }
}

/// Collects words over adjacent runs: `foo**bar**` is one word.
#[derive(Default)]
struct Words {
    words: Vec<std::ops::Range<usize>>,
    current: Option<std::ops::Range<usize>>,
    counts: bool,
}

impl Words {
    fn read(&mut self, text: &str, run: Run) {
        let starts = unspaced_starts(text);
        for (index, character) in text.char_indices() {
            if starts.contains(&index) {
                self.end_word();
            }
            let place = match run.lead {
                Some(lead) => run.range.start + lead + index..run.range.start + lead + index + character.len_utf8(),
                None => run.range.clone(),
            };
            if character.is_whitespace() {
                self.end_word();
            } else if is_ideograph(character) {
                self.end_word();
                self.words.push(place);
            } else {
                let start = self.current.as_ref().map_or(place.start, |current| current.start);
                self.current = Some(start..place.end);
                self.counts |= character.is_alphanumeric();
            }
        }
    }

    fn end_word(&mut self) {
        if let (Some(word), true) = (self.current.take(), self.counts) {
            self.words.push(word);
        }
        self.counts = false;
    }
}

/// Returns where words of scripts without spaces start in `text`, and where other text follows them.
fn unspaced_starts(text: &str) -> Vec<usize> {
    if text.is_ascii() || !text.contains(is_unspaced) {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(is_unspaced).map(|from| at + from) {
        at = text[from..].find(|sign| !is_unspaced(sign)).map_or(text.len(), |end| from + end);
        starts.extend(unspaced_words(&text[from..at]).into_iter().map(|word| from + word.start));
        starts.push(at);
    }
    starts
}

/// Returns the number of words in `text`, which must be rendered; see [`words`].
pub fn count_words(text: &str) -> usize {
    let mut reader = Words::default();
    reader.read(text, Run { range: 0..text.len(), lead: Some(0) });
    reader.end_word();
    reader.words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(count_words("one two, three"), 3);
        assert_eq!(count_words("缓存 API 设计"), 5);
        assert!((3..8).contains(&count_words("ภาษาไทยเป็นภาษาที่สวย")));
        assert_eq!(count_words("요약 문장"), 2);
    }

    #[test]
    fn words_are_where_the_source_has_them() {
        let text = Text::new("# One `two` [three](four.md)\n\n\\*five **si**x &amp; 缓存\n");
        let found: Vec<_> =
            words(&text, text.span(), |_| false).into_iter().map(|word| text.slice(word).into_owned()).collect();
        assert_eq!(found, ["One", "two", "three", "*five", "si**x", "缓", "存"]);
    }
}
