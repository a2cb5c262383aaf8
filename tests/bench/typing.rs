//! What an author does in an open document.

use vip_lsp::document::Document;
use vip_lsp::syntax::BlockKind;
use vip_lsp::text::{Edit, Offset};

/// `content`, open, with one character typed.
pub(crate) fn settled(content: &str) -> Document {
    let document = Document::open(content);
    typed(&document, middle_of_prose(&document))
}

/// `document` with a character typed at `offset`.
pub(crate) fn typed(document: &Document, offset: Offset) -> Document {
    edited(document, &Edit::insert(offset, "x"))
}

/// `document` after `edit`.
pub(crate) fn edited(document: &Document, edit: &Edit) -> Document {
    let mut edits = document.edit();
    edits.apply(edit);
    Document::edited(edits)
}

/// A space within the paragraph that is nearest to the middle of `document`.
pub(crate) fn middle_of_prose(document: &Document) -> Offset {
    let middle = Offset::new(document.text().len() / 2);
    let paragraph =
        document.blocks().list.iter().find(|block| block.kind == BlockKind::Paragraph && block.span.start >= middle);
    let span = paragraph.expect("there is prose in the second half").span;
    let source = document.text().slice(span);
    let spaces = source.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    span.start + spaces[spaces.len() / 2]
}
