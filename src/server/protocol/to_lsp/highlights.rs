//! Conversion of highlights and linked places.

use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, LinkedEditingRanges};

use super::Context;
use crate::features::highlights::{Highlight, HighlightKind};
use crate::features::linked::WORD_PATTERN;
use crate::text::Span;

impl Context<'_> {
    /// Converts highlights; `None` if there are none.
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

    /// Converts places that are edited as one; `None` if there are none.
    pub(in crate::server) fn linked(&self, places: &[Span]) -> Option<LinkedEditingRanges> {
        let ranges = places.iter().map(|place| self.range(*place)).collect();
        (!places.is_empty()).then(|| LinkedEditingRanges { ranges, word_pattern: Some(WORD_PATTERN.to_owned()) })
    }
}
