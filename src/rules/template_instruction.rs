//! `template-instruction`: an instruction of the template is still there, word for word.

use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::{Deviation, Proposal, removal, removals};
use crate::syntax::{Mark, Paragraph};
use crate::template::is_bracketed;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "template-instruction",
    severity: Severity::Information,
    summary: "an instruction of the template is still there",
    docs: Docs {
        why: "Instructions are for the author, not for the reader. Paragraphs and list items in italics or brackets, \
              quotes and comments that say what the template says, to the word, are found: your own are yours. Plain prose of \
              the template is found, as a hint, from eight words on. What more than a third of a family's documents keep is meant \
              to stay.",
        bad: "# XIP-1: Cache\n\n## Summary\n\n_Say what\nchanges._\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\n_Everything_ is cached.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: true,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Proposal,
    check: |proposal, findings| {
        findings.extend(left(proposal).map(finding));
    },
    fixes,
};

/// The instructions that are to be taken out: not those that so many of the other documents have kept that they are meant to stay.
pub(super) fn left<'a>(proposal: &'a Proposal<'_>) -> impl Iterator<Item = &'a Paragraph> {
    let is_kept = |instruction: &&Paragraph| {
        proposal.surroundings().is_some_and(|surroundings| {
            let (share, evidence) = (surroundings.share(Deviation::keeps(&instruction.text)), surroundings.evidence());
            share.all >= evidence.documents && share.is_over(evidence.kept)
        })
    };
    proposal.instructions().iter().filter(move |instruction| !is_kept(instruction))
}

fn finding(instruction: &Paragraph) -> Finding {
    let words = first_words(&instruction.text);
    let message = format!("\"{words}\" is an instruction of the template; take it out once you have followed it");
    let severity = is_prose(instruction).then_some(Severity::Hint);
    Finding { severity, ..Finding::new(instruction.span, message) }
}

/// How many characters of an instruction a message has.
const MAX_QUOTED: usize = 40;

/// The first words of `text`, a paragraph as rendered; of a language without blanks, its first characters.
pub fn first_words(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_QUOTED) else { return text.to_owned() };
    let start = &text[..end];
    format!("{}…", start.rsplit_once(' ').map_or(start, |(words, _)| words))
}

/// Whether `instruction` is plain prose, which an author may have kept on purpose.
pub(super) fn is_prose(instruction: &Paragraph) -> bool {
    instruction.mark == Mark::None && !is_bracketed(&instruction.text)
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(edit) = removal(proposal.text(), diagnostic.span) else { return Vec::new() };
    let mut fixes = vec![Fix::new("Remove this instruction", vec![edit]).preferred()];
    if left(proposal).count() > 1 {
        fixes.push(Fix::new("Remove all instructions of the template", remove_all(proposal)));
    }
    fixes
}

/// The edits that take out all instructions, as far as that can be done.
pub(super) fn remove_all(proposal: &Proposal<'_>) -> Vec<Edit> {
    let spans: Vec<Span> = left(proposal).map(|instruction| instruction.span).collect();
    removals(proposal.text(), &spans)
}

#[cfg(test)]
mod tests {
    use super::first_words;

    #[test]
    fn a_message_has_the_first_words() {
        assert_eq!(first_words("Say why."), "Say why.");
        assert_eq!(
            first_words("Say why this is needed, what it costs, and who pays."),
            "Say why this is needed, what it costs,…"
        );
        assert_eq!(first_words(&"💡".repeat(41)), format!("{}…", "💡".repeat(40)));
    }
}
