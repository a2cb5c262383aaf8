//! `heading-instruction`: the template's note on a heading is still there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::Proposal;
use crate::syntax::Heading;
use crate::text::{Edit, Offset, Span};

pub(super) static RULE: Rule = Rule {
    id: "heading-instruction",
    severity: Severity::Hint,
    summary: "the template's note on a heading is still there",
    docs: Docs {
        why: "A note in italics behind a heading, such as a word limit, is for the author. Left there, it is in the table of \
              contents and in every link to the section.",
        bad: "# XIP-1: Cache\n\n## Summary _(8 words at most)_\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary _(fast)_\n\nFast.\n\n## Design\n\nA map.\n\n## Notes (optional)\n",
    },
    is_unnecessary: true,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: |proposal, findings| {
        for section in &proposal.template.sections {
            if let Some((tail, note)) =
                proposal.section(section).and_then(|found| left_over(&found.heading, section.note.as_ref()))
            {
                let message = format!("\"{note}\" is a note of the template; take it out of the heading");
                findings.push(Finding::of_section(tail, message, section));
            }
        }
    },
    fixes,
};

/// Where the template's note stands in `heading`, and what it says.
fn left_over<'a>(heading: &Heading, note: Option<&'a String>) -> Option<(Span, &'a String)> {
    let tail = heading.tail.as_ref().filter(|tail| tail.is_italic)?;
    note.filter(|note| **note == tail.text).map(|note| (tail.span, note))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let text = proposal.text();
    let line = text.line_span_at(diagnostic.span.start).start;
    let name_end = text.trim_end(Span::new(line, diagnostic.span.start)).end;
    let edit = Edit { span: Span::new(name_end.max(Offset::ZERO), diagnostic.span.end), content: String::new() };
    vec![Fix::new("Remove the note from the heading", vec![edit]).preferred()]
}
