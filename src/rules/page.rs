//! What a rule says of itself.

use super::Rule;

/// Where `rule` finds something and why that matters, as Markdown.
pub fn explanation(rule: &Rule) -> String {
    format!("Found where {}.\n\n{}", rule.summary, rule.docs.why)
}
