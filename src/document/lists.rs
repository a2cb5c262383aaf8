//! Values derived from all tables and lists of a document together, cached as long as these and the surroundings stay the same.

use std::sync::{Arc, Weak};

use super::{Document, Source};
use crate::syntax::{Origin, Piece};
use crate::text::{Offset, Placed, Span};

/// The values that were found, each with the index of its piece, and those pieces.
struct Found<T> {
    pieces: Vec<Weak<Piece>>,
    found: Vec<(usize, T)>,
}

impl Document {
    /// Returns what `read` finds in the tables and lists, each value at the place that `at` returns. The result is cached for later
    /// versions with the same tables and lists, and for this `from`, which must identify everything else that it depends on.
    pub fn by_lists<T>(&self, from: &Origin, at: impl Fn(&T) -> Span, read: impl FnOnce() -> Vec<T>) -> Vec<T>
    where
        T: Placed + Clone + Send + Sync + 'static,
    {
        let Source::Open(parsed) = &self.source else { return read() };
        let pieces: Vec<(Offset, &Arc<Piece>)> = parsed.pieces().filter(|(_, piece)| piece.has_lists()).collect();
        let Some((_, first)) = pieces.first() else { return read() };
        let is_same = |known: &Arc<Found<T>>| {
            let own = pieces.iter().map(|(_, piece)| Arc::as_ptr(piece));
            known.pieces.iter().map(Weak::as_ptr).eq(own)
        };
        if let Some(known) = first.kept().get::<Found<T>>(from).filter(is_same) {
            let placed = |(index, one): &(usize, T)| one.clone().placed(|span| span.behind(pieces[*index].0.get()));
            return known.found.iter().map(placed).collect();
        }
        let found = read();
        let piece_of = |one: &T| {
            let index = pieces.partition_point(|(start, _)| *start <= at(one).start).checked_sub(1)?;
            let (start, piece) = pieces[index];
            (at(one).end <= start + piece.length()).then_some(index)
        };
        let relative = |one: &T| {
            let index = piece_of(one)?;
            Some((index, one.clone().placed(|span| span.relative_to(pieces[index].0))))
        };
        // A value that is outside these pieces is not cached.
        if let Some(relative) = found.iter().map(relative).collect() {
            let pieces = pieces.iter().map(|(_, piece)| Arc::downgrade(piece)).collect();
            first.kept().put(from, Found { pieces, found: relative });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::syntax::BlockKind;
    use crate::text::Edit;

    #[test]
    fn what_tables_say_together_is_read_again_where_one_of_them_or_what_is_around_changes() {
        let reads = Cell::new(0);
        let (one, other) = (Origin::default(), Origin::default());
        let lists = |document: &Document, from: &Origin| {
            let read = || {
                reads.set(reads.get() + 1);
                let lists = document.blocks().list.iter().filter(|block| block.kind == BlockKind::List);
                lists.map(|block| block.span).collect()
            };
            let found: Vec<String> = document
                .by_lists(from, |span: &Span| *span, read)
                .into_iter()
                .map(|span| document.text().slice(span).into_owned())
                .collect();
            (found, reads.get())
        };
        let document = Document::open(
            "Some words, and more\n\n- a list of it\n\nSome words, and more\n\n- another list\n\nEnd.\n",
        );
        let both = vec!["- a list of it".to_owned(), "- another list".to_owned()];
        assert_eq!(lists(&document, &one), (both.clone(), 1));
        assert_eq!(lists(&document, &one), (both.clone(), 1));
        assert_eq!(lists(&document, &other), (both.clone(), 2));
        let insert = |document: &Document, before: &str, content: &str| {
            let at = document.text().to_string().find(before).expect("it is there");
            let mut edits = document.edit();
            edits.apply(&Edit::insert(Offset::new(at), content.to_owned()));
            Document::edited(edits)
        };
        let moved = insert(&document, "words", "longer ");
        assert_eq!(lists(&moved, &one), (both.clone(), 2));
        let behind = insert(&moved, "nd.", "n");
        assert_eq!(lists(&behind, &one), (both, 2));
        let changed = insert(&behind, "other list", "n");
        let (found, count) = lists(&changed, &one);
        assert_eq!((found[1].as_str(), count), ("- another list".replace("another", "annother").as_str(), 3));
    }
}
