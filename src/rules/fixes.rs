//! The fixes for diagnostics.

use super::fix::Fix;
use super::missing_section::Whole;
use super::rule::{Diagnostic, LooksAt};
use super::{heading_instruction, missing_optional_section, missing_section, template_instruction};
use crate::document::Proposal;
use crate::text::Edit;

/// Returns the fixes for `diagnostic`, which [`check`](super::check()) must have returned for this very `proposal`.
pub fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fixes = match proposal.index_page() {
        Some(page) => (diagnostic.rule.fixes_on_index)(page, diagnostic),
        None => (diagnostic.rule.fixes)(proposal, diagnostic),
    };
    debug_assert!(diagnostic.rule.has_safe_fix || fixes.iter().all(|fix| !fix.is_safe), "{:?}", diagnostic.rule);
    fixes
}

/// Whether the fixes for `diagnostic` of `proposal` change another file: what an index page says of a proposal is fixed on the page.
pub fn are_elsewhere(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> bool {
    proposal.index_page().is_none() && diagnostic.rule.looks_at == LooksAt::IndexPages
}

/// Returns those of [`fixes`] that are for `diagnostic` alone, and the others as input for [`whole_fix`]. The others are neither
/// preferred nor safe.
pub fn own_fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> (Vec<Fix>, Vec<Whole>) {
    if [&missing_section::RULE, &missing_optional_section::RULE].contains(&diagnostic.rule) {
        return (missing_section::alone(proposal, diagnostic), missing_section::wholes(proposal, diagnostic));
    }
    (fixes(proposal, diagnostic), Vec::new())
}

/// Returns the fix for `whole`, if there is more than one diagnostic to fix.
pub fn whole_fix(proposal: &Proposal<'_>, whole: Whole) -> Option<Fix> {
    missing_section::for_whole(proposal, whole)
}

/// Returns the edits, which do not overlap, that remove from `proposal` what the template says to the author: instructions, and
/// notes on headings.
pub fn remove_guidance(proposal: &Proposal<'_>) -> Vec<Edit> {
    let mut edits = heading_instruction::removals(proposal);
    edits.extend(template_instruction::remove_all(proposal));
    edits
}

/// Returns a description of what [`remove_guidance`] leaves in `proposal`, and why; `None` if it leaves nothing.
pub fn kept_guidance(proposal: &Proposal<'_>) -> Option<String> {
    template_instruction::kept(proposal)
}
