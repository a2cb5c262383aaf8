//! The anchors of a text in pieces. They are read again where a piece is new, and named again where their text has changed.
//!
//! Footnotes change how a text divides into blocks, so its pieces need not read the same by themselves. A text with footnotes is
//! read as a whole, unless only prose has changed.

use std::sync::Arc;

use super::anchors::{Found, anchors, found_in, named};
use super::pieces::{Piece, Pieces};
use super::{Anchor, AnchorNames};
use crate::text::{Offset, Placed, Span, Text};

/// The anchors of one version of a text.
#[derive(Debug)]
pub(super) struct PieceAnchors {
    pieces: Pieces,
    /// The anchors of each piece, or `None` if the text has to be read as a whole.
    of_pieces: Option<Vec<Arc<Vec<Found>>>>,
    names: Arc<AnchorNames>,
}

impl PieceAnchors {
    /// Finds the anchors of `text`, which is in `pieces`; `before` has those of an earlier version.
    pub(super) fn of(text: &Text, pieces: &Pieces, before: Option<&PieceAnchors>) -> PieceAnchors {
        let is_whole = pieces.expand_much() || pieces.iter().any(|(_, piece)| piece.has_notes);
        let of_piece = |(start, piece): (Offset, &Arc<Piece>)| {
            piece.kept().get_or(pieces.labels_origin(), || read(text, (start, piece), pieces))
        };
        let of_pieces: Option<Vec<_>> = (!is_whole).then(|| pieces.iter().map(of_piece).collect());
        let is_as_before = |before: &&PieceAnchors| match (&before.of_pieces, &of_pieces) {
            (Some(one), Some(other)) => says_the_same(one, other),
            (None, None) => is_changed_in_prose(&before.pieces, pieces),
            _ => false,
        };
        let known = before.filter(is_as_before).map(|before| before.names.clone());
        let names = known.unwrap_or_else(|| {
            let named = match &of_pieces {
                Some(of_pieces) => named(of_pieces.iter().flat_map(|found| found.iter().cloned()).collect()),
                None => anchors(text),
            };
            let names = AnchorNames::of(&named);
            let known = before.filter(|before| *before.names == names);
            known.map_or_else(|| Arc::new(names), |before| before.names.clone())
        });
        PieceAnchors { pieces: pieces.clone(), of_pieces, names }
    }

    /// Returns the names of the anchors.
    pub(super) fn names(&self) -> &Arc<AnchorNames> {
        &self.names
    }

    /// Returns all anchors; `text` must be the one that they were found in.
    pub(super) fn all(&self, text: &Text) -> Vec<Anchor> {
        let Some(of_pieces) = &self.of_pieces else { return anchors(text) };
        let placed = |(start, found): (Offset, &Arc<Vec<Found>>)| {
            let found = found.iter().cloned().map(move |found| found.placed(|span| span.behind(start.get())));
            found.collect::<Vec<_>>()
        };
        let starts = self.pieces.iter().map(|(start, _)| start);
        let found = starts.zip(of_pieces).flat_map(placed);
        let anchor = |(place, found): (usize, Found)| Anchor {
            names: self.names.of_anchor(place).to_vec(),
            kind: found.kind,
            span: found.span,
        };
        found.enumerate().map(anchor).collect()
    }
}

/// Returns the anchors found in `piece`, which starts at `start` of `text`. Their places count from there.
fn read(text: &Text, (start, piece): (Offset, &Arc<Piece>), pieces: &Pieces) -> Vec<Found> {
    let span = Span::new(start, start + piece.length());
    if is_prose(piece) {
        return Vec::new();
    }
    let found = found_in(text, span, pieces.labels());
    found.into_iter().map(|found| found.placed(|span| span.relative_to(start))).collect()
}

/// Whether `piece` is only prose, which has no anchors, and neither opens nor closes anything.
fn is_prose(piece: &Piece) -> bool {
    piece.is_plain && piece.headings.is_empty()
}

/// Whether the two differ only in pieces of prose.
fn is_changed_in_prose(one: &Pieces, other: &Pieces) -> bool {
    let pieces = |all: &Pieces| -> Vec<Arc<Piece>> { all.iter().map(|(_, piece)| piece.clone()).collect() };
    let (one, other) = (pieces(one), pieces(other));
    let (one, other) = others(&one, &other);
    one.iter().chain(other).all(|piece| is_prose(piece))
}

/// Whether the anchors of two texts have the same kinds and texts, in order.
fn says_the_same(one: &[Arc<Vec<Found>>], other: &[Arc<Vec<Found>>]) -> bool {
    let (one, other) = others(one, other);
    let says = |found: &Found| (found.kind, found.says.clone());
    let one = one.iter().flat_map(|found| found.iter());
    let other = other.iter().flat_map(|found| found.iter());
    one.map(says).eq(other.map(says))
}

/// Returns both lists without what they have in common at their ends.
fn others<'a, T>(one: &'a [Arc<T>], other: &'a [Arc<T>]) -> (&'a [Arc<T>], &'a [Arc<T>]) {
    let first = one.iter().zip(other).take_while(|(one, other)| Arc::ptr_eq(one, other)).count();
    let (one, other) = (&one[first..], &other[first..]);
    let last = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| Arc::ptr_eq(one, other)).count();
    (&one[..one.len() - last], &other[..other.len() - last])
}
