//! `duplicate-number`: another proposal in the folder has the same number.

use super::{Docs, Finding, Rule, Severity, says};
use crate::document::{Facts, Proposal};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-number",
    severity: Severity::Warning,
    summary: "another proposal in the folder has the same number",
    docs: Docs {
        why: "A number that two proposals share identifies neither. This happens easily when two people write at the same \
              time. It is a warning in the later file and a hint in the other.",
        bad: "# XIP-2: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-3: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    is_of_document: true,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let surroundings = proposal.surroundings()?;
    let number = Facts::number_of(proposal)?;
    let other = surroundings.other_with_number(number.trim_start_matches('0'))?;
    let message = says(format!("\"{other}\" also has the number {number}"), "use the next free number");
    let finding = Finding::new(proposal.title_span(), message);
    // The later one has to take another number.
    let own = proposal.file().and_then(|file| file.file_name()?.to_str());
    let is_first =
        own.is_some_and(|own| own < other.rsplit('/').next().unwrap_or(&other)) && !surroundings.is_by_letter();
    Some(if is_first { finding.severe(Severity::Hint) } else { finding })
}
