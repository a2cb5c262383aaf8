//! A file that is yet to be made, for the client.

use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::{Changed, Others};
use crate::server::protocol::support::Support;
use crate::workspace::NewProposal;

/// The edit that makes the file `uri` for `new`, and fails where there is one; and that puts the rows for it on index pages.
pub(in crate::server) fn creation(
    uri: &Url,
    new: &NewProposal,
    others: &dyn Others,
    support: &Support,
) -> WorkspaceEdit {
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let fill = TextEdit { range: Range::default(), new_text: new.text.clone() };
    // Of a file that is not open there is no version.
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
