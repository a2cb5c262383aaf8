//! What the rules of index pages have in common: the comparison of a row with its proposal, and fixes that change the page from the
//! proposal.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Diagnostic, FileEdits, Finding, Fix, Message, RelatedPlace, Severity};
use crate::document::{Agreement, Cell, Facts, IndexPage, Listing, Proposal, Row, RowFacts, is_same_value};
use crate::terms::{self, Meaning};
use crate::text::{Edit, Span};

/// Something that both an index page and the proposal itself say about a proposal.
pub(super) struct Said {
    /// The word for it, such as `title`.
    pub(super) word: &'static str,
    /// The cell of a row that has it.
    pub(super) cell: fn(&Row) -> Option<&Cell>,
    /// What a row of another document says.
    pub(super) listed: fn(&RowFacts) -> Option<&String>,
    /// What the proposal with these `facts` says; `document` is of the same family.
    pub(super) own: for<'a> fn(document: &Proposal<'_>, facts: &'a Facts) -> Option<&'a str>,
    /// What a row has to say of the proposal with these `facts`, as Markdown.
    pub(super) written: for<'a> fn(document: &Proposal<'_>, facts: &'a Facts) -> Option<Cow<'a, str>>,
    /// The place of it in the proposal.
    pub(super) place: fn(&Proposal<'_>) -> Option<Span>,
    /// How well a row agrees with the proposal with these facts.
    pub(super) agreement: fn(document: &Proposal<'_>, facts: &Facts, row: &str, own: &str) -> Agreement,
    /// The message on the page, given the file's name, what the proposal says, and what the row says.
    pub(super) on_page: fn(name: &str, own: &str, listed: &str) -> Message,
    /// The message in the proposal, given the page's name and what the row says.
    pub(super) in_proposal: fn(page: &str, listed: &str) -> Message,
}

impl Said {
    /// Adds findings where `page` disagrees with proposals.
    pub(super) fn on_index(&self, page: IndexPage<'_, '_>, findings: &mut Vec<Finding>) {
        let (rows, _) = rows_by_place(page);
        findings.extend(rows.into_iter().filter_map(|row| self.of_row(page, row)));
    }

    /// Adds findings where index pages disagree with `proposal`.
    pub(super) fn check(&self, proposal: &Proposal<'_>, findings: &mut Vec<Finding>) {
        findings.extend(proposal.listings().iter().filter_map(|found| self.of_listing(proposal, found)));
    }

    fn of_row(&self, page: IndexPage<'_, '_>, row: &Row) -> Option<Finding> {
        let cell = (self.cell)(row)?;
        let neighbor = page.surroundings()?.proposal_at(&row.link.to)?;
        let own = (self.own)(&page, &neighbor.facts)?;
        let finding = Finding::new(cell.span, (self.on_page)(&neighbor.name, own, &cell.text));
        let finding = match (self.agreement)(&page, &neighbor.facts, &cell.text, own) {
            Agreement::Same => return None,
            Agreement::Shorter => finding.severe(Severity::Hint),
            Agreement::None => finding,
        };
        Some(finding.with_related(RelatedPlace::File(neighbor.file, neighbor.facts.line), "the proposal is here"))
    }

    fn of_listing(&self, proposal: &Proposal<'_>, listing: &Listing) -> Option<Finding> {
        let row = listing.row.as_ref()?;
        let listed = (self.listed)(row)?;
        let own = (self.own)(proposal, proposal.facts())?;
        let agreement = (self.agreement)(proposal, proposal.facts(), listed, own);
        (agreement == Agreement::None).then_some(())?;
        // The fault is on the page, where it is reported with its full severity.
        let finding = Finding::new((self.place)(proposal)?, (self.in_proposal)(&listing.name, listed));
        let finding = finding.severe(Severity::Hint).about(listing.page.clone());
        Some(finding.with_related(RelatedPlace::File(listing.page.clone(), row.line), "the row is here"))
    }

    /// Returns the fixes for a `diagnostic` of [`Said::on_index`], which change the row.
    pub(super) fn fixes_on_index(&self, page: IndexPage<'_, '_>, diagnostic: &Diagnostic) -> Vec<Fix> {
        let fix = || {
            let row = page.row_at(diagnostic.span)?;
            let neighbor = page.surroundings()?.proposal_at(&row.link.to)?;
            let (title, edit) = self.change(page, row, &neighbor.facts)?;
            Some(Fix::new(title, vec![edit]).preferred())
        };
        fix().into_iter().collect()
    }

    /// Returns the fixes for a `diagnostic` of [`Said::check`], which change the row.
    pub(super) fn fixes(&self, proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
        let is_meant = |listing: &&Listing| Some(&listing.page) == diagnostic.file.as_ref();
        let fix = |listing| fix_of_page(proposal, listing, |page, row| self.change(page, row, proposal.facts()));
        proposal.listings().iter().filter(is_meant).filter_map(fix).collect()
    }

    /// Returns the edit that makes `row` of `page` agree with `facts`, and its title.
    fn change(&self, page: IndexPage<'_, '_>, row: &Row, facts: &Facts) -> Option<(String, Edit)> {
        let own = (self.own)(&page, facts)?;
        let cell = (self.cell)(row)?;
        // Additional text in the row must not be lost.
        let says_more = (self.agreement)(&page, facts, &cell.text, own) != Agreement::None
            && cell.text.chars().count() > own.chars().count();
        if says_more || page.text().slice(cell.span).contains(['[', '<']) {
            return None;
        }
        let written = (self.written)(&page, facts)?;
        Some((format!("Change the {} to \"{own}\"", self.word), row.replace(page.text(), cell, &written)))
    }
}

/// Returns whether two statuses agree. They do if they are the same, ignoring case, a sign before either and a remark after either;
/// if they share one of several states, as in `Accepted, superseded by 2` and `Superseded by ADR-2`; and if they are words for one
/// state in two languages.
pub(super) fn status_agreement(_: &Proposal<'_>, _: &Facts, row: &str, own: &str) -> Agreement {
    let parts = |status: &'_ str| -> Vec<String> {
        let parts = status.split([',', ';', '(', ')', '，', '；', '（', '）', '、']).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    let is_one = |row: &str, own: &str| {
        let (of_row, of_own) = (terms::status(row), terms::status(own));
        let is_end = matches!(of_row, Some(Meaning::Superseded | Meaning::Deprecated));
        let are_foreign = !(terms::is_english_status(row) && terms::is_english_status(own));
        is_same_value(row, own) || of_row.is_some() && of_row == of_own && (is_end || are_foreign)
    };
    let (rows, owns) = (parts(row), parts(own));
    let is_same = is_same_value(row, own) || rows.iter().any(|row| owns.iter().any(|own| is_one(row, own)));
    if is_same { Agreement::Same } else { Agreement::None }
}

/// Splits the rows of `page` into the first ones with each target, and the others, which have a wrong link or are duplicates.
pub(super) fn rows_by_place<'a>(page: IndexPage<'a, '_>) -> (Vec<&'a Row>, Vec<&'a Row>) {
    let mut seen = HashSet::new();
    page.rows().iter().partition(|row| seen.insert(&row.link.to))
}

/// Returns a fix that changes the page of `listing`. `edit` gets the page, and its row for the proposal, or else its last row.
pub(super) fn fix_of_page(
    proposal: &Proposal<'_>,
    listing: &Listing,
    edit: impl FnOnce(IndexPage<'_, '_>, &Row) -> Option<(String, Edit)>,
) -> Option<Fix> {
    let document = proposal.surroundings()?.document(&listing.page)?;
    let page = Proposal::of(&document, proposal.template).in_file(&listing.page).as_index();
    let page = page.index_page()?;
    let row = match &listing.row {
        Some(known) => page.rows().iter().find(|row| row.facts(page.text()) == *known),
        None => page.rows().last(),
    };
    let (title, edit) = edit(page, row?)?;
    let (text, version) = (page.text().clone(), page.document.version());
    let elsewhere = FileEdits { path: listing.page.clone(), text, version, edits: vec![edit] };
    Some(
        Fix { elsewhere: Some(elsewhere), ..Fix::new(format!("{title} in \"{}\"", listing.name), Vec::new()) }
            .preferred(),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn statuses_compare_as_people_read_them() {
        let is_same = crate::document::is_same_value;
        assert!(is_same("accepted", "Accepted (1.2)") && is_same("Accepted ✅", "Accepted"));
        assert!(is_same("✅ accepted", "Accepted") && is_same("Accepted", "🟢 Accepted. Amended by 9"));
        assert!(!is_same("Draft", "Accepted") && !is_same("Accept", "Accepted") && !is_same("Accepted", "✅"));
    }
}
