//! Conversion of a file to create.

use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::{Changed, Others};
use crate::server::protocol::support::Support;
use crate::workspace::NewProposal;

/// Returns the edit that creates the file `uri` for `new`, failing if it exists, and that adds its rows to index pages.
pub(in crate::server) fn creation(
    uri: &Url,
    new: &NewProposal,
    others: &dyn Others,
    support: &Support,
) -> WorkspaceEdit {
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let fill = TextEdit { range: Range::default(), new_text: new.text.clone() };
    // A file that is not open has no version.
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let filling = TextDocumentEdit { text_document, edits: vec![OneOf::Left(fill)] };
    let rows = new.rows.iter().filter_map(|page| Some(Changed::of_file(others, page, support)?.edit()));
    let edits = [filling].into_iter().chain(rows).map(DocumentChangeOperation::Edit);
    let operations = [DocumentChangeOperation::Op(ResourceOp::Create(create))].into_iter().chain(edits);
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations.collect())),
        ..WorkspaceEdit::default()
    }
}
