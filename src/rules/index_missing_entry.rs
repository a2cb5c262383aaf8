//! `index-missing-entry`: an index page does not list a proposal.

use std::collections::HashSet;

use super::listing::{fix_of_page, rows_by_place};
use super::{Diagnostic, Docs, Finding, Fix, LooksAt, RelatedPlace, Rule, Severity, says};
use crate::document::{Destination, IndexPage, Listed, Listing, Neighbor, Proposal, Row, Target, folder};
use crate::syntax::fold;

pub(super) static RULE: Rule = Rule {
    id: "index-missing-entry",
    severity: Severity::Warning,
    summary: "an index page does not list a proposal",
    docs: Docs {
        why: "Readers do not find a proposal that the index leaves out. A page counts as the index of a folder if it lists \
              at least half of the proposals in it. This is reported on the index page and, as a hint, in the proposal.",
        bad: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n",
        good: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-4: Hot caches](xip-4.md)\n",
    },
    looks_at: LooksAt::IndexPages,
    check: |proposal, findings| findings.extend(in_proposal(proposal)),
    on_index: |page, findings| findings.extend(missing(page).iter().map(|missing| on_page(page, missing))),
    fixes,
    fixes_on_index,
    ..Rule::PLAIN
};

/// A proposal that a page does not list.
struct Missing<'p> {
    neighbor: &'p Neighbor,
    /// The proposals of its folder that the page lists.
    listed: &'p Listed,
}

impl Missing<'_> {
    /// Returns the path to it from the page.
    fn path(&self) -> String {
        format!("{}{}", self.listed.folder, self.neighbor.name)
    }
}

/// Returns the proposals that `page` does not list, in the folders whose index it is.
fn missing<'p>(page: IndexPage<'p, '_>) -> Vec<Missing<'p>> {
    let astray = astray(page);
    let of_folder = |listed: &'p Listed| {
        let is_index = 2 * listed.files().len() >= listed.all.len();
        let unlisted = listed.all.iter().filter(|neighbor| is_index && !is_listed(page, listed, neighbor, &astray));
        unlisted.map(|neighbor| Missing { neighbor, listed }).collect::<Vec<_>>()
    };
    page.listed().iter().flat_map(of_folder).collect()
}

/// Returns the titles, folded, in the rows of `page` whose links lead nowhere or to proposals with other rows.
fn astray(page: IndexPage<'_, '_>) -> HashSet<String> {
    let (rows, others) = rows_by_place(page);
    let leads_nowhere = |row: &&Row| page.target(&row.link.to) == Some(Target::NoFile);
    let rows = rows.into_iter().filter(leads_nowhere).chain(others);
    rows.filter_map(|row| Some(fold(&row.title.as_ref()?.text))).collect()
}

/// Whether `page` needs no row for the proposal `neighbor`. One that has moved is listed at its new place. A row with the right title
/// and a wrong path, which is one of those `astray`, is reported by another rule.
fn is_listed(page: IndexPage<'_, '_>, listed: &Listed, neighbor: &Neighbor, astray: &HashSet<String>) -> bool {
    let facts = &neighbor.facts;
    facts.is_moved || listed.has(&neighbor.file) || astray.contains(&fold(page.title_of(facts)))
}

fn on_page(page: IndexPage<'_, '_>, missing: &Missing<'_>) -> Finding {
    let Neighbor { file, facts, .. } = missing.neighbor;
    let message = says(format!("\"{}\" is not listed here", missing.path()), "add a row");
    // The row after which it belongs, or before which if it comes first.
    let row = missing.listed.row_before(facts).unwrap_or(missing.listed.rows[0].0);
    let finding = Finding::new(page.rows()[row].link.span, message).about(file.clone());
    finding.with_related(RelatedPlace::File(file.clone(), facts.line), "the proposal is here")
}

fn in_proposal(proposal: &Proposal<'_>) -> Vec<Finding> {
    let missing = proposal.listings().iter().filter(|listing| listing.row.is_none() && !proposal.is_moved());
    let finding = |listing: &Listing| {
        let message = says(format!("\"{}\" does not list this proposal", listing.name), "add a row there");
        let finding = Finding::new(proposal.title_span(), message).severe(Severity::Hint).about(listing.page.clone());
        finding.with_related(RelatedPlace::File(listing.page.clone(), 0), "the page is here")
    };
    missing.map(finding).collect()
}

fn fixes_on_index<'p>(page: IndexPage<'p, '_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fix = || {
        let file = diagnostic.file.as_deref()?;
        let of_file = |listed: &'p Listed| listed.proposal_in(file);
        let (listed, neighbor) = page.listed().iter().find_map(|listed| Some((listed, of_file(listed)?)))?;
        let edit = page.insertion(listed, &neighbor.name, &neighbor.facts)?;
        let path = Missing { neighbor, listed }.path();
        Some(Fix::new(format!("Add a row for \"{path}\""), vec![edit]).preferred())
    };
    fix().into_iter().collect()
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let facts = proposal.facts();
    let listings = proposal.listings();
    let is_meant =
        |listing: &&crate::document::Listing| listing.row.is_none() && Some(&listing.page) == diagnostic.file.as_ref();
    let meant = listings.iter().filter(is_meant);
    let fix = |listing| {
        fix_of_page(proposal, listing, |page, last| {
            let name = proposal.file()?.file_name()?.to_str()?;
            let Destination::File(path, _) = &last.link.to else { return None };
            let row = page.row_at(last.span)?;
            let edit = row.followed_by(page, &format!("{}{name}", folder(path)), facts)?;
            Some(("Add a row".to_owned(), edit))
        })
    };
    meant.filter_map(fix).collect()
}
