//! Every safe fix at once, as an editor applies them on saving.

use crate::document::{Document, Proposal};
use crate::rules::{Diagnostic, Fix, Severities, check, fixes};
use crate::text::{Edit, Rounds, apply};

/// How often what the fixes leave is looked at again. One round is the rule, two where fixes touch each other.
const MAX_ROUNDS: usize = 10;

/// How many diagnostics a round looks at: far more than a proposal has.
const MAX_DIAGNOSTICS: usize = 1000;

/// The edits, which do not overlap, that apply the safe fixes for the diagnostics of `proposal` and for those that are left
/// then, until there is nothing safe to do any more.
pub fn fix_all(proposal: &Proposal<'_>, severities: &Severities) -> Vec<Edit> {
    let mut rounds = Rounds::of(proposal.text());
    let mut text = proposal.text().clone();
    let mut edits = round(proposal, severities);
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        rounds.add(&edits);
        text = apply(&text, &edits);
        let fixed = Document::closed(&text.to_string());
        edits = round(&proposal.reread(&fixed), severities);
    }
    rounds.edits(proposal.text())
}

/// Whether [`fix_all`] would change `proposal`, whose faults are `diagnostics`.
pub fn is_needed(proposal: &Proposal<'_>, diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|found| found.rule.has_safe_fix && safe_fix(proposal, found).is_some())
}

/// The edits of the safe fixes that keep apart from each other.
fn round(proposal: &Proposal<'_>, severities: &Severities) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let found = check(proposal, severities);
    for diagnostic in found.iter().filter(|found| found.rule.has_safe_fix).take(MAX_DIAGNOSTICS) {
        let Some(fix) = safe_fix(proposal, diagnostic) else { continue };
        let is_free = |edit: &Edit| !taken.iter().any(|other| other.span.meets(edit.span));
        if fix.edits.iter().all(is_free) {
            taken.extend(fix.edits);
        }
    }
    taken
}

/// The preferred one of the safe fixes, else the first.
fn safe_fix(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    fixes(proposal, diagnostic).into_iter().filter(|fix| fix.is_safe).min_by_key(|fix| !fix.is_preferred)
}
