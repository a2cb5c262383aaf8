//! `heading-instruction`: the template's note on a heading is still there.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity, says};
use crate::document::{HeadingNote, Proposal, heading_notes};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "heading-instruction",
    severity: Severity::Hint,
    summary: "a heading still has the template's note",
    docs: Docs {
        why: "A note in italics after a heading, such as a word limit, is for the author. If it stays, it appears in the \
              table of contents and in every link to the section.",
        bad: "# XIP-1: Cache\n\n## Summary _(8 words at most)_\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary _(fast)_\n\nFast.\n\n## Design\n\nA map.\n\n## Notes (optional)\n",
    },
    check: |proposal, findings| {
        findings.extend(heading_notes(proposal).iter().map(finding));
    },
    fixes,
    ..Rule::PLAIN
};

fn finding(found: &HeadingNote<'_>) -> Finding {
    let message = says(format!("\"{}\" is a note from the template", found.note), "remove it from the heading");
    Finding::of_section(found.span, message, found.section)
}

/// Returns the edits that remove the template's notes from all headings.
pub(super) fn removals(proposal: &Proposal<'_>) -> Vec<Edit> {
    heading_notes(proposal).iter().map(|note| removal(proposal, note.span)).collect()
}

fn removal(proposal: &Proposal<'_>, note: Span) -> Edit {
    let text = proposal.text();
    let line = text.line_span_at(note.start).start;
    let name_end = text.trim_end(Span::new(line, note.start)).end;
    Edit { span: Span::new(name_end, note.end), content: String::new() }
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    vec![Fix::new("Remove the note from the heading", vec![removal(proposal, diagnostic.span)]).preferred()]
}
