//! `heading-instruction`: the template's note on a heading is still there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::{HeadingNote, Proposal, heading_notes};
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
        findings.extend(heading_notes(proposal).iter().map(finding));
    },
    fixes,
};

fn finding(found: &HeadingNote<'_>) -> Finding {
    let message = format!("\"{}\" is a note of the template; take it out of the heading", found.note);
    Finding::of_section(found.span, message, found.section)
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let text = proposal.text();
    let line = text.line_span_at(diagnostic.span.start).start;
    let name_end = text.trim_end(Span::new(line, diagnostic.span.start)).end;
    let edit = Edit { span: Span::new(name_end.max(Offset::ZERO), diagnostic.span.end), content: String::new() };
    vec![Fix::new("Remove the note from the heading", vec![edit]).preferred()]
}
