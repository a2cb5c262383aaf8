//! `index-missing-entry`: an index page does not list a proposal.

use std::collections::BTreeMap;

use super::listing::{fix_of_page, listings, row_at};
use super::{Diagnostic, Docs, Finding, Fix, Place, Rule, Scope, Severity};
use crate::document::{Destination, Facts, Neighbor, Proposal, Row};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "index-missing-entry",
    severity: Severity::Warning,
    summary: "an index page does not list a proposal",
    docs: Docs {
        why: "A proposal that the index does not have is not found. A page is taken for the index of a folder when it lists at least \
              half of the proposals in it. It is said on the index page and, as information, in the proposal.",
        bad: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n",
        good: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-4: Hot caches](xip-4.md)\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Index,
    check: |document, findings| match document.is_index() {
        true => findings.extend(missing(document).iter().enumerate().map(|(place, missing)| on_page(place, missing))),
        false => findings.extend(in_proposal(document)),
    },
    fixes,
};

/// A proposal that a page does not list, and where it belongs.
struct Missing<'a> {
    neighbor: Neighbor,
    /// The path to it from the page.
    path: String,
    /// The row that it belongs behind, or else before.
    row: &'a Row,
    is_first: bool,
}

/// The proposals that `page` does not list, of the folders whose index it is.
fn missing<'a>(page: &'a Proposal<'_>) -> Vec<Missing<'a>> {
    let Some(surroundings) = page.surroundings() else { return Vec::new() };
    let mut folders: BTreeMap<&str, Vec<(&Row, Neighbor)>> = BTreeMap::new();
    for row in page.rows() {
        if let (Some(neighbor), Destination::File(path, _)) = (surroundings.proposal_at(&row.link.to), &row.link.to) {
            folders.entry(folder(path)).or_default().push((row, neighbor));
        }
    }
    let mut found = Vec::new();
    for (folder, rows) in folders {
        let listed: std::collections::HashSet<_> = rows.iter().map(|(_, neighbor)| &neighbor.file).collect();
        let all = surroundings.proposals_in(folder);
        let unlisted: Vec<_> = all.iter().filter(|neighbor| !listed.contains(&neighbor.file)).collect();
        if 2 * listed.len() >= all.len() {
            found.extend(unlisted.into_iter().map(|neighbor| place(folder, neighbor.clone(), &rows)));
        }
    }
    found
}

/// `path` up to its last slash.
fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}

/// Where `neighbor` belongs among `rows`, of which there is one: behind the last of them with a lower number.
fn place<'a>(folder: &str, neighbor: Neighbor, rows: &[(&'a Row, Neighbor)]) -> Missing<'a> {
    let is_before = |other: &&(&Row, Neighbor)| number(&other.1.facts) < number(&neighbor.facts);
    let before = rows.iter().rev().find(is_before);
    let row = before.map_or(rows[0].0, |(row, _)| row);
    Missing { path: format!("{folder}{}", neighbor.name), row, is_first: before.is_none(), neighbor }
}

fn on_page(place: usize, missing: &Missing<'_>) -> Finding {
    let message = format!("\"{}\" is not listed here; add a row", missing.path);
    let finding = Finding { subject: Some(place), ..Finding::new(missing.row.link.span, message) };
    let Neighbor { file, facts, .. } = &missing.neighbor;
    finding.with_related(Place::File(file.clone(), facts.line), "the proposal is here")
}

fn in_proposal(proposal: &Proposal<'_>) -> Vec<Finding> {
    let missing = listings(proposal).into_iter().filter(|listing| listing.row.is_none());
    let finding = |listing: crate::document::Listing| {
        let message = format!("\"{}\" does not list this proposal; add a row there", listing.name);
        let finding = Finding::new(proposal.title_span(), message).severe(Severity::Information);
        finding.with_related(Place::File(listing.page, 0), "the page is here")
    };
    missing.map(finding).collect()
}

fn fixes(document: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if !document.is_index() {
        return fixes_of_pages(document, diagnostic);
    }
    let fix = || {
        let missing = missing(document).into_iter().nth(diagnostic.subject?)?;
        let edit = insertion(document, missing.row, missing.is_first, &missing.path, &missing.neighbor.facts)?;
        Some(Fix::new(format!("Add a row for \"{}\"", missing.path), vec![edit]).preferred())
    };
    fix().into_iter().collect()
}

/// The edit that puts a row for the proposal at `path` behind `row` of `page`, or before it.
fn insertion(page: &Proposal<'_>, row: &Row, is_before: bool, path: &str, facts: &Facts) -> Option<Edit> {
    let content = row.like(page, path, facts)?;
    let ending = page.text().line_ending().as_str();
    Some(match is_before {
        true => Edit::insert(row.span.start, format!("{content}{ending}")),
        false => Edit::insert(row.span.end, format!("{ending}{content}")),
    })
}

fn fixes_of_pages(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let page = diagnostic.related.iter().find_map(|related| match &related.place {
        Place::File(page, _) => Some(page),
        _ => None,
    });
    let facts = Facts::of(proposal);
    let listings = listings(proposal);
    let meant = listings.iter().filter(|listing| listing.row.is_none() && Some(&listing.page) == page);
    let fix = |listing| {
        fix_of_page(proposal, listing, |page, last| {
            let name = proposal.file()?.file_name()?.to_str()?;
            let Destination::File(path, _) = &last.link.to else { return None };
            let row = row_at(page, last.span)?;
            let edit = insertion(page, row, false, &format!("{}{name}", folder(path)), &facts)?;
            Some(("Add a row".to_owned(), edit))
        })
    };
    meant.filter_map(fix).collect()
}
