//! A row of an index page.

use super::Reference;
use crate::syntax::table_cells;
use crate::text::{Edit, Span, Text};

/// A row of a table, or an item of a list, that leads to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the row.
    pub span: Span,
    /// The table or list around it.
    pub list: Span,
    /// The link to the proposal that it is about: in a table, the first link at the start of a cell to a file with a
    /// number, or else the first link to a file.
    pub link: Reference,
    /// The other links to files in the row.
    pub others: Vec<Reference>,
    /// The title in the row, without a number.
    pub title: Option<Cell>,
    /// The status in the row.
    pub status: Option<Cell>,
    /// The columns of its table; empty in a list.
    pub columns: Vec<Column>,
}

/// A piece of information in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The span.
    pub span: Span,
    /// The text as rendered.
    pub text: String,
}

/// The meaning of a column in the table of an index page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The titles.
    Title,
    /// The statuses.
    Status,
    /// The decisions: titles, or other words for them.
    Subject,
    /// Something else.
    Other,
}

/// The information in a row, without spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFacts {
    /// The line of the row, from 0.
    pub line: u32,
    /// The title, without a number.
    pub title: Option<String>,
    /// The status.
    pub status: Option<String>,
}

impl Row {
    /// Returns the information in the row; `text` must be that of its page.
    pub fn facts(&self, text: &Text) -> RowFacts {
        let said = |cell: &Option<Cell>| cell.as_ref().map(|cell| cell.text.clone());
        let line = u32::try_from(text.line_at(self.span.start)).unwrap_or(u32::MAX);
        RowFacts { line, title: said(&self.title), status: said(&self.status) }
    }

    /// Returns the contents of the cells, without surrounding spaces; empty in a list.
    pub fn cells(&self, text: &Text) -> Vec<Span> {
        let cells = if self.columns.is_empty() { Vec::new() } else { table_cells(&text.slice(self.span)) };
        cells.into_iter().map(|cell| Span::of_range(self.span.start, cell)).collect()
    }

    /// Returns the edit that replaces the content of `cell`, one of this row's, with `content`. In a table, the spaces
    /// after it shrink or grow as far as possible, so that the columns stay aligned.
    pub fn replace(&self, text: &Text, cell: &Cell, content: &str) -> Edit {
        if self.columns.is_empty() {
            return Edit { span: cell.span, content: content.to_owned() };
        }
        let content = content.replace('|', "\\|");
        let behind = text.slice(Span::new(cell.span.end, self.span.end)).into_owned();
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        let (old, new) = (text.slice(cell.span).chars().count(), content.chars().count());
        if !behind[blanks..].starts_with('|') || blanks == 0 {
            return Edit { span: cell.span, content };
        }
        let width = (old + blanks).saturating_sub(new).max(1);
        Edit { span: Span::new(cell.span.start, cell.span.end + blanks), content: content + &" ".repeat(width) }
    }
}
