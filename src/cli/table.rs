//! Tables: for a terminal, with columns as wide as their content, or in GitHub's Markdown.

use unicode_width::UnicodeWidthStr;

use crate::letters::shown;

/// The gap between two columns.
const GAP: &str = "  ";

/// The characters with a meaning in a cell of a Markdown table.
const MARKS: [char; 11] = ['\\', '|', '`', '*', '_', '~', '<', '&', '[', ']', '#'];

/// The side of the column that a cell is aligned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Rows of cells below a header.
#[derive(Debug)]
pub(super) struct Table<const COLUMNS: usize> {
    pub(super) header: [(&'static str, Side); COLUMNS],
    pub(super) rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// Formats the table for a terminal; each line ends with a line feed.
    pub(super) fn plain(&self) -> String {
        let header = self.header.map(|(name, _)| name.to_uppercase());
        let rows = self.rows.iter().map(|row| row.each_ref().map(|cell| printable(cell)));
        let rows: Vec<_> = [header].into_iter().chain(rows).collect();
        let widths: [usize; COLUMNS] =
            std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or_default());
        let line = |row: &[String; COLUMNS]| {
            let cells: [String; COLUMNS] =
                std::array::from_fn(|column| aligned(&row[column], widths[column], self.header[column].1));
            format!("{}\n", cells.join(GAP).trim_end())
        };
        rows.iter().map(line).collect()
    }

    /// Formats the table in GitHub's Markdown; each line ends with a line feed.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: [String; COLUMNS]| format!("| {} |\n", cells.join(" | "));
        let header = line(self.header.map(|(name, _)| name.to_owned()));
        let sides = line(self.header.map(|(_, side)| if side == Side::Right { "--:" } else { "---" }.to_owned()));
        let rows = self.rows.iter().map(|row| line(row.each_ref().map(|cell| escaped(&printable(cell)))));
        [header, sides].into_iter().chain(rows).collect()
    }
}

/// Pads `text` to `width` columns of a terminal; a wide character takes two.
fn aligned(text: &str, width: usize, side: Side) -> String {
    let blanks = " ".repeat(width - text.width());
    if side == Side::Right { blanks + text } else { text.to_owned() + &blanks }
}

/// Returns `text` on one line, with control characters made visible.
fn printable(text: &str) -> String {
    shown(&text.replace(['\n', '\t'], " ")).into_owned()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if MARKS.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<3> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned);
        Table {
            header: [("No", Side::Right), ("Title", Side::Left), ("Words", Side::Right)],
            rows: vec![row(["1", "缓存 💡", "12"]), row(["10", "a | `b`\u{1b}\n", ""]), row(["", "e\u{301}", "7"])],
        }
    }

    #[test]
    fn columns_are_aligned_whatever_is_in_them() {
        let expected = "NO  TITLE      WORDS\n 1  缓存 💡       12\n10  a | `b`␛\n    e\u{301}              7\n";
        assert_eq!(table().plain(), expected);
    }

    #[test]
    fn nothing_in_a_cell_is_markdown() {
        let expected = "\
| No | Title | Words |\n| --: | --- | --: |\n| 1 | 缓存 💡 | 12 |\n| 10 | a \\| \\`b\\`␛  |  |\n|  | e\u{301} | 7 |\n";
        assert_eq!(table().markdown(), expected);
    }
}
