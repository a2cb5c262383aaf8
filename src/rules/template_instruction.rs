//! `template-instruction`: an instruction of the template is still there, word for word.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Severity};
use crate::document::{Proposal, removal, removals};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "template-instruction",
    severity: Severity::Information,
    summary: "an instruction of the template is still there",
    docs: Docs {
        why: "Instructions are for the author, not for the reader. Only paragraphs and list items in italics that say what the \
              template says, to the word, are found: your own italics are yours.",
        bad: "# XIP-1: Cache\n\n## Summary\n\n_Say what\nchanges._\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\n_Everything_ is cached.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: true,
    check: |proposal, findings| {
        let message = "instruction of the template; take it out once you have followed it";
        findings.extend(spans(proposal).into_iter().map(|span| Finding::new(span, message.to_owned())));
    },
    fixes,
};

fn spans(proposal: &Proposal<'_>) -> Vec<Span> {
    proposal.instructions().into_iter().map(|instruction| instruction.span).collect()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(edit) = removal(proposal.text(), diagnostic.span) else { return Vec::new() };
    let mut fixes = vec![Fix::new("Remove this instruction", vec![edit]).preferred()];
    let spans = spans(proposal);
    if spans.len() > 1 {
        let edits = removals(proposal.text(), &spans);
        fixes.push(Fix::new("Remove all instructions of the template", edits));
    }
    fixes
}
