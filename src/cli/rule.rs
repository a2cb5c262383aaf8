//! `vip-lsp rule`: what the rules say of themselves.

use super::{CLEAN, FAILED, say};
use crate::rules::{RULES, page, rule};

/// Prints the documentation of the rule `id`, or a line a rule; the exit code of the process.
pub(super) fn run(id: Option<&str>) -> u8 {
    match id.map(rule) {
        None => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                println!("{:width$}  {:11}  {}", rule.id, rule.default_level(), rule.summary);
            }
            CLEAN
        }
        Some(Some(rule)) => {
            print!("{}", page::documentation(rule, "#"));
            CLEAN
        }
        Some(None) => {
            say(format_args!("there is no rule \"{}\"; vip-lsp rule lists them all", id.unwrap_or_default()));
            FAILED
        }
    }
}

/// Prints the page of all rules; the exit code of the process.
pub(super) fn run_all() -> u8 {
    print!("{}", page::page());
    CLEAN
}
