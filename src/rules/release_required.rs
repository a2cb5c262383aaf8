//! `release-required`: the status says that the change is released, but no release is named.

use super::{Docs, Finding, RelatedPlace, Rule, Severity, invalid_link::is_none, says};
use crate::document::Proposal;

pub(super) static RULE: Rule = Rule {
    id: "release-required",
    severity: Severity::Warning,
    summary: "the status says that the change is released, but no release is named",
    docs: Docs {
        why: "Users look here for the version that has the change. A release is required at the statuses Adopted, \
              Implemented and Released if the template has a key `Release`.",
        bad: "# XIP-1: Cache\n\n- **Status**: Implemented\n- **Author(s)**: A. Author\n- **Release**: N/A\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Implemented\n- **Author(s)**: A. Author\n- **Release**: 1.2\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    is_due_by_status: true,
    one: Some("no release is named"),
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let status = proposal.status().filter(|status| status.is_released(proposal.template))?;
    let metadata = proposal.metadata()?;
    let entry = metadata.entry("Release")?;
    let (index, key) = proposal.template.metadata_key(metadata.form, &entry.key)?;
    let value = metadata.value(proposal.text(), entry);
    if value == key.placeholder && key.has_placeholder() || !is_none(&value) {
        return None;
    }
    let message = says(
        format!("status is \"{}\", but no release is named", status.text),
        "name the first release that has the change",
    );
    let span = if entry.value.is_empty() { entry.key_span } else { entry.value };
    let finding = Finding { subject: Some(index), ..Finding::new(span, message) };
    Some(finding.with_related(RelatedPlace::Document(status.span), "the status is here"))
}
