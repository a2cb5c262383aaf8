//! `status-requirement`: the proposal lacks what the life cycle requires in its state.

use super::message::joined;
use super::{Docs, Finding, Rule, Severity, says};
use crate::document::{Proposal, Required};

pub(super) static RULE: Rule = Rule {
    id: "status-requirement",
    severity: Severity::Warning,
    summary: "the proposal lacks what the life cycle requires in its state",
    docs: Docs {
        why: "Whoever decides on the next step relies on it. The setting `life-cycle` says which keys and sections each \
              state requires, and whether it requires a release or a date. In the example, `Accepted` requires the key \
              `Pull Request`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Pull Request**: N/A\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Pull Request**: #7\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_due_by_status: true,
    check: |proposal, findings| findings.extend(finding(proposal)),
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let (status, stage) = (proposal.status()?, proposal.stage()?);
    let lacking: Vec<String> = proposal.unmet().into_iter().map(told).collect();
    if lacking.is_empty() {
        return None;
    }
    let fault = format!("\"{}\" requires {}", stage.name, joined(&lacking, "and"));
    Some(Finding::new(status.span, says(fault, if lacking.len() == 1 { "add it" } else { "add them" })))
}

fn told(required: Required<'_>) -> String {
    match required {
        Required::Key(name) => format!("a value for \"{name}\""),
        Required::Section(name) => format!("the section \"{name}\""),
        Required::Release => "a release".to_owned(),
        Required::Date => "a date".to_owned(),
    }
}
