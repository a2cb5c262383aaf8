//! `unfilled-section`: a section has only the template's text.

use super::{About, Blocks, Diagnostic, Docs, Finding, Fix, Rule, Several, Severity, says, template_instruction};
use crate::document::Proposal;
use crate::syntax::Section;
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "unfilled-section",
    severity: Severity::Hint,
    summary: "a section has only the template's text",
    docs: Docs {
        why: "The section is still to be written. One hint says so, instead of one for each instruction in it, and the \
              section does not count as done. Checkboxes, licences and text that many of a family's documents leave \
              unchanged are meant to stay.",
        bad: "# XIP-1: Cache\n\n## Summary\n\n_Say what changes._\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nReads are cached.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.unfilled_sections().map(|(section, found)| finding(section, found)));
    },
    fixes,
    blocks: Blocks::UnlessOptional,
    several: Some(Several { says: "sections have only the template's text", about: About::Section }),
    ..Rule::PLAIN
};

fn finding(section: &TemplateSection, found: &Section) -> Finding {
    let advice = if section.is_optional { "write it, or remove it" } else { "write it, or say why it does not apply" };
    let message = says(format!("section \"{}\" has only the template's text", section.name), advice);
    Finding::of_section(found.heading.content, message, section)
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let found = proposal.unfilled_sections().find(|(section, _)| Some(section.index) == diagnostic.subject);
    let Some((section, found)) = found else { return Vec::new() };
    let edits = template_instruction::clear(proposal, found);
    let title = format!("Remove the template's text from \"{}\"", section.name);
    if edits.is_empty() { Vec::new() } else { vec![Fix::new(title, edits)] }
}
