//! Expanding a selection: word, sentence, block, section, document.

use crate::document::Proposal;
use crate::syntax::{Block, BlockKind, Section, parts_at};
use crate::text::{Offset, Span, Text};

/// Returns what a selection at `offset` can expand to, the smallest first: each contains the one before it, all contain `offset`,
/// and the last is the whole document.
pub fn selection(proposal: &Proposal<'_>, offset: Offset) -> Vec<Span> {
    let text = proposal.text();
    let blocks = proposal.document.blocks();
    let word = word(text, offset);
    // At a boundary of sentences or blocks, the word decides which one counts.
    let place = word.map_or(offset, |word| word.start);
    let block = blocks.at(text, place);
    let part = match block {
        Some(block) if block.kind == BlockKind::Paragraph => sentence(text, block, place),
        _ => line(text, place),
    };
    let parts = block.map(|block| parts_at(text, block, place)).unwrap_or_default();
    let whole = block.map(|block| block.span).or(blocks.front_matter).map(|span| text.trim_end(span));
    let mut parts: Vec<Span> = parts.into_iter().chain([part]).collect();
    parts.sort_by_key(|span| span.len());
    let spans = word.into_iter().chain(parts).chain(whole).chain(sections(proposal, place));
    nested(spans.filter(|span| !span.is_empty()), offset, text.span())
}

/// Keeps those of `spans` that contain `offset` and properly contain the one kept before; then adds `all`.
fn nested(spans: impl Iterator<Item = Span>, offset: Offset, all: Span) -> Vec<Span> {
    let mut nested: Vec<Span> = Vec::new();
    for span in spans.filter(|span| span.touches(offset)).chain([all]) {
        let grows = |last: &Span| span.start <= last.start && last.end <= span.end && span != *last;
        if nested.last().is_none_or(grows) {
            nested.push(span);
        }
    }
    nested
}

/// Returns the word that `offset` is in or at an end of.
fn word(text: &Text, offset: Offset) -> Option<Span> {
    let line = text.line_span_at(offset);
    let before = text.slice(Span::new(line.start, offset));
    let after = text.slice(Span::new(offset, line.end.max(offset)));
    let start = before.trim_end_matches(is_of_word).len();
    let end = after.len() - after.trim_start_matches(is_of_word).len();
    let span = Span::new(line.start + start, offset + end);
    (!span.is_empty()).then_some(span)
}

/// Whether `character` is a letter, a digit, or a combining accent (Unicode, "Combining Diacritical Marks").
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}')
}

/// Returns the line at `offset` without surrounding white space.
fn line(text: &Text, offset: Offset) -> Span {
    let line = text.line_span_at(offset);
    trimmed(text, Span::new(line.start.max(text.start()), line.end))
}

/// Returns `span` without surrounding white space. The text is not copied, because `span` may be a whole document.
fn trimmed(text: &Text, span: Span) -> Span {
    let span = text.trim_end(span);
    let mut start = span.start;
    while start < span.end && text.byte(start).is_some_and(|byte| byte.is_ascii_whitespace()) {
        start = start + 1;
    }
    Span::new(start, span.end)
}

/// Returns the sentence at `offset` in the paragraph `block`: up to a period, an exclamation mark or a question mark followed by
/// white space.
fn sentence(text: &Text, block: Block, offset: Offset) -> Span {
    let source = text.slice(block.span);
    let place = offset - block.span.start;
    let is_before = |end: &usize| *end <= place && *end < source.len();
    let start = ends(&source).take_while(is_before).last().unwrap_or(0);
    let end = ends(&source).find(|end| *end > start).unwrap_or(source.len());
    trimmed(text, Span::of_range(block.span.start, start..end))
}

/// Returns the positions after the white space that follows each sentence of `source`.
fn ends(source: &str) -> impl Iterator<Item = usize> + '_ {
    let marks = source.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
    marks.filter_map(|at| {
        let rest = &source[at..];
        let next = rest.trim_start();
        (next.len() < rest.len()).then_some(source.len() - next.len())
    })
}

/// Returns the sections at `offset`, each preceded by its body, from the innermost outward.
fn sections<'a>(proposal: &'a Proposal<'_>, offset: Offset) -> impl Iterator<Item = Span> + 'a {
    let outline = proposal.document.outline();
    let innermost = outline.iter().map(|(_, section)| section).rfind(|section| section.span.start <= offset);
    let parent = |section: &&'a Section| section.parent.map(|parent| outline.get(parent));
    let sections = std::iter::successors(innermost, parent);
    sections.flat_map(|section| [trimmed(proposal.text(), section.body()), section.span])
}
