//! `asymmetric-reference`: a proposal does not say what another one says about it.

use std::collections::HashSet;
use std::path::PathBuf;

use super::relating::{Named, named};
use super::{Diagnostic, Docs, FileEdits, Finding, Fix, RelatedPlace, Rule, Severity, says};
use crate::document::{Course, Neighbor, Proposal, Relation, Statement};
use crate::terms::RelationKind;

pub(super) static RULE: Rule = Rule {
    id: "asymmetric-reference",
    severity: Severity::Warning,
    summary: "another proposal does not say that this one supersedes or amends it",
    docs: Docs {
        why: "Readers of the older proposal do not learn that it no longer holds. This is reported once the newer one is \
              accepted, if the template has a key or a status for it, or others in the folder do say so. It is a warning in the \
              newer proposal and a hint in the older one.",
        bad: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Supersedes**: XIP-2\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n- **Supersedes**: XIP-5\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    has_safe_fix: true,
    is_of_document: true,
    check: |proposal, findings| {
        findings.extend(here(proposal).iter().map(|named| in_newer(named)));
        findings.extend(about(proposal).iter().map(|(says, newer)| in_older(proposal, says, newer)));
    },
    fixes,
    ..Rule::PLAIN
};

/// Whether a proposal has to say back what `says` of it. Other words may say that only a part of it is meant.
fn is_due(says: &Statement) -> bool {
    says.is_plain && matches!(says.kind, RelationKind::Supersedes | RelationKind::Amends)
}

/// Whether a proposal with the status `status` need not say `kind`: the one that it was superseded is said by any status for the end.
fn is_said_by_status(proposal: &Proposal<'_>, status: Option<&str>, kind: RelationKind) -> bool {
    let is_ended = || status.is_none_or(|status| proposal.course_of(status) == Some(Course::Ended));
    kind == RelationKind::SupersededBy && is_ended()
}

/// Returns the proposals that do not say what this one says about them.
fn here<'p>(proposal: &'p Proposal<'_>) -> Vec<Named<'p>> {
    let Some(surroundings) = proposal.surroundings().filter(|_| proposal.course() == Some(Course::Accepted)) else {
        return Vec::new();
    };
    let is_silent = |named: &Named<'_>| {
        let kind = named.relation.says.kind.inverse();
        !proposal.is_itself(&named.neighbor)
            && proposal.way_to_say(kind).is_some()
            && !is_said_by_status(proposal, named.neighbor.facts.status.as_deref(), kind)
            && !surroundings.is_said_by(&named.neighbor, &|said| said == kind)
    };
    named(proposal, |relation| is_due(&relation.says)).filter(is_silent).collect()
}

/// Returns what others say about this proposal and it does not say itself.
fn about(proposal: &Proposal<'_>) -> Vec<(Statement, Neighbor)> {
    let Some(surroundings) = proposal.surroundings() else { return Vec::new() };
    let status = proposal.status().map(|status| status.text.as_str());
    let stated = surroundings.stated_about();
    if !stated.iter().any(|(says, _)| is_due(says)) {
        return Vec::new();
    }
    let own: HashSet<(RelationKind, PathBuf)> = named(proposal, |own| own.says.kind.is_passive())
        .map(|own| (own.relation.says.kind, own.neighbor.file))
        .collect();
    let is_silent = |(says, newer): &(Statement, Neighbor)| {
        let kind = says.kind.inverse();
        let course = newer.facts.status.as_deref().and_then(|status| proposal.course_of(status));
        is_due(says)
            && course == Some(Course::Accepted)
            && !proposal.is_itself(newer)
            && proposal.way_to_say(kind).is_some()
            && !is_said_by_status(proposal, status, kind)
            && !own.contains(&(kind, newer.file.clone()))
    };
    stated.into_iter().filter(is_silent).collect()
}

fn in_newer(Named { relation, neighbor }: &Named<'_>) -> Finding {
    let kind = relation.says.kind.inverse().as_str();
    let message = says(format!("\"{}\" does not say that it is {kind} this one", neighbor.name), "say so there");
    let finding = Finding::new(relation.span, message).about(neighbor.file.clone());
    finding.with_related(RelatedPlace::File(neighbor.file.clone(), neighbor.facts.line), "the proposal is here")
}

fn in_older(proposal: &Proposal<'_>, stated: &Statement, newer: &Neighbor) -> Finding {
    let place = proposal.status().map_or_else(|| proposal.title_span(), |status| status.span);
    let kind = stated.kind.as_str();
    let message = says(format!("\"{}\" says that it {kind} this one", newer.name), "say so here, too");
    let finding = Finding::new(place, message).severe(Severity::Hint).about(newer.file.clone());
    finding.with_related(RelatedPlace::File(newer.file.clone(), stated.line), "it says so here")
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fix = || {
        let path = diagnostic.file.as_ref()?;
        let surroundings = proposal.surroundings()?;
        let document = surroundings.document(path)?;
        // What others in the folder do is the same for both.
        let other = Proposal::of(&document, proposal.template).in_file(path).within(surroundings);
        match here(proposal).into_iter().find(|named| named.relation.span == diagnostic.span) {
            Some(named) => there(proposal, &other, named),
            None => own(proposal, &other),
        }
    };
    fix().into_iter().collect()
}

/// Returns the fix in the `older` proposal for what `proposal` says of it.
fn there(proposal: &Proposal<'_>, older: &Proposal<'_>, Named { relation, neighbor }: Named<'_>) -> Option<Fix> {
    let answer = older.answer_in(proposal, relation, proposal.way_to_say(relation.says.kind.inverse())?)?;
    let (text, version) = (older.text().clone(), older.document.version());
    let elsewhere = FileEdits { path: neighbor.file, text, version, edits: vec![answer.edit] };
    let fix = Fix::new(format!("{} in \"{}\"", answer.title, neighbor.name), Vec::new()).preferred();
    Some(Fix { elsewhere: Some(elsewhere), ..fix })
}

/// Returns the fix in `proposal` for what the `newer` one says of it.
fn own(proposal: &Proposal<'_>, newer: &Proposal<'_>) -> Option<Fix> {
    let (said, _) = about(proposal).into_iter().find(|(_, other)| newer.file() == Some(&other.file))?;
    let is_meant = |relation: &&Relation| relation.says == said;
    let relation = newer.relations().iter().find(is_meant)?;
    let answer = proposal.answer_in(newer, relation, proposal.way_to_say(said.kind.inverse())?)?;
    let fix = Fix::new(answer.title, vec![answer.edit]).preferred();
    Some(if answer.is_addition { fix.safe() } else { fix })
}
