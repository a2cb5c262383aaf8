//! Cells of an index page that differ from the metadata of the proposals: numbers, days, and whatever else a column has.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use super::new_row::padded;
use super::{Cell, Column, IndexPage, Neighbor, Proposal, Row, Surroundings, iso_day};
use crate::syntax::{fold, rendered, table_cells};
use crate::template::KeyName;
use crate::terms::{KeyKind, kind_of_key};
use crate::text::{Edit, Span};

/// A cell that differs from the proposal in its row.
#[derive(Clone, Debug)]
pub struct StaleCell {
    /// The place of the cell's content.
    pub span: Span,
    /// The name of the proposal's file.
    pub name: String,
    /// The name of the column.
    pub column: String,
    /// What the cell says; empty if it says nothing.
    pub listed: String,
    /// What the proposal says.
    pub own: String,
    /// The edit that makes the cell say so; `None` if the value cannot be written as it is.
    pub edit: Option<Edit>,
}

/// Where a column has its contents from.
enum Source {
    /// The numbers of the proposals.
    Number,
    /// The values of a key.
    Key(KeyName),
    /// The days of the proposals.
    Day,
}

/// A cell, and what the proposal says.
struct Sample<'r> {
    row: &'r Row,
    span: Span,
    name: &'r str,
    listed: String,
    own: String,
}

/// A column that has neither titles nor statuses.
struct OtherColumn<'r> {
    at: usize,
    name: String,
    /// Where it may have its contents from, the likeliest first, and the cells.
    sources: Vec<(Source, Vec<Sample<'r>>)>,
}

impl OtherColumn<'_> {
    fn of(at: usize, name: String) -> Self {
        let kind = kind_of_key(&fold(&name));
        let is_key = !name.is_empty() && !matches!(kind, Some(KeyKind::Title | KeyKind::Status));
        let key = is_key.then(|| Source::Key(KeyName::of(&name)));
        let day = (kind == Some(KeyKind::Date)).then_some(Source::Day);
        let sources = key.into_iter().chain(day).chain([Source::Number]);
        OtherColumn { at, name, sources: sources.map(|source| (source, Vec::new())).collect() }
    }
}

/// A column counts as kept from the proposals if at least this many times as many cells agree with them as differ, and at least half of
/// all cells agree.
const AGREEING: usize = 3;

/// Characters that mean something in Markdown, so that a value with them is not written into a cell.
const MARKS: [char; 10] = ['[', ']', '<', '>', '*', '_', '`', '~', '\\', '\n'];

impl IndexPage<'_, '_> {
    /// Returns the cells that differ from the numbers, days and other metadata of the proposals. Only columns that mostly agree with
    /// these count, because others may say something else under the same name. Cells with links are left out.
    pub fn stale_cells(self) -> Vec<StaleCell> {
        let Some(surroundings) = self.surroundings() else { return Vec::new() };
        let (mut seen, mut tables) = (HashSet::new(), BTreeMap::<Span, Vec<(&Row, Neighbor)>>::new());
        for row in self.rows().iter().filter(|row| !row.columns.is_empty() && seen.insert(&row.link.to)) {
            let neighbor = surroundings.proposal_at(&row.link.to);
            tables.entry(row.list).or_default().extend(neighbor.map(|neighbor| (row, neighbor)));
        }
        tables.iter().flat_map(|(table, rows)| self.of_table(surroundings, *table, rows)).collect()
    }

