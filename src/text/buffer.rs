//! The text of one document: a rope, so that an edit costs the same anywhere and a snapshot costs nothing.

use std::borrow::Cow;

use ropey::Rope;

use super::{Offset, Span};

/// An immutable-by-snapshot text. Cloning shares the storage.
///
/// Lines end at LF, CR LF or a lone CR (LSP 3.17, "Text Documents").
#[derive(Clone, Debug)]
pub struct Text {
    pub(super) rope: Rope,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r`
    Cr,
}

impl LineEnding {
    /// The characters themselves.
    pub fn as_str(self) -> &'static str {
        match self {
            LineEnding::Lf => "\n",
            LineEnding::CrLf => "\r\n",
            LineEnding::Cr => "\r",
        }
    }
}

impl Text {
    /// The text that says `content`.
    pub fn new(content: &str) -> Text {
        Text { rope: Rope::from_str(content) }
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place after the last character.
    pub fn end(&self) -> Offset {
        Offset::new(self.len())
    }

    /// The place after the byte order mark, if there is one.
    pub fn start(&self) -> Offset {
        if self.chunk_from(Offset::ZERO).starts_with('\u{feff}') { Offset::new(3) } else { Offset::ZERO }
    }

    /// All of it.
    pub fn span(&self) -> Span {
        Span::new(Offset::ZERO, self.end())
    }

    /// What stands in `span`, borrowed where the rope has it in one piece; nothing when the span does not lie on
    /// character boundaries of this text.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        match self.rope.get_byte_slice(span.start.get()..span.end.get()) {
            Some(slice) => Cow::from(slice),
            None => Cow::Borrowed(""),
        }
    }

    /// The largest piece of storage from `offset` on, empty at the end of the text.
    pub fn chunk_from(&self, offset: Offset) -> &str {
        match self.rope.get_chunk_at_byte(offset.get()) {
            Some((chunk, start, _, _)) => chunk.get(offset.get() - start..).unwrap_or(""),
            None => "",
        }
    }

    /// The byte at `offset`.
    pub fn byte(&self, offset: Offset) -> Option<u8> {
        self.rope.get_byte(offset.get())
    }

    /// The number of lines; the empty one after a final line ending counts.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The line, from 0, that `offset` lies in.
    pub fn line_at(&self, offset: Offset) -> usize {
        self.rope.byte_to_line(offset.get().min(self.len()))
    }

    /// Where `line`, from 0, starts; the end of the text for a line that it does not have.
    pub fn line_start(&self, line: usize) -> Offset {
        Offset::new(self.rope.line_to_byte(line.min(self.rope.len_lines())))
    }

    /// `line`, from 0, without what ends it.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        let mut end = self.line_start(line + 1).get();
        let before = |end: usize| if end > start.get() { self.byte(Offset::new(end - 1)) } else { None };
        if before(end) == Some(b'\n') {
            end -= 1;
        }
        if before(end) == Some(b'\r') {
            end -= 1;
        }
        Span::new(start, Offset::new(end))
    }

    /// The line that `offset` lies in, without what ends it.
    pub fn line_span_at(&self, offset: Offset) -> Span {
        self.line_span(self.line_at(offset))
    }

    /// Whether `line`, from 0, has nothing but spaces and tabs (CommonMark, "blank line").
    pub fn is_blank_line(&self, line: usize) -> bool {
        matches!(self.byte(self.skip_blanks(self.line_start(line))), None | Some(b'\n' | b'\r'))
    }

    /// What ends the first line, and so what new lines should end with; LF for a text of one line.
    pub fn line_ending(&self) -> LineEnding {
        let first = self.line_span(0).end;
        match (self.byte(first), self.byte(first + 1)) {
            (Some(b'\r'), Some(b'\n')) => LineEnding::CrLf,
            (Some(b'\r'), _) => LineEnding::Cr,
            _ => LineEnding::Lf,
        }
    }

    /// `span` without the spaces, tabs and line endings at its end.
    pub fn trim_end(&self, span: Span) -> Span {
        let mut end = span.end.get().min(self.len());
        while end > span.start.get() {
            let Some((chunk, start, _, _)) = self.rope.get_chunk_at_byte(end - 1) else { break };
            let from = span.start.get().saturating_sub(start);
            let chunk = &chunk.as_bytes()[from..end - start];
            let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            match chunk.iter().rposition(|byte| !space(byte)) {
                Some(last) => return Span::new(span.start, Offset::new(start + from + last + 1)),
                None => end = start + from,
            }
        }
        Span::empty(span.start)
    }

    /// The first place from `offset` on that has neither a space nor a tab.
    pub fn skip_blanks(&self, mut offset: Offset) -> Offset {
        loop {
            let chunk = self.chunk_from(offset).as_bytes();
            match chunk.iter().position(|&byte| byte != b' ' && byte != b'\t') {
                Some(blanks) => return offset + blanks,
                None if chunk.is_empty() => return offset,
                None => offset = offset + chunk.len(),
            }
        }
    }

    /// Whether `needle` stands anywhere, also across two pieces of storage.
    pub fn contains(&self, needle: &str) -> bool {
        let overlap = needle.len().saturating_sub(1);
        let mut seam: Vec<u8> = Vec::new();
        for chunk in self.rope.chunks() {
            let bytes = chunk.as_bytes();
            seam.extend_from_slice(&bytes[..bytes.len().min(overlap)]);
            if chunk.contains(needle) || seam.windows(needle.len().max(1)).any(|window| window == needle.as_bytes()) {
                return true;
            }
            match bytes.len().checked_sub(overlap) {
                Some(from) => {
                    seam.clear();
                    seam.extend_from_slice(&bytes[from..]);
                }
                None => drop(seam.drain(..seam.len().saturating_sub(overlap))),
            }
        }
        false
    }

    /// Puts `content` in the place of `span`, whose ends are moved back to character boundaries; nothing happens when it
    /// reaches past the end of the text.
    pub fn replace(&mut self, span: Span, content: &str) {
        let (Ok(start), Ok(end)) =
            (self.rope.try_byte_to_char(span.start.get()), self.rope.try_byte_to_char(span.end.get()))
        else {
            return;
        };
        self.rope.remove(start..end);
        self.rope.insert(start, content);
    }

    /// The nearest character boundary at or before `offset`.
    pub fn floor(&self, offset: Offset) -> Offset {
        let offset = offset.get().min(self.len());
        Offset::new(self.rope.char_to_byte(self.rope.byte_to_char(offset)))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| formatter.write_str(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_across_pieces_of_storage_is_found() {
        for before in 0..3000 {
            let content = "a".repeat(before) + "vip-lsp-" + &"b".repeat(2000);
            assert!(Text::new(&content).contains("vip-lsp-"), "{before}");
            assert!(!Text::new(&content.replace("-b", " b")).contains("vip-lsp-"), "{before}");
        }
    }
}
