//! Values that may replace those of a template.

use super::placeholders::kept_days;
use super::{Proposal, Unfilled, UnfilledKind};
use crate::syntax::Section;
use crate::template::{MetadataKey, date_like, is_nothing, stands_for_date};
use crate::terms::KeyKind;
use crate::text::{Edit, Span};

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
    if is_for_people(&name) || key.kind() == Some(KeyKind::Author) {
        found.extend(surroundings.author());
    }
    if stands_for_date(&key.placeholder) || is_start(&name) {
        found.push(date_like(&key.placeholder, surroundings.today()));
    }
    found
}

/// Returns what can replace the template's example as the value of `key` in `proposal`: the author's name or today. `None` if the
/// example asks for something else or for more.
pub fn instead_of_example(proposal: &Proposal<'_>, key: &MetadataKey) -> Option<String> {
    let surroundings = proposal.surroundings()?;
    let author = || surroundings.author().filter(|name| fits(key, name));
    match key.kind() {
        Some(KeyKind::Author) => author(),
        _ => todays(key, surroundings.today()),
    }
}

fn is_for_people(folded_name: &str) -> bool {
    let first = folded_name.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    PEOPLE.contains(&first)
}

/// Whether a key of this name is for the day on which a document is started.
fn is_start(folded_name: &str) -> bool {
    DAYS.contains(&folded_name.replace(['-', '_'], " ").as_str())
}

/// Returns the key of the template that `found` in `proposal` has the placeholder of; `None` if it is not a whole value.
pub fn unfilled_key<'a>(proposal: &Proposal<'a>, found: &Unfilled<'_>) -> Option<&'a MetadataKey> {
    let UnfilledKind::Value(name) = &found.kind else { return None };
    let mut all = proposal.all_metadata();
    let metadata = all.find(|all| all.entries.iter().any(|entry| entry.value == found.span))?;
    Some(proposal.template.metadata_key(metadata.form, name)?.1)
}

/// Returns the edits that fill in what is known of the new `proposal` from the start: the first status, the name of its `author`,
/// and the year, month and day of `today` where the template has a day of its own.
pub fn first_values(proposal: &Proposal<'_>, author: Option<&str>, today: (i32, u8, u8)) -> Vec<Edit> {
    let status = proposal.template.status_key();
    let value = |found: &Unfilled<'_>| {
        let key = match &found.kind {
            // `TBD` is no example of a name.
            UnfilledKind::Sample(_, index) => {
                Some(&proposal.template.metadata[*index]).filter(|key| is_nothing(&key.placeholder))
            }
            _ => unfilled_key(proposal, found),
        }?;
        let name = || author.filter(|name| is_for_people(&crate::syntax::fold(&key.name)) && fits(key, name));
        let value = if status == Some(key) { key.first_status() } else { name() };
        // A placeholder in several pieces asks for more.
        let [span] = found.placeholders[..] else { return None };
        Some(Edit { span, content: value?.to_owned() })
    };
    let day = |(key, span): (&MetadataKey, Span)| Some(Edit { span, content: todays(key, today)? });
    proposal.unfilled().iter().filter_map(value).chain(kept_days(proposal).into_iter().filter_map(day)).collect()
}

/// Returns the place in the new `proposal` that is to be filled in first: a placeholder, or the start of the template's text in a
/// section.
pub fn first_to_fill(proposal: &Proposal<'_>) -> Option<Span> {
    let placeholders = proposal.unfilled().iter().filter_map(|found| found.placeholders.first().copied());
    let in_section = |found: &Section| Some(Span::empty(proposal.blocks_of(found).next()?.span.start));
    let sections = proposal.unfilled_sections().filter_map(|(_, found)| in_section(found));
    placeholders.chain(sections).min_by_key(|span| span.start)
}

/// The formats of days in which the order of the figures is certain.
const FORMATS: [&str; 5] = ["YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "DD.MM.YYYY", "YYYY年MM月DD日"];

/// Returns `today` in the format of the template's own day, and with the same marks around it, if `key` is for the day on which a
/// document is started.
fn todays(key: &MetadataKey, today: (i32, u8, u8)) -> Option<String> {
    let shape = |day: &str| day.replace(|sign: char| sign.is_ascii_digit(), "0");
    let own = key.placeholder.trim_matches(['*', '_', '`', '"', '\'']);
    let mut days = FORMATS.iter().map(|format| date_like(format, today));
    let day = days.find(|day| shape(day) == shape(own)).filter(|_| is_start(&crate::syntax::fold(&key.name)))?;
    Some(key.placeholder.replace(own, &day))
}

/// Whether the name alone is what `key` asks for, and can be written anywhere as it is.
fn fits(key: &MetadataKey, name: &str) -> bool {
    const FOR_MORE: [&str; 6] = ["@", "<", "mail", "github", "handle", "link"];
    // Brackets around all of it ask for no more than what is in them.
    let asks = key.placeholder.trim_matches(['*', '_', '<', '>']).to_lowercase();
    let is_plain = |sign: char| sign.is_alphanumeric() || " .'-".contains(sign);
    !FOR_MORE.iter().any(|more| asks.contains(more)) && name.chars().all(is_plain)
}
