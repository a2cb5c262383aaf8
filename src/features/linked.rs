//! Linked editing: the proposal's number, which stands in several places and is one.

use crate::document::{Proposal, own_numbers};
use crate::text::{Offset, Span};

/// What stays valid in the places, as a regular expression.
pub const WORD_PATTERN: &str = r"\d+";

/// The places of the proposal's number that have the same digits as the one at `offset`; none where that is alone.
pub fn linked(proposal: &Proposal<'_>, offset: Offset) -> Vec<Span> {
    let text = proposal.text();
    let mut places: Vec<Span> = own_numbers(proposal).into_iter().map(|number| number.span).collect();
    let Some(at) = places.iter().copied().find(|place| place.touches(offset)) else { return Vec::new() };
    places.retain(|place| text.slice(*place) == text.slice(at));
    places.sort();
    if places.len() > 1 { places } else { Vec::new() }
}
