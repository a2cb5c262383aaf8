//! What a client sends. Each line is a message, which comes in a frame of its length; one that starts with `!` is sent as it is.

use std::io::{Cursor, Write};
use std::sync::mpsc::{Sender, channel};

use vip_lsp::server::serve;

/// How tower-lsp and the server say that a handler has failed (JSON-RPC 2.0, "Error object").
const INTERNAL_ERROR: &str = "\"code\":-32603";

const INITIALIZE: &str = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{"general":{"positionEncodings":["utf-8"]}}}}"#;

pub(crate) fn run(input: &[u8]) {
    let mut session = frame(INITIALIZE.as_bytes());
    for line in input.split(|byte| *byte == b'\n') {
        match line.strip_prefix(b"!") {
            Some(line) => {
                session.extend(line);
                session.extend(b"\r\n");
            }
            None => session.extend(frame(line)),
        }
    }
    let (sender, said) = channel();
    serve(Cursor::new(session), Said(sender));
    let said: Vec<u8> = said.into_iter().flatten().collect();
    let said = String::from_utf8_lossy(&said);
    assert!(!said.contains(INTERNAL_ERROR), "{said}");
}

fn frame(content: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", content.len()).as_bytes(), content].concat()
}

/// Hands on what is said.
struct Said(Sender<Vec<u8>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // Nobody may listen any more.
        drop(self.0.send(bytes.to_vec()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
