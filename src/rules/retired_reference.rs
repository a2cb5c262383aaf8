//! `retired-reference`: a proposal relies on one that no longer holds.

use super::relating::{Named, named};
use super::{Docs, Finding, RelatedPlace, Rule, Severity, says};
use crate::document::{Course, Neighbor, Proposal};
use crate::terms::{self, Meaning, RelationKind};
use crate::text::Offset;

pub(super) static RULE: Rule = Rule {
    id: "retired-reference",
    severity: Severity::Hint,
    summary: "a proposal relies on one that no longer holds",
    docs: Docs {
        why: "A proposal that another one requires, extends or refers to in its metadata may have been superseded or \
              withdrawn since. Refer to its successor, or say in the same line that it is superseded.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Requires**: XIP-8\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n- **Requires**: XIP-2\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    is_of_document: true,
    check: |proposal, findings| {
        if proposal.course().is_some_and(|course| course != Course::Ended) {
            let named = named(proposal, |relation| relies(relation.says.kind));
            findings.extend(named.filter_map(|named| finding(proposal, &named)));
        }
    },
    ..Rule::PLAIN
};

fn relies(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Requires | RelationKind::Extends | RelationKind::Related)
}

/// The words for statuses that a line may have to say that a proposal no longer holds.
const ENDS: [Meaning; 3] = [Meaning::Superseded, Meaning::Deprecated, Meaning::Rejected];

fn finding(proposal: &Proposal<'_>, Named { relation, neighbor }: &Named<'_>) -> Option<Finding> {
    let status = neighbor.facts.status.as_deref()?;
    let is_ended = proposal.course_of(status) == Some(Course::Ended) && !proposal.is_itself(neighbor);
    // What was turned down may well be related, and so may what this proposal takes the place of.
    let is_meant = relation.says.kind != RelationKind::Related || terms::status(status) == Some(Meaning::Superseded);
    if !is_ended || !is_meant || has_other_relation(proposal, neighbor) || says_so(proposal, relation.span.start) {
        return None;
    }
    let fault = format!("\"{}\" is \"{status}\"", neighbor.name);
    let finding = Finding::new(relation.span, says(fault, "refer to what replaces it, or say so here"));
    Some(finding.with_related(RelatedPlace::File(neighbor.file.clone(), neighbor.facts.line), "the proposal is here"))
}

/// Whether one of `proposal` and `neighbor` supersedes the other, or amends it.
fn has_other_relation(proposal: &Proposal<'_>, neighbor: &Neighbor) -> bool {
    let is_other = |kind: RelationKind| !relies(kind) && kind != RelationKind::RequiredBy;
    let own = || named(proposal, |own| is_other(own.says.kind)).any(|own| own.neighbor.file == neighbor.file);
    let theirs = || proposal.surroundings().is_some_and(|around| around.is_said_by(neighbor, &is_other));
    own() || theirs()
}

/// Whether the line with the reference says that the other proposal no longer holds.
fn says_so(proposal: &Proposal<'_>, at: Offset) -> bool {
    let line = proposal.text().slice(proposal.text().line_span_at(at)).to_lowercase();
    ENDS.iter().any(|end| terms::says(&line, *end))
}
