//! Colours on a terminal.

use std::fmt::Display;
use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};

use crate::rules::Severity;

/// Whether output has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Colours {
    /// On a terminal, unless the environment says otherwise: `NO_COLOR`, `FORCE_COLOR`.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colours {
    /// Whether standard output is to have colours.
    pub(super) fn are_wanted(self) -> bool {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        match self {
            Colours::Always => true,
            Colours::Never => false,
            // no-color.org and force-color.org
            Colours::Auto if is_set("NO_COLOR") => false,
            Colours::Auto if is_set("FORCE_COLOR") => true,
            Colours::Auto => std::io::stdout().is_terminal() && !is_dumb,
        }
    }
}

/// Returns `text` in `style`, if `is_coloured`.
pub(super) fn styled(text: impl Display, style: Style, is_coloured: bool) -> String {
    if is_coloured { format!("{style}{text}{style:#}") } else { text.to_string() }
}

/// The style of a finding of `severity`.
pub(super) fn of(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Information => AnsiColor::BrightBlue,
        Severity::Hint => AnsiColor::BrightGreen,
    };
    colour.on_default().bold()
}
