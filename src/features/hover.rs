//! Hover: what is behind what the author points at.

use crate::rules::{Diagnostic, page};
use crate::text::{Offset, Span};

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// It, as Markdown that is easy to read as it is.
    pub markdown: String,
    /// What it is about.
    pub span: Span,
}

/// The rules of those of `diagnostics` that are at `offset`, each once.
pub fn hover(diagnostics: &[Diagnostic], offset: Offset) -> Option<Hover> {
    let mut met: Vec<&Diagnostic> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| is_at(diagnostic.span, offset)) {
        if !met.iter().any(|other| other.rule == diagnostic.rule) {
            met.push(diagnostic);
        }
    }
    // The narrowest place: around it, other rules may have to be shown.
    let span = met.iter().map(|diagnostic| diagnostic.span).min_by_key(|span| span.len())?;
    let section =
        |diagnostic: &&Diagnostic| format!("`{}`\n\n{}", diagnostic.rule.id, page::explanation(diagnostic.rule));
    let markdown = met.iter().map(section).collect::<Vec<_>>().join("\n\n---\n\n");
    Some(Hover { markdown, span })
}

/// Whether someone who points at `offset` points at `span`.
fn is_at(span: Span, offset: Offset) -> bool {
    span.contains(offset) || span.is_empty() && span.touches(offset)
}
