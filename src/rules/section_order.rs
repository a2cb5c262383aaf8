//! `section-order`: the sections are not in the template's order.

use super::{Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Severity, says};
use crate::document::{Misplaced, NextTo, Proposal, misplaced, reorder};

pub(super) static RULE: Rule = Rule {
    id: "section-order",
    severity: Severity::Information,
    summary: "the sections are not in the template's order",
    docs: Docs {
        why: "People who read many proposals find each part by its place. One finding per document names the first section \
              that is out of place. Your own sections may be anywhere.",
        bad: "# XIP-1: Cache\n\n## Design\n\nA map.\n\n## Summary\n\nFast.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Own\n\nMine.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(misplaced(proposal).map(finding)),
    fixes,
    ..Rule::PLAIN
};

fn finding(misplaced: Misplaced<'_>) -> Finding {
    let Misplaced { section, found, next_to } = misplaced;
    let (word, other) = match next_to {
        NextTo::Before(other) => ("after", other),
        NextTo::After(other) => ("before", other),
    };
    let name = &section.name;
    let message = says(
        format!("section \"{name}\" is out of order"),
        format!("the template has it {word} \"{}\"", other.heading.core),
    );
    Finding::new(found.heading.content, message)
        .with_related(RelatedPlace::Document(other.heading.content), &format!("it belongs {word} this section"))
        .with_related(RelatedPlace::Template(section.heading), "this is the template's section")
}

fn fixes(proposal: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    let fix = |edit| Fix::new("Put the sections in the template's order", vec![edit]).preferred();
    reorder(proposal).map(fix).into_iter().collect()
}
