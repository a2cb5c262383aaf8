//! `unfinished-accepted`: a proposal is past discussion while parts of the template are still in it.

use super::message::joined;
use super::{Blocks, Docs, Finding, RelatedPlace, Rule, Severity, says, template_instruction, unfilled_placeholder};
use crate::document::Proposal;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "unfinished-accepted",
    severity: Severity::Warning,
    summary: "the proposal is past discussion, but instructions or placeholders from the template are left",
    docs: Docs {
        why: "The document should say what was agreed, and nothing should be left open by accident.",
        bad: "# XIP-1: Cache\n\n- **Status**: Accepted\n- **Author(s)**: A. Author\n\n## Summary\n\n_Say what changes._\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Author(s)**: A. Author\n\n## Summary\n\n_Say what changes._\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(finding(proposal)),
    blocks: Blocks::Never,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>) -> Option<Finding> {
    let status = proposal.status().filter(|status| status.is_finished(proposal.template))?;
    let instructions = template_instruction::left(proposal).filter(|found| !template_instruction::is_prose(found));
    let instructions: Vec<Span> = instructions.map(|found| found.span).collect();
    let mut placeholders = Vec::new();
    unfilled_placeholder::find(proposal, &mut placeholders);
    let required = proposal.unfilled_sections().filter(|(section, _)| !section.is_optional);
    let sections: Vec<Span> = required.map(|(_, found)| found.heading.content).collect();
    let spans = instructions.iter().chain(&sections).copied();
    let first = spans.chain(placeholders.iter().map(|found| found.span)).min()?;
    let verb = if instructions.len() + placeholders.len() + sections.len() == 1 { "is" } else { "are" };
    let left = [
        count(instructions.len(), "instruction"),
        count(placeholders.len(), "placeholder"),
        count(sections.len(), "section"),
    ];
    let left: Vec<String> = left.into_iter().flatten().collect();
    let left = joined(&left, "and");
    let message = says(
        format!("status is \"{}\", but {left} from the template {verb} left", status.text),
        "complete or remove what is left",
    );
    let finding =
        Finding::new(status.span, message).with_related(RelatedPlace::Document(first), "the first one is here");
    // Instructions and placeholders are also reported at their places.
    Some(if sections.is_empty() { finding.severe(Severity::Hint) } else { finding })
}

/// Returns the number with the name, as `2 instructions`. `None` for 0.
fn count(number: usize, name: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {name}")),
        _ => Some(format!("{number} {name}s")),
    }
}
