//! `invalid-front-matter`: the front matter is not valid YAML or TOML.

use super::{Docs, Finding, Rule, Scope, Severity, no_fixes};
use crate::document::Proposal;
use crate::syntax::front_matter_error;

pub(super) static RULE: Rule = Rule {
    id: "invalid-front-matter",
    severity: Severity::Error,
    summary: "the front matter is not valid YAML or TOML",
    docs: Docs {
        why: "Site generators fail on it, or show it as text, and so the proposal has no title and no status. Front matter is YAML \
              between lines of `---`, or TOML between lines of `+++`, at the start of the file.",
        bad: "---\ntitle: Cache: a map\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "---\ntitle: \"Cache: a map\"\n---\n\n# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes: no_fixes,
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let error = front_matter_error(proposal.text(), proposal.document.blocks().front_matter?)?;
    let (format, fault) = (error.format, &error.message);
    let message = format!("front matter is not valid {format}: {fault}; mend it, or put the value in quotes");
    Some(Finding::new(error.span, message))
}
