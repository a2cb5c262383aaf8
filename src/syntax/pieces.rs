//! The pieces of a text: runs of whole blocks that read the same by themselves, so that an edit leaves most of them unchanged.
//!
//! The kind of a block depends on what is open above it, and on nothing else. Where a block starts at the top level, below a blank
//! line and without an indent, a reading can start afresh with the same result. So after an edit, reading starts with the piece
//! around the edit, and ends as soon as a block starts where one did before the edit. Only labels have an effect across the whole
//! text: if an edit touches a definition, everything is read again.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::closed::{Part, read_part};
use super::labels::Labels;
use super::link_parts::LinkParts;
use super::{Block, BlockKind, Heading, Kept, Links, Origin};
use crate::text::{Offset, Span, Text};

/// Returns the length in bytes from which a piece ends at the next possible start, in a text of `length` bytes. It is a trade-off:
/// an edit reads a whole piece, and visits every piece. Tests use a small value, as their texts are short.
fn enough(length: usize) -> usize {
    if cfg!(test) { 16 } else { (length / 512).clamp(512, 2048) }
}

/// The parser gives up on labels when they expand to more bytes than the text has, and more than 100,000. A text that may come near
/// this limit is read as a whole.
const MAX_EXPANDED: usize = 50_000;

/// A run of whole blocks, with its reading. Places count from its start.
#[derive(Debug)]
pub struct Piece {
    /// The number of bytes from its start to that of the next piece.
    pub(super) length: usize,
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// The headings.
    pub(super) headings: Vec<Heading>,
    /// The links.
    pub(super) links: Links,
    /// The number of bytes to which the labels that it uses expand.
    expanded: usize,
    /// Whether it defines a label.
    defines: bool,
    /// Whether one of its links leads to an anchor.
    has_anchored_links: bool,
    /// Whether it has a table or a list.
    has_lists: bool,
    /// Whether it may define a footnote.
    pub(super) has_notes: bool,
    /// Whether it has none of the signs that may start or end something other than prose.
    pub(super) is_plain: bool,
    /// Other values derived from it.
    kept: Kept,
}

impl Piece {
    /// Returns the number of blocks.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Returns the length in bytes, up to the next piece.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether one of its links leads to an anchor.
    pub fn has_anchored_links(&self) -> bool {
        self.has_anchored_links
    }

    /// Whether it has a table or a list.
    pub fn has_lists(&self) -> bool {
        self.has_lists
    }

    /// Returns the links, with their places counted from the start of the piece.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Returns the cache of values derived from the piece.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }
}

/// The pieces of a text, from the start of its Markdown to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    /// The start of the first piece.
    start: Offset,
    list: Vec<Arc<Piece>>,
    /// The start of each piece.
    starts: OnceLock<Vec<Offset>>,
    /// The labels that the pieces define.
    labels: Arc<Labels>,
    labels_origin: Origin,
}

/// The combined change of several edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Where it starts.
    pub(super) start: Offset,
    /// Where it ends in the text before.
    pub(super) old_end: Offset,
    /// Where it ends in the text after.
    pub(super) new_end: Offset,
}

impl Change {
    /// Returns the change that replaces `span` with `length` bytes.
    pub(super) fn of(span: Span, length: usize) -> Change {
        Change { start: span.start, old_end: span.end, new_end: span.start + length }
    }

    /// Returns the combination of this change and `next`, which is of the text after this change.
    pub(super) fn then(self, next: Change) -> Change {
        let start = self.start.min(next.start);
        let end = self.new_end.max(next.old_end);
        let old_end = self.old_end + (end - self.new_end);
        Change { start, old_end, new_end: next.new_end + (end - next.old_end) }
    }

    /// Returns where the place `at` of the text before, which is after the change, is in the text after.
    pub(super) fn shifted(self, at: Offset) -> Offset {
        self.new_end + (at - self.old_end)
    }
}

/// The outcome of reading up to a piece that may be unchanged.
enum Outcome {
    /// The piece is unchanged: what was read before it, and where that ends.
    Read(Offset, Box<Part>),
    /// The piece has changed.
    GoesOn,
    /// A label is defined there, so that everything has to be read.
    Whole,
}

