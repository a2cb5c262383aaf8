//! What can be said about the status of a proposal: since when it has it, what may follow, and what that needs.

use super::readiness::Readiness;
use crate::document::{Proposal, Surroundings};
use crate::rules::{Diagnostic, Severities, joined};

/// Returns what can be said about the status of `proposal`, whose faults are `diagnostics` under `severities`, each in a sentence.
pub(super) fn told(proposal: &Proposal<'_>, diagnostics: &[Diagnostic], severities: &Severities) -> Vec<String> {
    let since = proposal.surroundings().and_then(Surroundings::status_since).map(|day| format!("Since {day}."));
    let next = proposal.stage().and_then(|stage| stage.next.as_ref());
    let follows = next.map(|next| match next.as_slice() {
        [] => "Nothing may follow.".to_owned(),
        [only] => format!("Only {only} may follow."),
        several => format!("{} may follow.", joined(several, "and")),
    });
    let readiness = Readiness::of(proposal, diagnostics, severities);
    let needs = readiness.next.is_some().then(|| sentence(&readiness.verdict()));
    since.into_iter().chain(follows).chain(needs).collect()
}

/// Returns `text` with a large first letter and a stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}
