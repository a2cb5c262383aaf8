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
    let end = content[start..].find(['\r', '\n']).map_or(content.len(), |length| start + length);
    let line = &content[start..end];
    let (at, lead) = if line.starts_with('#') {
        (end, if content.contains("\r\n") { "\r\n\r\n" } else { "\n\n" })
    } else if line.ends_with("| |") {
        (end - 1, "")
    } else if line.ends_with([':', '*', '_']) {
        (end, " ")
    } else if line.trim_end().ends_with([':', '*', '_']) {
        (end, "")
    } else {
        return None;
    };
    let tail = if line.ends_with("| |") { " " } else { "" };
    Some(format!("{}{lead}$0{tail}{}", escape(&content[..at]), escape(&content[at..])))
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
            ("\n<td></td>", None),
            ("---\nauthor:\n---\n\n", None),
            ("", None),
        ];
        for (content, snippet) in cases {
            assert_eq!(to_fill(content).as_deref(), snippet, "{content:?}");
        }
    }
}
