//! `empty-section`: a section of the template has a heading and nothing below it.

use super::{Docs, Finding, Rule, Severity, no_fixes};
use crate::document::Proposal;
use crate::syntax::Section;

pub(super) static RULE: Rule = Rule {
    id: "empty-section",
    severity: Severity::Hint,
    summary: "a section of the template has nothing below its heading",
    docs: Docs {
        why: "An empty section looks forgotten. Say in a word why it does not apply, or take an optional one out.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n\nNone.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n### Parts\n\n## Notes\n\nNone.\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    check: |proposal, findings| {
        for section in &proposal.template.sections {
            let Some(found) = proposal.section(section).filter(|found| is_empty(proposal, found)) else { continue };
            let advice = if section.is_optional { ", or take it out" } else { ", or say why it does not apply" };
            let message = format!("section \"{}\" is empty; fill it in{advice}", section.name);
            findings.push(Finding::of_section(found.heading.content, message, section));
        }
    },
    fixes: no_fixes,
};

/// Whether there is no block in `section` but its heading: neither text nor parts.
fn is_empty(proposal: &Proposal<'_>, section: &Section) -> bool {
    let blocks = &proposal.document.blocks().list;
    let next = blocks.partition_point(|block| block.span.start < section.body().start);
    blocks.get(next).is_none_or(|block| block.span.start >= section.span.end)
}
