//! `index-missing-entry`: an index page does not list a proposal.

use std::collections::HashSet;
use std::rc::Rc;

use super::listing::{fix_of_page, rows_by_place};
use super::{Diagnostic, Docs, Finding, Fix, LooksAt, RelatedPlace, Rule, Severity, says};
use crate::document::{Destination, IndexPage, Listed, Listing, Neighbor, Proposal, Row, Target, folder};
use crate::syntax::fold;

pub(super) static RULE: Rule = Rule {
    id: "index-missing-entry",
    severity: Severity::Warning,
    summary: "an index page does not list a proposal",
    docs: Docs {
        why: "A proposal that the index does not have is not found. A page is taken for the index of a folder when it lists at least \
              half of the proposals in it. It is said on the index page and, as a hint, in the proposal.",
        bad: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n",
        good: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-4: Hot caches](xip-4.md)\n",
    },
    looks_at: LooksAt::IndexPages,
    check: |proposal, findings| findings.extend(in_proposal(proposal)),
    on_index: |page, findings| findings.extend(missing(page).iter().map(on_page)),
    fixes,
    fixes_on_index,
    ..Rule::PLAIN
};

/// A proposal that a page does not list.
struct Missing<'a> {
    neighbor: Neighbor,
    /// The proposals of its folder that the page lists.
    listed: Rc<Listed<'a>>,
}

impl Missing<'_> {
    /// Returns the path to it from the page.
    fn path(&self) -> String {
        format!("{}{}", self.listed.folder, self.neighbor.name)
    }

    /// Returns the row after which it belongs, or before which if it comes first.
    fn row(&self) -> &Row {
        self.listed.row_before(&self.neighbor.facts).unwrap_or(self.listed.rows[0].0)
    }
}

/// Returns the proposals that `page` does not list, in the folders whose index it is.
fn missing<'a>(page: IndexPage<'a, '_>) -> Vec<Missing<'a>> {
    let Some(surroundings) = page.surroundings() else { return Vec::new() };
    let (rows, others) = rows_by_place(page);
    let is_astray = |row: &&Row| page.target(&row.link.to) == Some(Target::NoFile);
    let astray = rows.into_iter().filter(is_astray).chain(others);
    let astray: HashSet<String> = astray.filter_map(|row| Some(fold(&row.title.as_ref()?.text))).collect();
    let mut found = Vec::new();
    for listed in Listed::of(page).into_iter().map(Rc::new) {
        let all = surroundings.proposals_in(&listed.folder);
        if 2 * listed.files().len() >= all.len() {
            // A proposal that has moved is listed at its new place. A row with the right title and a wrong path is
            // reported by another rule.
            let is_listed = |neighbor: &Neighbor| {
                let facts = &neighbor.facts;
                facts.is_moved || listed.has(&neighbor.file) || astray.contains(&fold(page.title_of(facts)))
            };
            let unlisted = all.into_iter().filter(|neighbor| !is_listed(neighbor));
            found.extend(unlisted.map(|neighbor| Missing { neighbor, listed: listed.clone() }));
        }
    }
    found
}

fn on_page(missing: &Missing<'_>) -> Finding {
    let message = says(format!("\"{}\" is not listed here", missing.path()), "add a row");
    let Neighbor { file, facts, .. } = &missing.neighbor;
    let finding = Finding::new(missing.row().link.span, message).about(file.clone());
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

fn fixes_on_index(page: IndexPage<'_, '_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let fix = || {
        let file = diagnostic.file.as_deref()?;
        let missing = missing(page).into_iter().find(|missing| missing.neighbor.file == file)?;
        let edit = missing.listed.insertion(page, &missing.neighbor.name, &missing.neighbor.facts)?;
        Some(Fix::new(format!("Add a row for \"{}\"", missing.path()), vec![edit]).preferred())
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
