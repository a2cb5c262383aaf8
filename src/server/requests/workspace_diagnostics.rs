//! The diagnostics of all proposals and index pages of the workspace, for a client that asks for them. Open documents are taken
//! from the editor; the others are read from the disk one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{
    Diagnostic, FullDocumentDiagnosticReport, PreviousResultId, ProgressToken, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticReportPartialResult, WorkspaceDocumentDiagnosticReport as Report,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::document::Document;
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::Session;
use crate::workspace::{DocumentId, files};

/// How many documents are checked and sent at a time. A cancelled request ends after such a part.
const PART: usize = 100;

/// A document, and the result that the client has of it.
type Asked = (DocumentId, Option<PreviousResultId>);

/// A partial result. The protocol types have `$/progress` only for work-done progress.
enum PartialResult {}

#[derive(Debug, Deserialize, Serialize)]
struct PartialResultParams {
    token: ProgressToken,
    value: WorkspaceDiagnosticReportPartialResult,
}

impl Notification for PartialResult {
    type Params = PartialResultParams;
    const METHOD: &'static str = "$/progress";
}

impl Session {
    /// Returns reports on all proposals and index pages, the metadata beside them, and the documents of the `previous` reports. With a `token`, the
    /// reports are sent in parts, and an empty list is returned.
    pub(in crate::server) async fn workspace_diagnostics(
        self: &Arc<Self>,
        previous: Vec<PreviousResultId>,
        token: Option<ProgressToken>,
    ) -> Result<Vec<Report>> {
        self.is_read().await;
        let mut asked = self.asked(previous).into_iter().peekable();
        let mut rest = Vec::new();
        while asked.peek().is_some() {
            let (session, part) = (self.clone(), asked.by_ref().take(PART).collect::<Vec<_>>());
            let reports = move || part.into_iter().filter_map(|asked| session.report(asked)).collect();
            let items: Vec<Report> = tokio::task::spawn_blocking(reports).await.map_err(|_| Error::internal_error())?;
            match &token {
                None => rest.extend(items),
                Some(token) => {
                    let value = WorkspaceDiagnosticReportPartialResult { items };
                    let params = PartialResultParams { token: token.clone(), value };
                    self.client.send_notification::<PartialResult>(params).await;
                }
            }
        }
        Ok(rest)
    }

    fn asked(&self, previous: Vec<PreviousResultId>) -> BTreeMap<DocumentId, Option<PreviousResultId>> {
        let checked = self.workspace.checked().into_iter().map(|path| (DocumentId::File(path), None));
        let beside = self.workspace.sidecars().into_iter().map(|path| (DocumentId::File(path), None));
        let known = previous.into_iter().map(|previous| (from_lsp::id(&previous.uri), Some(previous)));
        checked.chain(beside).chain(known).collect()
    }

    /// Returns the report on one document; `None` if it has nothing to report and the client has no report on it.
    fn report(&self, (id, previous): Asked) -> Option<Report> {
        let epoch = self.workspace.epoch();
        if let Some(previous) = previous.as_ref().filter(|_| self.workspace.document(&id).is_none())
            && self.told.results.holds(epoch, &id, &previous.value)
        {
            return Some(unchanged(previous.uri.clone(), None, previous.value.clone()));
        }
        let beside = || self.beside(&id).map(|(uri, items)| (uri, None, items));
        let found = self.open_diagnostics(&id).or_else(beside).or_else(|| self.closed_diagnostics(&id));
        if let Some((_, None, items)) = &found {
            self.told.results.note(epoch, &id, to_lsp::result_id(items));
        }
        match (found, previous) {
            (Some((uri, version, items)), previous) => Some(compared(uri, version, items, previous)),
            // Without a result ID, so that the client does not ask for it again.
            (None, Some(previous)) => Some(full(previous.uri, None, None, Vec::new())),
            (None, None) => None,
        }
    }

    fn open_diagnostics(&self, id: &DocumentId) -> Option<(Url, Option<i64>, Vec<Diagnostic>)> {
        self.workspace.document(id)?;
        let name = self.name(id)?;
        let items = self.diagnostics(id, &name);
        Some((name.uri, Some(name.version.into()), items))
    }

    fn closed_diagnostics(&self, id: &DocumentId) -> Option<(Url, Option<i64>, Vec<Diagnostic>)> {
        let DocumentId::File(path) = id else { return None };
        let content = files::read(path, &self.workspace.roots()).ok()?;
        let snapshot = self.workspace.page_of(id, Arc::new(Document::closed(&content)))?;
        let (uri, support) = (to_lsp::uri(path)?, self.support());
        let context = to_lsp::Context { uri: &uri, version: 0, snapshot: &snapshot, support, others: self };
        let items = context.diagnostics(&self.workspace.diagnostics(&snapshot));
        Some((uri, None, items))
    }
}

/// Returns a report with `items`, or an unchanged one if they are those of `previous`.
fn compared(uri: Url, version: Option<i64>, items: Vec<Diagnostic>, previous: Option<PreviousResultId>) -> Report {
    let result_id = to_lsp::result_id(&items);
    if previous.is_none_or(|previous| previous.value != result_id) {
        return full(uri, version, Some(result_id), items);
    }
    unchanged(uri, version, result_id)
}

fn unchanged(uri: Url, version: Option<i64>, result_id: String) -> Report {
    let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
    Report::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report })
}

fn full(uri: Url, version: Option<i64>, result_id: Option<String>, items: Vec<Diagnostic>) -> Report {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
    Report::Full(WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report })
}
