//! Whether a file is a proposal, and the settings that would make it one.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Url,
    WorkspaceEdit,
};

use crate::letters::shown_path;
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::Session;
use crate::text::Text;
use crate::workspace::{DocumentId, Explanation, Suggestion, files};

impl Session {
    /// Returns what the file at `uri` is, and why, as an object for the client.
    pub(in crate::server) async fn explain(self: &Arc<Self>, uri: &Url) -> Result<Option<Value>> {
        let explanation = self.explanation(uri).await?;
        let family = explanation.family.as_deref();
        let suggestion = explanation.suggestion.as_ref().map(|suggestion| {
            let file = to_lsp::uri(&suggestion.file);
            json!({ "file": file, "lines": suggestion.lines, "likely": suggestion.is_likely })
        });
        Ok(Some(json!({
            "uri": uri,
            "proposal": explanation.is_proposal,
            "index": explanation.is_index,
            "family": family.map(|family| &family.name),
            "kind": family.map(|family| family.kind.as_str()),
            "template": explanation.template.as_deref().and_then(to_lsp::uri),
            "reasons": explanation.reasons,
            "suggestion": suggestion,
        })))
    }

    async fn explanation(self: &Arc<Self>, uri: &Url) -> Result<Explanation> {
        // What a file is depends on all others.
        self.is_read().await;
        let Some(path) = from_lsp::file(uri) else {
            let message = format!("\"{uri}\" is not a file; save it first");
            return Err(Error::invalid_params(message));
        };
        let session = self.clone();
        let explained = tokio::task::spawn_blocking(move || session.workspace.explain(&path)).await;
        explained.map_err(|_| Error::internal_error())
    }

    /// Asks the client to add the settings that make the file at `uri` a proposal, shows them, and returns the URI of the
    /// settings.
    pub(in crate::server) async fn add_setting(self: &Arc<Self>, uri: &Url) -> Result<Option<Value>> {
        let explanation = self.explanation(uri).await?;
        let Some(suggestion) = explanation.suggestion else {
            let reasons = explanation.reasons.join("; ");
            let message = format!("no setting makes {} a proposal: {reasons}", super::commands::shown(uri));
            return Err(Error::invalid_params(message));
        };
        let file = to_lsp::uri(&suggestion.file).ok_or_else(Error::internal_error)?;
        let edit = self.setting_edit(&file, &suggestion)?;
        if !self.apply("Add a family to the settings", edit).await {
            return Ok(None);
        }
        self.show(file.clone(), None).await;
        Ok(Some(json!({ "uri": file })))
    }

    /// Returns the edit that appends the lines of `suggestion` to its file at `uri`, or creates the file.
    fn setting_edit(&self, uri: &Url, suggestion: &Suggestion) -> Result<WorkspaceEdit> {
        let id = DocumentId::File(suggestion.file.clone());
        let open = self.workspace.document(&id).map(|document| document.text().clone());
        let text = match open {
            Some(text) => Some(text),
            None => match files::read(&suggestion.file, &self.workspace.roots()) {
                Ok(content) => Some(Text::new(&content)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => {
                    let message = format!("{}: {error}", shown_path(&suggestion.file));
                    return Err(Error::invalid_params(message));
                }
            },
        };
        let version = self.name(&id).map(|name| name.version);
        let place =
            text.as_ref().map_or(Position::default(), |text| to_lsp::range(text, text.span(), self.support()).end);
        let before = text.as_ref().map(ToString::to_string).unwrap_or_default();
        let odd = |fault: String| Error::invalid_params(format!("{}: {fault}", super::commands::shown(uri)));
        let new_text = Suggestion::behind(&before, &suggestion.lines).map_err(odd)?;
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version },
            edits: vec![OneOf::Left(TextEdit { range: Range::new(place, place), new_text })],
        };
        let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
        let mut operations = vec![DocumentChangeOperation::Edit(edit)];
        if text.is_none() {
            operations.insert(0, DocumentChangeOperation::Op(ResourceOp::Create(create)));
        }
        let document_changes = Some(DocumentChanges::Operations(operations));
        Ok(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
    }
}
