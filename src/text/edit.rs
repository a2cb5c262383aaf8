//! Replacements of parts of a text.

use super::{Offset, Span, Text};

/// The replacement of the text in `span` by `content`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes of the text before the edit.
    pub span: Span,
    /// The replacement.
    pub content: String,
}

impl Edit {
    /// Inserts `content` at `offset`.
    pub fn insert(offset: Offset, content: impl Into<String>) -> Edit {
        Edit { span: Span::empty(offset), content: content.into() }
    }
}

/// Returns `text` after `edits`, which must not overlap. Each span counts in `text` itself, as in an LSP `TextEdit[]`.
pub fn apply(text: &Text, edits: &[Edit]) -> Text {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut text = text.clone();
    for edit in ordered.into_iter().rev() {
        text.replace(edit.span, &edit.content);
    }
    text
}
