//! Key–value entries: in a bullet list, `- **Key**: value`, or in a table, `| Key | value |`.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::fold;
use crate::terms::{self, Meaning};
use crate::text::{Offset, Placed, Span, Text};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key as rendered, without bold marks and colon.
    pub key: String,
    /// The start of the item's content, after the bullet.
    pub content: Offset,
    /// The text of the key.
    pub key_span: Span,
    /// The value, without surrounding white space and quotes. In a list, only the first line of a value on several lines. If there
    /// is no value, the empty span where it would start.
    pub value: Span,
    /// The value as parsed from YAML or TOML, if it differs from its source.
    pub scalar: Option<String>,
    /// All lines of the entry.
    pub span: Span,
}

impl Placed for Entry {
    fn placed(self, place: impl Fn(Span) -> Span) -> Entry {
        let content = place(Span::new(self.content, self.content)).start;
        let (key_span, value, span) = (place(self.key_span), place(self.value), place(self.span));
        Entry { content, key_span, value, span, ..self }
    }
}

impl Entry {
    /// Returns the value; `text` must be the text of the entry.
    pub fn value_text<'a>(&'a self, text: &'a Text) -> Cow<'a, str> {
        match &self.scalar {
            Some(scalar) => Cow::Borrowed(scalar),
            None => text.slice(self.value),
        }
    }
}

/// Returns the entries among the items of the list at `list`. A line that does not start an item continues the previous one. An
/// item without a key is not an entry.
pub fn entries(text: &Text, list: Span) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let last = text.line_at(list.end);
    for line in text.line_at(list.start)..=last {
        let span = text.line_span(line);
        let source = text.slice(span);
        match entry(&source, span.start) {
            Some(entry) => entries.push(entry),
            None if item_content(&source).is_some() => {}
            None => {
                if let Some(entry) = entries.last_mut().filter(|_| !source.trim().is_empty()) {
                    entry.span = Span::new(entry.span.start, span.end);
                }
            }
        }
    }
    entries
}

/// Returns where the content of the bullet item that `line` starts begins.
pub(crate) fn item_content(line: &str) -> Option<usize> {
    let item = line.trim_start_matches(' ');
    let indent = line.len() - item.len();
    let content = item.strip_prefix(['-', '*', '+'])?;
    let spaces = content.len() - content.trim_start_matches([' ', '\t']).len();
    (indent < 4 && (spaces > 0 || content.is_empty())).then_some(indent + 1 + spaces)
}

/// Returns the length of the list marker at the start of `line`, with the white space around it (CommonMark 5.2), or `None` if
/// `line` does not start an item.
pub fn marker_length(line: &str) -> Option<usize> {
    let item = line.trim_start();
    let digits = item.len() - item.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let sign = if digits > 0 { ['.', ')'].as_slice() } else { &['-', '*', '+'] };
    let content = item[digits..].strip_prefix(sign)?;
    let text = content.trim_start();
    (text.len() < content.len()).then_some(line.len() - text.len())
}

fn entry(line: &str, start: Offset) -> Option<Entry> {
    let content = item_content(line)?;
    let source = &line[content..];
    let (key, value) = split_key(source)?;
    let key = content + key.start..content + key.end;
    let rest = &line[content + value..];
    let value_start = content + value + (rest.len() - rest.trim_start().len());
    let value_end = value_start.max(line.trim_end().len());
    Some(Entry {
        key: line[key.clone()].to_owned(),
        content: start + content,
        key_span: Span::of_range(start, key),
        value: Span::of_range(start, value_start.min(line.len())..value_end.min(line.len())),
        scalar: None,
        span: Span::of_range(start, 0..line.len()),
    })
}

/// What separates a key from its value; the second is the Chinese and Japanese colon.
const COLONS: [char; 2] = [':', '：'];

/// The marks of bold and italic text, and of code.
const MARKS: [&str; 5] = ["**", "__", "*", "_", "`"];

/// Spaces, including the non-breaking ones that French has before a colon.
const GAPS: [char; 5] = [' ', '\t', '\u{a0}', '\u{202f}', '\u{3000}'];

/// Returns the key in `**Key**: …`, `_Key_: …`, `**Key:** …` or `Key: …`, and where the text after it starts.
pub(crate) fn split_key(item: &str) -> Option<(Range<usize>, usize)> {
    let mark = MARKS.iter().find(|mark| item.starts_with(**mark));
    let (key, after) = mark.and_then(|mark| marked_key(item, mark)).or_else(|| plain_key(item))?;
    let key = key.start..key.start + item[key].trim_end_matches(GAPS).len();
    let name = &item[key.clone()];
    // The star in `replaces (*optional)` is not a mark.
    let has_mark = name.contains(['`', '[', '<']) || name.matches('*').count() > name.matches("(*").count();
    let is_key = !name.is_empty() && name.len() <= 64 && !has_mark;
    // `Issue:https://…` is an entry that lacks a space; `https://…` and `a::b` are not entries.
    let is_separated =
        !item[after..].starts_with(['/', ':']) && !name.starts_with(|first: char| first.is_ascii_digit());
    (is_key && is_separated).then_some((key, after))
}

