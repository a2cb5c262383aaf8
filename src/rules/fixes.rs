//! The fixes for what rules report.

use super::fix::Fix;
use super::missing_section::Whole;
use super::rule::Diagnostic;
use super::{heading_instruction, missing_optional_section, missing_section, template_instruction};
use crate::document::Proposal;
use crate::text::Edit;

/// The fixes for `diagnostic`, which [`check`](super::check()) found in this very `proposal`.
pub fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fixes = match proposal.index_page() {
        Some(page) => (diagnostic.rule.fixes_on_index)(page, diagnostic),
        None => (diagnostic.rule.fixes)(proposal, diagnostic),
    };
    debug_assert!(diagnostic.rule.has_safe_fix || fixes.iter().all(|fix| !fix.is_safe), "{:?}", diagnostic.rule);
    fixes
}

/// The fixes of [`fixes`] that are for `diagnostic` alone, and what else is, for [`whole_fix`]. No other is preferred or safe.
pub fn own_fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> (Vec<Fix>, Vec<Whole>) {
    if [&missing_section::RULE, &missing_optional_section::RULE].contains(&diagnostic.rule) {
        return (missing_section::alone(proposal, diagnostic), missing_section::wholes(proposal, diagnostic));
    }
    (fixes(proposal, diagnostic), Vec::new())
}

/// The fix for `whole`, if there is more than one to mend.
pub fn whole_fix(proposal: &Proposal<'_>, whole: Whole) -> Option<Fix> {
    missing_section::for_whole(proposal, whole)
}

/// The edits, which do not overlap, that take out of `proposal` what the template says to the author: instructions, and notes
/// on headings.
pub fn remove_guidance(proposal: &Proposal<'_>) -> Vec<Edit> {
    let mut edits = heading_instruction::removals(proposal);
    edits.extend(template_instruction::remove_all(proposal));
    edits
}

/// What [`remove_guidance`] leaves in `proposal`, and why; none where it leaves nothing.
pub fn kept_guidance(proposal: &Proposal<'_>) -> Option<String> {
    template_instruction::kept(proposal)
}
