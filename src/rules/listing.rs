//! What the rules of index pages have in common: comparing a row with the proposal, and changing the page from afar.

use super::{FileEdits, Fix};
use crate::document::{Listing, Proposal, Row, Surroundings, is_value};
use crate::text::{Edit, Span};

/// Whether two titles are the same but for case, punctuation and an end that is cut off.
pub(super) fn is_same_title(row: &str, own: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        let words = title.split(|character: char| !character.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (listed, own) = (words(row), words(own));
    let is_cut = row.trim_end().ends_with('…') || row.trim_end().ends_with("...");
    listed == own || is_cut && own.starts_with(&listed)
}

/// Whether two statuses are the same but for case and a remark behind one of them.
pub(super) fn is_same_status(row: &str, own: &str) -> bool {
    is_value(row, own) || is_value(own, row)
}

/// The row at `span`'s place on the index page `page`.
pub(super) fn row_at<'a>(page: &'a Proposal<'_>, span: Span) -> Option<&'a Row> {
    let rows = page.rows();
    let after = rows.partition_point(|row| row.span.start <= span.start);
    rows.get(after.checked_sub(1)?).filter(|row| row.span.touches(span.end))
}

/// A fix that changes the page of `listing`: `edit` gets the page, and its row for the proposal or else its last one.
pub(super) fn fix_of_page(
    proposal: &Proposal<'_>,
    listing: &Listing,
    edit: impl FnOnce(&Proposal<'_>, &Row) -> Option<(String, Edit)>,
) -> Option<Fix> {
    let document = proposal.surroundings()?.document(&listing.page)?;
    let page = Proposal::of(&document, proposal.template).in_file(&listing.page).as_index();
    let row = match &listing.row {
        Some(known) => page.rows().iter().find(|row| row.facts(page.text()) == *known),
        None => page.rows().last(),
    };
    let (title, edit) = edit(&page, row?)?;
    let elsewhere = FileEdits { path: listing.page.clone(), text: page.text().clone(), edits: vec![edit] };
    Some(
        Fix { elsewhere: Some(elsewhere), ..Fix::new(format!("{title} in \"{}\"", listing.name), Vec::new()) }
            .preferred(),
    )
}

/// What index pages say of `proposal`.
pub(super) fn listings(proposal: &Proposal<'_>) -> Vec<Listing> {
    proposal.surroundings().map(Surroundings::listings).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_statuses_compare_as_people_read_them() {
        for (row, own) in [("Cache: `A`", "cache – A"), ("A long…", "A long title"), ("Größe", "größe")] {
            assert!(is_same_title(row, own), "{row}");
        }
        for (row, own) in [("Cache", "Run the cache"), ("A long", "A long title"), ("", "A")] {
            assert!(!is_same_title(row, own), "{row}");
        }
        assert!(is_same_status("accepted", "Accepted (1.2)") && is_same_status("Accepted ✅", "Accepted"));
        assert!(!is_same_status("Draft", "Accepted") && !is_same_status("Accept", "Accepted"));
    }
}