/// Returns the key between two of `mark`. The colon may be on either side of the second one.
fn marked_key(item: &str, mark: &str) -> Option<(Range<usize>, usize)> {
    let start = mark.len();
    let end = start + item[start..].find(mark)?;
    if let Some(key) = item[start..end].strip_suffix(COLONS) {
        return Some((start..start + key.len(), end + mark.len()));
    }
    let behind = item[end + mark.len()..].trim_start_matches(GAPS);
    let rest = behind.strip_prefix(COLONS).or_else(|| behind_duty(behind)?.strip_prefix(COLONS))?;
    Some((start..end, item.len() - rest.len()))
}

/// Returns what follows a note at the start of `text` about whether something is required, such as `(optional)`.
fn behind_duty(text: &str) -> Option<&str> {
    let (note, rest) = text.strip_prefix(['(', '（'])?.split_once([')', '）'])?;
    let note = note.to_lowercase();
    let is_duty =
        [Meaning::Optional, Meaning::IfApplicable, Meaning::Required].iter().any(|duty| terms::is(&note, *duty));
    is_duty.then(|| rest.trim_start_matches(GAPS))
}

fn plain_key(item: &str) -> Option<(Range<usize>, usize)> {
    let (key, value) = item.split_once(COLONS)?;
    Some((0..key.len(), item.len() - value.len()))
}

/// Whether `name`, the first cell of a table's header, is the name of the column rather than a key.
pub(super) fn is_column_name(name: &str) -> bool {
    name.is_empty() || terms::is(&fold(name), Meaning::ColumnKey)
}

/// Returns the rows of the table at `table`, with the key in the first cell and the value in the second. In a table with keys in
/// its header and a single row below, the columns are the entries.
pub fn rows(text: &Text, table: Span) -> Vec<Entry> {
    let (first, last) = (text.line_at(table.start), text.line_at(table.end));
    if last == first + 2 {
        let columns = columns(text, first);
        // One row below a header of several columns has the values of what the header names.
        if !columns.is_empty() || cells(&text.slice(text.line_span(first))).len() > 2 {
            return columns;
        }
    }
    // The line after the header is the delimiter row.
    let lines = (first..=last).filter(|line| *line != first + 1);
    let row = |line: usize| {
        let row = row(&text.slice(text.line_span(line)), text.line_span(line).start)?;
        let is_header = line == first && is_column_name(&row.key);
        (!is_header && !row.key.is_empty()).then_some(row)
    };
    lines.filter_map(row).collect()
}

/// Returns the columns of the table whose header is line `first`, with the values in the row below, or nothing if the first two
/// columns do not have the names of keys.
fn columns(text: &Text, first: usize) -> Vec<Entry> {
    let (head, row) = (text.line_span(first), text.line_span(first + 2));
    let (names, values) = (text.slice(head), text.slice(row));
    let name = |cell: Range<usize>| trimmed(&names, cell, &[' ', '\t', '*', '_', ':']);
    let names_cells: Vec<_> = cells(&names).into_iter().map(name).collect();
    let is_key = |cell: &Range<usize>| terms::kind_of_key(&fold(&names[cell.clone()])).is_some();
    if names_cells.len() < 2 || !names_cells.iter().take(2).all(is_key) {
        return Vec::new();
    }
    let entry = |(key, value): (Range<usize>, Range<usize>)| Entry {
        key: names[key.clone()].to_owned(),
        content: head.start + key.start,
        key_span: Span::of_range(head.start, key),
        value: Span::of_range(row.start, value),
        scalar: None,
        span: Span::new(head.start, row.end),
    };
    let named = |(key, _): &(Range<usize>, Range<usize>)| !key.is_empty();
    names_cells.into_iter().zip(table_cells(&values)).filter(named).map(entry).collect()
}

fn row(line: &str, start: Offset) -> Option<Entry> {
    let mut cells = cells(line).into_iter();
    let (key_cell, value_cell) = (cells.next()?, cells.next()?);
    let key = trimmed(line, key_cell.clone(), &[' ', '\t', '*', '_', ':']);
    let value = trimmed(line, value_cell, &BLANKS);
    Some(Entry {
        key: line[key.clone()].to_owned(),
        content: start + trimmed(line, key_cell, &BLANKS).start,
        key_span: Span::of_range(start, key),
        value: Span::of_range(start, value),
        scalar: None,
        span: Span::of_range(start, 0..line.len()),
    })
}

const BLANKS: [char; 2] = [' ', '\t'];

/// Returns the contents of each cell of the table row `line`, without surrounding spaces, as ranges in `line`.
pub fn table_cells(line: &str) -> Vec<Range<usize>> {
    cells(line).into_iter().map(|cell| trimmed(line, cell, &BLANKS)).collect()
}

