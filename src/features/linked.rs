//! Linked editing: all places of the proposal's own number change together.

use crate::document::{Proposal, own_numbers};
use crate::text::{Offset, Span};

/// A regular expression for the content that stays valid in the places.
pub const WORD_PATTERN: &str = r"\d+";

/// Returns the places of the proposal's own number with the same digits as the one at `offset`; empty if there is only that one.
pub fn linked(proposal: &Proposal<'_>, offset: Offset) -> Vec<Span> {
    let text = proposal.text();
    let mut places: Vec<Span> = own_numbers(proposal).into_iter().map(|number| number.span).collect();
    let Some(at) = places.iter().copied().find(|place| place.touches(offset)) else { return Vec::new() };
    places.retain(|place| text.slice(*place) == text.slice(at));
    places.sort();
    if places.len() > 1 { places } else { Vec::new() }
}
