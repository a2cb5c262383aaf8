//! References across the workspace, and renaming along them.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    DocumentLink, FileRename, Location, MessageType, Position, PrepareRenameResponse, ReferenceParams, RenameParams,
    TextDocumentIdentifier, TextDocumentPositionParams, Url, WorkspaceEdit,
};

use crate::document::{Destination, Reference, Revision};
use crate::server::protocol::to_lsp::Others;
use crate::server::protocol::{from_lsp, to_lsp};
use crate::server::session::{Name, Session};
use crate::text::Offset;
use crate::workspace::{Changes, Declaration, DocumentEdits, DocumentId, Goal, Occurrences, Snapshot};

/// The data of a link whose target has yet to be computed.
#[derive(Debug, Serialize, Deserialize)]
struct LinkData {
    uri: Url,
    position: Position,
}

/// The maximum number of documents named in a message.
const NAMED: usize = 10;

/// An error for a valid request that cannot be carried out, with the reason (LSP 3.17, `RequestFailed`). The client does not fall
/// back to another tool.
fn refused(reason: impl Into<String>) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: reason.into().into(), data: None }
}

/// A place in a version of an open document, which a request is about.
struct Asked {
    id: DocumentId,
    revision: Revision,
    offset: Offset,
}

impl Asked {
    /// Returns the document, if it is a proposal or index page, and the place.
    fn read(self, session: &Session) -> Option<(Snapshot, Offset)> {
        Some((session.workspace.page_of(&self.id, self.revision.document())?, self.offset))
    }
}

impl Session {
    /// Returns the current proposal or index page at `place`, and the place in it.
    fn pointed_at(&self, place: &TextDocumentPositionParams) -> Option<(Snapshot, Offset)> {
        self.asked_at(place)?.read(self)
    }

    /// Returns the current document at `place`, and the place in it.
    fn asked_at(&self, place: &TextDocumentPositionParams) -> Option<Asked> {
        let id = from_lsp::id(&place.text_document.uri);
        let document = self.workspace.document(&id)?;
        let offset = from_lsp::offset(document.text(), place.position, self.support().encoding);
        Some(Asked { id, revision: Revision::of(&document), offset })
    }

    pub(in crate::server) async fn definition(
        self: &Arc<Self>,
        place: &TextDocumentPositionParams,
    ) -> Option<Location> {
        let asked = self.asked_at(place)?;
        let find = move |session: &Arc<Session>| {
            let (snapshot, offset) = asked.read(session)?;
            let reference = snapshot.proposal().reference_at(offset)?.clone();
            Some((snapshot, reference))
        };
        let (snapshot, reference) = self.work(find).await?;
        // Only a number needs the index to find its target.
        if matches!(reference.to, Destination::Number(_)) {
            self.is_read().await;
        }
        let follow = move |session: &Arc<Session>| {
            let place = session.workspace.place(&snapshot, &reference.to)?;
            Some(Location { uri: session.uri(&place.id)?, range: to_lsp::line(place.line) })
        };
        self.work(follow).await
    }

    /// Returns the links of the document at `uri`. Targets other than whole files are resolved when the link is followed.
    pub(in crate::server) async fn links(self: &Arc<Self>, uri: &Url) -> Option<Vec<DocumentLink>> {
        self.is_read().await;
        let uri = uri.clone();
        self.work(move |session| session.links_of(&uri)).await
    }

    fn links_of(&self, uri: &Url) -> Option<Vec<DocumentLink>> {
        let (Name { uri, .. }, snapshot) = self.page(uri)?;
        let proposal = snapshot.proposal();
        let link = |reference: &Reference| {
            let goal = self.workspace.goal(&snapshot, &reference.to)?;
            let range = to_lsp::range(snapshot.text(), reference.span, self.support());
            let start = LinkData { uri: uri.clone(), position: range.start };
            let data = serde_json::to_value(start).ok().filter(|_| !matches!(goal, Goal::File(_)));
            let target = if data.is_none() { Some(self.uri(&goal.id()?)?) } else { None };
            Some(DocumentLink { range, target, tooltip: None, data })
        };
        Some(proposal.references().iter().filter_map(link).collect())
    }

    pub(in crate::server) fn resolve_link(&self, link: DocumentLink) -> Result<DocumentLink> {
        let Some(data) = &link.data else { return Ok(link) };
        let data = serde_json::from_value::<LinkData>(data.clone());
        let data = data.map_err(|_| Error::invalid_params("the link is not from this server; request links again"))?;
        let at = TextDocumentPositionParams::new(TextDocumentIdentifier::new(data.uri), data.position);
        let target = || {
            let (snapshot, offset) = self.pointed_at(&at)?;
            let place = self.workspace.place(&snapshot, &snapshot.proposal().reference_at(offset)?.to)?;
            let mut uri = self.uri(&place.id)?;
            // Editors read the line from the fragment.
            uri.set_fragment((place.line > 0).then(|| format!("L{}", place.line + 1)).as_deref());
            Some(uri)
        };
        Ok(DocumentLink { target: target(), ..link })
    }

