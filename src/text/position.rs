//! Lines and columns in the units that a client counts in.

use super::{Offset, Span, Text};

/// The unit of a column (LSP 3.17, `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16: LSP's default, and the only unit that older clients know.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place in the form that a client names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column in the line, from 0, in units of an [`Encoding`].
    pub column: u32,
}

/// The number of bytes up to which counting is faster than a lookup in the rope.
const SHORT: usize = 256;

impl Text {
    /// Returns the position of `offset`, with its column in units of `encoding`.
    pub fn position(&self, offset: Offset, encoding: Encoding) -> Position {
        let offset = self.floor(offset);
        let line = self.line_at(offset);
        let start = self.line_start(line);
        if let Some(before) = self.at_hand(Span::new(start, offset)).filter(|before| before.len() <= SHORT) {
            let column = match encoding {
                Encoding::Utf8 => before.len(),
                Encoding::Utf16 => before.encode_utf16().count(),
                Encoding::Utf32 => before.chars().count(),
            };
            return Position { line: clamp(line), column: clamp(column) };
        }
        let units = |offset: Offset| {
            let character = self.rope.byte_to_char(offset.get());
            match encoding {
                Encoding::Utf8 => offset.get(),
                Encoding::Utf16 => self.rope.char_to_utf16_cu(character),
                Encoding::Utf32 => character,
            }
        };
        Position { line: clamp(line), column: clamp(units(offset) - units(start)) }
    }

    /// Returns the offset of `position`. A line past the last one is the end of the text, a column past the end of its line is the
    /// end of that line (LSP 3.17, `Position`), and a column inside a character is the start of that character.
    pub fn offset(&self, position: Position, encoding: Encoding) -> Offset {
        let line = position.line as usize;
        if line >= self.line_count() {
            return self.end();
        }
        let span = self.line_span(line);
        let column = position.column as usize;
        let start = self.rope.byte_to_char(span.start.get());
        let offset = match encoding {
            Encoding::Utf8 => self.floor(span.start + column),
            Encoding::Utf16 => {
                let unit = self.rope.char_to_utf16_cu(start) + column;
                self.of_char(self.rope.utf16_cu_to_char(unit.min(self.rope.len_utf16_cu())))
            }
            Encoding::Utf32 => self.of_char((start + column).min(self.rope.len_chars())),
        };
        offset.min(span.end)
    }

    fn of_char(&self, character: usize) -> Offset {
        Offset::new(self.rope.char_to_byte(character))
    }
}

fn clamp(units: usize) -> u32 {
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, needle: &str, expected: [(u32, u32); 3]) {
        let offset = Offset::new(text.find(needle).expect("the needle is in the text"));
        let text = Text::new(text);
        for is_whole in [false, true] {
            let encodings = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
            for (encoding, (line, column)) in encodings.into_iter().zip(expected) {
                let position = text.position(offset, encoding);
                assert_eq!(position, Position { line, column }, "{encoding:?}");
                assert_eq!(text.offset(position, encoding), offset, "{encoding:?}");
            }
            assert_eq!(text.at_hand(text.span()).is_some(), is_whole);
            // From here on, the text is in one piece.
            text.slice(text.span());
        }
    }

    #[test]
    fn columns_count_in_the_units_of_the_encoding() {
        check("é𝕍x", "x", [(0, 6), (0, 3), (0, 2)]);
        check("a\r\nb\rç\n💡y", "y", [(3, 4), (3, 2), (3, 1)]);
    }

    #[test]
    fn a_position_past_an_end_is_that_end() {
        let text = Text::new("ab\r\nc");
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            assert_eq!(text.offset(Position { line: 0, column: 99 }, encoding), Offset::new(2));
            assert_eq!(text.offset(Position { line: 9, column: 0 }, encoding), Offset::new(5));
            assert_eq!(text.offset(Position { line: 0, column: u32::MAX }, encoding), Offset::new(2));
        }
    }

    #[test]
    fn a_position_inside_a_character_is_its_start() {
        let text = Text::new("a💡b");
        assert_eq!(text.offset(Position { line: 0, column: 2 }, Encoding::Utf16), Offset::new(1));
        assert_eq!(text.offset(Position { line: 0, column: 3 }, Encoding::Utf8), Offset::new(1));
    }
}
