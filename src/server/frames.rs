//! Frames: `Content-Length: N`, a blank line, N bytes (LSP 3.17, "Base Protocol").

use std::io::{BufRead, Read};

/// How large a message may be, in bytes. Far above any document that is analysed, far below what hurts.
pub(super) const MAX_CONTENT: u64 = 64 * 1024 * 1024;

/// How long a header line may be, in bytes.
const MAX_HEADER: u64 = 8 * 1024;

/// What comes in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A message's bytes.
    Content(Vec<u8>),
    /// Something that is no frame was skipped.
    Malformed(&'static str),
    /// A message announced as larger than [`MAX_CONTENT`]; nothing can be read after it.
    TooLarge(u64),
    /// The end of the input.
    End,
}

/// Reads frames one after the other.
pub(super) struct Frames<R> {
    input: R,
    /// Whether the frame before was sound, so that a fault is reported once and not for every line that is skipped.
    is_in_step: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(input: R) -> Frames<R> {
        Frames { input, is_in_step: true }
    }

    /// The next frame. Whatever stands before the next `Content-Length` is skipped, once with a [`Frame::Malformed`].
    pub(super) fn next(&mut self) -> Frame {
        match self.header() {
            Ok(Some(Ok(length))) if length > MAX_CONTENT => Frame::TooLarge(length),
            Ok(Some(Ok(length))) => self.content(length),
            Ok(Some(Err(fault))) => Frame::Malformed(fault),
            Ok(None) | Err(_) => Frame::End,
        }
    }

    fn content(&mut self, length: u64) -> Frame {
        let mut content = Vec::new();
        match self.input.by_ref().take(length).read_to_end(&mut content) {
            Ok(read) if read as u64 == length => {
                self.is_in_step = true;
                Frame::Content(content)
            }
            _ => Frame::End,
        }
    }

    /// The length that the next header names; a fault, when there is none in it; nothing at the end of the input.
    fn header(&mut self) -> std::io::Result<Option<Result<u64, &'static str>>> {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if self.input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            match header_line(&line) {
                HeaderLine::Length(Ok(named)) => length = Some(named),
                HeaderLine::Length(Err(())) => {
                    self.is_in_step = false;
                    return Ok(Some(Err("Content-Length is not a number")));
                }
                HeaderLine::Blank => match length {
                    Some(length) => return Ok(Some(Ok(length))),
                    None if std::mem::replace(&mut self.is_in_step, false) => {
                        return Ok(Some(Err("header without Content-Length")));
                    }
                    None => {}
                },
                HeaderLine::Other => {}
                HeaderLine::Garbage if length.is_none() && std::mem::replace(&mut self.is_in_step, false) => {
                    return Ok(Some(Err("expected a Content-Length header")));
                }
                HeaderLine::Garbage => {}
            }
        }
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
    // After a fault, the rest of a message may stand on the line of the next header.
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

    fn check(input: &[u8], expected: &[Frame]) {
        let mut frames = Frames::new(input);
        for expected in expected {
            assert_eq!(&frames.next(), expected);
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
}
