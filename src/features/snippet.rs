//! Text as an LSP snippet.

/// Returns `content` as a snippet if it has spaces: of plain text, Neovim takes only the first word.
pub(super) fn plain_snippet(content: &str) -> Option<String> {
    content.contains(char::is_whitespace).then(|| escape(content))
}

/// Escapes `text` for use in a snippet (LSP 3.17, "Snippet Syntax").
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// Returns `content`, which a fix inserts, as a snippet with the cursor where the author writes on: below the first heading, or at
/// the first value. `None` if there is no such place.
pub fn to_fill(content: &str) -> Option<String> {
    let start = content.find(|sign| !matches!(sign, '\r' | '\n'))?;
    if !content[start..].starts_with('#') {
        return at_value(content);
    }
    let at = content[start..].find(['\r', '\n']).map_or(content.len(), |length| start + length);
    let lead = if content.contains("\r\n") { "\r\n\r\n" } else { "\n\n" };
    Some(with_cursor(content, at, [lead, ""]))
}

/// Returns `content`, which has metadata, as a snippet with the cursor at the first value. The lines of a table that is inserted as a
/// whole are read like those of a list.
fn at_value(content: &str) -> Option<String> {
    let mut start = 0;
    for line in content.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        if let Some((at, around)) = value_of(bare) {
            return Some(with_cursor(content, start + at, around));
        }
        start += line.len();
    }
    None
}

/// Returns where in `line`, which has a key of metadata, its value goes, and what is missing before and after it. `None` if the line
/// has no key, or a value.
fn value_of(line: &str) -> Option<(usize, [&'static str; 2])> {
    let is_key = line.contains(char::is_alphabetic);
    let end = line.trim_end().len();
    match line {
        _ if !is_key => None,
        _ if line.ends_with('|') => in_last_cell(line),
        _ if line.ends_with([':', '：', '*', '_']) => Some((line.len(), [" ", ""])),
        _ if line[..end].ends_with([':', '：', '*', '_']) => Some((line.len(), ["", ""])),
        _ => None,
    }
}

/// Returns the same for the row `line` of a table, whose value is in the last cell.
fn in_last_cell(line: &str) -> Option<(usize, [&'static str; 2])> {
    let inner = line.strip_suffix('|')?;
    let before = inner.trim_end_matches(' ');
    let is_empty = before.ends_with('|') && before.len() > 1;
    is_empty.then(|| match inner.len() - before.len() {
        0 => (inner.len(), [" ", " "]),
        1 => (inner.len(), ["", " "]),
        _ => (before.len() + 1, ["", ""]),
    })
}

/// Returns `content` as a snippet with the cursor at `at`, between the two texts.
fn with_cursor(content: &str, at: usize, [before, after]: [&str; 2]) -> String {
    format!("{}{before}$0{after}{}", escape(&content[..at]), escape(&content[at..]))
}

#[cfg(test)]
mod tests {
    use super::to_fill;

    #[test]
    fn the_cursor_goes_below_a_heading_and_to_an_empty_value() {
        let cases = [
            ("\n\n## Test Plan", Some("\n\n## Test Plan\n\n$0")),
            ("## Why\r\n\r\n", Some("## Why\r\n\r\n$0\r\n\r\n")),
            ("\n\n## Why\n\n_Say ${why}._", Some("\n\n## Why\n\n$0\n\n_Say \\${why\\}._")),
            ("\n- **Author**: ", Some("\n- **Author**: $0")),
            ("- **Author**:\n- **Date**:\n\n", Some("- **Author**: $0\n- **Date**:\n\n")),
            ("\nauthor:", Some("\nauthor: $0")),
            ("\n| Author | |", Some("\n| Author | $0 |")),
            ("\n| Author |  |\n| Date |  |", Some("\n| Author | $0 |\n| Date |  |")),
            ("\n| Author ||", Some("\n| Author | $0 |")),
            ("\n<td></td>", None),
            ("---\nauthor:\n---\n\n", Some("---\nauthor: $0\n---\n\n")),
            ("---\r\nauthor:\r\ndate:\r\n---\r\n", Some("---\r\nauthor: $0\r\ndate:\r\n---\r\n")),
            (
                "\n\n| Field | Value |\n| --- | --- |\n| Author | |",
                Some("\n\n| Field | Value |\n| --- | --- |\n| Author | $0 |"),
            ),
            ("\n- Status: Draft\n- **Author**:", Some("\n- Status: Draft\n- **Author**: $0")),
            ("---\nstatus: draft\n---\n\n", None),
            ("", None),
        ];
        for (content, snippet) in cases {
            assert_eq!(to_fill(content).as_deref(), snippet, "{content:?}");
        }
    }
}
