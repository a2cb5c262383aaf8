//! Output to standard output and standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{IsTerminal, Write};

use serde::Serialize;

use crate::letters::{in_json, shown_lines};

/// Writes `output` to standard output. Errors are ignored: a reader that has enough, such as `head`, closes the pipe, which is
/// not a failure.
pub(super) fn print(output: &str) {
    let _ = std::io::stdout().write_all(printed(output).as_bytes());
}

/// Returns `output` as it is for another program, and with control characters made visible for a terminal.
pub(super) fn printed(output: &str) -> Cow<'_, str> {
    if std::io::stdout().is_terminal() { shown_lines(output) } else { Cow::Borrowed(output) }
}

/// Prints `message` to standard error. Errors are ignored: a closed standard error is not a failure.
pub(super) fn say(message: impl Display) {
    tell(format_args!("vip-lsp: {message}"));
}

/// Writes `line` to standard error.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{}", shown_lines(&line.to_string()));
}

/// Formats `value` as JSON for standard output.
pub(super) fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", in_json(&json))
}
