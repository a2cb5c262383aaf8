//! A row of an index page.

use super::Reference;
use crate::syntax::table_cells;
use crate::text::{Edit, Span, Text};

/// A row of a table, or an item of a list, that leads to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line.
    pub span: Span,
    /// The table or list that it is in.
    pub list: Span,
    /// The link to the proposal that it is about: in a table the first at the start of a cell to a file with a number,
    /// else the first to a file.
    pub link: Reference,
    /// The other links to files in it.
    pub others: Vec<Reference>,
    /// The title that it gives, without a number.
    pub title: Option<Cell>,
    /// The status that it gives.
    pub status: Option<Cell>,
    /// The columns of its table; none in a list.
    pub columns: Vec<Column>,
}

/// Something that a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where it is.
    pub span: Span,
    /// It, as rendered.
    pub text: String,
}

/// What a column of an index page's table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The titles.
    Title,
    /// The statuses.
    Status,
    /// What was decided: the title, or other words for it.
    Subject,
    /// Something else.
    Other,
}

/// What a row says, without its place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFacts {
    /// Its line, from 0.
    pub line: u32,
    /// The title, without a number.
    pub title: Option<String>,
    /// The status.
    pub status: Option<String>,
}

impl Row {
    /// What it says; `text` is its page's.
    pub fn facts(&self, text: &Text) -> RowFacts {
        let said = |cell: &Option<Cell>| cell.as_ref().map(|cell| cell.text.clone());
        let line = u32::try_from(text.line_at(self.span.start)).unwrap_or(u32::MAX);
        RowFacts { line, title: said(&self.title), status: said(&self.status) }
    }

    /// What its cells have, without blanks around it; none in a list.
    pub fn cells(&self, text: &Text) -> Vec<Span> {
        let cells = if self.columns.is_empty() { Vec::new() } else { table_cells(&text.slice(self.span)) };
        cells.into_iter().map(|cell| Span::of_range(self.span.start, cell)).collect()
    }

    /// The edit that puts `content` in the place of what `cell` has, which is one of this row's. In a table the blanks
    /// behind it give way or fill up, as far as they can, so that the columns stay where they are.
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
