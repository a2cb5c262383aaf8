//! The pieces of a text: runs of whole blocks that read the same by themselves, so that an edit leaves most of them as they are.
//!
//! What a block is depends on what is open above it, and on nothing else: where a block starts at the top level, below a blank line
//! and without an indent, a reading can start afresh, and comes to the same. So after an edit, reading starts with the piece that the
//! edit is in, and ends as soon as a block starts where one did before the edit. Only what labels stand for reaches from one end of a text
//! to the other: where an edit touches a definition, all is read anew.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::closed::{Part, read_part};
use super::labels::Labels;
use super::link_parts::LinkParts;
use super::{Block, BlockKind, Heading, Kept, Links, Origin};
use crate::text::{Offset, Span, Text};

/// From how many bytes on a piece of a text of `length` bytes ends where the next one can start: an edit costs a piece to read, and each
/// piece a look. Few bytes do for tests, in which texts are short.
fn enough(length: usize) -> usize {
    if cfg!(test) { 16 } else { (length / 512).clamp(512, 2048) }
}

/// The parser gives up on labels when what they stand for has more bytes than the text, or than 100,000. A text that may come near is
/// read as a whole.
const MAX_EXPANDED: usize = 50_000;

/// A run of whole blocks, with what was read of it. Places count from its start.
#[derive(Debug)]
pub struct Piece {
    /// How many bytes there are from its start to that of the next one.
    pub(super) length: usize,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Its headings.
    pub(super) headings: Vec<Heading>,
    /// Its links.
    pub(super) links: Links,
    /// How many bytes stand in the places of the labels that it uses.
    expanded: usize,
    /// Whether it defines a label.
    defines: bool,
    /// Whether one of its links leads to an anchor.
    has_anchored_links: bool,
    /// Whether it has a table or a list.
    has_lists: bool,
    /// Whether it may define a footnote.
    pub(super) has_notes: bool,
    /// Whether it has none of the signs with which something else than prose starts or ends.
    pub(super) is_plain: bool,
    /// What else follows from it.
    kept: Kept,
}

impl Piece {
    /// How many blocks it has.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Its length in bytes, up to the next one.
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

    /// Its links, with their places counted from its start.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// What follows from what it says.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }
}

/// The pieces of a text, from where its Markdown starts to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    /// Where the first one starts.
    start: Offset,
    list: Vec<Arc<Piece>>,
    /// Where each of them starts.
    starts: OnceLock<Vec<Offset>>,
    /// The labels that they define.
    labels: Arc<Labels>,
    labels_origin: Origin,
}

/// What several edits have changed, as if it were one.
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
    /// That of putting `length` bytes in the place of `span`.
    pub(super) fn of(span: Span, length: usize) -> Change {
        Change { start: span.start, old_end: span.end, new_end: span.start + length }
    }

    /// This, and then `next`, which is of the text after this.
    pub(super) fn then(self, next: Change) -> Change {
        let start = self.start.min(next.start);
        let end = self.new_end.max(next.old_end);
        let old_end = self.old_end + (end - self.new_end);
        Change { start, old_end, new_end: next.new_end + (end - next.old_end) }
    }

    /// Where the place `at` of the text before, which is behind the change, is in the text after.
    pub(super) fn shifted(self, at: Offset) -> Offset {
        self.new_end + (at - self.old_end)
    }
}

/// What comes of reading on to a piece that may be as it was.
enum Outcome {
    /// It is: what is read before it, and where that ends.
    Read(Offset, Box<Part>),
    /// It is not.
    GoesOn,
    /// A label is defined there, so that all has to be read.
    Whole,
}

