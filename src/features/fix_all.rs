//! Many fixes at once: all safe ones, as an editor applies them on saving, or all preferred ones.

use crate::document::{AnchorChange, Document, Edited, Proposal};
use crate::rules::{Diagnostic, Fix, Severities, Severity, are_elsewhere, check, is_learnt, own_fixes};
use crate::text::{Edit, Rounds, apply};

/// The maximum number of rounds: each applies fixes to what the one before left. One is usual, two if fixes touch each other.
const MAX_ROUNDS: usize = 10;

/// The maximum number of diagnostics per round: far more than a proposal has.
const MAX_DIAGNOSTICS: usize = 1000;

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Only safe fixes; see [`Fix::is_safe`].
    Safe,
    /// Safe fixes, or else the preferred fix of a diagnostic.
    Any,
}

/// Returns the edits that apply the safe fixes for the diagnostics of `proposal`, and for those that remain afterwards, until no
/// safe fix is left.
pub fn fix_all(proposal: &Proposal<'_>, severities: &Severities) -> Edited {
    fix_all_of(proposal, severities, Safety::Safe, Severity::Hint)
}

/// Like [`fix_all`], with the fixes that `safety` allows for diagnostics that are at least as bad as `least`.
pub fn fix_all_of(proposal: &Proposal<'_>, severities: &Severities, safety: Safety, least: Severity) -> Edited {
    let mut rounds = Rounds::of(proposal.text());
    let mut text = proposal.text().clone();
    let mut edits = round(proposal, severities, safety, least);
    let mut anchors = AnchorChange::of(proposal.document, &edits);
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        rounds.add(&edits);
        text = apply(&text, &edits);
        let fixed = Document::closed(&text.to_string());
        edits = round(&proposal.reread(&fixed), severities, safety, least);
        // A round that renames no anchor itself may still move some.
        let next = AnchorChange::of(&fixed, &edits);
        anchors = match (anchors, next) {
            (Some(first), Some(next)) => Some(first.then(next)),
            (first, next) => first.or(next),
        };
    }
    Edited { edits: rounds.edits(proposal.text()), anchors }
}

/// Whether [`fix_all`] would change `proposal`, whose faults are `diagnostics`.
pub fn is_needed(proposal: &Proposal<'_>, diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|found| has_safe_fix(proposal, found))
}

/// Whether `diagnostic` of `proposal` has a safe fix that [`fix_all`] applies.
pub fn has_safe_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> bool {
    may_fix(proposal, diagnostic, Safety::Safe) && safe_fix(proposal, diagnostic).is_some()
}

/// Whether fixes for `diagnostic` may be applied unseen. What is learned from other documents changes along with them, so nothing is
/// rewritten to match it. What an index page says is fixed on the page, which reports the fault as well, with a fix of its own.
fn may_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic, safety: Safety) -> bool {
    let is_wanted = safety == Safety::Any || diagnostic.rule.has_safe_fix;
    is_wanted && !is_learnt(proposal, diagnostic.rule) && !are_elsewhere(proposal, diagnostic)
}

/// Returns the edits of the fixes that do not touch each other, and of the links that follow them.
fn round(proposal: &Proposal<'_>, severities: &Severities, safety: Safety, least: Severity) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let found = check(proposal, severities);
    let allowed = found.iter().filter(|found| found.severity <= least && may_fix(proposal, found, safety));
    for diagnostic in allowed.take(MAX_DIAGNOSTICS) {
        let safe = safe_fix(proposal, diagnostic);
        let fix = safe.or_else(|| if safety == Safety::Any { obvious_fix(proposal, diagnostic) } else { None });
        let Some(fix) = fix else { continue };
        // A fix in several places, such as of the level of all headings, may change what other fixes have to do, so it goes
        // alone.
        if fix.edits.len() > 1 {
            if taken.is_empty() {
                return proposal.following(fix.edits);
            }
            continue;
        }
        let is_free = |edit: &Edit| !taken.iter().any(|other| other.span.meets(edit.span));
        if fix.edits.iter().all(is_free) {
            taken.extend(fix.edits);
        }
    }
    proposal.following(taken)
}

/// Returns the preferred safe fix, or else the first safe one.
fn safe_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    own_fixes(proposal, diagnostic).0.into_iter().filter(|fix| fix.is_safe).min_by_key(|fix| !fix.is_preferred)
}

/// Returns the preferred fix. A fix that changes another file is left out: that file reports the fault as well, with a fix of its
/// own.
fn obvious_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    own_fixes(proposal, diagnostic).0.into_iter().find(|fix| fix.is_preferred && fix.elsewhere.is_none())
}
