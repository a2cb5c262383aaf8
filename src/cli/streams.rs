//! What goes to standard output and standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{IsTerminal, Write};

use serde::Serialize;

use crate::letters::{in_json, shown_lines};

/// Writes `output` to standard output. A reader that has seen enough, such as `head`, closes the pipe: not a failure of the run.
pub(super) fn print(output: &str) {
    let _ = std::io::stdout().write_all(printed(output).as_bytes());
}

/// `output` as standard output takes it: a terminal shows what would steer it, another program gets it as it is.
pub(super) fn printed(output: &str) -> Cow<'_, str> {
    if std::io::stdout().is_terminal() { shown_lines(output) } else { Cow::Borrowed(output) }
}

/// Says `message` on standard error. One who listens no more is no failure of the run.
pub(super) fn say(message: impl Display) {
    tell(format_args!("vip-lsp: {message}"));
}

/// Writes `line` to standard error.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{}", shown_lines(&line.to_string()));
}

/// `value` as JSON for standard output.
pub(super) fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", in_json(&json))
}
