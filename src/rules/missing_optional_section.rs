//! `missing-optional-section`: an optional section of the template is missing.

use super::{Applies, Docs, Rule, Severity, missing_section};

pub(super) static RULE: Rule = Rule {
    id: "missing-optional-section",
    severity: Severity::Hint,
    summary: "an optional section of the template is missing",
    docs: Docs {
        why: "Nothing is wrong. The hint is a reminder that the template has this section, and a way to insert it.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows.\n\n## Design\n\nA map.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows.\n\n## Design\n\nA map.\n\n## Notes\n\nMeasured.\n",
    },
    check: |proposal, findings| findings.extend(missing_section::missing(proposal, true)),
    fixes: missing_section::fixes,
    applies: Applies::OptionalSections,
    ..Rule::PLAIN
};
