//! `index-title`: an index page gives a proposal another title than the proposal itself.

use super::listing::{fix_of_page, is_same_title, listings, row_at};
use super::{Diagnostic, Docs, Finding, Fix, Place, Rule, Scope, Severity};
use crate::document::{Facts, Listing, Neighbor, Proposal, Row};

pub(super) static RULE: Rule = Rule {
    id: "index-title",
    severity: Severity::Warning,
    summary: "an index page gives a proposal another title than the proposal itself",
    docs: Docs {
        why: "Titles change while a proposal is discussed, and the index is forgotten. The proposal counts. Case and punctuation do \
              not; a title that the index cuts off with an ellipsis will do. It is said on the index page and, as information, in \
              the proposal.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm starts | Accepted |\n",
        good: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Accepted |\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Index,
    check: |document, findings| match document.is_index() {
        true => findings.extend(document.rows().iter().filter_map(|row| on_page(document, row))),
        false => findings.extend(listings(document).iter().filter_map(|listing| in_proposal(document, listing))),
    },
    fixes,
};

fn on_page(page: &Proposal<'_>, row: &Row) -> Option<Finding> {
    let listed = row.title.as_ref()?;
    let Neighbor { file, name, facts } = page.surroundings()?.proposal_at(&row.link.to)?;
    let own = page.title_of(&facts);
    let message = format!("\"{name}\" is called \"{own}\"; change the row");
    let finding =
        || Finding::new(listed.span, message).with_related(Place::File(file, facts.line), "the title is here");
    (!is_same_title(&listed.text, own)).then(finding)
}

fn in_proposal(proposal: &Proposal<'_>, listing: &Listing) -> Option<Finding> {
    let row = listing.row.as_ref()?;
    let listed = row.title.as_ref()?;
    let facts = Facts::of(proposal);
    let message = format!("\"{}\" calls this proposal \"{listed}\"; change the row there", listing.name);
    let finding = Finding::new(proposal.title_span(), message).severe(Severity::Information);
    let finding = finding.with_related(Place::File(listing.page.clone(), row.line), "the row is here");
    (!is_same_title(listed, proposal.title_of(&facts))).then_some(finding)
}

fn fixes(document: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if document.is_index() {
        return fix_on_page(document, diagnostic).into_iter().collect();
    }
    let facts = Facts::of(document);
    let differs =
        |listing: &&Listing| in_proposal(document, listing).is_some_and(|found| found.message == diagnostic.message);
    let fix = |listing: &Listing| {
        fix_of_page(document, listing, |page, row| {
            let title = page.title_of(&facts);
            Some((format!("Change the title to \"{title}\""), row.replace(page.text(), row.title.as_ref()?, title)))
        })
    };
    listings(document).iter().filter(differs).filter_map(fix).collect()
}

fn fix_on_page(page: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let row = row_at(page, diagnostic.span)?;
    let neighbor = page.surroundings()?.proposal_at(&row.link.to)?;
    let title = page.title_of(&neighbor.facts);
    let edit = row.replace(page.text(), row.title.as_ref()?, title);
    Some(Fix::new(format!("Change the title to \"{title}\""), vec![edit]).preferred())
}
