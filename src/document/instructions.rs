//! The template's instructions that are left in a proposal.

use super::Proposal;
use crate::syntax::{Block, BlockKind, Paragraph, comment_block, paragraphs};

impl Proposal<'_> {
    /// Returns the paragraphs, quotes and comments that are instructions of the template, verbatim.
    pub fn instructions(&self) -> &[Paragraph] {
        self.instructions.get_or_init(|| self.read_instructions())
    }

    fn read_instructions(&self) -> Vec<Paragraph> {
        let text = self.text();
        let instructions = &self.template.instructions;
        if instructions.is_empty() {
            return Vec::new();
        }
        let is_prose = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Quote | BlockKind::Html)
        };
        self.document.by_piece(self.template.origin(), |blocks| {
            let blocks = blocks.iter().filter(is_prose);
            let blocks = blocks.filter(|block| instructions.may_have(&text.slice(block.span)));
            // Fast path: nearly all instructions of some templates are comments, which need no parser.
            let found = blocks.flat_map(|block| match block.kind {
                BlockKind::Html => comment_block(text, block.span).into_iter().collect(),
                _ => paragraphs(text, block.span),
            });
            found.filter(|found| instructions.has(found)).collect()
        })
    }
}
