//! Quick fixes: what can be done about the diagnostics at a place.

use std::collections::{HashMap, HashSet};

use crate::cancel::pause;
use crate::document::Proposal;
use crate::rules::{Diagnostic, Fix, Suppressing, Whole, own_fixes, whole_fix};
use crate::text::Span;

/// A fix and the diagnostics that it removes.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    /// The fix.
    pub fix: Fix,
    /// The diagnostics that offered it.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// Whether it mends them, rather than suppressing them.
    pub is_mending: bool,
}

/// The maximum number of diagnostics that get actions: many more than anyone picks from.
const MAX_DIAGNOSTICS: usize = 1_000;

/// What actions are asked for.
#[derive(Clone, Debug)]
pub struct Target {
    /// The cursor or selection.
    pub span: Span,
    /// The diagnostics that the client knows in these lines: their spans, and the IDs of their rules.
    pub known: HashSet<(Span, &'static str)>,
}

impl Target {
    fn has(&self, found: &Diagnostic) -> bool {
        found.is_at(self.span) || self.known.contains(&(found.span, found.rule.id))
    }
}

/// Returns the actions for those of `diagnostics`, which were found in this very `proposal`, that `target` has. Their edits keep
/// links leading where they do. An action that several diagnostics offer appears once. What mends the worst diagnostic comes first,
/// then what mends several, then the others, the worst first; comments that suppress diagnostics come last.
pub fn actions<'a>(proposal: &Proposal<'_>, diagnostics: &'a [Diagnostic], target: &Target) -> Vec<Action<'a>> {
    let met: Vec<_> = diagnostics.iter().filter(|found| target.has(found)).take(MAX_DIAGNOSTICS).collect();
    let mut gathered = Gathered::default();
    // A fix for many diagnostics has as many edits as they are, so it is computed only once.
    let mut wholes: HashMap<Whole, Option<usize>> = HashMap::new();
    for diagnostic in met.iter().copied() {
        pause();
        let (own, whole) = own_fixes(proposal, diagnostic);
        own.into_iter().for_each(|fix| _ = gathered.add(fix, diagnostic));
        for whole in whole {
            match wholes.get(&whole) {
                Some(known) => known.iter().for_each(|place| gathered.actions[*place].diagnostics.push(diagnostic)),
                None => {
                    let place = whole_fix(proposal, whole).map(|fix| gathered.add(fix, diagnostic));
                    wholes.insert(whole, place);
                }
            }
        }
    }
    let mut actions = gathered.following(proposal);
    // What mends several is as urgent as the least of them.
    let urgency = |action: &Action<'_>| action.diagnostics.iter().map(|found| found.severity).max();
    actions.sort_by_key(|action| (urgency(action), action.diagnostics.len() > 1));
    let worst = actions.first().and_then(|action| action.diagnostics.first().copied());
    let is_of_worst = |action: &Action<'_>| matches!(action.diagnostics[..], [only] if worst.is_some_and(|worst| std::ptr::eq(worst, only)));
    actions.sort_by_key(|action| (!is_of_worst(action), action.diagnostics.len() == 1));
    let mut gathered = Gathered::default();
    let suppressions = Suppressing::of(proposal);
    for diagnostic in met {
        suppressions.fixes(proposal, diagnostic).into_iter().for_each(|fix| _ = gathered.add(fix, diagnostic));
    }
    actions.extend(gathered.actions.into_iter().map(|action| Action { is_mending: false, ..action }));
    actions
}

/// Actions in the order in which they were found.
#[derive(Default)]
struct Gathered<'a> {
    actions: Vec<Action<'a>>,
    /// The indices of actions by title and first edit.
    places: HashMap<(String, Option<Span>), Vec<usize>>,
}

impl<'a> Gathered<'a> {
    /// Adds `fix` for `diagnostic`, and returns the index of its action.
    fn add(&mut self, fix: Fix, diagnostic: &'a Diagnostic) -> usize {
        let first = fix.edits.first().map(|edit| edit.span);
        let known = self.places.entry((fix.title.clone(), first)).or_default();
        let is_same = |place: &usize| {
            let other = &self.actions[*place].fix;
            (&other.title, &other.edits, &other.elsewhere) == (&fix.title, &fix.edits, &fix.elsewhere)
        };
        if let Some(&place) = known.iter().find(|place| is_same(place)) {
            self.actions[place].diagnostics.push(diagnostic);
            return place;
        }
        known.push(self.actions.len());
        self.actions.push(Action { fix, diagnostics: vec![diagnostic], is_mending: true });
        self.actions.len() - 1
    }

    /// Returns all actions, with edits that keep links leading where they do.
    fn following(self, proposal: &Proposal<'_>) -> Vec<Action<'a>> {
        let mut actions = self.actions;
        for Action { fix, .. } in &mut actions {
            fix.edits = proposal.following(std::mem::take(&mut fix.edits));
        }
        actions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::{Severities, check};
    use crate::template::Template;

    fn whole(document: &Document) -> Target {
        Target { span: document.text().span(), known: HashSet::new() }
    }

    #[test]
    fn what_mends_several_faults_comes_after_what_mends_the_first() {
        let template = Template::derive("# XIP-NNN: Title\n\n## Why\n\n## How\n\n## When\n", None);
        let document = Document::closed("# XIP-1: Cache\n\n## Why\n\nSo.\n");
        let proposal = Proposal::of(&document, &template);
        let diagnostics = check(&proposal, &Severities::default());
        let missing: Vec<_> = diagnostics.into_iter().filter(|found| found.rule.id == "missing-section").collect();
        let found = actions(&proposal, &missing, &whole(&document));
        let mending: Vec<_> = found.iter().filter(|action| !action.fix.title.starts_with("Disable")).collect();
        let counts: Vec<usize> = mending.iter().map(|action| action.diagnostics.len()).collect();
        assert_eq!(counts, [1, 2, 1], "{found:?}");
    }

    #[test]
    fn what_mends_the_worst_comes_first_and_what_suppresses_last() {
        let template =
            Template::derive("# XIP-NNN: Title\n\n## Why\n\n## Maps (optional)\n\n## How\n\n## When\n", None);
        let document = Document::closed("# XIP-1: Cache\n\n## Why\n\nSo.\n");
        let proposal = Proposal::of(&document, &template);
        let diagnostics = check(&proposal, &Severities::default());
        let missing: Vec<_> = diagnostics.into_iter().filter(|found| found.rule.id.starts_with("missing-")).collect();
        let found = actions(&proposal, &missing, &whole(&document));
        let titles: Vec<&str> = found.iter().filter(|one| one.is_mending).map(|one| one.fix.title.as_str()).collect();
        let expected = [
            "Insert section \"How\"",
            "Insert all 2 required sections that are missing",
            "Insert all 3 missing sections",
            "Insert section \"When\"",
            "Insert section \"Maps\"",
        ];
        assert_eq!(titles, expected);
        assert!(found.is_sorted_by_key(|action| !action.is_mending) && found.len() > expected.len());
    }
}