    fn of_table<'r>(
        self,
        surroundings: &dyn Surroundings,
        table: Span,
        rows: &'r [(&'r Row, Neighbor)],
    ) -> Vec<StaleCell> {
        let text = self.text();
        let header = text.slice(text.line_span_at(table.start)).into_owned();
        let names = table_cells(&header).into_iter().map(|cell| rendered(&header[cell]));
        let is_other = |at: usize| rows.first().is_some_and(|(row, _)| row.columns.get(at) == Some(&Column::Other));
        let others = names.enumerate().filter(|(at, _)| is_other(*at));
        let mut columns: Vec<OtherColumn<'r>> = others.map(|(at, name)| OtherColumn::of(at, name)).collect();
        rows.iter().for_each(|(row, neighbor)| self.sample(surroundings, row, neighbor, &mut columns));
        let of_column = |OtherColumn { name, sources, .. }: &OtherColumn<'r>| {
            sources.iter().find_map(|(source, samples)| self.of_source(name, source, samples))
        };
        columns.iter().filter_map(of_column).flatten().collect()
    }

    /// Adds to `columns` what the cells of `row` say, and what its proposal says.
    fn sample<'r>(
        self,
        surroundings: &dyn Surroundings,
        row: &'r Row,
        neighbor: &'r Neighbor,
        columns: &mut [OtherColumn<'r>],
    ) {
        let (text, cells) = (self.text(), row.cells(self.text()));
        // The document is read only if a column needs it, and once.
        let document = OnceCell::new();
        let said_under = |name: &KeyName| {
            let document = document.get_or_init(|| surroundings.document(&neighbor.file)).as_ref()?;
            Proposal::of(document, self.template).said_under(name)
        };
        for OtherColumn { at, sources, .. } in columns {
            let Some(span) = cells.get(*at).copied().filter(|span| !self.has_link(*span)) else { continue };
            for (source, samples) in sources {
                let own = match source {
                    Source::Number => neighbor.facts.number.clone(),
                    Source::Day => neighbor.facts.date.clone(),
                    Source::Key(name) => said_under(name),
                };
                let listed = || rendered(&text.slice(span));
                samples.extend(own.map(|own| Sample { row, span, name: &neighbor.name, listed: listed(), own }));
            }
        }
    }

    fn has_link(self, span: Span) -> bool {
        self.text().slice(span).contains(['[', '<'])
    }

    /// Returns the cells of a column that differ from `source`; `None` if the column is not kept from that.
    fn of_source(self, column: &str, source: &Source, samples: &[Sample<'_>]) -> Option<Vec<StaleCell>> {
        let (same, others): (Vec<&Sample<'_>>, Vec<&Sample<'_>>) =
            samples.iter().partition(|sample| is_same(source, &sample.listed, &sample.own));
        let differing = others.iter().filter(|sample| !sample.listed.is_empty()).count();
        let is_kept = same.len() >= AGREEING * differing && 2 * same.len() >= samples.len();
        // A few cells may well have the number of a proposal by chance, or count the rows.
        let is_chance = matches!(source, Source::Number) && (same.len() < AGREEING || counts_rows(samples));
        let like = same.first().filter(|_| is_kept && !is_chance)?;
        let stale = |sample: &&Sample<'_>| {
            let own = match source {
                Source::Number => Some(padded(sample.own.trim_start_matches('0'), &like.listed)),
                _ => written(&sample.own, like),
            };
            let cell = Cell { span: sample.span, text: String::new() };
            StaleCell {
                span: sample.span,
                name: sample.name.to_owned(),
                column: column.to_owned(),
                listed: sample.listed.clone(),
                own: own.clone().unwrap_or_else(|| sample.own.clone()),
                edit: own.map(|own| sample.row.replace(self.text(), &cell, &own)),
            }
        };
        Some(others.iter().map(stale).collect())
    }
}

impl Proposal<'_> {
    /// Returns the words of the value of the key called `name`, unless it is empty.
    fn said_under(&self, name: &KeyName) -> Option<String> {
        let said = self.everywhere().find_map(|metadata| Some(self.said_of(metadata, metadata.entry_called(name)?).0));
        said.filter(|said| !said.is_empty())
    }
}

/// Whether a cell that says `listed` agrees with `own`.
fn is_same(source: &Source, listed: &str, own: &str) -> bool {
    match source {
        Source::Number => {
            let bare = listed.trim_start_matches('0');
            !bare.is_empty() && bare == own.trim_start_matches('0')
        }
        _ if listed.is_empty() => false,
        _ => fold(listed) == fold(&rendered(own)) || iso_day(listed).is_some_and(|day| iso_day(own) == Some(day)),
    }
}

/// Whether the cells count the rows, up or down.
fn counts_rows(samples: &[Sample<'_>]) -> bool {
    let numbers = || samples.iter().map(|sample| sample.listed.parse::<usize>().ok());
    let count = samples.len();
    numbers().eq((1..=count).map(Some)) || numbers().eq((1..=count).rev().map(Some))
}

/// Returns `own` as the cell of a column in which `like` agrees with its proposal. A day is written like others in the column.
fn written(own: &str, like: &Sample<'_>) -> Option<String> {
    let is_plain = !own.contains(MARKS);
    let other_form = iso_day(&like.own).filter(|_| like.listed != like.own);
    match other_form {
        Some(day) => iso_day(own).filter(|_| day == like.listed),
        None => is_plain.then(|| own.to_owned()),
    }
}
