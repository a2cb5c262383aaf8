//! The text of an open document, and its reading, which each edit keeps up to date.
//!
//! Reading a whole document takes time in proportion to its size: 0.1 ms for a proposal of 20 KB, 7 ms for 1 MB, including links.
//! After an edit, only the piece around it is read again ([`Pieces`]), which takes some 10 µs in documents of any size. A block
//! tree of tree-sitter is not an alternative: updating one takes 0.1 to 0.9 ms an edit, building it takes 3 ms (20 KB) to 250 ms (1
//! MB), and it differs from CommonMark in places. It serves to expand selections (`nesting`).

use std::sync::{Arc, OnceLock};

use super::piece_anchors::PieceAnchors;
use super::pieces::{Change, Piece, Pieces};
use super::source::MAX_BYTES;
use super::{Anchor, AnchorNames, Blocks, Body, Definition, Link, Links, Outline, Undefined};
use crate::text::{Edit, Offset, Placed, Span, Text};

/// A text and its reading.
#[derive(Clone, Debug)]
pub struct Parsed {
    text: Text,
    body: Body,
    pieces: Pieces,
    /// Read on first request.
    anchors: OnceLock<Arc<PieceAnchors>>,
    /// The anchors of the last version for which they were requested.
    anchors_before: Option<Arc<PieceAnchors>>,
}

impl Parsed {
    /// Reads the text `content`.
    pub fn open(content: &str) -> Parsed {
        Parsed::of(Text::new(content))
    }

    fn of(text: Text) -> Parsed {
        let body = Body::of(&text);
        let pieces = if text.len() > MAX_BYTES { Pieces::default() } else { Pieces::of(&text, body.start) };
        Parsed { text, body, pieces, anchors: OnceLock::new(), anchors_before: None }
    }

    /// Returns the text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Starts a series of edits.
    pub fn edit(&self) -> Editing {
        Editing { before: self.clone(), text: self.text.clone(), change: None }
    }

    /// Returns the blocks.
    pub fn blocks(&self) -> Blocks {
        let front_matter = self.body.front_matter.filter(|_| self.text.len() <= MAX_BYTES);
        Blocks { front_matter, list: self.pieces.blocks() }
    }

    /// Returns the sections.
    pub fn outline(&self) -> Outline {
        Outline::of_headings(self.pieces.headings(), self.text.end())
    }

    /// Returns the links.
    pub fn links(&self) -> Links {
        self.pieces.links()
    }

    fn piece_anchors(&self) -> &PieceAnchors {
        self.anchors
            .get_or_init(|| Arc::new(PieceAnchors::of(&self.text, &self.pieces, self.anchors_before.as_deref())))
    }

    /// Returns the names of the anchors. Equal names are shared with the version before, as the same `Arc`.
    pub fn anchor_names(&self) -> Arc<AnchorNames> {
        self.piece_anchors().names().clone()
    }

    /// Returns the anchors.
    pub fn anchors(&self) -> Vec<Anchor> {
        self.piece_anchors().all(&self.text)
    }

    /// Returns the links by reference that lead nowhere, in order.
    pub fn undefined(&self) -> Vec<Undefined> {
        self.each(|links| &links.undefined)
    }

    /// Returns the definitions of labels, in order.
    pub fn definitions(&self) -> Vec<Definition> {
        self.each(|links| &links.definitions)
    }

    /// Collects what `of` selects from the links of each piece.
    fn each<T: Placed + Clone>(&self, of: impl Fn(&Links) -> &Vec<T>) -> Vec<T> {
        let mut found = Vec::new();
        for (start, piece) in self.pieces.iter() {
            found.extend(of(&piece.links).iter().cloned().map(|one| one.placed(|span| span.behind(start.get()))));
        }
        found
    }

    /// Returns the links that start in `span`, in order.
    pub fn links_in(&self, span: Span) -> Vec<Link> {
        let meets = |(start, piece): &(Offset, &Arc<Piece>)| *start < span.end && span.start <= *start + piece.length();
        let mut found = Vec::new();
        for (start, piece) in self.pieces.iter().filter(meets) {
            let links = piece.links.links.iter().cloned().map(|one| one.placed(|span| span.behind(start.get())));
            found.extend(links.filter(|link| span.contains(link.span.start)));
        }
        found
    }

    /// Returns the pieces in which the text is read, each with its start.
    pub fn pieces(&self) -> impl Iterator<Item = (Offset, &Arc<Piece>)> {
        self.pieces.iter()
    }

    /// Returns the start of the first piece that `span` touches, and all pieces that it touches. `None` if a part of `span` is
    /// front matter.
    pub fn touched(&self, span: Span) -> Option<(Offset, &[Arc<Piece>])> {
        self.pieces.touched(span)
    }
}

/// A document between two versions. Each edit counts in the text that the previous one left.
#[derive(Debug)]
pub struct Editing {
    before: Parsed,
    text: Text,
    change: Option<Change>,
}

impl Editing {
    /// Returns the text after the edits so far.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Applies one edit.
    pub fn apply(&mut self, edit: &Edit) {
        let span = Span::new(self.text.floor(edit.span.start), self.text.floor(edit.span.end));
        self.text.replace(span, &edit.content);
        let next = Change::of(span, edit.content.len());
        self.change = Some(self.change.map_or(next, |change| change.then(next)));
    }

    /// Replaces the whole text with `content`.
    pub fn replace_all(&mut self, content: &str) {
        let (start, old_end, new_end) = self.text.difference(content);
        let next = Change { start, old_end, new_end };
        self.text = Text::new(content);
        self.change = Some(self.change.map_or(next, |change| change.then(next)));
    }

    /// Returns the text after the edits, and its reading.
    pub fn finish(self) -> Parsed {
        let Editing { before, text, change } = self;
        let Some(change) = change else { return before };
        if before.text.len() > MAX_BYTES || text.len() > MAX_BYTES {
            return Parsed::of(text);
        }
        let body = before.body.after(&text, change.start);
        let pieces = before.pieces.changed(&text, body.start, change);
        let pieces = pieces.unwrap_or_else(|| Pieces::of(&text, body.start));
        let anchors_before = before.anchors.into_inner().or(before.anchors_before);
        Parsed { text, body, pieces, anchors: OnceLock::new(), anchors_before }
    }
}

#[cfg(test)]
mod tests;
