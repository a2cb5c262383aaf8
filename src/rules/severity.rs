//! How much a fault matters.

/// How much a diagnostic matters; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The proposal cannot be accepted like this.
    Error,
    /// It should not be accepted like this.
    Warning,
    /// Worth knowing.
    Information,
    /// Shown discreetly.
    Hint,
}

impl Severity {
    /// The word for it in settings and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}
