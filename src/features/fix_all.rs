//! Many fixes at once: every safe one, as an editor applies them on saving, or every one that is preferred.

use crate::document::{AnchorChange, Document, Edited, Proposal};
use crate::rules::{Diagnostic, Fix, Severities, check, is_learnt, own_fixes};
use crate::text::{Edit, Rounds, apply};

/// How often what the fixes leave is looked at again. One round is the rule, two where fixes touch each other.
const MAX_ROUNDS: usize = 10;

/// How many diagnostics a round looks at: far more than a proposal has.
const MAX_DIAGNOSTICS: usize = 1000;

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Those that are safe; see [`Fix::is_safe`].
    Safe,
    /// Those, and for a diagnostic without one the preferred fix.
    Any,
}

/// What applies the safe fixes for the diagnostics of `proposal` and for those that are left then, until there is nothing safe to
/// do any more.
pub fn fix_all(proposal: &Proposal<'_>, severities: &Severities) -> Edited {
    fix_all_of(proposal, severities, Safety::Safe)
}

/// [`fix_all`] with the fixes that `safety` allows.
pub fn fix_all_of(proposal: &Proposal<'_>, severities: &Severities, safety: Safety) -> Edited {
    let mut rounds = Rounds::of(proposal.text());
    let mut text = proposal.text().clone();
    let mut edits = round(proposal, severities, safety);
    let mut anchors = AnchorChange::of(proposal.document, &edits);
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        rounds.add(&edits);
        text = apply(&text, &edits);
        let fixed = Document::closed(&text.to_string());
        edits = round(&proposal.reread(&fixed), severities, safety);
        // What changes no name may move some.
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
    diagnostics.iter().any(|found| found.rule.has_safe_fix && safe_fix(proposal, found).is_some())
}

/// The edits of the fixes that keep apart from each other, and of the links that follow them.
fn round(proposal: &Proposal<'_>, severities: &Severities, safety: Safety) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let found = check(proposal, severities);
    // What is learnt from others changes with them: nothing is rewritten after it unseen.
    let may_fix =
        |found: &&Diagnostic| (safety == Safety::Any || found.rule.has_safe_fix) && !is_learnt(proposal, found.rule);
    for diagnostic in found.iter().filter(may_fix).take(MAX_DIAGNOSTICS) {
        let safe = safe_fix(proposal, diagnostic);
        let fix = safe.or_else(|| if safety == Safety::Any { obvious_fix(proposal, diagnostic) } else { None });
        let Some(fix) = fix else { continue };
        // One that changes several places, such as the level of all headings, may change what the others are to do.
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

/// The preferred one of the safe fixes, else the first.
fn safe_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    own_fixes(proposal, diagnostic).0.into_iter().filter(|fix| fix.is_safe).min_by_key(|fix| !fix.is_preferred)
}

/// The preferred one of the fixes. What a fix changes in another file is left out: the fault is reported there as well, with a
/// fix of its own.
fn obvious_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    own_fixes(proposal, diagnostic).0.into_iter().find(|fix| fix.is_preferred && fix.elsewhere.is_none())
}
