//! `premature-reference`: an accepted proposal requires one that is not decided yet.

use super::relating::{Named, named};
use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::{Course, Neighbor, Proposal};
use crate::terms::RelationKind;

pub(super) static RULE: Rule = Rule {
    id: "premature-reference",
    severity: Severity::Information,
    summary: "an accepted proposal requires one that is not decided yet",
    docs: Docs {
        why: "What is accepted must not depend on what may still change. A status counts as undecided if its word says so, or if \
              the template lists it before the first one that is accepted. The setting `references` may have steps of stability instead: \
              then no proposal may refer to one on a lower step.",
        bad: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Requires**: XIP-7\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Requires**: XIP-2\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_of_document: true,
    check: |proposal, findings| {
        findings
            .extend(proposal.unstable_references().into_iter().map(|(span, other)| unstable(proposal, span, &other)));
        // The steps of the settings take the place of the words.
        if proposal.template.demands.references.stability.is_empty() && proposal.course() == Some(Course::Accepted) {
            let required = named(proposal, |relation| relation.says.kind == RelationKind::Requires);
            findings.extend(required.filter_map(|named| finding(proposal, &named)));
        }
    },
    ..Rule::PLAIN
};

fn unstable(proposal: &Proposal<'_>, span: crate::text::Span, other: &Neighbor) -> Finding {
    let status = other.facts.status.as_deref().unwrap_or_default();
    let own = proposal.status().map_or("", |status| &status.text);
    let fault = format!("\"{}\" is \"{status}\", which is less stable than \"{own}\"", other.name);
    let finding = Finding::new(span, says(fault, "wait for it, or do without it")).severe(Severity::Warning);
    finding.with_related(RelatedPlace::File(other.file.clone(), other.facts.line), "the proposal is here")
}

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
