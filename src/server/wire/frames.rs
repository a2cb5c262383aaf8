//! Frames: `Content-Length: N`, a blank line, N bytes (LSP 3.17, "Base Protocol").

use std::ops::Range;

/// The maximum size of a message in bytes: far above any document that is analyzed, far below what hurts.
pub(in crate::server) const MAX_CONTENT: u64 = 64 * 1024 * 1024;

/// The maximum length of a header line in bytes.
const MAX_HEADER: usize = 8 * 1024;

/// The buffer capacity that is kept for further input, in bytes.
const KEPT: usize = 256 * 1024;

/// A unit of the input.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::server) enum Frame {
    /// The content of a message.
    Content(Vec<u8>),
    /// Malformed input that was skipped.
    Malformed(&'static str),
    /// A message announced as larger than [`MAX_CONTENT`]; nothing after it can be read.
    TooLarge(u64),
    /// The end of the input.
    End,
}

/// Finds frames in the input, which may come in pieces of any size.
#[derive(Debug)]
pub(in crate::server) struct Frames {
    bytes: Vec<u8>,
    /// The position in `bytes` up to which they have been read.
    at: usize,
    /// How many bytes from `at` on are known to have no line end.
    searched: usize,
    /// The length that the current header has named so far.
    named: Option<u64>,
    /// The length of the content that comes next.
    content: Option<usize>,
    /// Whether the last frame was valid, so that a fault is reported once and not for every line that is skipped.
    is_in_step: bool,
    is_ended: bool,
}

impl Default for Frames {
    fn default() -> Frames {
        Frames { bytes: Vec::new(), at: 0, searched: 0, named: None, content: None, is_in_step: true, is_ended: false }
    }
}

impl Frames {
    /// Adds input; an empty slice means the end of the input.
    pub(in crate::server) fn push(&mut self, bytes: &[u8]) {
        if self.at == self.bytes.len() {
            // The space that one large message needed is not kept.
            self.bytes = if self.bytes.capacity() > KEPT { Vec::new() } else { std::mem::take(&mut self.bytes) };
            self.bytes.clear();
        } else {
            self.bytes.drain(..self.at);
        }
        self.at = 0;
        self.bytes.extend_from_slice(bytes);
        self.is_ended |= bytes.is_empty();
    }

    /// Returns the next frame, or `None` if it is not complete. Anything before the next `Content-Length` is skipped, and
    /// reported once as a [`Frame::Malformed`].
    pub(in crate::server) fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(length) = self.content {
                return self.content(length);
            }
            let Some(line) = self.line() else { return self.is_ended.then_some(Frame::End) };
            if let Some(frame) = self.header(&header_line(&self.bytes[line])) {
                return Some(frame);
            }
        }
    }

    fn content(&mut self, length: usize) -> Option<Frame> {
        let rest = &self.bytes[self.at..];
        if rest.len() < length {
            return self.is_ended.then_some(Frame::End);
        }
        let content = rest[..length].to_vec();
        self.at += length;
        self.content = None;
        self.is_in_step = true;
        Some(Frame::Content(content))
    }

    /// Reads the next line: one that has an end, is too long for a header, or is the last one.
    fn line(&mut self) -> Option<Range<usize>> {
        let rest = &self.bytes[self.at..];
        let end = rest[self.searched..].iter().position(|&byte| byte == b'\n').map(|end| self.searched + end + 1);
        self.searched = 0;
        let length = match end {
            Some(end) => end.min(MAX_HEADER),
            None if rest.len() >= MAX_HEADER => MAX_HEADER,
            None if self.is_ended && !rest.is_empty() => rest.len(),
            None => {
                self.searched = rest.len();
                return None;
            }
        };
        let start = self.at;
        self.at += length;
        Some(start..self.at)
    }

    /// Handles a line of the header, and returns a frame if the line is malformed or announces too much.
    fn header(&mut self, line: &HeaderLine) -> Option<Frame> {
        match line {
            HeaderLine::Length(Ok(length)) => self.named = Some(*length),
            HeaderLine::Length(Err(())) => {
                self.is_in_step = false;
                self.named = None;
                return Some(Frame::Malformed("Content-Length is not a number"));
            }
            HeaderLine::Blank => match self.named.take() {
                Some(length) => match usize::try_from(length) {
                    Ok(size) if length <= MAX_CONTENT => self.content = Some(size),
                    _ => return Some(Frame::TooLarge(length)),
                },
                None => return self.fault("header without Content-Length"),
            },
            HeaderLine::Garbage if self.named.is_none() => return self.fault("expected a Content-Length header"),
            HeaderLine::Other | HeaderLine::Garbage => {}
        }
        None
    }

    /// Returns a fault, unless one has been reported since the last valid frame.
    fn fault(&mut self, message: &'static str) -> Option<Frame> {
        std::mem::replace(&mut self.is_in_step, false).then_some(Frame::Malformed(message))
    }
}

