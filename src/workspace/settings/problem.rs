//! Problems of settings.

use crate::text::Span;

/// A problem of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The full name of the setting; empty if the file itself cannot be read.
    pub setting: String,
    /// What is wrong, and what to do.
    pub message: String,
    /// The place of the setting, if it comes from a file.
    pub span: Option<Span>,
    /// Whether the setting is valid and merely has no effect.
    pub is_idle: bool,
}

impl Problem {
    /// Returns the message for a reader who sees the file, on one line whatever names and values the file has.
    pub fn in_file(&self) -> String {
        let message = match self.setting.as_str() {
            "" | "*" => self.message.clone(),
            setting => format!("{setting}: {}", self.message),
        };
        message.replace(char::is_control, " ")
    }
}

impl std::fmt::Display for Problem {
    /// Formats the problem for a user who does not see a file.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "setting \"vip-lsp.{}\": {}", self.setting, self.message)
    }
}
