//! Text as an LSP snippet.

/// `content` as a snippet, if it has blanks: of plain text, Neovim takes the first word.
pub(super) fn plain_snippet(content: &str) -> Option<String> {
    content.contains(char::is_whitespace).then(|| escape(content))
}

/// `text` as it is, in a snippet (LSP 3.17, "Snippet Syntax").
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
