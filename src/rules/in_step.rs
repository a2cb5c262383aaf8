//! Bringing the rows of a proposal on index pages in step with it.

use super::suppression::Suppressions;
use super::{Diagnostic, FileEdits, Fix, RULES, Rule, index_status, index_title};
use crate::document::Proposal;

/// The rules whose fixes change the row of a proposal to what the proposal says.
const OF_ROWS: [&Rule; 2] = [&index_title::RULE, &index_status::RULE];

/// Returns the edits that bring the rows of `proposal` in step with it, by page: those that its `diagnostics` offer, except where a
/// comment on the page suppresses the rule. Every edit changes the text of its page.
pub fn rows_in_step(proposal: &Proposal<'_>, diagnostics: &[Diagnostic]) -> Vec<FileEdits> {
    let mut pages: Vec<FileEdits> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|found| OF_ROWS.contains(&found.rule)) {
        for changes in (diagnostic.rule.fixes)(proposal, diagnostic).into_iter().filter_map(|fix: Fix| fix.elsewhere) {
            let changes = wanted(proposal, diagnostic.rule, changes);
            match pages.iter_mut().find(|page| page.path == changes.path) {
                Some(page) => page.edits.extend(changes.edits),
                None => pages.push(changes),
            }
        }
    }
    pages.retain(|page| !page.edits.is_empty());
    pages
}

/// Returns `changes` without edits that change nothing, or that a comment on the page does not want by suppressing `rule` there.
fn wanted(proposal: &Proposal<'_>, rule: &Rule, mut changes: FileEdits) -> FileEdits {
    let document = proposal.surroundings().and_then(|surroundings| surroundings.document(&changes.path));
    let Some(document) = document else { return FileEdits { edits: Vec::new(), ..changes } };
    let suppressions = Suppressions::of(&Proposal::of(&document, proposal.template).as_index(), &RULES);
    let text = &changes.text;
    changes.edits.retain(|edit| text.slice(edit.span) != edit.content && !suppressions.reach(rule, edit.span));
    changes
}
