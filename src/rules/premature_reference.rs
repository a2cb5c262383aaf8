//! `premature-reference`: an accepted proposal requires one that is not decided yet.

use super::relating::{Named, named};
use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::{Course, Proposal};
use crate::terms::RelationKind;

pub(super) static RULE: Rule = Rule {
    id: "premature-reference",
    severity: Severity::Information,
    summary: "an accepted proposal requires one that is not decided yet",
    docs: Docs {
        why: "What is accepted must not depend on what may still change. A status counts as undecided if its word says so, or if \
              the template lists it before the first one that is accepted.",
        bad: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Requires**: XIP-7\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Requires**: XIP-2\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_of_document: true,
    check: |proposal, findings| {
        if proposal.course() == Some(Course::Accepted) {
            let required = named(proposal, |relation| relation.says.kind == RelationKind::Requires);
            findings.extend(required.filter_map(|named| finding(proposal, &named)));
        }
    },
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, Named { relation, neighbor }: &Named<'_>) -> Option<Finding> {
    let status = neighbor.facts.status.as_deref()?;
    let is_open = proposal.course_of(status) == Some(Course::Open) && !proposal.is_itself(neighbor);
    is_open.then(|| {
        let own = proposal.status().map_or("", |status| &status.text);
        let fault = format!("\"{}\" is still \"{status}\", but this proposal is \"{own}\"", neighbor.name);
        let finding = Finding::new(relation.span, says(fault, "wait for it, or do without it"));
        finding.with_related(RelatedPlace::File(neighbor.file.clone(), neighbor.facts.line), "the proposal is here")
    })
}
