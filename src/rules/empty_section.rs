//! `empty-section`: a section of the template has nothing below its heading.

use super::{About, Blocks, Docs, Finding, Rule, Several, Severity, directives::is_suppression, says};
use crate::document::{Proposal, State};
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "empty-section",
    severity: Severity::Hint,
    summary: "a section of the template has nothing below its heading",
    docs: Docs {
        why: "An empty section looks forgotten. Say briefly why it does not apply, or remove it if it is optional.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n\nNone.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n### Parts\n\n## Notes\n\nNone.\n",
    },
    check: |proposal, findings| {
        for section in proposal.template.sections.iter().filter(|section| is_empty(proposal, section)) {
            let Some(found) = proposal.section(section) else { continue };
            let advice = if section.is_optional { ", or remove it" } else { ", or say why it does not apply" };
            let message = says(format!("section \"{}\" is empty", section.name), format!("fill it in{advice}"));
            findings.push(Finding::of_section(found.heading.content, message, section));
        }
    },
    blocks: Blocks::UnlessOptional,
    several: Some(Several { says: "sections are empty", about: About::Section }),
    ..Rule::PLAIN
};

/// Whether the document's section that is the template's `section` has nothing but comments that suppress rules. A section within
/// an unfilled one does not count, as the latter is reported.
fn is_empty(proposal: &Proposal<'_>, section: &TemplateSection) -> bool {
    let is_nothing = match (proposal.state(section), proposal.section(section)) {
        (Some(State::Empty), _) => true,
        (Some(State::Bare), Some(found)) => {
            proposal.blocks_of(found).all(|block| !block.is_heading() && is_suppression(proposal.text(), block.span))
        }
        _ => false,
    };
    is_nothing && proposal.section(section).is_some_and(|found| !proposal.is_within_unfilled(found))
}
