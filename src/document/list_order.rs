//! The order of the rows in a list of an index page.

use super::{Facts, Neighbor};

/// What rows are ordered by: the number of the proposal, and the name of its file.
pub(super) type OrderKey = (Option<u64>, String);

/// Returns what the row for the proposal in the file `name`, with these `facts`, is ordered by.
pub(super) fn order_key(name: &str, facts: &Facts) -> OrderKey {
    (number(facts), name.to_owned())
}

/// The rows of one list, and their order.
#[derive(Debug)]
pub(super) struct ListOrder {
    /// The places of the rows on the page.
    pub(super) places: Vec<usize>,
    /// Whether the numbers, or else the names, fall from the first row to the last.
    pub(super) is_descending: bool,
    /// How many rows come before one that they belong behind.
    pub(super) falls: usize,
    /// For each row, the lowest key from there to the end; the highest in a descending list. So a place is found without a walk
    /// through the list.
    ends: Vec<OrderKey>,
}

impl ListOrder {
    /// Returns the order of `rows`, each with its place on the page.
    pub(super) fn of(rows: &[(usize, &Neighbor)]) -> ListOrder {
        let keys: Vec<OrderKey> = rows.iter().map(|(_, own)| order_key(&own.name, &own.facts)).collect();
        let places = rows.iter().map(|(place, _)| *place).collect();
        let is_descending = keys.first() > keys.last();
        let is_fall = |pair: &&[OrderKey]| if is_descending { pair[0] < pair[1] } else { pair[0] > pair[1] };
        let falls = keys.windows(2).filter(is_fall).count();
        let mut ends = keys;
        for at in (1..ends.len()).rev() {
            let is_end = if is_descending { ends[at] > ends[at - 1] } else { ends[at] < ends[at - 1] };
            if is_end {
                ends[at - 1] = ends[at].clone();
            }
        }
        ListOrder { places, is_descending, falls, ends }
    }

    /// Returns the place on the page of the row after which one with the key `own` belongs: the last with
    /// a lower key, or a higher one in a descending list. `None` if it belongs before the first row. In a list that is ordered
    /// otherwise, a row without a number comes last.
    pub(super) fn before(&self, own: &OrderKey) -> Option<usize> {
        if own.0.is_none() && self.falls > 0 {
            return self.places.last().copied();
        }
        let is_before = |end: &OrderKey| if self.is_descending { end > own } else { end < own };
        Some(self.places[self.ends.partition_point(is_before).checked_sub(1)?])
    }
}

/// Returns the number of the proposal with these `facts`.
pub(super) fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}
