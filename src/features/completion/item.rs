//! What completion offers: one thing to insert.

use std::path::PathBuf;

use crate::text::Edit;

/// One thing to insert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// A word about it, behind the label.
    pub detail: Option<String>,
    /// More about it, as Markdown.
    pub documentation: Option<String>,
    /// What it does to the document; its span is on one line and has the cursor.
    pub edit: Edit,
    /// The edit's content as an LSP snippet, where that says more.
    pub snippet: Option<String>,
    /// What the text in the edit's span is compared with.
    pub filter: String,
    /// Whether it is the one to offer first.
    pub is_likely: bool,
    /// What it is.
    pub kind: CompletionKind,
    /// The proposal that it leads to, for whoever wants to know more of it.
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
    /// A proposal's number.
    Proposal,
    /// A file.
    File,
    /// A heading or label.
    Anchor,
}
