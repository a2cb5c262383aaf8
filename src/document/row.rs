//! A row of an index page.

use super::Reference;
use crate::syntax::{marker_length, table_cells};
use crate::text::{Edit, Offset, Span, Text};

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

    /// Returns the lines of the row. In a list, these are all lines of the item, with the items below it.
    pub fn whole(&self, text: &Text) -> Span {
        if !self.columns.is_empty() {
            return self.span;
        }
        let indent = |line: &str| line.len() - line.trim_start().len();
        let own = indent(&text.slice(self.span));
        let (mut end, mut is_apart) = (self.span.end, false);
        for line in text.line_at(self.span.start) + 1..=text.line_at(self.list.end) {
            let span = text.line_span(line);
            let source = text.slice(span);
            match source.trim().is_empty() {
                true => is_apart = true,
                // A line without a marker belongs to the item as long as no blank line is between them (CommonMark 5.2).
                false if indent(&source) > own || !is_apart && marker_length(&source).is_none() => end = span.end,
                false => break,
            }
        }
        Span::new(self.span.start, end)
    }

    /// Returns the edit that removes the row. `None` if the item has more lines, which the author may need.
    pub fn removal(&self, text: &Text) -> Option<Edit> {
        (self.whole(text) == self.span).then_some(())?;
        let next = text.line_at(self.span.start) + 1;
        let end = if next < text.line_count() { text.line_start(next) } else { self.span.end };
        Some(Edit { span: Span::new(self.span.start, end), content: String::new() })
    }

    /// Whether the bar at `bar` in this row is in a column with that of the delimiter row, or of the rows above and below it; or there is
    /// no such row, so that nothing says otherwise.
    fn is_aligned(&self, text: &Text, bar: Offset) -> bool {
        let column = text.slice(Span::new(self.span.start, bar)).chars().count();
        let (first, own) = (text.line_at(self.list.start), text.line_at(self.span.start));
        let (delimiters, rows) = (first + 1, first + 2..=text.line_at(self.list.end));
        let has_bar = |line: usize| text.slice(text.line_span(line)).chars().nth(column) == Some('|');
        let mut around = [own - 1, own + 1].into_iter().filter(|line| rows.contains(line)).peekable();
        around.peek().is_none() || has_bar(delimiters) || around.all(has_bar)
    }

    /// Returns the edit that replaces the content of `cell`, one of this row's, with `content`. In a table whose columns are
    /// aligned, the spaces after it shrink or grow as far as possible, so that they stay so.
    pub fn replace(&self, text: &Text, cell: &Cell, content: &str) -> Edit {
        if self.columns.is_empty() {
            return Edit { span: cell.span, content: content.to_owned() };
        }
        let content = in_cell(content);
        let behind = text.slice(Span::new(cell.span.end, self.span.end)).into_owned();
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        let (old, new) = (text.slice(cell.span).chars().count(), content.chars().count());
        if !behind[blanks..].starts_with('|') || blanks == 0 {
            return Edit { span: cell.span, content };
        }
        let is_aligned = blanks > 1 || self.is_aligned(text, cell.span.end + blanks);
        let width = if is_aligned { (old + blanks).saturating_sub(new).max(1) } else { blanks };
        Edit { span: Span::new(cell.span.start, cell.span.end + blanks), content: content + &" ".repeat(width) }
    }
}

/// Returns `content` for a cell of a table: with each bar escaped (GFM 4.10).
pub fn in_cell(content: &str) -> String {
    escaped(content, &['|'])
}

/// Returns `content` with each of `signs` escaped that is not yet (CommonMark 2.4).
pub fn escaped(content: &str, signs: &[char]) -> String {
    let (mut escaped, mut is_behind_sign) = (String::with_capacity(content.len()), false);
    for character in content.chars() {
        if signs.contains(&character) && !is_behind_sign {
            escaped.push('\\');
        }
        is_behind_sign = character == '\\' && !is_behind_sign;
        escaped.push(character);
    }
    escaped
}
