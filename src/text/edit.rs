//! Replacing a part of a text.

use super::{Offset, Span, Text};

/// What stands in `span` becomes `content`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is taken out, in bytes of the text before the edit.
    pub span: Span,
    /// What is put there.
    pub content: String,
}

impl Edit {
    /// Puts `content` at `offset`.
    pub fn insert(offset: Offset, content: impl Into<String>) -> Edit {
        Edit { span: Span::empty(offset), content: content.into() }
    }
}

/// `text` after `edits`, which must not overlap; each span counts in `text` itself, as in an LSP `TextEdit[]`.
pub fn apply(text: &Text, edits: &[Edit]) -> Text {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut text = text.clone();
    for edit in ordered.into_iter().rev() {
        text.replace(edit.span, &edit.content);
    }
    text
}
