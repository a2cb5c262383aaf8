//! What a diagnostic says: what is wrong, what to do about it, and what else there is to know.

use std::fmt::{Display, Formatter, Result};
use std::ops::Deref;

/// A message. As text, its parts are divided by `; `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    text: String,
    /// How many bytes of it say what is wrong.
    fault: usize,
}

/// That something is wrong, and what to do.
pub(super) fn says(fault: impl Into<String>, advice: impl AsRef<str>) -> Message {
    Message::from(fault.into()).with(advice.as_ref())
}

impl Message {
    /// What is wrong, without what to do about it.
    pub fn fault(&self) -> &str {
        &self.text[..self.fault]
    }

    /// The same, with `note` behind it.
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
