//! Quick fixes: what can be done about the diagnostics at a place.

use crate::document::Proposal;
use crate::rules::{Diagnostic, Fix, fixes, suppressing};
use crate::text::Span;

/// A fix with the diagnostics that it removes.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    /// The fix.
    pub fix: Fix,
    /// The diagnostics that offered it.
    pub diagnostics: Vec<&'a Diagnostic>,
}

/// The actions for those of `diagnostics`, found in this very `proposal`, that meet `span`; links in it go on leading where they
/// do. One that several of them offer
/// stands once, behind those that are for one of them; comments that suppress diagnostics come last.
pub fn actions<'a>(proposal: &Proposal<'_>, diagnostics: &'a [Diagnostic], span: Span) -> Vec<Action<'a>> {
    let met: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.span.meets(span)).collect();
    let mut actions = gather(proposal, &met, |diagnostic| fixes(proposal, diagnostic));
    actions.sort_by_key(|action| action.diagnostics.len() > 1);
    actions.extend(gather(proposal, &met, |diagnostic| suppressing(proposal, diagnostic)));
    actions
}

fn gather<'a>(
    proposal: &Proposal<'_>,
    diagnostics: &[&'a Diagnostic],
    fixes: impl Fn(&Diagnostic) -> Vec<Fix>,
) -> Vec<Action<'a>> {
    let mut actions: Vec<Action<'a>> = Vec::new();
    for diagnostic in diagnostics.iter().copied() {
        for fix in fixes(diagnostic) {
            let is_same = |other: &Fix| {
                (&other.title, &other.edits, &other.elsewhere) == (&fix.title, &fix.edits, &fix.elsewhere)
            };
            match actions.iter_mut().find(|action| is_same(&action.fix)) {
                Some(action) => action.diagnostics.push(diagnostic),
                None => actions.push(Action { fix, diagnostics: vec![diagnostic] }),
            }
        }
    }
    for Action { fix, .. } in &mut actions {
        fix.edits = proposal.following(std::mem::take(&mut fix.edits));
    }
    actions
}
