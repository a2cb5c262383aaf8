//! Highlights and linked places for the client.

use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, LinkedEditingRanges};

use super::Context;
use crate::features::highlights::{Highlight, HighlightKind};
use crate::features::linked::WORD_PATTERN;
use crate::text::Span;

impl Context<'_> {
    /// What to highlight; nothing where there is nothing.
    pub(in crate::server) fn highlights(&self, found: &[Highlight]) -> Option<Vec<DocumentHighlight>> {
        let highlight = |found: &Highlight| {
            let kind = match found.kind {
                HighlightKind::Heading => DocumentHighlightKind::WRITE,
                HighlightKind::Reference => DocumentHighlightKind::READ,
            };
            DocumentHighlight { range: self.range(found.span), kind: Some(kind) }
        };
        (!found.is_empty()).then(|| found.iter().map(highlight).collect())
    }

    /// Places that are edited as one; nothing where there are none.
    pub(in crate::server) fn linked(&self, places: &[Span]) -> Option<LinkedEditingRanges> {
        let ranges = places.iter().map(|place| self.range(*place)).collect();
        (!places.is_empty()).then(|| LinkedEditingRanges { ranges, word_pattern: Some(WORD_PATTERN.to_owned()) })
    }
}