    pub(in crate::server) async fn references(self: &Arc<Self>, params: ReferenceParams) -> Option<Vec<Location>> {
        let asked = self.asked_at(&params.text_document_position)?;
        self.is_read().await;
        let declaration = match params.context.include_declaration {
            true => Declaration::Included,
            false => Declaration::Excluded,
        };
        let find = move |session: &Arc<Session>| {
            let (snapshot, offset) = asked.read(session)?;
            let goal = session.workspace.goal_at(&snapshot, offset)?;
            Some(session.locations(&session.workspace.references(&goal, declaration)))
        };
        self.work(find).await
    }

    fn locations(&self, found: &[Occurrences]) -> Vec<Location> {
        let locations = |found: &Occurrences| {
            let uri = self.uri(&found.id)?;
            let ranges = found.spans.iter().map(|span| to_lsp::range(found.document.text(), *span, self.support()));
            Some(ranges.map(|range| Location { uri: uri.clone(), range }).collect::<Vec<_>>())
        };
        found.iter().filter_map(locations).flatten().collect()
    }

    pub(in crate::server) async fn prepare_rename(
        self: &Arc<Self>,
        place: TextDocumentPositionParams,
    ) -> Option<PrepareRenameResponse> {
        self.is_read().await;
        let find = move |session: &Arc<Session>| {
            let (snapshot, offset) = session.pointed_at(&place)?;
            let renaming = session.workspace.renaming_at(&snapshot, offset)?;
            let range = to_lsp::range(snapshot.text(), renaming.span, session.support());
            Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: renaming.name })
        };
        self.work(find).await
    }

    pub(in crate::server) async fn rename(self: &Arc<Self>, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.is_read().await;
        self.work(move |session| session.renamed(&params)).await
    }

    fn renamed(&self, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
        let nothing =
            || Error::invalid_params("nothing to rename here; place the cursor on a heading or a proposal's number");
        let (snapshot, offset) = self.pointed_at(&params.text_document_position).ok_or_else(nothing)?;
        let renaming = self.workspace.renaming_at(&snapshot, offset).ok_or_else(nothing)?;
        let changes = self.workspace.rename(&snapshot, &renaming, &params.new_name).map_err(refused)?;
        self.edit_of(&changes).map(Some)
    }

    fn edit_of(&self, changes: &Changes) -> Result<WorkspaceEdit> {
        let changed = self.changed_documents(&changes.documents);
        let Some((from, to)) = &changes.file else { return Ok(to_lsp::workspace_edit(changed, self.support())) };
        let needs_rename =
            "the editor cannot rename files for a language server; rename the file, title and links by hand";
        if !self.support().renames_files {
            return Err(refused(needs_rename));
        }
        let from = self.uri(&DocumentId::File(from.clone()));
        from.and_then(|from| to_lsp::renaming(changed, from, to)).ok_or_else(Error::internal_error)
    }

    pub(super) fn changed_documents(&self, documents: &[DocumentEdits]) -> Vec<to_lsp::Changed> {
        documents.iter().filter_map(|changed| to_lsp::Changed::of_document(self, changed, self.support())).collect()
    }

    /// Returns the edits that have to go with renaming `files` in the client.
    pub(in crate::server) async fn rename_files(self: &Arc<Self>, files: &[FileRename]) -> Option<WorkspaceEdit> {
        self.is_read().await;
        let file = |uri: &str| from_lsp::file(&Url::parse(uri).ok()?);
        let renames: Vec<_> =
            files.iter().filter_map(|renamed| Some((file(&renamed.old_uri)?, file(&renamed.new_uri)?))).collect();
        let change = move |session: &Arc<Session>| {
            let changed = session.changed_documents(&session.workspace.rename_files(&renames));
            (!changed.is_empty()).then(|| to_lsp::workspace_edit(changed, session.support()))
        };
        self.work(change).await
    }

    /// Tells the user which documents refer to the proposal at `uri`, and returns the places.
    pub(in crate::server) async fn show_references(&self, uri: &Url) -> Result<Option<Value>> {
        self.is_read().await;
        if let Some(followers) = from_lsp::id(uri).path().and_then(|path| self.workspace.followers(path)) {
            return Ok(self.show_followers(&followers).await);
        }
        let (_, snapshot) = self.open_proposal(uri)?;
        let DocumentId::File(path) = snapshot.id() else { return Ok(None) };
        let referring = self.workspace.referring(path);
        let names = named(&referring);
        if names.is_empty() {
            self.client.show_message(MessageType::INFO, "no document refers to this proposal").await;
        } else if !self.support().shows_references {
            let message = format!("this proposal is referred to by {names}");
            self.client.show_message(MessageType::INFO, message).await;
        }
        let found = self.workspace.references(&Goal::File(path.clone()), Declaration::Excluded);
        Ok(serde_json::to_value(self.locations(&found)).ok())
    }
}

/// Returns the names of `files`, the first few of many.
pub(super) fn named(files: &[PathBuf]) -> String {
    let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    let mut names: Vec<_> = files.iter().take(NAMED).filter_map(name).collect();
    names.extend(files.len().checked_sub(NAMED + 1).map(|more| format!("and {} more", more + 1)));
    names.join(", ")
}