/// Returns what is between the bars of `line`, where those at its ends are optional (GFM 4.10), or nothing if the line has no bar.
fn cells(line: &str) -> Vec<Range<usize>> {
    let is_edge = |at: &usize| line.as_bytes().get(at.wrapping_sub(1)) != Some(&b'\\');
    let mut bars: Vec<usize> = line.match_indices('|').map(|(at, _)| at).filter(is_edge).collect();
    if bars.is_empty() {
        return Vec::new();
    }
    let mut start = 0;
    if line.trim_start().starts_with('|') {
        start = bars.remove(0) + 1;
    }
    let mut cells = Vec::new();
    for bar in bars {
        cells.push(start..bar);
        start = bar + 1;
    }
    if !line[start..].trim().is_empty() || cells.is_empty() {
        cells.push(start..line.len());
    }
    cells
}

/// Returns the part of `line` at `range` without `marks` around it. For an empty cell, returns the place after its first space.
fn trimmed(line: &str, range: Range<usize>, marks: &[char]) -> Range<usize> {
    let cell = &line[range.clone()];
    let inside = cell.trim_start_matches(marks);
    if inside.is_empty() {
        let place = range.start + usize::from(cell.starts_with(' '));
        return place..place;
    }
    let start = range.start + (cell.len() - inside.len());
    start..start + inside.trim_end_matches(marks).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, expected: &[(&str, &str)]) {
        let text = Text::new(list);
        let found = entries(&text, text.span());
        let found: Vec<_> =
            found.iter().map(|entry| (entry.key.clone(), text.slice(entry.value).into_owned())).collect();
        let expected: Vec<_> = expected.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bold_and_plain_keys() {
        check(
            "* **Status**: _Accepted_ \n- **Author(s):** A. Author\n+ Release: 1:2\n- Issue:https://example.org",
            &[
                ("Status", "_Accepted_"),
                ("Author(s)", "A. Author"),
                ("Release", "1:2"),
                ("Issue", "https://example.org"),
            ],
        );
    }

    #[test]
    fn colons_of_any_width_divide_keys_from_values() {
        check(
            "- **取代**（可选）：甲\n- **Decider** (optional): x\n- **状态**：草案\n- **日期：**今天\n- 作者：某人\n- Statut : proposé\n- Date\u{a0}: x\n- **Auteur\u{202f}:** y\n",
            &[
                ("取代", "甲"),
                ("Decider", "x"),
                ("状态", "草案"),
                ("日期", "今天"),
                ("作者", "某人"),
                ("Statut", "proposé"),
                ("Date", "x"),
                ("Auteur", "y"),
            ],
        );
    }

    #[test]
    fn rows_of_a_table() {
        let text =
            Text::new("| Field | Value |\n| --- | --- |\n| **Status** | _Draft_ |\n| Authors: | |\nPR | a \\| b |\n");
        let found = rows(&text, text.span());
        let found: Vec<_> = found.iter().map(|row| (row.key.as_str(), text.slice(row.value))).collect();
        assert_eq!(found, [("Status", "_Draft_".into()), ("Authors", "".into()), ("PR", "a \\| b".into())]);
        let text = Text::new("| Status | Draft |\n| --- | --- |\n");
        assert_eq!(rows(&text, text.span())[0].key, "Status");
        for head in ["| Campo | Valor |", "| 项 | 值 |", "| 項目 | 内容 |", "| Feld | Wert |", "| Поле | Значение |"]
        {
            let text = Text::new(&format!("{head}\n| --- | --- |\n| X | y |\n"));
            assert_eq!(rows(&text, text.span()).len(), 1, "{head}");
        }
    }

    #[test]
    fn cells_of_a_row() {
        let check = |line: &str, expected: &[&str]| {
            let found: Vec<_> = table_cells(line).into_iter().map(|cell| &line[cell]).collect();
            assert_eq!(found, expected, "{line}");
        };
        check("| a | b \\| c ||  ", &["a", "b \\| c", ""]);
        check("a | 💡", &["a", "💡"]);
        check("|", &[""]);
        check("a", &[]);
    }

    #[test]
    fn an_empty_value_is_where_it_would_start() {
        check("- **Status**:\n- **Release**: \n", &[("Status", ""), ("Release", "")]);
        let text = Text::new("- **Status**: ");
        assert_eq!(entries(&text, text.span())[0].value, Span::empty(Offset::new(14)));
    }

    #[test]
    fn items_without_a_key_are_none() {
        check("- see `a: b`\n- http://example.org\n- a::b\n- 12:30\n- **bold** text\n- plain", &[]);
    }

    #[test]
    fn a_wrapped_value_belongs_to_its_entry() {
        let text = Text::new("- **Author(s)**: A. Author,\n  B. Author\n- **Release**: N/A\n");
        let found = entries(&text, text.span());
        assert_eq!(text.slice(found[0].span), "- **Author(s)**: A. Author,\n  B. Author");
    }
}
