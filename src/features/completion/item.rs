//! A completion: one thing to insert.

use std::path::PathBuf;

use crate::text::Edit;

/// One thing to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// A short note behind the label.
    pub detail: Option<String>,
    /// More about it, as Markdown.
    pub documentation: Option<String>,
    /// The change to the document; its span is within one line and contains the cursor.
    pub edit: Edit,
    /// The edit's content as an LSP snippet, if that differs.
    pub snippet: Option<String>,
    /// The text that the client matches against the text in the edit's span.
    pub filter: String,
    /// Whether it is the one to preselect.
    pub is_likely: bool,
    /// Its kind.
    pub kind: CompletionKind,
    /// The proposal that it leads to, for showing more about that.
    pub about: Option<PathBuf>,
}

/// The kinds of completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A section's heading.
    Section,
    /// A metadata key.
    Key,
    /// A metadata value.
    Value,
    /// The number of a proposal.
    Proposal,
    /// A file.
    File,
    /// A heading or label.
    Anchor,
}