impl Pieces {
    /// Returns the blocks of all pieces, with places in the whole text.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let count = self.list.iter().map(|piece| piece.blocks.len()).sum();
        let mut blocks = Vec::with_capacity(count);
        for (start, piece) in self.iter() {
            blocks.extend(piece.blocks.iter().map(|block| Block { span: block.span.behind(start.get()), ..*block }));
        }
        blocks
    }

    /// Returns the headings of all pieces, with places in the whole text.
    pub(super) fn headings(&self) -> impl Iterator<Item = Heading> {
        self.iter().flat_map(|(start, piece)| piece.headings.iter().map(move |heading| heading.behind(start.get())))
    }

    /// Returns the links of all pieces, with places in the whole text.
    pub(super) fn links(&self) -> Links {
        let mut links = Links::default();
        for (start, piece) in self.iter() {
            links.extend_behind(&piece.links, start.get());
        }
        links
    }

    /// Reads the pieces of `text`, whose Markdown starts at `start`.
    pub(super) fn of(text: &Text, start: Offset) -> Pieces {
        let span = Span::new(start, text.end());
        let part = read_part(text, span, &Labels::default());
        let labels = Arc::new(part.labels.clone());
        let list: Vec<_> = split(text, span, part).into_iter().map(Arc::new).collect();
        Pieces { start, list, starts: OnceLock::new(), labels, labels_origin: Origin::default() }
    }

    /// Returns the labels that the pieces define.
    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Identifies the labels, for values that are derived from a piece and the labels.
    pub(super) fn labels_origin(&self) -> &Origin {
        &self.labels_origin
    }

    /// Whether the parser may give up on labels, which only happens when it reads the text as a whole.
    pub(super) fn expand_much(&self) -> bool {
        self.list.iter().map(|piece| piece.expanded).sum::<usize>() > MAX_EXPANDED
    }

    /// Returns each piece with its start.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Offset, &Arc<Piece>)> {
        let mut next = self.start;
        self.list.iter().map(move |piece| {
            let start = next;
            next = next + piece.length;
            (start, piece)
        })
    }

    /// Returns the start of the first piece that `span` touches, and all pieces that it touches. `None` if a part of `span` is
    /// before the first piece.
    pub(super) fn touched(&self, span: Span) -> Option<(Offset, &[Arc<Piece>])> {
        if span.start < self.start {
            return None;
        }
        let starts = self.starts.get_or_init(|| self.iter().map(|(start, _)| start).collect());
        let first = starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
        let end = starts.partition_point(|start| *start < span.end).max(first + 1);
        Some((starts[first], &self.list[first..end]))
    }

    /// Returns the pieces of `text`, which is the text of these pieces after `change`, and whose Markdown starts at `start`. `None`
    /// if everything has to be read.
    pub(super) fn changed(&self, text: &Text, start: Offset, change: Change) -> Option<Pieces> {
        // Only what comes before the Markdown has changed.
        if change.old_end <= self.start && change.shifted(self.start) == start {
            return Some(Pieces { start, starts: OnceLock::new(), ..self.clone() });
        }
        if start != self.start || change.start < start || self.expand_much() {
            return None;
        }
        let starts: Vec<Offset> = self.iter().map(|(start, _)| start).collect();
        let first = first_changed(text, &starts, change)?;
        let mut end = starts.partition_point(|start| *start <= change.old_end).max(first + 1);
        let mut step = 1;
        loop {
            let behind = starts.get(end).map(|start| change.shifted(*start));
            match self.read_to(text, first..end, starts[first], behind) {
                Outcome::Read(end_of_part, part) => {
                    let mut list = Vec::with_capacity(self.list.len() + 4);
                    list.extend_from_slice(&self.list[..first]);
                    list.extend(split(text, Span::new(starts[first], end_of_part), *part).into_iter().map(Arc::new));
                    list.extend_from_slice(&self.list[end..]);
                    let (labels, labels_origin) = (self.labels.clone(), self.labels_origin.clone());
                    return Some(Pieces { start, list, starts: OnceLock::new(), labels, labels_origin });
                }
                Outcome::GoesOn => {
                    end = (end + step).min(starts.len());
                    step *= 2;
                }
                Outcome::Whole => return None,
            }
        }
    }

    /// Reads from `start` of `text` on, in place of the pieces at `places`, up to `behind`, where the next piece starts if it is
    /// unchanged. `None` stands for the end of the text.
    fn read_to(&self, text: &Text, places: Range<usize>, start: Offset, behind: Option<Offset>) -> Outcome {
        if self.list[places.clone()].iter().any(|piece| piece.defines) {
            return Outcome::Whole;
        }
        let next = self.list.get(places.end).zip(behind);
        // Reads the first block there as well, which shows whether a block still starts there.
        let until = next.map_or(text.end(), |(next, behind)| {
            let first = next.blocks.first().map_or(next.length, |first| first.span.end.get());
            text.line_start(text.line_at(behind + first) + 1)
        });
        let mut part = read_part(text, Span::new(start, until), &self.labels);
        let behind = behind.unwrap_or(text.end());
        // One of these labels may also be defined before this part.
        if !part.labels.is_empty() {
            return Outcome::Whole;
        }
        if next.is_some() {
            let place = part.starts.binary_search_by_key(&behind, |block| part.blocks[*block].span.start);
            let Ok(place) = place else { return Outcome::GoesOn };
            part.truncate(place, behind);
        }
        Outcome::Read(behind, Box::new(part))
    }
}

