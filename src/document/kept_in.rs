//! Values derived from a part of a document, cached for later versions as long as the pieces with that part stay the same.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{Document, Source};
use crate::syntax::{Origin, Piece};
use crate::text::{Placed, Span};

/// A value cached with the first of the pieces.
struct Part<K, T> {
    /// The part, counted from the start of that piece.
    span: Span,
    key: K,
    /// The other pieces.
    rest: Vec<Weak<Piece>>,
    /// The value derived from the part, with its places counted from the start of that piece.
    value: T,
}

type Parts<K, T> = Mutex<Vec<Part<K, T>>>;

impl Document {
    /// Returns the result of `make`, which must depend only on the text and the blocks in `span`, on what `from` identifies, and on
    /// `key`. Different computations with the same type of value need different types of key.
    pub(super) fn kept_in<K, T>(&self, span: Span, from: &Origin, key: K, make: impl FnOnce() -> T) -> T
    where
        K: Any + PartialEq + Send + Sync,
        T: Any + Placed + Clone + Send + Sync,
    {
        let Source::Open(parsed) = &self.source else { return make() };
        let Some((start, [first, rest @ ..])) = parsed.touched(span) else { return make() };
        let span = span.relative_to(start);
        let parts = first.kept().get_or(from, Parts::<K, T>::default);
        let is_same = |part: &Part<K, T>| {
            part.rest.len() == rest.len()
                && part.rest.iter().zip(rest).all(|(known, piece)| std::ptr::eq(known.as_ptr(), Arc::as_ptr(piece)))
        };
        let known = parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = known.iter().find(|part| part.span == span && part.key == key && is_same(part)) {
            return part.value.clone().placed(|place| place.behind(start.get()));
        }
        drop(known);
        let value = make();
        let kept = value.clone().placed(|place| place.relative_to(start));
        let mut known = parts.lock().unwrap_or_else(PoisonError::into_inner);
        // A part that starts at the same place is an earlier version of this one.
        known.retain(|part| (part.span.start, &part.key) != (span.start, &key));
        known.push(Part { span, key, rest: rest.iter().map(Arc::downgrade).collect(), value: kept });
        value
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::text::{Edit, Offset};

    #[test]
    fn a_part_is_read_again_where_it_or_what_is_beside_it_has_changed() {
        let paragraph = |letter: &str| format!("{}\n\n", letter.repeat(900));
        let text: String = ["a", "b", "c", "d", "e", "f"].map(paragraph).concat();
        let mut document = Document::open(&text);
        let (from, made) = (Origin::default(), Cell::new(0));
        let mut edit = |at: usize, content: &str| {
            let mut edits = document.edit();
            edits.apply(&Edit { span: Span::new(Offset::new(at), Offset::new(at)), content: content.to_owned() });
            document = Document::edited(edits);
            let place = document.text().to_string().find('c').expect("a place");
            let span = Span::new(Offset::new(place), Offset::new(place + 2600));
            let found = document.kept_in(span, &from, 0, || {
                made.set(made.get() + 1);
                vec![span]
            });
            assert_eq!(found, [span]);
            made.get()
        };
        assert_eq!(edit(0, "a"), 1);
        assert_eq!(edit(0, "a"), 1, "an edit before it");
        assert_eq!(edit(5200, "f"), 1, "an edit behind it");
        assert_eq!(edit(2000, "c"), 2, "an edit in its first piece");
        assert_eq!(edit(3000, "d"), 3, "an edit in a piece between");
        assert_eq!(edit(4200, "e"), 4, "an edit in its last piece");
        assert_eq!(edit(3000, "\n\n"), 5, "another piece");
        assert_eq!(edit(0, "a"), 5);
    }
}
