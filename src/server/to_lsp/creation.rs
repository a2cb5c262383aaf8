//! A file that is yet to be made, for the client.

use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use crate::workspace::NewProposal;

/// The edit that makes the file `uri` for `new`, and fails where there is one.
pub(in crate::server) fn creation(uri: &Url, new: &NewProposal) -> WorkspaceEdit {
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let fill = TextEdit { range: Range::default(), new_text: new.text.clone() };
    // Of a file that is not open there is no version.
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: vec![OneOf::Left(fill)] }),
    ];
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() }
}
