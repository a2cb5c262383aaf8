//! `other-form`: a proposal has a form of its own, and few or none of the template's sections.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, missing_section, says};
use crate::document::Proposal;

pub(super) static RULE: Rule = Rule {
    id: "other-form",
    severity: Severity::Information,
    summary: "a proposal has its own headings, and few or none of the template's",
    docs: Docs {
        why: "An older document, or one from elsewhere, is not wrong in as many ways as the template has sections. One \
              finding says so, instead of one for each section. \"Few\" means at most a third of the sections that the \
              template asks for. In a document that is not committed yet, each missing section is reported.",
        bad: "# XIP-1: Cache\n\n## What\n\nA cache.\n\n## Why\n\nSpeed.\n\n## How\n\nA map.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nA cache.\n\n## Design\n\nA map.\n\n## Notes\n\nNone.\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    fixes,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let first = &proposal.template.sections.first().filter(|_| proposal.has_own_form())?.name;
    let count = match proposal.found_count() {
        0 => "none".to_owned(),
        found => format!("{found}"),
    };
    let message = says(
        format!("proposal has {count} of the template's {} sections", proposal.template.top().count()),
        format!("add them, starting with \"{first}\", unless it has its own form"),
    );
    Some(Finding::new(proposal.title_span(), message))
}

fn fixes(proposal: &Proposal<'_>, _: &Diagnostic) -> Vec<Fix> {
    missing_section::insert_many(proposal)
}
