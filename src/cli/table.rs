//! Tables: for a terminal, with columns as wide as their content, or in GitHub's Markdown.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::letters::shown;

/// The gap between two columns.
const GAP: &str = "  ";

/// How narrow a column may become.
const LEAST: usize = 12;

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
    pub(super) header: [(String, Side); COLUMNS],
    pub(super) rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// Formats the table for a terminal; each line ends with a line feed. If it has a width, the longest cells on the left side of
    /// their columns are cut so that lines fit as far as possible.
    pub(super) fn plain(&self, terminal: Option<usize>) -> String {
        let header = self.header.each_ref().map(|(name, _)| name.to_uppercase());
        let rows = self.rows.iter().map(|row| row.each_ref().map(|cell| printable(cell)));
        let rows: Vec<_> = [header].into_iter().chain(rows).collect();
        let widths: [usize; COLUMNS] =
            std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or_default());
        let widths = self.fitting(widths, terminal);
        let line = |row: &[String; COLUMNS]| {
            let cells: [String; COLUMNS] = std::array::from_fn(|column| {
                aligned(&cut(&row[column], widths[column]), widths[column], self.header[column].1)
            });
            format!("{}\n", cells.join(GAP).trim_end())
        };
        rows.iter().map(line).collect()
    }

    /// Returns `widths`, with the widest of the columns that are aligned to the left narrowed until all fit a `terminal` of that
    /// width, or are as narrow as they may be.
    fn fitting(&self, mut widths: [usize; COLUMNS], terminal: Option<usize>) -> [usize; COLUMNS] {
        let gaps = GAP.len() * COLUMNS.saturating_sub(1);
        let most = terminal.unwrap_or(usize::MAX);
        while widths.iter().sum::<usize>() + gaps > most {
            let is_wide = |column: &usize| self.header[*column].1 == Side::Left && widths[*column] > LEAST;
            let Some(widest) = (0..COLUMNS).filter(is_wide).max_by_key(|column| widths[*column]) else { break };
            widths[widest] -= 1;
        }
        widths
    }

    /// Formats the table in GitHub's Markdown; each line ends with a line feed.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: [String; COLUMNS]| format!("| {} |\n", cells.join(" | "));
        let header = line(self.header.each_ref().map(|(name, _)| name.clone()));
        let sides =
            line(self.header.each_ref().map(|(_, side)| if *side == Side::Right { "--:" } else { "---" }.to_owned()));
        let rows = self.rows.iter().map(|row| line(row.each_ref().map(|cell| escaped(&printable(cell)))));
        [header, sides].into_iter().chain(rows).collect()
    }
}

/// Pads `text` to `width` columns of a terminal; a wide character takes two.
fn aligned(text: &str, width: usize, side: Side) -> String {
    let blanks = " ".repeat(width - text.width());
    if side == Side::Right { blanks + text } else { text.to_owned() + &blanks }
}

/// Returns `text` up to `width` columns of a terminal, with a mark if there is more.
fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut end = 0;
    for (start, character) in text.char_indices() {
        let next = start + character.len_utf8();
        if text[..next].width() + 1 > width {
            break;
        }
        end = next;
    }
    Cow::Owned(format!("{}…", text[..end].trim_end()))
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
            header: [("No", Side::Right), ("Title", Side::Left), ("Words", Side::Right)]
                .map(|(name, side)| (name.to_owned(), side)),
            rows: vec![row(["1", "缓存 💡", "12"]), row(["10", "a | `b`\u{1b}\n", ""]), row(["", "e\u{301}", "7"])],
        }
    }

    #[test]
    fn columns_are_aligned_whatever_is_in_them() {
        let expected = "NO  TITLE      WORDS\n 1  缓存 💡       12\n10  a | `b`␛\n    e\u{301}              7\n";
        assert_eq!(table().plain(None), expected);
        assert_eq!(table().plain(Some(80)), expected);
    }

    #[test]
    fn a_wide_column_is_cut_to_fit_a_terminal() {
        let mut table = table();
        table.rows[0][1] = "缓存 and a long title".to_owned();
        let expected = "NO  TITLE         WORDS\n 1  缓存 and a…      12\n10  a | `b`␛           \n    e\u{301}                 7\n";
        let expected = expected.replace("           \n", "\n");
        assert_eq!(table.plain(Some(23)), expected);
        // Narrower than this, a terminal wraps.
        assert_eq!(table.plain(Some(5)), table.plain(Some(23 - 1)));
    }

    #[test]
    fn nothing_in_a_cell_is_markdown() {
        let expected = "\
| No | Title | Words |\n| --: | --- | --: |\n| 1 | 缓存 💡 | 12 |\n| 10 | a \\| \\`b\\`␛  |  |\n|  | e\u{301} | 7 |\n";
        assert_eq!(table().markdown(), expected);
    }
}
