//! A setting that is not as it should be.

use crate::text::Span;

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The setting's full name; empty where the file itself cannot be read.
    pub setting: String,
    /// What is wrong and what to do.
    pub message: String,
    /// Where it is, if it comes from a file.
    pub span: Option<Span>,
    /// Whether it only has no effect: what is set is what was meant.
    pub is_idle: bool,
}

impl Problem {
    /// The message for a reader who sees the file, on one line whatever names and values the file has.
    pub fn in_file(&self) -> String {
        let message = match self.setting.as_str() {
            "" | "*" => self.message.clone(),
            setting => format!("{setting}: {}", self.message),
        };
        message.replace(char::is_control, " ")
    }
}

impl std::fmt::Display for Problem {
    /// For a user who sees no file.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "setting \"vip-lsp.{}\": {}", self.setting, self.message)
    }
}
