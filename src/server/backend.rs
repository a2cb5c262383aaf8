//! The LSP requests and notifications: each is converted, handed on, and its result converted back.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::request::{GotoDeclarationParams, GotoDeclarationResponse};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionList, CompletionParams, CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams,
    FullDocumentDiagnosticReport, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, LinkedEditingRangeParams, LinkedEditingRanges,
    Location, PrepareRenameResponse, Range, ReferenceParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, RenameFilesParams, RenameParams, SelectionRange, SelectionRangeParams,
    SemanticToken, SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SymbolInformation, TextDocumentPositionParams, UnchangedDocumentDiagnosticReport,
    Url, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams,
};
use tower_lsp::{Client, LanguageServer, async_trait};

use super::protocol::names::FIX_ALL;
use super::protocol::support::Support;
use super::protocol::{capabilities, from_lsp, to_lsp};
use super::requests::code_actions::{Asked, code_actions};
use super::session::{Name, Session};
use super::wire::outbox::Outbox;
use super::wire::parent;
use crate::features::{
    completion, declaration, folds, highlights, hints, hover, linked, outline, selection, symbols, tokens,
};
use crate::workspace::Snapshot;

/// The server as tower-lsp calls it.
#[derive(Debug)]
pub(super) struct Backend {
    session: Arc<Session>,
}

impl Backend {
    pub(super) fn new(client: Client, outbox: Outbox) -> Backend {
        Backend { session: Arc::new(Session::new(client, outbox)) }
    }

    /// Handles the user's cancellation of work whose progress the server reports.
    pub(super) async fn work_done_progress_cancel(&self, params: WorkDoneProgressCancelParams) {
        self.session.readings.cancel(&params.token);
    }

