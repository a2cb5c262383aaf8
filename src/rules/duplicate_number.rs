//! `duplicate-number`: another proposal in the folder has the same number.

use super::{Docs, Finding, Rule, Severity, says};
use crate::document::{Facts, Proposal};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-number",
    severity: Severity::Warning,
    summary: "another proposal in the folder has the same number",
    docs: Docs {
        why: "A number that two proposals share identifies neither. This happens easily when two people write at the same \
              time. It is a warning in the later file and a hint in the other. A proposal that is new on its branch is also compared with \
              those that other branches have, as far as git knows them here. In a merge (`check --merge-with`), the file that is here is the later \
              one.",
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
    let bare = number.trim_start_matches('0');
    let Some(other) = surroundings.other_with_number(bare) else {
        let (other, branch) = surroundings.other_on_branch(bare)?;
        let fault = format!("\"{other}\" on the branch \"{branch}\" also has the number {number}");
        return Some(Finding::new(proposal.title_span(), says(fault, "use the next free number")));
    };
    let message = says(format!("\"{other}\" also has the number {number}"), "use the next free number");
    let finding = Finding::new(proposal.title_span(), message);
    // The later one has to take another number.
    let own = proposal.file().and_then(|file| file.file_name()?.to_str());
    let is_first = own.is_some_and(|own| own < other.rsplit('/').next().unwrap_or(&other))
        && !surroundings.is_by_letter()
        && !surroundings.comes_with_merge(&other);
    Some(if is_first { finding.severe(Severity::Hint) } else { finding })
}