impl Pieces {
    /// Their blocks, in the text that they are of.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let count = self.list.iter().map(|piece| piece.blocks.len()).sum();
        let mut blocks = Vec::with_capacity(count);
        for (start, piece) in self.iter() {
            blocks.extend(piece.blocks.iter().map(|block| Block { span: block.span.behind(start.get()), ..*block }));
        }
        blocks
    }

    /// Their headings.
    pub(super) fn headings(&self) -> impl Iterator<Item = Heading> {
        self.iter().flat_map(|(start, piece)| piece.headings.iter().map(move |heading| heading.behind(start.get())))
    }

    /// Their links.
    pub(super) fn links(&self) -> Links {
        let mut links = Links::default();
        for (start, piece) in self.iter() {
            links.extend_behind(&piece.links, start.get());
        }
        links
    }

    /// The pieces of `text`, whose Markdown starts at `start`.
    pub(super) fn of(text: &Text, start: Offset) -> Pieces {
        let span = Span::new(start, text.end());
        let part = read_part(text, span, &Labels::default());
        let labels = Arc::new(part.labels.clone());
        let list: Vec<_> = split(text, span, part).into_iter().map(Arc::new).collect();
        Pieces { start, list, starts: OnceLock::new(), labels, labels_origin: Origin::default() }
    }

    /// The labels that they define.
    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// What else than a piece a value follows from that goes by these.
    pub(super) fn labels_origin(&self) -> &Origin {
        &self.labels_origin
    }

    /// Whether the parser may give up on labels, which shows in the text as a whole alone.
    pub(super) fn expand_much(&self) -> bool {
        self.list.iter().map(|piece| piece.expanded).sum::<usize>() > MAX_EXPANDED
    }

    /// Each piece with where it starts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Offset, &Arc<Piece>)> {
        let mut next = self.start;
        self.list.iter().map(move |piece| {
            let start = next;
            next = next + piece.length;
            (start, piece)
        })
    }

    /// The pieces that `span` touches, and where the first of them starts; none where some of it comes before them.
    pub(super) fn touched(&self, span: Span) -> Option<(Offset, &[Arc<Piece>])> {
        if span.start < self.start {
            return None;
        }
        let starts = self.starts.get_or_init(|| self.iter().map(|(start, _)| start).collect());
        let first = starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
        let end = starts.partition_point(|start| *start < span.end).max(first + 1);
        Some((starts[first], &self.list[first..end]))
    }

    /// The pieces of `text`, which `change` has made of the text of these; its Markdown starts at `start`. None where all of it has
    /// to be read.
    pub(super) fn changed(&self, text: &Text, start: Offset, change: Change) -> Option<Pieces> {
        // What comes before the Markdown has changed, and nothing else.
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

    /// What there is from `start` of `text` on in the place of the pieces at `places`, up to `behind`, where the next one starts if it
    /// is as it was; there may be none.
    fn read_to(&self, text: &Text, places: Range<usize>, start: Offset, behind: Option<Offset>) -> Outcome {
        if self.list[places.clone()].iter().any(|piece| piece.defines) {
            return Outcome::Whole;
        }
        let next = self.list.get(places.end).zip(behind);
        // Whether a block starts there shows when it is read, too.
        let until = next.map_or(text.end(), |(next, behind)| {
            let first = next.blocks.first().map_or(next.length, |first| first.span.end.get());
            text.line_start(text.line_at(behind + first) + 1)
        });
        let mut part = read_part(text, Span::new(start, until), &self.labels);
        let behind = behind.unwrap_or(text.end());
        // One of them may be defined before, too.
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

/// The first piece that `change` may reach, which has made `text`: a piece still starts where it did if its first line is as it was, or
/// still starts with the same letter, which no item of a list above does.
fn first_changed(text: &Text, starts: &[Offset], change: Change) -> Option<usize> {
    let inside = starts.partition_point(|start| *start <= change.start).checked_sub(1)?;
    let start = starts[inside];
    // What it starts with may have become the second half of a line ending.
    let first_line = text.line_span_at(start);
    let is_behind_first_line = (start..change.start).contains(&first_line.end);
    let is_behind_letter = || {
        let first = text.slice(Span::new(start, change.start.min(first_line.end))).bytes().next();
        first.is_some_and(|byte| byte.is_ascii_alphabetic())
    };
    Some(if is_behind_first_line || is_behind_letter() { inside } else { inside.saturating_sub(1) })
}

impl Part {
    /// Takes out what is at `end` or behind it, where the block starts that is the one at `place` of those where a reading can start.
    fn truncate(&mut self, place: usize, end: Offset) {
        self.blocks.truncate(self.starts[place]);
        self.starts.truncate(place);
        self.links.truncate(end);
        self.expansions.retain(|(at, _)| *at < end);
    }
}

/// The pieces that `part` is, which was read of `span` of `text`.
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
        // A value that is empty may stand at the very end.
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
