//! The severity of a fault.

/// The severity of a diagnostic; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The proposal cannot be accepted like this.
    Error,
    /// The proposal should not be accepted like this.
    Warning,
    /// Worth knowing.
    Information,
    /// Shown discreetly.
    Hint,
}

impl Severity {
    /// Returns the word for it in settings and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}