/// Returns the index of the first piece that `change`, which led to `text`, may affect. A piece still starts at the same place if
/// its first line is unchanged, or still starts with the same letter, as a letter cannot start an item of a list above.
fn first_changed(text: &Text, starts: &[Offset], change: Change) -> Option<usize> {
    let inside = starts.partition_point(|start| *start <= change.start).checked_sub(1)?;
    let start = starts[inside];
    // The first character may have become the second half of a line ending.
    let first_line = text.line_span_at(start);
    let is_behind_first_line = (start..change.start).contains(&first_line.end);
    let is_behind_letter = || {
        let first = text.slice(Span::new(start, change.start.min(first_line.end))).bytes().next();
        first.is_some_and(|byte| byte.is_ascii_alphabetic())
    };
    Some(if is_behind_first_line || is_behind_letter() { inside } else { inside.saturating_sub(1) })
}

impl Part {
    /// Removes everything from `end` on. A block must start at `end`, and be the one at `place` in `starts`.
    fn truncate(&mut self, place: usize, end: Offset) {
        self.blocks.truncate(self.starts[place]);
        self.starts.truncate(place);
        self.links.truncate(end);
        self.expansions.retain(|(at, _)| *at < end);
    }
}

/// Splits `part`, which was read from `span` of `text`, into pieces.
fn split(text: &Text, span: Span, part: Part) -> Vec<Piece> {
    let Part { blocks, starts, links, labels, expansions } = part;
    let enough = enough(text.len());
    let mut firsts = vec![(span.start, 0)];
    for block in starts {
        let start = blocks[block].span.start;
        if start - firsts[firsts.len() - 1].0 >= enough {
            firsts.push((start, block));
        }
    }
    let ends = firsts[1..].iter().copied().chain([(span.end, blocks.len())]);
    let mut links = LinkParts::of(links);
    let mut expansions = expansions.into_iter().peekable();
    let places: Vec<Offset> = labels.places();
    let mut pieces = Vec::with_capacity(firsts.len());
    for ((start, first), (end, next)) in firsts.iter().copied().zip(ends) {
        let source = text.slice(Span::new(start, end));
        let own = blocks[first..next].iter().copied();
        let headings =
            own.clone().filter(|block| block.is_heading()).map(|block| Heading::of(text, block).relative_to(start));
        let used = std::iter::from_fn(|| expansions.next_if(|(at, _)| *at < end)).map(|(_, bytes)| bytes);
        let defined = places.partition_point(|place| *place < end) - places.partition_point(|place| *place < start);
        // An empty value may be at the very end.
        let links = links.next(start, if next == blocks.len() { end + 1 } else { end });
        pieces.push(Piece {
            length: end - start,
            headings: headings.collect(),
            has_lists: own.clone().any(|block| matches!(block.kind, BlockKind::Table | BlockKind::List)),
            blocks: own.map(|block| Block { span: block.span.relative_to(start), ..block }).collect(),
            has_anchored_links: links.links.iter().any(|link| link.destination.contains('#')),
            links,
            expanded: used.sum(),
            defines: defined > 0,
            has_notes: source.contains("[^") && source.contains("]:"),
            is_plain: !source.bytes().any(|byte| b"#<>=-`~{:".contains(&byte)),
            kept: Kept::default(),
        });
    }
    pieces
}
