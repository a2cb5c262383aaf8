//! Values that may replace those of a template.

use super::Proposal;
use crate::template::{MetadataKey, date_like, stands_for_date};

/// The maximum number of suggestions for one key.
const MAX: usize = 20;

/// The first words of keys whose values are people.
const PEOPLE: [&str; 2] = ["author", "authors"];

/// The names of keys for the day on which a document is started.
const DAYS: [&str; 3] = ["date", "created", "start date"];

/// Returns suggestions for the value of `key` in `proposal`: the values that the template allows, the author's name,
/// today.
pub fn suggested(proposal: &Proposal<'_>, key: &MetadataKey) -> Vec<String> {
    let mut found: Vec<String> = key.values.iter().take(MAX).cloned().collect();
    let Some(surroundings) = proposal.surroundings().filter(|_| found.is_empty()) else { return found };
    let name = crate::syntax::fold(&key.name);
    let first = name.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    if PEOPLE.contains(&first) {
        found.extend(surroundings.author());
    }
    if stands_for_date(&key.placeholder) || DAYS.contains(&name.as_str()) {
        found.push(date_like(&key.placeholder, surroundings.today()));
    }
    found
}
