//! `vip-lsp rule`: what the rules say of themselves.

use super::{CLEAN, FAILED};
use crate::rules::{RULES, Rule, rule};

/// Prints the documentation of the rule `id`, or a line a rule; the exit code of the process.
pub(super) fn run(id: Option<&str>) -> u8 {
    match id.map(rule) {
        None => {
            let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in RULES {
                println!("{:width$}  {:11}  {}", rule.id, rule.severity.as_str(), rule.summary);
            }
            CLEAN
        }
        Some(Some(rule)) => {
            print!("{}", documentation(rule));
            CLEAN
        }
        Some(None) => {
            eprintln!("vip-lsp: there is no rule \"{}\"; vip-lsp rule lists them all", id.unwrap_or_default());
            FAILED
        }
    }
}

/// The page of `rule`, as Markdown.
fn documentation(rule: &Rule) -> String {
    let (id, severity, summary) = (rule.id, rule.severity.as_str(), rule.summary);
    let mut page = format!("# {id}\n\nSeverity: {severity}. Found where {summary}.\n\n{}\n", rule.docs.why);
    for (name, example) in [("With the fault", rule.docs.bad), ("Without", rule.docs.good)] {
        if !example.is_empty() {
            page.push_str(&format!("\n## {name}\n\n```markdown\n{example}```\n"));
        }
    }
    page
}
