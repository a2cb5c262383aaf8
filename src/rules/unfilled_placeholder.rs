//! `unfilled-placeholder`: the title or a metadata value is still the template's.

use super::{Docs, Finding, Rule, Scope, Severity, no_fixes};
use crate::document::{Metadata, Proposal};
use crate::syntax::Entry;

pub(super) static RULE: Rule = Rule {
    id: "unfilled-placeholder",
    severity: Severity::Warning,
    summary: "the title or a metadata value is still the template's placeholder",
    docs: Docs {
        why: "A title or author that says what to write there is missing all the same, and it is what index pages and tools \
              show first.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _(Names)_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: _A. Author_\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: find,
    fixes: no_fixes,
};

/// Adds the placeholders in `proposal` to `findings`.
pub(super) fn find(proposal: &Proposal<'_>, findings: &mut Vec<Finding>) {
    findings.extend(title(proposal));
    findings.extend(metadata(proposal));
}

fn title(proposal: &Proposal<'_>) -> Option<Finding> {
    let heading = &proposal.title()?.heading;
    let template = proposal.template.title.as_ref()?;
    let placeholder = template.placeholders.iter().find(|placeholder| heading.text.contains(*placeholder));
    let message = match placeholder {
        Some(placeholder) => format!("title still has the template's placeholder \"{placeholder}\"; fill it in"),
        None if heading.text == template.text => "title is still the template's; give the proposal its own".to_owned(),
        None => return None,
    };
    Some(Finding::new(heading.content, message))
}

fn metadata(proposal: &Proposal<'_>) -> Vec<Finding> {
    let finding = |(metadata, entry): (&Metadata, &Entry)| {
        let (_, key) = proposal.template.metadata_key(metadata.form, &entry.key)?;
        let is_placeholder = key.has_placeholder() && metadata.value(proposal.text(), entry) == key.placeholder;
        let message = format!("\"{}\" still has the template's placeholder; fill it in", entry.key);
        is_placeholder.then(|| Finding::new(entry.value, message))
    };
    let entries = proposal.all_metadata().flat_map(|all| all.entries.iter().map(move |entry| (all, entry)));
    entries.filter_map(finding).collect()
}
