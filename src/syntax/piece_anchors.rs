//! The anchors of a text in pieces, which are read where a piece is new, and named anew where what they say has changed.
//!
//! With footnotes a text falls into other blocks than without, so that its pieces need not read the same by themselves. All of such a text
//! is read, unless nothing but prose has changed.

use std::sync::Arc;

use super::anchors::{Found, anchors, found_in, named};
use super::pieces::{Piece, Pieces};
use super::{Anchor, AnchorNames};
use crate::text::{Offset, Placed, Span, Text};

/// The anchors of one version of a text.
#[derive(Debug)]
pub(super) struct PieceAnchors {
    pieces: Pieces,
    /// Those of each piece; none where all of the text has to be read.
    of_pieces: Option<Vec<Arc<Vec<Found>>>>,
    names: Arc<AnchorNames>,
}

impl PieceAnchors {
    /// Those of `text`, which is in `pieces`; `before` has those of a version before.
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

    /// Their names.
    pub(super) fn names(&self) -> &Arc<AnchorNames> {
        &self.names
    }

    /// All of them, in `text`, which is the one that they are of.
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

/// What is found in `piece`, which starts at `start` of `text`; places count from there.
fn read(text: &Text, (start, piece): (Offset, &Arc<Piece>), pieces: &Pieces) -> Vec<Found> {
    let span = Span::new(start, start + piece.length());
    if is_prose(piece) {
        return Vec::new();
    }
    let found = found_in(text, span, pieces.labels());
    found.into_iter().map(|found| found.placed(|span| span.relative_to(start))).collect()
}

/// Whether `piece` has nothing but prose, in which no anchor can be, and which opens or closes nothing.
fn is_prose(piece: &Piece) -> bool {
    piece.is_plain && piece.headings.is_empty()
}

/// Whether the two differ in nothing but pieces of prose.
fn is_changed_in_prose(one: &Pieces, other: &Pieces) -> bool {
    let pieces = |all: &Pieces| -> Vec<Arc<Piece>> { all.iter().map(|(_, piece)| piece.clone()).collect() };
    let (one, other) = (pieces(one), pieces(other));
    let (one, other) = others(&one, &other);
    one.iter().chain(other).all(|piece| is_prose(piece))
}

/// Whether the anchors of two texts say the same, one after the other.
fn says_the_same(one: &[Arc<Vec<Found>>], other: &[Arc<Vec<Found>>]) -> bool {
    let (one, other) = others(one, other);
    let says = |found: &Found| (found.kind, found.says.clone());
    let one = one.iter().flat_map(|found| found.iter());
    let other = other.iter().flat_map(|found| found.iter());
    one.map(says).eq(other.map(says))
}

/// What the two do not have in common at their ends.
fn others<'a, T>(one: &'a [Arc<T>], other: &'a [Arc<T>]) -> (&'a [Arc<T>], &'a [Arc<T>]) {
    let first = one.iter().zip(other).take_while(|(one, other)| Arc::ptr_eq(one, other)).count();
    let (one, other) = (&one[first..], &other[first..]);
    let last = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| Arc::ptr_eq(one, other)).count();
    (&one[..one.len() - last], &other[..other.len() - last])
}
