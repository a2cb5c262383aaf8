//! `template-instruction`: an instruction of the template is still there, verbatim.

use super::{About, Blocks, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says};
use crate::document::{Deviation, Proposal, removal, removals};
use crate::syntax::{Mark, Paragraph, Section};
use crate::template::is_bracketed;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "template-instruction",
    severity: Severity::Information,
    summary: "an instruction from the template is left",
    docs: Docs {
        why: "Instructions are for the author, not for the reader. The rule reports paragraphs and list items in italics or \
              brackets, quotes and comments that match the template word for word, and never your own. Plain prose from the \
              template is a hint if it has at least eight words and is neither a question nor ends with a colon, because \
              then the text after it answers it. Text that more than a third of a family's documents keep is meant to stay. \
              The finding is a hint while the proposal is being written, and a warning once it is past the template's first \
              status.",
        bad: "# XIP-1: Cache\n\n## Summary\n\n_Say what\nchanges._\n\nReads are cached.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\n_Everything_ is cached.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let is_late = std::cell::LazyCell::new(|| proposal.is_past_first_status());
        findings.extend(left(proposal).map(|instruction| finding(proposal, instruction, || *is_late)));
    },
    fixes,
    blocks: Blocks::Always,
    one: Some("1 template instruction is left"),
    several: Some(Several { says: "template instructions are left", about: About::Nothing }),
    grows_with_status: true,
    ..Rule::PLAIN
};

/// Returns the instructions to remove one by one. Not among them are those that so many other documents keep that they are meant to
/// stay, questions and lead-ins in plain text, which the text after them answers, and those in sections that have nothing else.
pub(super) fn left<'a>(proposal: &'a Proposal<'_>) -> impl Iterator<Item = &'a Paragraph> {
    let mut unfilled: Vec<Span> = proposal.unfilled_sections().map(|(_, found)| proposal.region(found)).collect();
    // A placeholder in place of a value is reported for the value.
    unfilled.extend(proposal.section_metadata().into_iter().flat_map(|found| &found.entries).map(|entry| entry.value));
    let is_unfilled = move |place: Span| unfilled.iter().any(|span| span.contains(place.start));
    let found = proposal.instructions().iter();
    found.filter(move |found| !is_said_on(found) && !is_unfilled(found.span) && !is_kept(proposal, found))
}

/// Whether so many other documents have kept `instruction` that it is meant to stay.
fn is_kept(proposal: &Proposal<'_>, instruction: &Paragraph) -> bool {
    proposal.is_usual(Deviation::keeps(&instruction.text))
}

/// Whether `instruction` is a question or a lead-in in plain text, which the text after it answers.
fn is_said_on(instruction: &Paragraph) -> bool {
    is_prose(instruction) && instruction.text.ends_with(['?', ':'])
}

/// Returns the finding for `instruction`; `is_late` tells whether the status is past the first one.
fn finding(proposal: &Proposal<'_>, instruction: &Paragraph, is_late: impl FnOnce() -> bool) -> Finding {
    let words = first_words(&instruction.text);
    let message =
        says(format!("\"{words}\" is an instruction from the template"), "remove it once you have followed it");
    let severity = match is_prose(instruction) {
        true => Some(Severity::Hint),
        false => is_late().then_some(Severity::Warning),
    };
    let finding = Finding { severity, ..Finding::new(instruction.span, message) };
    finding.lowered(proposal, Deviation::keeps(&instruction.text))
}

/// The maximum number of characters of an instruction in a message.
const MAX_QUOTED: usize = 40;

/// Returns the first words of `text`, a rendered paragraph; in a language without spaces, its first characters.
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
        fixes.push(Fix::new("Remove all template instructions", remove_all(proposal)));
    }
    fixes
}

/// Returns the edits that remove all instructions, and all text of the template where a section has no other, as far as possible.
pub(super) fn remove_all(proposal: &Proposal<'_>) -> Vec<Edit> {
    let mut spans: Vec<Span> = left(proposal).map(|instruction| instruction.span).collect();
    spans.extend(proposal.unfilled_sections().flat_map(|(_, found)| words_of(proposal, found)));
    spans.sort_unstable();
    spans.dedup();
    removals(proposal.text(), &spans)
}

/// Returns the edits that remove the template's text from `section`, which has no other.
pub(super) fn clear(proposal: &Proposal<'_>, section: &Section) -> Vec<Edit> {
    removals(proposal.text(), &words_of(proposal, section))
}

/// Returns the spans of the template's blocks in `section`, which has no others except comments.
fn words_of(proposal: &Proposal<'_>, section: &Section) -> Vec<Span> {
    let instructions = &proposal.template.instructions;
    let blocks = proposal.blocks_of(section).filter(|block| instructions.say_all(proposal.text(), block));
    blocks.map(|block| block.span).collect()
}

/// Returns a description of the template's text that [`remove_all`] leaves in `proposal`, and why.
pub(super) fn kept(proposal: &Proposal<'_>) -> Option<String> {
    let kept = proposal.instructions().iter().filter(|found| is_kept(proposal, found)).count();
    let said_on = proposal.instructions().iter().filter(|found| is_said_on(found) && !is_kept(proposal, found)).count();
    let shared = left(proposal).filter(|found| removal(proposal.text(), found.span).is_none()).count();
    let told = |count: usize, why: &str| {
        let what = if count == 1 { "1 text".to_owned() } else { format!("{count} texts") };
        (count > 0).then(|| format!("{what} that {why}"))
    };
    let many = |count: usize, one: &'static str, more: &'static str| if count == 1 { one } else { more };
    let parts = [
        told(kept, "many other documents keep"),
        told(said_on, many(said_on, "what follows it answers", "what follows them answers")),
        told(shared, many(shared, "shares lines with other text", "share lines with other text")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("kept {}", parts.join(" and ")))
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
