//! The rows of an HTML table with a key in the first cell and a value in the second.

use std::ops::Range;

use super::Entry;
use super::entries::is_column_name;
use crate::text::{Span, Text};

/// Returns the span of the HTML table that starts with the block at `block`: up to its end tag, even past blank lines. `None` if no
/// table starts there.
pub fn html_table(text: &Text, block: Span) -> Option<Span> {
    let own = text.slice(block);
    let start = own.len() - own.trim_start().len();
    if !starts_tag(&own[start..], "table") {
        return None;
    }
    let end_in = |html: &str| find_tag(html, start, "/table").map(|end| end.end);
    let end = end_in(&own).or_else(|| end_in(&text.slice(Span::new(block.start, text.end()))));
    Some(Span::of_range(block.start, start..end.unwrap_or(own.len())))
}

/// Returns the rows of the table at `table`.
pub fn html_rows(text: &Text, table: Span) -> Vec<Entry> {
    let html = text.slice(table);
    let mut rows = Vec::new();
    let mut next = find_tag(&html, 0, "tr");
    while let Some(start) = next {
        next = find_tag(&html, start.end, "tr");
        let end = next.as_ref().map(|next| next.start).or_else(|| Some(find_tag(&html, start.end, "/table")?.start));
        rows.extend(row(&html, start.start..end.unwrap_or(html.len()), table));
    }
    let is_header = rows.first().is_some_and(|row: &Entry| is_column_name(&row.key));
    if is_header {
        rows.remove(0);
    }
    rows
}

fn row(html: &str, row: Range<usize>, table: Span) -> Option<Entry> {
    let row = row.start..row.start + html[row].trim_end().len();
    let (first, rest) = cell(html, row.clone())?;
    let (second, _) = cell(html, rest..row.end)?;
    let key = without_tags(html, first.clone());
    let name = &html[key.clone()];
    (!name.is_empty()).then(|| Entry {
        key: name.to_owned(),
        content: table.start + first.start,
        key_span: Span::of_range(table.start, key),
        value: Span::of_range(table.start, second),
        scalar: None,
        span: Span::of_range(table.start, row),
    })
}

/// Returns the contents of the first cell in `range`, without surrounding spaces, and where the cell ends.
fn cell(html: &str, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let inside = &html[..range.end];
    let open =
        ["td", "th"].iter().filter_map(|name| find_tag(inside, range.start, name)).min_by_key(|tag| tag.start)?;
    let ends = ["/td", "/th", "td", "th", "/tr"].iter().filter_map(|name| find_tag(inside, open.end, name));
    let end = ends.map(|tag| tag.start).min().unwrap_or(range.end);
    let source = &html[open.end..end];
    // For an empty cell, the place after its first space.
    let blanks = if source.trim().is_empty() {
        usize::from(source.starts_with(' '))
    } else {
        source.len() - source.trim_start().len()
    };
    let start = open.end + blanks;
    Some((start..start + html[start..end].trim_end().len(), end))
}

/// Returns the part of `html` at `range` without surrounding tags and marks of bold text.
fn without_tags(html: &str, mut range: Range<usize>) -> Range<usize> {
    const MARKS: [char; 4] = ['*', '_', ' ', ':'];
    loop {
        let source = &html[range.clone()];
        let inside = source.trim_matches(MARKS);
        let lead = source.len() - source.trim_start_matches(MARKS).len();
        let tag = inside.starts_with('<').then(|| inside.find('>')).flatten().map_or(0, |end| end + 1);
        let inside = &inside[tag..];
        let tail = inside.ends_with('>').then(|| inside.rfind('<')).flatten().map_or(inside.len(), |start| start);
        let start = (range.start + lead + tag).min(range.end);
        let found = start..(start + tail).min(range.end);
        if found == range {
            return range;
        }
        range = found;
    }
}

fn starts_tag(html: &str, name: &str) -> bool {
    let Some(found) = html.strip_prefix('<').and_then(|rest| rest.get(..name.len())) else { return false };
    found.eq_ignore_ascii_case(name) && !html[1 + name.len()..].starts_with(char::is_alphanumeric)
}

/// Returns the range of the first tag `name` of `html` after `from`.
fn find_tag(html: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let mut starts = html[from..].match_indices('<').map(|(at, _)| from + at);
    let start = starts.find(|start| starts_tag(&html[*start..], name))?;
    Some(start..start + html[start..].find('>').map_or(html.len() - start, |end| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::blocks;
    use crate::text::Offset;

    fn check(source: &str, expected: &[(&str, &str)]) {
        let text = Text::new(source);
        let table = html_table(&text, blocks(&text).list[0].span).expect("a table");
        let rows = html_rows(&text, table);
        let found: Vec<_> = rows.iter().map(|row| (row.key.as_str(), text.slice(row.value).into_owned())).collect();
        let expected: Vec<_> = expected.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        assert_eq!(found, expected, "{source}");
        assert!(rows.iter().all(|row| text.slice(row.key_span) == row.key), "{source}");
    }

    #[test]
    fn rows_have_a_key_and_a_value_whether_or_not_their_tags_are_closed() {
        let expected = [("Title", "A 💡"), ("Author(s)", "A. Author &lt;a@example.org&gt;"), ("Team", "")];
        check(
            "<table>\n<tr><td> Title </td><td> A 💡 </td>\n<tr><td>Author(s)</td><td>A. Author &lt;a@example.org&gt;</td></tr>\n\
             <tr><td>Team<td>\n</table>\n",
            &expected,
        );
        check(
            "<TABLE class=\"x\">\n<tbody>\n  <TR>\n    <th><b>Title</b>:</th>\n    <td>A 💡</td>\n  </TR>\n\n  <tr>\n    \
             <th><strong>Author(s):</strong></th>\n    <td>A. Author &lt;a@example.org&gt;</td>\n  </tr>\n  \
             <tr><th>Team</th><td></td></tr></tbody></TABLE>\n\n<table><tr><td>B</td><td>c</td></tr></table>\n",
            &expected,
        );
        check(
            "<table><tr><th>Key</th><th>Value</th></tr><tr><td>A</td><td><i>b</i></td></tr></table>",
            &[("A", "<i>b</i>")],
        );
    }

    #[test]
    fn what_is_broken_has_no_rows_or_those_that_are_whole() {
        for source in
            ["<table", "<table>", "<table><tr>", "<table><tr><td>A</td></tr></table>", "<table><tr><td></td><td>b"]
        {
            check(source, &[]);
        }
        check("<table><tr><td>A</td><td", &[("A", "")]);
        let text = Text::new("<tables><tr><td>A<td>b");
        assert_eq!(html_table(&text, text.span()), None);
    }

    #[test]
    fn the_place_of_an_empty_value_is_behind_the_first_blank_of_its_cell() {
        for (cell, before) in [("", ""), (" ", " "), ("   ", " "), (" \n", " "), ("\n ", "")] {
            let text = Text::new(&format!("<table><tr><td>Team</td><td>{cell}</td></tr></table>"));
            let rows = html_rows(&text, html_table(&text, text.span()).expect("a table"));
            let start = "<table><tr><td>Team</td><td>".len() + before.len();
            assert_eq!(rows[0].value, Span::empty(Offset::new(start)), "{cell:?}");
        }
    }
}
