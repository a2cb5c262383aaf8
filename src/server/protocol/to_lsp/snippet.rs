//! Edits that put the cursor where the author writes on.

use tower_lsp::lsp_types::{AnnotatedTextEdit, DocumentChanges, OneOf, Url, WorkspaceEdit};

use crate::features::snippet::to_fill;
use crate::server::wire::snippets::SNIPPET;

/// Makes the first insertion in the document `uri` that is to be filled in a snippet. Only the edits of `documentChanges` can be
/// snippets.
pub(super) fn lead_on(edit: &mut WorkspaceEdit, uri: &Url) {
    let Some(DocumentChanges::Edits(changes)) = &mut edit.document_changes else { return };
    let own = changes.iter_mut().filter(|change| change.text_document.uri == *uri).flat_map(|change| &mut change.edits);
    for edit in own {
        let OneOf::Left(plain) = edit else { continue };
        let is_insertion = plain.range.start == plain.range.end;
        if let Some(snippet) = to_fill(&plain.new_text).filter(|_| is_insertion) {
            plain.new_text = snippet;
            let annotated = AnnotatedTextEdit { text_edit: plain.clone(), annotation_id: SNIPPET.to_owned() };
            *edit = OneOf::Right(annotated);
            return;
        }
    }
}
