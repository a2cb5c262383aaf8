//! `vip-lsp rule`: the documentation of the rules.

use super::exit::finish;
use crate::rules::{self, RULES, Rule, page, rule};

/// Prints the documentation of the rule `id`, or one line per rule, and returns the exit code of the process.
pub(super) fn run(id: Option<&str>) -> u8 {
    match id.map(rule) {
        None => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            let line = |rule: &Rule| format!("{:width$}  {:11}  {}\n", rule.id, rule.default_level(), rule.summary);
            finish(Ok(RULES.into_iter().map(line).collect()))
        }
        Some(Some(rule)) => finish(Ok(page::documentation(rule, "#"))),
        Some(None) => finish(Err(no_rule(id.unwrap_or_default()))),
    }
}

/// Returns a message that no rule is called `id`, with the rule that is most likely meant and where all are.
pub(super) fn no_rule(id: &str) -> String {
    let message = rules::no_rule(id);
    let mark = if message.ends_with('?') { "" } else { ";" };
    format!("{message}{mark} vip-lsp rule lists them all")
}

/// Prints the page of all rules, and returns the exit code of the process.
pub(super) fn run_all() -> u8 {
    finish(Ok(page::page()))
}
