//! `duplicate-definition`: a label of links is defined twice.

use super::{Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Severity, says};
use crate::document::Proposal;
use crate::syntax::{Definition, Redefined};
use crate::text::{Edit, Span, Text};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-definition",
    severity: Severity::Warning,
    summary: "a link label is defined twice",
    docs: Docs {
        why: "Markdown uses the first definition of a label, ignoring case, so the later one is never used. If both have \
              the same destination, nothing is lost, and it is a hint. A later definition is not checked if it is indented, \
              in a quote, or a comment such as `[//]: # (Later)`.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nSee [the map][map].\n\n[map]: xip-2.md\n\n## Design\n\nA [Map].\n\n[Map]: xip-4.md\n[map]: xip-2.md\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nSee [the map][map].\n\n[map]: xip-2.md\n\n## Design\n\nA [tree].\n\n[tree]: xip-4.md\n\n## Notes\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.redefined().iter().filter(|found| !is_comment(&found.definition)).map(finding))
    },
    is_of_document: true,
    fixes,
    ..Rule::PLAIN
};

fn is_same(found: &Redefined) -> bool {
    found.definition.destination == found.first.destination
}

fn finding(found: &Redefined) -> Finding {
    let label = &found.definition.label;
    let (message, severity) = if is_same(found) {
        let fault = format!("label \"{label}\" is defined twice, with the same destination");
        (says(fault, "remove this one"), Severity::Hint)
    } else {
        let fault = format!("label \"{label}\" is defined twice, and the first definition counts");
        (says(fault, "give this one another label, or remove it"), Severity::Warning)
    };
    let finding = Finding::new(found.definition.span, message).severe(severity);
    finding.with_related(RelatedPlace::Document(found.first.span), "the first one is here")
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let all = proposal.redefined();
    let place = all.binary_search_by_key(&diagnostic.span, |found| found.definition.span);
    let found = place.ok().map(|place| &all[place]);
    let edit = found
        .filter(|found| says_the_same(proposal.text(), found))
        .and_then(|found| without(proposal.text(), found.definition.span));
    edit.map(|edit| Fix::new("Remove the second definition", vec![edit]).preferred()).into_iter().collect()
}

/// Whether `definition` is a comment, as in `[//]: # (Not for readers)`.
fn is_comment(definition: &Definition) -> bool {
    matches!(definition.destination.as_str(), "" | "#")
}

/// Whether both definitions say the same after their labels.
fn says_the_same(text: &Text, found: &Redefined) -> bool {
    let rest = |span: Span| text.slice(span).split_once("]:").map(|(_, rest)| rest.trim().to_owned());
    rest(found.definition.span) == rest(found.first.span)
}

/// Returns the edit that removes the definition at `span` from `text`. `None` unless what follows reads the same without it: a
/// definition keeps two lists or two code blocks apart, and may be all that makes an indented line no part of an item.
fn without(text: &Text, span: Span) -> Option<Edit> {
    let (first, last, lines) = (text.line_at(span.start), text.line_at(span.end), text.line_count());
    let next = (last + 1..lines).find(|line| !text.is_blank_line(*line));
    let is_plain = |line| {
        text.slice(text.line_span(line)).starts_with(|sign: char| sign.is_alphabetic() || sign == '[' || sign == '#')
    };
    let is_alone = text.line_start(first) == span.start
        && text.slice(Span::new(span.end, text.line_span(last).end)).trim().is_empty();
    (is_alone && next.is_none_or(is_plain)).then_some(())?;
    let is_blank = |line: usize| line < lines && text.is_blank_line(line);
    let is_after_blank = first > 0 && is_blank(first - 1);
    // Of the blank lines around the definition one stays, and none at the end of the text.
    let start = if next.is_none() && is_after_blank { first - 1 } else { first };
    let end = if (is_after_blank || first == 0) && is_blank(last + 1) { last + 2 } else { last + 1 };
    let end = if end < lines && next.is_some() { text.line_start(end) } else { text.end() };
    Some(Edit { span: Span::new(text.line_start(start), end), content: String::new() })
}
