//! `duplicate-definition`: a label of links is defined twice.

use super::{Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Severity, says};
use crate::document::{Proposal, removal};
use crate::syntax::{Redefined, redefined};
use crate::text::{Edit, Span, Text};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-definition",
    severity: Severity::Warning,
    summary: "a label of links is defined twice",
    docs: Docs {
        why: "Markdown goes by the first definition of a label, without regard to case, so that the later one is never used and \
              what it says is lost. Where both lead to the same place nothing is lost, and it is a hint. A later \
              definition in a quote or a list is not looked at.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [the map][map].\n\n[map]: xip-2.md\n\n## Design\n\nA [Map].\n\n[Map]: xip-4.md\n[map]: xip-2.md\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [the map][map].\n\n[map]: xip-2.md\n\n## Design\n\nA [tree].\n\n[tree]: xip-4.md\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(all(proposal).iter().map(finding)),
    is_of_document: true,
    fixes,
    ..Rule::PLAIN
};

fn all(proposal: &Proposal<'_>) -> Vec<Redefined> {
    let document = proposal.document;
    redefined(proposal.text(), document.blocks(), &document.definitions())
}

fn is_same(found: &Redefined) -> bool {
    found.definition.destination == found.first.destination
}

fn finding(found: &Redefined) -> Finding {
    let label = &found.definition.label;
    let (message, severity) = if is_same(found) {
        let fault = format!("label \"{label}\" is defined twice, and leads to the same place");
        (says(fault, "remove this one"), Severity::Hint)
    } else {
        let fault = format!("label \"{label}\" is defined twice, and the first definition counts");
        (says(fault, "give this one another label, or remove it"), Severity::Warning)
    };
    let finding = Finding::new(found.definition.span, message).severe(severity);
    finding.with_related(RelatedPlace::Document(found.first.span), "the first one is here")
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let found = all(proposal).into_iter().find(|found| found.definition.span == diagnostic.span);
    let edit = found.filter(is_same).and_then(|found| without(proposal.text(), found.definition.span));
    edit.map(|edit| Fix::new("Remove the second definition", vec![edit]).preferred()).into_iter().collect()
}

/// Returns the edit that removes the definition at `span` from `text`. Between two other definitions only its lines go.
fn without(text: &Text, span: Span) -> Option<Edit> {
    let (first, last) = (text.line_at(span.start), text.line_at(span.end));
    let is_between = first > 0 && !text.is_blank_line(first - 1) && !text.is_blank_line(last + 1);
    if is_between {
        let lines = Span::new(text.line_start(first), text.line_start(last + 1));
        return Some(Edit { span: lines, content: String::new() });
    }
    removal(text, span)
}
