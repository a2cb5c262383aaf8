//! `index-status`: an index page gives a proposal another status than the proposal itself.

use super::listing::{fix_of_page, is_same_status, listings, row_at};
use super::{Diagnostic, Docs, Finding, Fix, Place, Rule, Scope, Severity};
use crate::document::{Listing, Neighbor, Proposal, Row};

pub(super) static RULE: Rule = Rule {
    id: "index-status",
    severity: Severity::Warning,
    summary: "an index page gives a proposal another status than the proposal itself",
    docs: Docs {
        why: "Most readers look at the index alone, and take a decision for open that was made long ago. The proposal counts. It is \
              said on the index page and, as information, in the proposal.",
        bad: "# All\n\n| XIP | Title | Status |\n| --- | --- | --- |\n| [XIP-2](xip-2.md) | Warm caches | Draft |\n",
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
    let listed = row.status.as_ref()?;
    let Neighbor { file, name, facts } = page.surroundings()?.proposal_at(&row.link.to)?;
    let own = facts.status.as_ref()?;
    let message = format!("\"{name}\" has the status \"{own}\"; change the row");
    let finding =
        || Finding::new(listed.span, message).with_related(Place::File(file, facts.line), "the proposal is here");
    (!is_same_status(&listed.text, own)).then(finding)
}

fn in_proposal(proposal: &Proposal<'_>, listing: &Listing) -> Option<Finding> {
    let row = listing.row.as_ref()?;
    let (listed, own) = (row.status.as_ref()?, proposal.status()?);
    let message = format!("\"{}\" has the status \"{listed}\" for this proposal; change the row there", listing.name);
    let finding = Finding::new(own.span, message).severe(Severity::Information);
    let finding = finding.with_related(Place::File(listing.page.clone(), row.line), "the row is here");
    (!is_same_status(listed, &own.text)).then_some(finding)
}

fn fixes(document: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if document.is_index() {
        return fix_on_page(document, diagnostic).into_iter().collect();
    }
    let Some(status) = document.status() else { return Vec::new() };
    let differs =
        |listing: &&Listing| in_proposal(document, listing).is_some_and(|found| found.message == diagnostic.message);
    let fix = |listing: &Listing| {
        fix_of_page(document, listing, |page, row| {
            let edit = row.replace(page.text(), row.status.as_ref()?, &status.text);
            Some((format!("Change the status to \"{}\"", status.text), edit))
        })
    };
    listings(document).iter().filter(differs).filter_map(fix).collect()
}

fn fix_on_page(page: &Proposal<'_>, diagnostic: &Diagnostic) -> Option<Fix> {
    let row = row_at(page, diagnostic.span)?;
    let neighbor = page.surroundings()?.proposal_at(&row.link.to)?;
    let status = neighbor.facts.status.as_ref()?;
    let edit = row.replace(page.text(), row.status.as_ref()?, status);
    Some(Fix::new(format!("Change the status to \"{status}\""), vec![edit]).preferred())
}
