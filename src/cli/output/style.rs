//! Colours and links on a terminal.

use std::fmt::Display;
use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};
use supports_hyperlinks::Stream;

use crate::rules::{Severity, page};

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

/// How output looks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Whether it has colours.
    pub(super) has_colours: bool,
    /// The repository whose page of rules the names of rules link to.
    pub(super) repository: Option<&'static str>,
}

impl Look {
    /// Returns the look of standard output. Only a terminal that shows links gets them.
    pub(super) fn of(colours: Colours) -> Look {
        let has_colours = colours.are_wanted();
        let has_links = has_colours && supports_hyperlinks::on(Stream::Stdout);
        Look { has_colours, repository: option_env!("CARGO_PKG_REPOSITORY").filter(|_| has_links) }
    }

    /// Returns the address that the name of the rule `id` links to.
    pub(super) fn address(self, id: &str) -> Option<String> {
        page::address(self.repository, id)
    }
}

/// Returns `text` as a link to `address` (the terminals' `OSC 8`), if there is one.
pub(super) fn linked(text: &str, address: Option<String>) -> String {
    match address {
        Some(address) => format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
        None => text.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_rule_is_a_link_where_there_is_a_page_of_rules() {
        let look = Look { has_colours: true, repository: Some("https://example.org/a/b") };
        let address = "https://example.org/a/b/blob/main/RULES.md#missing-title";
        let expected = format!("\u{1b}]8;;{address}\u{1b}\\missing-title\u{1b}]8;;\u{1b}\\");
        assert_eq!(linked("missing-title", look.address("missing-title")), expected);
        assert_eq!(linked("missing-title", Look::default().address("missing-title")), "missing-title");
    }
}
