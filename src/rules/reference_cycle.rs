//! `reference-cycle`: proposals supersede or require each other in a circle, or one names itself.

use super::relating::{Named, named};
use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::Proposal;
use crate::terms::RelationKind;

pub(super) static RULE: Rule = Rule {
    id: "reference-cycle",
    severity: Severity::Warning,
    summary: "proposals supersede or require each other in a circle, or one names itself",
    docs: Docs {
        why: "Of two proposals that supersede each other, neither holds; of two that require each other, neither can come \
              first, which is information, as parts of a whole may be meant that way. Often one of the numbers is wrong, or belongs to the opposite key.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Requires**: XIP-6\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Requires**: XIP-2\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_of_document: true,
    check: |proposal, findings| {
        findings.extend(named(proposal, |_| true).filter_map(|named| finding(proposal, &named)));
    },
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, Named { relation, neighbor }: &Named<'_>) -> Option<Finding> {
    if proposal.is_itself(neighbor) {
        let message = says("the proposal names itself", "name another one, or remove this");
        return Some(Finding::new(relation.span, message));
    }
    let own = relation.says.kind;
    let kind = if own.is_passive() { own.inverse() } else { own };
    let surroundings = proposal.surroundings()?;
    let is_circle =
        matches!(kind, RelationKind::Supersedes | RelationKind::Requires) && surroundings.leads_back(kind, neighbor);
    is_circle.then(|| {
        let is_direct = surroundings.is_said_by(neighbor, &|said| said == own);
        let way = if is_direct { "in turn" } else { "in turn, through others" };
        let fault = match own.is_passive() {
            false => format!("\"{}\" {} this one {way}", neighbor.name, own.as_str()),
            true => format!("\"{}\" is {} this one {way}", neighbor.name, own.as_str()),
        };
        let finding = Finding::new(relation.span, says(fault, "remove one of the two"));
        // Parts of one specification may be meant to need each other.
        let is_mild = kind == RelationKind::Requires;
        let finding = if is_mild { finding.severe(Severity::Information) } else { finding };
        finding.with_related(RelatedPlace::File(neighbor.file.clone(), neighbor.facts.line), "the other one is here")
    })
}
