//! Conversion of edits to documents.

use std::collections::HashMap;
use std::path::Path;

use tower_lsp::lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::{Others, range};
use crate::rules::FileEdits;
use crate::server::protocol::support::Support;
use crate::text::{Edit, Text};
use crate::workspace::{DocumentEdits, DocumentId};

/// The edits of one document, as the client knows it.
pub(in crate::server) struct Changed {
    uri: Url,
    /// The version that the edits apply to; `None` for a document that is not open.
    version: Option<i32>,
    edits: Vec<TextEdit>,
}

impl Changed {
    /// Converts `edits` of a document with the text `text`.
    pub(in crate::server) fn new(
        uri: Url,
        version: Option<i32>,
        text: &Text,
        edits: &[Edit],
        support: &Support,
    ) -> Changed {
        let edits = edits
            .iter()
            .map(|edit| TextEdit { range: range(text, edit.span, support), new_text: edit.content.clone() });
        Changed { uri, version, edits: edits.collect() }
    }

    /// Converts `changes` of a file, which may be open.
    pub(in crate::server) fn of_file(others: &dyn Others, changes: &FileEdits, support: &Support) -> Option<Changed> {
        let id = DocumentId::File(changes.path.clone());
        Some(Changed::new(others.uri(&id)?, changes.version, &changes.text, &changes.edits, support))
    }

    /// Converts `changed`, a document that may be open.
    pub(in crate::server) fn of_document(
        others: &dyn Others,
        changed: &DocumentEdits,
        support: &Support,
    ) -> Option<Changed> {
        let (text, version) = (changed.document.text(), changed.document.version());
        Some(Changed::new(others.uri(&changed.id)?, version, text, &changed.edits, support))
    }

    pub(super) fn edit(self) -> TextDocumentEdit {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.uri, version: self.version };
        TextDocumentEdit { text_document, edits: self.edits.into_iter().map(OneOf::Left).collect() }
    }
}

/// Combines `changes` into one edit, with versions if the client supports them.
pub(in crate::server) fn workspace_edit(changes: Vec<Changed>, support: &Support) -> WorkspaceEdit {
    if support.document_changes {
        let edits = changes.into_iter().map(Changed::edit).collect();
        return WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(edits)), ..WorkspaceEdit::default() };
    }
    let changes = changes.into_iter().map(|changed| (changed.uri, changed.edits)).collect::<HashMap<_, _>>();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// Combines `changes` into one edit with versions that the client applies once the user has confirmed it, called `label`.
pub(in crate::server) fn confirmed(changes: Vec<Changed>, label: &str) -> WorkspaceEdit {
    const ID: &str = "confirmed";
    let annotated = |edit| match edit {
        OneOf::Left(text_edit) => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: ID.to_owned() }),
        annotated => annotated,
    };
    let edits = changes
        .into_iter()
        .map(Changed::edit)
        .map(|change| TextDocumentEdit { edits: change.edits.into_iter().map(annotated).collect(), ..change });
    let annotation = ChangeAnnotation { label: label.to_owned(), needs_confirmation: Some(true), description: None };
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(edits.collect())),
        change_annotations: Some(HashMap::from([(ID.to_owned(), annotation)])),
        ..WorkspaceEdit::default()
    }
}

/// Combines `changes` and the renaming of the file `from` to `to`, for a client that renames files.
pub(in crate::server) fn renaming(changes: Vec<Changed>, from: Url, to: &Path) -> Option<WorkspaceEdit> {
    let edits = changes.into_iter().map(|changed| DocumentChangeOperation::Edit(changed.edit()));
    let rename = RenameFile { old_uri: from, new_uri: super::uri(to)?, options: None, annotation_id: None };
    let operations = edits.chain([DocumentChangeOperation::Op(ResourceOp::Rename(rename))]).collect();
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}
