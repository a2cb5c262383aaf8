//! The day of a document.

use std::sync::LazyLock;

use super::{Metadata, Proposal};
use crate::syntax::{Block, BlockKind, Entry, Origin, fold, item_content, table_cells};
use crate::template::{is_date, stands_for_date};
use crate::terms::{KeyKind, kind_of_key};
use crate::text::{Placed, Span};

/// Words in the names of keys for the day of a later change, in lowercase.
const CHANGES: [&str; 7] = ["updated", "update", "modified", "changed", "reviewed", "revised", "superseded"];

/// Returns the day of `proposal`, as written: under the key for it, else under any other key with a date, where those of changes
/// come last, else next to the status, or in the first line of its history.
pub(super) fn day_of(proposal: &Proposal<'_>) -> Option<String> {
    let in_metadata = || named(proposal, false).or_else(|| dated(proposal, false));
    let of_change = || named(proposal, true).or_else(|| dated(proposal, true));
    let by_status = || {
        let status = proposal.status()?;
        let line = proposal.text().line_span_at(status.span.start);
        first_date(&status.text).or_else(|| first_date(&proposal.text().slice(line)))
    };
    in_metadata().or_else(of_change).or_else(by_status).or_else(|| of_history(proposal))
}

/// Whether `entry` has the day of a later change, by its key.
fn is_of_change(entry: &Entry) -> bool {
    fold(&entry.key).split([' ', '_']).any(|word| CHANGES.contains(&word))
}

/// Returns the value of a key that has the name of one for a day.
fn named(proposal: &Proposal<'_>, of_change: bool) -> Option<String> {
    let said = |metadata: &Metadata| {
        let entries = metadata.entries.iter().filter(|entry| is_of_change(entry) == of_change);
        let mut named = entries.filter(|entry| kind_of_key(&fold(&entry.key)) == Some(KeyKind::Date));
        let (words, _) = proposal.said_of(metadata, named.next()?);
        let is_day = !stands_for_date(&words) && words.contains(|sign: char| sign.is_ascii_digit());
        is_day.then(|| first_date(&words).unwrap_or(words))
    };
    proposal.everywhere().find_map(said)
}

/// Returns a value that is a date, under any key.
fn dated(proposal: &Proposal<'_>, of_change: bool) -> Option<String> {
    proposal.everywhere().find_map(|metadata| {
        let entries = metadata.entries.iter().filter(|entry| is_of_change(entry) == of_change);
        let mut words = entries.map(|entry| proposal.said_of(metadata, entry).0);
        words.find(|words| is_date(words))
    })
}

/// Returns the date in the first line of the document's history: a list or table in which each line starts with a date.
fn of_history(proposal: &Proposal<'_>) -> Option<String> {
    let text = proposal.text();
    let of_line = |line: &str| {
        let start = item_content(line).or_else(|| Some(table_cells(line).first()?.start)).unwrap_or_default();
        first_date(line.get(start..)?)
            .filter(|date| line[start..].trim_start_matches(['*', '_', '[']).starts_with(date.as_str()))
    };
    let of_block = |block: &Block| {
        let skipped = match block.kind {
            BlockKind::List => 0,
            // The header and the delimiter row.
            BlockKind::Table => 2,
            _ => return None,
        };
        // Fast path: few lists are a history, and the first line tells.
        let first = (text.line_at(block.span.start) + skipped).min(text.line_at(block.span.end));
        of_line(&text.slice(text.line_span(first)))?;
        let source = text.slice(block.span);
        let is_line = |line: &&str| block.kind == BlockKind::Table || item_content(line).is_some();
        let mut dates = source.lines().skip(skipped).filter(is_line).map(of_line);
        let first = dates.next()??;
        dates.all(|date| date.is_some()).then_some(first)
    };
    let in_piece = |blocks: &[Block]| blocks.iter().find_map(of_block).into_iter().map(Day).collect();
    proposal.document.by_piece(&HISTORY, in_piece).into_iter().next().map(|Day(day)| day)
}

/// The origin of histories, which depend only on the text.
static HISTORY: LazyLock<Origin> = LazyLock::new(Origin::default);

/// A day without a place in the text.
#[derive(Clone)]
struct Day(String);

impl Placed for Day {
    fn placed(self, _: impl Fn(Span) -> Span) -> Day {
        self
    }
}

/// Returns the first date in `words`.
fn first_date(words: &str) -> Option<String> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "-/.:+".contains(sign);
    let parts = words.split(|sign: char| !is_part(sign)).map(|part| part.trim_matches(['-', '/', '.', ':']));
    parts.into_iter().find(|part| is_date(part)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Proposal};
    use crate::template::Template;

    fn check(head: &str, expected: Option<&str>) {
        let template = Template::derive("# NNN. Title\n\n- Status: Draft\n\n## Why\n\n## How\n", None);
        let document = Document::closed(&format!("# 7. Cache\n\n{head}\n\n## Why\n\nSo.\n\n## How\n\nThus.\n"));
        assert_eq!(Proposal::of(&document, &template).facts().date.as_deref(), expected, "{head}");
    }

    #[test]
    fn a_day_is_found_by_its_key_by_its_value_or_beside_the_status() {
        check("- Status: Draft\n- Date: 03-Feb-2022", Some("03-Feb-2022"));
        check("- Status: Draft\n- Updated: 2026-03-04\n- Introduced: 2026-01-02", Some("2026-01-02"));
        check("- Status: Draft\n- Updated: 2026-03-04", Some("2026-03-04"));
        check("- Status: Draft\n- Date: 2026-01-02T00:00:00Z", Some("2026-01-02T00:00:00Z"));
        check("- Status: Accepted (2026-01-02)", Some("2026-01-02"));
        check("## Status\n\n承認済み（2026-01-14）", Some("2026-01-14"));
        check("- Status: Draft\n- Date: YYYY-MM-DD", None);
        check("- Status: Draft\n- Version: 1.2.3", None);
    }

    #[test]
    fn a_history_starts_on_the_day_of_the_document() {
        check("- Status: Draft\n\n## Changelog\n\n* 22-10-2019: Begun\n* 23-10-2019: Ended", Some("22-10-2019"));
        check("## History\n\n| Day | What |\n|---|---|\n| 2026-01-16 | Begun |", Some("2026-01-16"));
        check("## Facts\n\n- 2026-01-16: one\n- the other", None);
    }
}
