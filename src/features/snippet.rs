//! Text as an LSP snippet.

/// Returns `content` as a snippet if it has spaces: of plain text, Neovim takes only the first word.
pub(super) fn plain_snippet(content: &str) -> Option<String> {
    content.contains(char::is_whitespace).then(|| escape(content))
}

/// Escapes `text` for use in a snippet (LSP 3.17, "Snippet Syntax").
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
