//! The text of one document: a rope, so that an edit costs the same anywhere and a snapshot costs nothing.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;

use super::{Offset, Span};

/// A text whose snapshots are immutable. Cloning shares the storage.
///
/// Lines end at LF, CR LF or a lone CR (LSP 3.17, "Text Documents").
#[derive(Clone, Debug)]
pub struct Text {
    pub(super) rope: Rope,
    /// The length in bytes, because a rope of one piece counts its bytes on each request.
    length: usize,
    /// The whole text in one piece, filled when a slice is first requested, unless the text is longer than [`MAX_WHOLE`].
    whole: OnceLock<Arc<str>>,
    /// The starts of the lines, filled on first request if the text is in one piece and no longer than [`MAX_LISTED`].
    lines: OnceLock<Arc<[u32]>>,
}

/// The longest text, in bytes, that is also kept in one piece. A lookup in the rope is slow enough that a copy pays off after a few
/// dozen lookups.
const MAX_WHOLE: usize = 128 * 1024;

/// The longest text, in bytes, whose lines are listed. The rope of a longer text has several pieces and does not recount them on
/// each request.
const MAX_LISTED: usize = 16 * 1024;

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
    /// Creates a text with `content`.
    pub fn new(content: &str) -> Text {
        Text { rope: Rope::from_str(content), length: content.len(), whole: OnceLock::new(), lines: OnceLock::new() }
    }

    /// Returns a copy with nothing but the rope, which shares its pieces with the ropes of other versions.
    pub fn bare(&self) -> Text {
        Text { rope: self.rope.clone(), length: self.length, whole: OnceLock::new(), lines: OnceLock::new() }
    }

    /// Returns the length in bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether the text has no characters.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the place after the last character.
    pub fn end(&self) -> Offset {
        Offset::new(self.len())
    }

    /// Returns the place after the byte order mark, or the start of the text if there is none.
    pub fn start(&self) -> Offset {
        if self.chunk_from(Offset::ZERO).starts_with('\u{feff}') { Offset::new(3) } else { Offset::ZERO }
    }

    /// Returns the span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(Offset::ZERO, self.end())
    }

    fn whole(&self) -> Option<&str> {
        let read = || String::from(&self.rope).into();
        (self.len() <= MAX_WHOLE).then(|| &**self.whole.get_or_init(read))
    }

    /// Returns the text in `span` if the whole text is already in one piece.
    pub(super) fn at_hand(&self, span: Span) -> Option<&str> {
        self.whole.get()?.get(span.start.get()..span.end.get())
    }

    /// Returns the text in `span`, borrowed where the whole text is kept in one piece. Empty if the span does not lie on character
    /// boundaries of this text.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let range = span.start.get()..span.end.get();
        match self.whole() {
            Some(whole) => Cow::Borrowed(whole.get(range).unwrap_or("")),
            None => self.rope.get_byte_slice(range).map_or(Cow::Borrowed(""), Cow::from),
        }
    }

    /// Returns the piece of storage with the byte at `offset`, and the range of that piece; `None` at the end of the text.
    fn chunk_at(&self, offset: usize) -> Option<(&str, Range<usize>)> {
        if let Some(whole) = self.whole() {
            return (offset < whole.len()).then_some((whole, 0..whole.len()));
        }
        let (chunk, start, _, _) = self.rope.get_chunk_at_byte(offset)?;
        Some((chunk, start..start + chunk.len()))
    }

    /// Returns the rest of the piece of storage from `offset` on; empty at the end of the text.
    pub fn chunk_from(&self, offset: Offset) -> &str {
        let chunk = self.chunk_at(offset.get());
        chunk.and_then(|(chunk, at)| chunk.get(offset.get() - at.start..)).unwrap_or("")
    }

    /// Returns the byte at `offset`.
    pub fn byte(&self, offset: Offset) -> Option<u8> {
        let (chunk, at) = self.chunk_at(offset.get())?;
        chunk.as_bytes().get(offset.get() - at.start).copied()
    }

    /// Returns the number of lines, including the empty one after a final line ending.
    pub fn line_count(&self) -> usize {
        self.lines().map_or_else(|| self.rope.len_lines(), <[u32]>::len)
    }

    /// Returns the starts of the lines if they are listed.
    fn lines(&self) -> Option<&[u32]> {
        let whole = self.whole.get().filter(|whole| whole.len() <= MAX_LISTED)?;
        Some(self.lines.get_or_init(|| line_starts(whole)))
    }

    /// Returns the line, from 0, that has `offset`.
    pub fn line_at(&self, offset: Offset) -> usize {
        let offset = offset.get().min(self.len());
        match self.lines() {
            Some(lines) => lines.partition_point(|start| *start as usize <= offset) - 1,
            None => self.rope.byte_to_line(offset),
        }
    }

    /// Returns the start of `line`, from 0, or the end of the text if there is no such line.
    pub fn line_start(&self, line: usize) -> Offset {
        Offset::new(match self.lines() {
            Some(lines) => lines.get(line).map_or(self.len(), |start| *start as usize),
            None => self.rope.line_to_byte(line.min(self.rope.len_lines())),
        })
    }

    /// Returns the span of `line`, from 0, without its line ending.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        // Fast path, as this runs for every line: nearly every line ends in the piece of the rope that it starts in.
        if self.lines().is_none()
            && let Some((chunk, at, _, _)) = self.rope.get_chunk_at_byte(start.get())
            && let Some(length) = chunk[start.get() - at..].find(['\n', '\r'])
        {
            return Span::new(start, start + length);
        }
        let mut end = self.line_start(line + 1).get();
        // Between two edits the text is not in one piece, and this lookup does not justify making it so.
        let byte = |at: usize| match self.whole.get() {
            Some(whole) => whole.as_bytes().get(at).copied(),
            None => self.rope.get_byte(at),
        };
        let before = |end: usize| if end > start.get() { byte(end - 1) } else { None };
        if before(end) == Some(b'\n') {
            end -= 1;
        }
        if before(end) == Some(b'\r') {
            end -= 1;
        }
        Span::new(start, Offset::new(end))
    }

    /// Returns the span of the line that has `offset`, without its line ending.
    pub fn line_span_at(&self, offset: Offset) -> Span {
        self.line_span(self.line_at(offset))
    }

    /// Whether `line`, from 0, has only spaces and tabs (CommonMark, "blank line").
    pub fn is_blank_line(&self, line: usize) -> bool {
        matches!(self.byte(self.skip_blanks(self.line_start(line))), None | Some(b'\n' | b'\r'))
    }

    /// Returns the ending of the first line, which new lines should have as well; LF for a text of one line.
    pub fn line_ending(&self) -> LineEnding {
        let first = self.line_span(0).end;
        match (self.byte(first), self.byte(first + 1)) {
            (Some(b'\r'), Some(b'\n')) => LineEnding::CrLf,
            (Some(b'\r'), _) => LineEnding::Cr,
            _ => LineEnding::Lf,
        }
    }

    /// Returns `span` without the spaces, tabs and line endings at its end.
    pub fn trim_end(&self, span: Span) -> Span {
        let mut end = span.end.get().min(self.len());
        while end > span.start.get() {
            let Some((chunk, at)) = self.chunk_at(end - 1) else { break };
            let start = at.start;
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

    /// Returns the first place from `offset` on that has neither a space nor a tab.
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

    /// Whether `needle` occurs anywhere, including across two pieces of storage.
    pub fn contains(&self, needle: &str) -> bool {
        if let Some(whole) = self.whole() {
            return whole.contains(needle);
        }
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

    /// Replaces `span` with `content`. The ends of `span` are moved back to character boundaries; nothing happens if it reaches
    /// past the end of the text.
    pub fn replace(&mut self, span: Span, content: &str) {
        let (Ok(start), Ok(end)) =
            (self.rope.try_byte_to_char(span.start.get()), self.rope.try_byte_to_char(span.end.get()))
        else {
            return;
        };
        (self.whole, self.lines) = Default::default();
        self.rope.remove(start..end);
        self.rope.insert(start, content);
        self.length = self.rope.len_bytes();
    }

    /// Whether the text is `content`.
    pub fn is(&self, content: &str) -> bool {
        self.rope == content
    }

    /// Returns where `content` starts to differ from this text, where the difference ends in this text, and where it ends in
    /// `content`.
    pub fn difference(&self, content: &str) -> (Offset, Offset, Offset) {
        let mut start = 0;
        for chunk in self.rope.chunks() {
            let same = same_bytes(chunk.bytes(), content.as_bytes()[start..].iter().copied());
            start += same;
            if same < chunk.len() {
                break;
            }
        }
        while !content.is_char_boundary(start) {
            start -= 1;
        }
        let most = self.len().min(content.len()) - start;
        let (mut chunks, _, _, _) = self.rope.chunks_at_byte(self.len());
        let mut end = 0;
        while let Some(chunk) = chunks.prev() {
            let same = same_bytes(chunk.bytes().rev(), content.as_bytes()[..content.len() - end].iter().rev().copied());
            end += same;
            if same < chunk.len() || end >= most {
                break;
            }
        }
        end = end.min(most);
        while !content.is_char_boundary(content.len() - end) {
            end -= 1;
        }
        (Offset::new(start), Offset::new(self.len() - end), Offset::new(content.len() - end))
    }

    /// Returns the nearest character boundary at or before `offset`.
    pub fn floor(&self, offset: Offset) -> Offset {
        let offset = offset.get().min(self.len());
        if let Some(whole) = self.whole.get() {
            return Offset::new(whole.floor_char_boundary(offset));
        }
        Offset::new(self.rope.char_to_byte(self.rope.byte_to_char(offset)))
    }
}

/// Returns the starts of the lines of `text`.
fn line_starts(text: &str) -> Arc<[u32]> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    // Each start fits, as the text is no longer than MAX_LISTED.
    std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect()
}

/// Returns how many bytes the two have in common at their starts.
fn same_bytes(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| formatter.write_str(chunk))
    }
}

#[cfg(test)]
mod tests;
