//! Several rounds of edits combined into one.

use super::{Edit, Offset, Span, Text};

/// The combined effect of rounds of edits on a text. The edits of each round count in the text that the previous round
/// left.
#[derive(Debug)]
pub struct Rounds {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    /// A part of the original text.
    Kept(Span),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Piece::Kept(span) => span.len(),
            Piece::New(content) => content.len(),
        }
    }

    /// Splits the piece at `at` bytes, which must be a character boundary of an edit.
    fn split(&self, at: usize) -> [Piece; 2] {
        match self {
            Piece::Kept(span) => {
                [Span::new(span.start, span.start + at), Span::new(span.start + at, span.end)].map(Piece::Kept)
            }
            Piece::New(content) => {
                let (before, after) = content.split_at_checked(at).unwrap_or((content, ""));
                [before, after].map(|part| Piece::New(part.to_owned()))
            }
        }
    }
}

impl Rounds {
    /// No rounds yet on `text`.
    pub fn of(text: &Text) -> Rounds {
        Rounds { pieces: vec![Piece::Kept(text.span())] }
    }

    /// Adds a round of `edits`, which must not overlap.
    pub fn add(&mut self, edits: &[Edit]) {
        let mut ordered: Vec<&Edit> = edits.iter().collect();
        ordered.sort_by_key(|edit| edit.span);
        for edit in ordered.into_iter().rev() {
            let (start, end) = (self.boundary(edit.span.start), self.boundary(edit.span.end));
            // The second split may have come before the first one.
            let start = start.min(end);
            self.pieces.splice(start..end, [Piece::New(edit.content.clone())]);
        }
    }

    /// Returns the index of the piece that starts at `offset`, splitting a piece if necessary.
    fn boundary(&mut self, offset: Offset) -> usize {
        let mut start = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            if offset.get() <= start {
                return index;
            }
            if offset.get() < start + piece.len() {
                let parts = piece.split(offset.get() - start);
                self.pieces.splice(index..=index, parts);
                return index + 1;
            }
            start += piece.len();
        }
        self.pieces.len()
    }

    /// Returns edits of `text`, the text before the first round, that have the effect of all rounds at once.
    pub fn edits(self, text: &Text) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut content) = (Offset::ZERO, String::new());
        for piece in self.pieces.into_iter().chain([Piece::Kept(Span::empty(text.end()))]) {
            match piece {
                Piece::New(new) => content.push_str(&new),
                Piece::Kept(span) => {
                    edits.push(Edit { span: Span::new(at, span.start), content: std::mem::take(&mut content) });
                    at = span.end;
                }
            }
        }
        edits.retain(|edit| text.slice(edit.span) != edit.content);
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    /// Checks that rounds of `(start, end, content)` on `0123456789` combine into `expected`, edits written
    /// `start-end content`.
    fn check(rounds: &[&[(usize, usize, &str)]], expected: &str) {
        let text = Text::new("0123456789");
        let (mut all, mut after) = (Rounds::of(&text), text.clone());
        for round in rounds {
            let edit = |&(start, end, content): &(usize, usize, &str)| Edit {
                span: Span::of_range(Offset::ZERO, start..end),
                content: content.to_owned(),
            };
            let edits: Vec<Edit> = round.iter().map(edit).collect();
            after = apply(&after, &edits);
            all.add(&edits);
        }
        let edits = all.edits(&text);
        assert_eq!(apply(&text, &edits).to_string(), after.to_string());
        let shown =
            edits.iter().map(|edit| format!("{}-{} {}", edit.span.start.get(), edit.span.end.get(), edit.content));
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn rounds_are_one_round_where_they_do_not_touch() {
        check(&[], "");
        check(&[&[(0, 0, "a"), (3, 5, "b"), (10, 10, "c")]], "0-0 a, 3-5 b, 10-10 c");
        check(&[&[(8, 9, "")], &[(2, 3, "")], &[(0, 1, "ab")]], "0-1 ab, 2-3 , 8-9 ");
    }

    #[test]
    fn rounds_build_on_each_other() {
        check(&[&[(3, 5, "abc")], &[(4, 5, "x")]], "3-5 axc");
        check(&[&[(3, 5, "abc")], &[(2, 8, "")]], "2-7 ");
        check(&[&[(3, 5, "")], &[(3, 3, "34")]], "");
        check(&[&[(3, 5, "")], &[(2, 4, "y")]], "2-6 y");
        check(&[&[(0, 10, "")], &[(0, 0, "z")]], "0-10 z");
    }
}
