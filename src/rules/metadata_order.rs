//! `metadata-order`: the metadata keys are in another order than the settings say.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::Proposal;

pub(super) static RULE: Rule = Rule {
    id: "metadata-order",
    severity: Severity::Warning,
    summary: "the metadata keys are in another order than the settings say",
    docs: Docs {
        why: "Readers find a value where it is in every other proposal. Nothing is said unless the setting `metadata-order` \
              lists the keys. In the example, it has `Status` before `Author(s)`.",
        bad: "# XIP-1: Cache\n\n- **Author(s)**: A. Author\n- **Status**: Draft\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    has_safe_fix: true,
    check: |proposal, findings| {
        findings.extend(proposal.misplaced_keys().into_iter().map(|(entry, before)| {
            let place = match before {
                Some(before) => format!("move it after \"{before}\""),
                None => "move it to the top".to_owned(),
            };
            Finding::new(entry.key_span, says(format!("\"{}\" is out of order", entry.key), place))
        }));
    },
    fixes: |proposal: &Proposal<'_>, _: &Diagnostic| {
        let fix = |edit| Fix::new("Sort the metadata", vec![edit]).preferred().safe();
        proposal.order_keys().map(fix).into_iter().collect()
    },
    reads_sidecars: true,
    ..Rule::PLAIN
};
