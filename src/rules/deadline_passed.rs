//! `deadline-passed`: a proposal that is not decided yet has a deadline that has passed.

use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::{Deadline, Proposal};

pub(super) static RULE: Rule = Rule {
    id: "deadline-passed",
    severity: Severity::Information,
    summary: "a deadline has passed, and the status says that nothing is decided",
    docs: Docs {
        why: "Nobody waits for a decision on purpose for years. It is about keys for the last day of something, such as \
              `Deadline`, `Last-Call-Deadline` and `Expires`, while the status is one before a decision.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Deadline**: 2026-01-15\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Deadline**: 2026-01-15\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        if proposal.is_undecided() {
            findings.extend(passed(proposal));
        }
    },
    ..Rule::PLAIN
};

fn passed(proposal: &Proposal<'_>) -> Vec<Finding> {
    let (Some(around), Some(status)) = (proposal.surroundings(), proposal.status()) else { return Vec::new() };
    let deadlines = proposal.deadlines().into_iter().filter(|deadline| deadline.day < around.today());
    let finding = |deadline: Deadline| {
        let (year, month, day) = deadline.day;
        let fault =
            format!("\"{}\" was {year}-{month:02}-{day:02}, but the status is \"{}\"", deadline.key, status.text);
        let finding = Finding::new(deadline.span, says(fault, "decide, or move the date"));
        finding.with_related(RelatedPlace::Document(status.span), "the status is here")
    };
    deadlines.map(finding).collect()
}
