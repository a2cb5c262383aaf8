//! The upkeep of an index page: where it differs from the proposals that it lists, and the page without these differences.

mod dead;

use std::collections::HashSet;
use std::path::Path;

use dead::Heirs;

use crate::document::{Document, IndexPage, Listed, Neighbor, Proposal, Regrouped, StaleCell, Target};
use crate::rules::{Diagnostic, LooksAt, Severities, Severity, check, own_fixes};
use crate::text::{Edit, Span, Text, apply};

/// The maximum number of rounds: a row that leads to another file may then have another title, a new row has cells to fill, and rows
/// move to other groups last.
const MAX_ROUNDS: usize = 8;

/// The differences between an index page and the proposals that it lists.
#[derive(Debug)]
pub struct Upkeep {
    /// The differences on the page as it is.
    pub differences: Vec<Difference>,
    /// Those on the page as it would be, which the author has to resolve.
    pub left: Vec<Difference>,
    /// The page as it would be.
    pub text: Text,
}

/// A difference between an index page and a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the row, or of the one next to where a row is missing, from 0.
    pub line: usize,
    /// What differs.
    pub message: String,
}

/// Returns the upkeep of `page`; `None` if it is not the index of any folder. Rules that `severities` switch off, and what a comment
/// on the page suppresses, do not count.
pub fn upkeep(page: &Proposal<'_>, severities: &Severities) -> Option<Upkeep> {
    let index = page.index_page()?;
    index.is_of_a_folder().then_some(())?;
    let Round { differences, mut edits } = Round::of(index, severities);
    let (mut text, mut left) = (page.text().clone(), differences.clone());
    for _ in 0..MAX_ROUNDS {
        if edits.is_empty() {
            break;
        }
        text = apply(&text, &edits);
        let document = Document::closed(&text.to_string());
        let next = page.reread(&document);
        let round = next.index_page().map(|page| Round::of(page, severities)).unwrap_or_default();
        (left, edits) = (round.differences, round.edits);
    }
    Some(Upkeep { differences, left, text })
}

/// The differences on a page, and the edits that resolve most of them.
#[derive(Debug, Default)]
struct Round {
    differences: Vec<Difference>,
    /// The edits, which do not overlap.
    edits: Vec<Edit>,
}

impl Round {
    fn of(page: IndexPage<'_, '_>, severities: &Severities) -> Round {
        let (mut round, mut missing, heirs) = (Round::default(), Vec::new(), Heirs::of(page));
        let found = check(&page, &Severities::default());
        let found = found.iter().filter(|found| is_of_rows(found) && severities.allow(found.rule));
        let (absent, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = found.partition(|found| found.file.is_some());
        let mut followed: HashSet<&Path> = HashSet::new();
        for found in others {
            match heirs.of_row(page, found.span) {
                Some((heir, edit)) if followed.insert(&heir.file) => {
                    round.say(page, found.span, &format!("row points elsewhere than to \"{}\"", heir.name));
                    round.edits.push(edit);
                }
                _ => {
                    round.say(page, found.span, found.message.fault());
                    round.edits.extend(edits(page, found));
                }
            }
        }
        for cell in page.stale_cells() {
            round.say(page, cell.span, &of_cell(&cell));
            round.edits.extend(cell.edit);
        }
        let is_followed = |found: &&Diagnostic| found.file.as_deref().is_some_and(|file| followed.contains(file));
        for found in absent.into_iter().filter(|found| !is_followed(found)) {
            round.say(page, found.span, found.message.fault());
            missing.extend(found.file.as_deref().and_then(|file| unlisted(page, file)));
        }
        round.edits.extend(page.insertions(&missing).0);
        let (regrouped, moves) = page.regrouped();
        regrouped.iter().for_each(|row| round.say(page, page.rows()[row.row].link.span, &of_group(row)));
        round.settle();
        // A row is moved alone: if it were removed from one group, and something kept it from the other, it would be lost.
        if round.edits.is_empty() {
            round.edits = moves;
        }
        round
    }

    fn say(&mut self, page: IndexPage<'_, '_>, span: Span, message: &str) {
        let line = page.text().line_at(span.start);
        self.differences.push(Difference { line, message: message.to_owned() });
    }

    /// Puts everything in order, and leaves edits that touch others to the next round.
    fn settle(&mut self) {
        self.differences.sort_by_key(|difference| difference.line);
        self.edits.sort_by_key(|edit| edit.span);
        let mut end = None;
        self.edits.retain(|edit| {
            let is_free = end.is_none_or(|end| edit.span.start > end);
            if is_free {
                end = Some(edit.span.end);
            }
            is_free
        });
    }
}

/// Whether `found` is about a row that has to change. A row that only says less than its proposal is a hint, and fine.
fn is_of_rows(found: &Diagnostic) -> bool {
    found.rule.looks_at == LooksAt::IndexPages && found.severity != Severity::Hint
}

/// Returns the edits for `found` that need no guess: those of the fix that changes a cell, or the removal of a row whose file is
/// missing.
fn edits(page: IndexPage<'_, '_>, found: &Diagnostic) -> Vec<Edit> {
    let row = page.row_at(found.span);
    if let Some(row) = row.filter(|row| page.target(&row.link.to) == Some(Target::NoFile)) {
        return row.removal(page.text()).into_iter().collect();
    }
    let fix = own_fixes(&page, found).0.into_iter().find(|fix| fix.is_preferred && fix.elsewhere.is_none());
    fix.map(|fix| fix.edits).unwrap_or_default()
}

/// Returns the proposal in `file`, which `page` does not list, with the others of its folder.
fn unlisted<'p>(page: IndexPage<'p, '_>, file: &Path) -> Option<(&'p Listed, &'p Neighbor)> {
    page.listed().iter().find_map(|listed| Some((listed, listed.proposal_in(file)?)))
}

fn of_group(Regrouped { name, listed, own, .. }: &Regrouped) -> String {
    format!("\"{name}\" has the status \"{own}\", but is listed under \"{listed}\"")
}

fn of_cell(StaleCell { name, column, listed, own, .. }: &StaleCell) -> String {
    match listed.is_empty() {
        true => format!("\"{column}\" of \"{name}\" is \"{own}\", not empty"),
        false => format!("\"{column}\" of \"{name}\" is \"{own}\", not \"{listed}\""),
    }
}
