//! The text of one document: a rope, so that an edit costs the same anywhere and a snapshot costs nothing.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;

use super::{Offset, Span};

/// An immutable-by-snapshot text. Cloning shares the storage.
///
/// Lines end at LF, CR LF or a lone CR (LSP 3.17, "Text Documents").
#[derive(Clone, Debug)]
pub struct Text {
    pub(super) rope: Rope,
    /// Its length in bytes: a rope of one piece counts them each time.
    length: usize,
    /// All of it in one piece, once a piece is asked for, unless it is over [`MAX_WHOLE`].
    whole: OnceLock<Arc<str>>,
    /// Where its lines start, once that is asked for while it is in one piece and no longer than [`MAX_LISTED`].
    lines: OnceLock<Arc<[u32]>>,
}

/// How long a text may be, in bytes, to be kept in one piece as well: looking something up in the rope costs more than a copy of
/// it does as soon as a few dozen things are looked up.
const MAX_WHOLE: usize = 128 * 1024;

/// How long a text may be, in bytes, for its lines to be listed: the rope of a longer one has several pieces, and counts none of
/// them each time it is asked.
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
    /// The text that says `content`.
    pub fn new(content: &str) -> Text {
        Text { rope: Rope::from_str(content), length: content.len(), whole: OnceLock::new(), lines: OnceLock::new() }
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.length
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

    fn whole(&self) -> Option<&str> {
        let read = || String::from(&self.rope).into();
        (self.len() <= MAX_WHOLE).then(|| &**self.whole.get_or_init(read))
    }

    /// What stands in `span`, if all of the text is in one piece already.
    pub(super) fn at_hand(&self, span: Span) -> Option<&str> {
        self.whole.get()?.get(span.start.get()..span.end.get())
    }

    /// What stands in `span`, borrowed where it is kept in one piece; nothing when the span does not lie on character
    /// boundaries of this text.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let range = span.start.get()..span.end.get();
        match self.whole() {
            Some(whole) => Cow::Borrowed(whole.get(range).unwrap_or("")),
            None => self.rope.get_byte_slice(range).map_or(Cow::Borrowed(""), Cow::from),
        }
    }

    /// The piece of storage that has the byte at `offset`, and where it lies; none at the end of the text.
    fn chunk_at(&self, offset: usize) -> Option<(&str, Range<usize>)> {
        if let Some(whole) = self.whole() {
            return (offset < whole.len()).then_some((whole, 0..whole.len()));
        }
        let (chunk, start, _, _) = self.rope.get_chunk_at_byte(offset)?;
        Some((chunk, start..start + chunk.len()))
    }

    /// The largest piece of storage from `offset` on, empty at the end of the text.
    pub fn chunk_from(&self, offset: Offset) -> &str {
        let chunk = self.chunk_at(offset.get());
        chunk.and_then(|(chunk, at)| chunk.get(offset.get() - at.start..)).unwrap_or("")
    }

    /// The byte at `offset`.
    pub fn byte(&self, offset: Offset) -> Option<u8> {
        let (chunk, at) = self.chunk_at(offset.get())?;
        chunk.as_bytes().get(offset.get() - at.start).copied()
    }

    /// The number of lines; the empty one after a final line ending counts.
    pub fn line_count(&self) -> usize {
        self.lines().map_or_else(|| self.rope.len_lines(), <[u32]>::len)
    }

    /// Where the lines start, if they are listed.
    fn lines(&self) -> Option<&[u32]> {
        let whole = self.whole.get().filter(|whole| whole.len() <= MAX_LISTED)?;
        Some(self.lines.get_or_init(|| line_starts(whole)))
    }

    /// The line, from 0, that `offset` lies in.
    pub fn line_at(&self, offset: Offset) -> usize {
        let offset = offset.get().min(self.len());
        match self.lines() {
            Some(lines) => lines.partition_point(|start| *start as usize <= offset) - 1,
            None => self.rope.byte_to_line(offset),
        }
    }

    /// Where `line`, from 0, starts; the end of the text for a line that it does not have.
    pub fn line_start(&self, line: usize) -> Offset {
        Offset::new(match self.lines() {
            Some(lines) => lines.get(line).map_or(self.len(), |start| *start as usize),
            None => self.rope.line_to_byte(line.min(self.rope.len_lines())),
        })
    }

    /// `line`, from 0, without what ends it.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        // Nearly every line ends in the piece of the rope that it starts in, and this is asked of every line.
        if self.lines().is_none()
            && let Some((chunk, at, _, _)) = self.rope.get_chunk_at_byte(start.get())
            && let Some(length) = chunk[start.get() - at..].find(['\n', '\r'])
        {
            return Span::new(start, start + length);
        }
        let mut end = self.line_start(line + 1).get();
        // The whole is not there between two edits, and not made for this.
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

    /// Puts `content` in the place of `span`, whose ends are moved back to character boundaries; nothing happens when it
    /// reaches past the end of the text.
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

    /// Whether it says `content`.
    pub fn is(&self, content: &str) -> bool {
        self.rope == content
    }

    /// Where `content` starts to be another text than this, where this one ends to be, and where `content` does.
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

    /// The nearest character boundary at or before `offset`.
    pub fn floor(&self, offset: Offset) -> Offset {
        let offset = offset.get().min(self.len());
        if let Some(whole) = self.whole.get() {
            return Offset::new(whole.floor_char_boundary(offset));
        }
        Offset::new(self.rope.char_to_byte(self.rope.byte_to_char(offset)))
    }
}

/// Where the lines of `text` start.
fn line_starts(text: &str) -> Arc<[u32]> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    // They are no longer than MAX_LISTED.
    std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect()
}

/// How many bytes the two have in common at their starts.
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
