//! The message of a diagnostic: what is wrong, what to do about it, and additional notes.

use std::fmt::{Display, Formatter, Result};
use std::ops::Deref;

/// A message. In its text, the parts are separated by `; `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    text: String,
    /// The length of the part that says what is wrong, in bytes.
    fault: usize,
}

/// Creates a message that says what is wrong, and what to do.
pub(super) fn says(fault: impl Into<String>, advice: impl AsRef<str>) -> Message {
    Message::from(fault.into()).with(advice.as_ref())
}

/// Joins `parts`, the last one with the word `last`: `a, b and c`.
pub(crate) fn joined(parts: &[String], last: &str) -> String {
    match parts {
        [first @ .., end] if !first.is_empty() => format!("{} {last} {end}", first.join(", ")),
        all => all.concat(),
    }
}

/// Joins `values` in quotes, the last one with the word `last`: `"a", "b" or "c"`.
pub(crate) fn quoted(values: &[impl Display], last: &str) -> String {
    joined(&values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>(), last)
}

impl Message {
    /// Returns what is wrong, without what to do about it.
    pub fn fault(&self) -> &str {
        &self.text[..self.fault]
    }

    /// Returns this message with `note` at its end.
    pub(super) fn with(self, note: &str) -> Message {
        Message { text: format!("{}; {note}", self.text), ..self }
    }
}

impl From<String> for Message {
    fn from(text: String) -> Message {
        Message { fault: text.len(), text }
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Display for Message {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        self.text.fmt(formatter)
    }
}