enum HeaderLine {
    Length(Result<u64, ()>),
    Blank,
    Other,
    Garbage,
}

fn header_line(line: &[u8]) -> HeaderLine {
    const NAME: &[u8] = b"content-length:";
    let line = line.trim_ascii();
    if line.is_empty() {
        return HeaderLine::Blank;
    }
    // After a fault, the rest of a message may precede the next header on the same line.
    if let Some(at) = line.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME)) {
        let value = std::str::from_utf8(line[at + NAME.len()..].trim_ascii());
        let length = value.map_err(|_| ()).and_then(|value| value.parse().map_err(|_| ()));
        return HeaderLine::Length(length);
    }
    let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
    let is_header = name.len() < line.len() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if is_header { HeaderLine::Other } else { HeaderLine::Garbage }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `input` at once, byte by byte, and in pieces of sizes in between.
    fn check(input: &[u8], expected: &[Frame]) {
        for size in [input.len().max(1), 1, 2, 3, 7] {
            let mut frames = Frames::default();
            let mut pieces = input.chunks(size).chain([&[][..]]);
            for expected in expected {
                let frame = loop {
                    match frames.next() {
                        Some(frame) => break frame,
                        None => frames.push(pieces.next().expect("a frame comes before the end")),
                    }
                };
                assert_eq!(&frame, expected, "in pieces of {size}");
            }
        }
    }

    fn content(text: &str) -> Frame {
        Frame::Content(text.into())
    }

    #[test]
    fn sound_frames() {
        check(b"Content-Length: 2\r\n\r\n{}content-length:3\r\n\r\n[ ]", &[content("{}"), content("[ ]"), Frame::End]);
        check(
            b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH: 2\r\nX-Other: 1\r\n\r\n{}",
            &[content("{}"), Frame::End],
        );
    }

    #[test]
    fn what_is_no_frame_is_skipped_and_reported_once() {
        let fault = |message| Frame::Malformed(message);
        check(
            b"Content-Length: x\r\n\r\n{}Content-Length: 2\r\n\r\n{}",
            &[fault("Content-Length is not a number"), content("{}"), Frame::End],
        );
        check(
            b"Content-Length: -5\r\n\r\nContent-Length: 2\r\n\r\n{}",
            &[fault("Content-Length is not a number"), content("{}")],
        );
        check(
            b"Content-Type: x\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}",
            &[fault("header without Content-Length"), content("{}")],
        );
        check(
            b"\xff\xfe garbage\nmore garbage\n\nContent-Length: 2\r\n\r\n{}",
            &[fault("expected a Content-Length header"), content("{}")],
        );
    }

    #[test]
    fn too_large_and_cut_off() {
        check(b"Content-Length: 1000000000000\r\n\r\n{}", &[Frame::TooLarge(1_000_000_000_000)]);
        check(
            b"Content-Length: 99999999999999999999999\r\n\r\n",
            &[Frame::Malformed("Content-Length is not a number")],
        );
        check(b"Content-Length: 10\r\n\r\n{}", &[Frame::End]);
        check(b"Content-Le", &[Frame::Malformed("expected a Content-Length header"), Frame::End]);
        check(b"", &[Frame::End]);
    }

    #[test]
    fn long_lines_and_large_messages() {
        let line = ["x".repeat(3 * MAX_HEADER), "Content-Length: 2\r\n\r\n{}".into()].concat();
        let fault = Frame::Malformed("expected a Content-Length header");
        check(line.as_bytes(), &[fault, content("{}"), Frame::End]);
        let large = "x".repeat(3 * KEPT);
        let message = format!("Content-Length: {}\r\n\r\n{large}", large.len());
        let both = format!("{message}Content-Length: 2\r\n\r\n{{}}");
        let mut frames = Frames::default();
        let mut found = Vec::new();
        for piece in both.as_bytes().chunks(60_000).chain([&[][..]]) {
            frames.push(piece);
            found.extend(std::iter::from_fn(|| frames.next().filter(|frame| *frame != Frame::End)));
        }
        assert_eq!(found, [content(&large), content("{}")]);
        assert!(frames.bytes.capacity() <= KEPT);
    }
}
