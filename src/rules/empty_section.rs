//! `empty-section`: a section of the template has a heading and nothing below it.

use super::{Docs, Finding, Rule, Scope, Severity, no_fixes, suppression::is_suppression};
use crate::document::Proposal;
use crate::syntax::{Block, BlockKind, Section};

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
    has_safe_fix: false,
    scope: Scope::Proposal,
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

/// Whether there is no block in `section` but its heading: neither text nor parts. Comments directly above the next heading
/// belong to that, and those that keep rules quiet say nothing.
fn is_empty(proposal: &Proposal<'_>, section: &Section) -> bool {
    let blocks = proposal.document.blocks();
    let next = blocks.list.partition_point(|block| block.span.start < section.body().start);
    let end = blocks.lead(proposal.text(), section.span.end);
    let says_something = |block: &&Block| block.kind != BlockKind::Html || !is_suppression(proposal.text(), block.span);
    blocks.list[next..].iter().find(says_something).is_none_or(|block| block.span.start >= end)
}