    /// Calls `convert` with the proposal at `uri`, or returns `None` if there is none.
    async fn with<T: Send + 'static>(
        &self,
        uri: &Url,
        convert: impl FnOnce(&to_lsp::Context<'_>, &Snapshot) -> T + Send + 'static,
    ) -> Option<T> {
        let convert = |context: &to_lsp::Context<'_>, snapshot: &Snapshot| {
            snapshot.is_proposal().then(|| convert(context, snapshot))
        };
        self.with_page(uri, convert).await.flatten()
    }

    /// Calls `convert` with the current proposal or index page at `uri`, off the message loop, or returns `None` if there is
    /// none.
    async fn with_page<T: Send + 'static>(
        &self,
        uri: &Url,
        convert: impl FnOnce(&to_lsp::Context<'_>, &Snapshot) -> T + Send + 'static,
    ) -> Option<T> {
        let id = from_lsp::id(uri);
        let (Name { uri, version, .. }, revision) = self.session.name(&id).zip(self.session.revision(&id))?;
        let work = move |session: &Arc<Session>| {
            let snapshot = session.workspace.page_of(&id, revision.document())?;
            let (uri, support, snapshot) = (&uri, session.support(), &snapshot);
            Some(convert(&to_lsp::Context { uri, version, snapshot, support, others: &**session }, snapshot))
        };
        self.session.work(work).await
    }

    /// Returns the semantic tokens of the proposal at `uri`, within `range` if there is one.
    async fn tokens(&self, uri: &Url, range: Option<Range>) -> Option<Vec<SemanticToken>> {
        let convert = move |context: &to_lsp::Context<'_>, snapshot: &Snapshot| {
            let text = snapshot.text();
            let span = range.map_or(text.span(), |range| from_lsp::span(text, range, context.support.encoding));
            context.tokens(&tokens::tokens(&snapshot.proposal(), span))
        };
        self.with(uri, convert).await
    }
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let support = Support::of(&params.capabilities);
        let capabilities = capabilities::announced(&support);
        self.session.initialize(support, from_lsp::roots(&params), params.initialization_options);
        tokio::spawn(self.session.clone().publish());
        if let Some(ended) = params.process_id.and_then(parent::ended) {
            tokio::spawn(async move {
                ended.await;
                std::process::exit(1);
            });
        }
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        Ok(InitializeResult { capabilities, server_info: Some(ServerInfo { name: "vip-lsp".to_owned(), version }) })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.session.watch();
        self.session.set_settings(Value::Null).await;
        self.session.register().await;
        if self.session.support().configuration {
            self.session.configure(Value::Null).await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.unwatch();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.session.open(document.uri, document.version, &document.text);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.session.change(&params.text_document.uri, params.text_document.version, params.content_changes);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let id = from_lsp::id(&params.text_document.uri);
        self.session.disk_changed();
        self.session.read_again(vec![id.clone()]);
        self.session.update_index(id);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.close(&params.text_document.uri);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.session.configure(params.settings).await;
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let changed = params.changes.iter().map(|change| from_lsp::id(&change.uri));
        self.session.files_changed(changed.collect());
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let removed: Vec<_> = params.event.removed.iter().filter_map(|folder| from_lsp::file(&folder.uri)).collect();
        let added = params.event.added.iter().filter_map(|folder| from_lsp::file(&folder.uri));
        let roots = self.session.workspace.roots();
        let kept = roots.iter().filter(|root| !removed.contains(root)).cloned();
        self.session.workspace.set_roots(kept.chain(added).collect());
        self.session.check_all();
        self.session.read_all();
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let (place, session) = (params.text_document_position, self.session.clone());
        let asked = place.clone();
        let items = self.with_page(&place.text_document.uri, move |context, snapshot| {
            let offset = from_lsp::offset(snapshot.text(), place.position, context.support.encoding);
            let around = session.workspace.around(snapshot);
            let proposal = snapshot.proposal().within(&around);
            let found = completion::complete(&proposal, offset, from_lsp::trigger(params.context.as_ref()));
            found.iter().enumerate().map(|(index, found)| context.completion(index, found)).collect::<Vec<_>>()
        });
        let items = match items.await {
            Some(items) => Some(items),
            None => self.session.start_of_proposal(&asked).await.map(|item| vec![item]),
        };
        Ok(items.filter(|items| !items.is_empty()).map(|items| match items.len() < completion::MAX {
            true => CompletionResponse::Array(items),
            false => CompletionResponse::List(CompletionList { is_incomplete: true, items }),
        }))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let about = item.data.as_ref().and_then(|data| from_lsp::file(&Url::parse(data.as_str()?).ok()?));
        let preview = match about {
            Some(path) => self.session.work(move |session| session.workspace.preview_of(&path)).await,
            None => None,
        };
        let documentation = preview.map(|markdown| to_lsp::documentation(markdown, self.session.support()));
        Ok(CompletionItem { documentation: documentation.or(item.documentation), ..item })
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let (place, session) = (params.text_document_position_params, self.session.clone());
        let found = self.with_page(&place.text_document.uri, move |context, snapshot| {
            let offset = from_lsp::offset(snapshot.text(), place.position, context.support.encoding);
            let workspace = &session.workspace;
            let around = workspace.around(snapshot);
            let proposal = snapshot.proposal().within(&around);
            let reference = proposal.reference_at(offset);
            let preview = reference.and_then(|found| {
                let markdown = workspace.preview(snapshot, &found.to)?;
                Some(hover::Hover { markdown, span: found.span })
            });
            let found =
                hover::hover(&proposal, (&workspace.diagnostics(snapshot), snapshot.severities()), preview, offset);
            found.map(|found| context.hover(&found))
        });
        Ok(found.await.flatten())
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let session = self.session.clone();
        let found = self.with(&params.text_document.uri, move |context, snapshot| {
            let span = from_lsp::span(snapshot.text(), params.range, context.support.encoding);
            let around = session.workspace.around(snapshot);
            let proposal = snapshot.proposal().within(&around);
            hints::hints(&proposal, span).iter().map(|hint| context.hint(hint)).collect()
        });
        Ok(found.await)
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = &params.text_document.uri;
        let found = self.with(uri, |context, snapshot| context.symbols(&outline::outline(&snapshot.proposal())));
        Ok(found.await)
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let found = self.session.definition(&params.text_document_position_params).await;
        Ok(found.map(GotoDefinitionResponse::Scalar))
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        let place = params.text_document_position_params;
        let found = self.with(&place.text_document.uri, move |context, snapshot| {
            let offset = from_lsp::offset(snapshot.text(), place.position, context.support.encoding);
            context.in_template(declaration::declaration(&snapshot.proposal(), offset)?)
        });
        Ok(found.await.flatten().map(GotoDeclarationResponse::Scalar))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        Ok(self.session.references(params).await)
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        Ok(self.session.prepare_rename(params).await)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.session.rename(params).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        Ok(self.session.rename_files(&params.files).await)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        Ok(self.session.links(&params.text_document.uri).await)
    }

    async fn document_link_resolve(&self, link: DocumentLink) -> Result<DocumentLink> {
        self.session.work(move |session| session.resolve_link(link)).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.session.is_read().await;
        let find = move |session: &Arc<Session>| {
            let all = session.workspace.overviews();
            symbols::find(&params.query, &all).iter().filter_map(to_lsp::found).collect()
        };
        Ok(Some(self.session.work(find).await))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let found = self.with(&params.text_document.uri, |context, snapshot| {
            let found = folds::folds(&snapshot.proposal(), context.support.fold_limit);
            found.iter().map(|fold| context.fold(fold)).collect()
        });
        Ok(found.await)
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let found = self.with(&params.text_document.uri, move |context, snapshot| {
            let (proposal, encoding) = (snapshot.proposal(), context.support.encoding);
            let offsets = params.positions.iter().map(|place| from_lsp::offset(snapshot.text(), *place, encoding));
            offsets.map(|offset| context.selection(&selection::selection(&proposal, offset))).collect()
        });
        Ok(found.await)
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let uri = &params.text_document.uri;
        let tokens = self.tokens(uri, None).await;
        Ok(tokens.map(|data| SemanticTokens { result_id: None, data }.into()))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = self.tokens(&params.text_document.uri, Some(params.range)).await;
        Ok(tokens.map(|data| SemanticTokens { result_id: None, data }.into()))
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let place = params.text_document_position_params;
        let found = self.with(&place.text_document.uri, move |context, snapshot| {
            let offset = from_lsp::offset(snapshot.text(), place.position, context.support.encoding);
            context.linked(&linked::linked(&snapshot.proposal(), offset))
        });
        Ok(found.await.flatten())
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        let found = self.with_page(&place.text_document.uri, move |context, snapshot| {
            let offset = from_lsp::offset(snapshot.text(), place.position, context.support.encoding);
            context.highlights(&highlights::highlights(&snapshot.proposal(), offset))
        });
        Ok(found.await.flatten())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let (asked, known) = (Asked(params.context.only), params.context.diagnostics);
        if !asked.includes(&CodeActionKind::QUICKFIX) && !asked.includes(&FIX_ALL) {
            return Ok(None);
        }
        let session = self.session.clone();
        let found = self.with_page(&params.text_document.uri, move |context, snapshot| {
            let target = from_lsp::target(snapshot.text(), params.range, &known, context.support.encoding);
            let (around, diagnostics) = (session.workspace.around(snapshot), session.workspace.diagnostics(snapshot));
            code_actions(context, &snapshot.proposal().within(&around), &diagnostics, &target, &asked)
        });
        Ok(found.await)
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.session.work(move |session| session.resolve_action(action)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        Ok(self.session.work(move |session| session.code_lenses(&params.text_document.uri)).await)
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        self.session.work(move |session| session.resolve_lens(lens)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.session.execute(params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let id = from_lsp::id(&params.text_document.uri);
        let found = self.session.name(&id).zip(self.session.revision(&id));
        let items = match found {
            Some((name, revision)) => {
                self.session.work(move |session| session.diagnostics_of(&id, &name, revision.document())).await
            }
            None => Vec::new(),
        };
        let result_id = to_lsp::result_id(&items);
        let report = if params.previous_result_id.as_ref() == Some(&result_id) {
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report,
            })
        } else {
            let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
            let related_documents = None;
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents,
                full_document_diagnostic_report,
            })
        };
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let token = params.partial_result_params.partial_result_token;
        let items = self.session.workspace_diagnostics(params.previous_result_ids, token).await?;
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
    }
}
