//! What the server knows of its client and of the open documents, and the diagnostics that follow from it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{Notify, watch};
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::PublishDiagnostics;
use tower_lsp::lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams, TextDocumentContentChangeEvent, Url};

use super::lenses::Shown;
use super::problems::Problems;
use super::progress::Readings;
use super::support::Support;
use super::to_lsp::Others;
use super::tokens::SentTokens;
use super::transport::Outbox;
use super::workers::Workers;
use super::workspace_diagnostics::Results;
use super::{from_lsp, to_lsp};
use crate::document::Document;
use crate::workspace::{DocumentEdits, DocumentId, Problem, Settings, Snapshot, Watch, Workspace};

/// The server's state, shared by all of its calls.
#[derive(Debug)]
pub(super) struct State {
    pub(super) client: Client,
    pub(super) outbox: Outbox,
    pub(super) workspace: Workspace,
    support: OnceLock<Support>,
    /// What the client calls each open document, and the version that it has.
    names: Mutex<HashMap<DocumentId, Name>>,
    /// Documents whose diagnostics are to be computed again.
    dirty: Mutex<BTreeMap<DocumentId, Resend>>,
    wake: Notify,
    /// The client is to be told to ask for diagnostics, hints, tokens and lenses again.
    is_refresh_due: AtomicBool,
    /// The version and the diagnostics of each open document that the client was sent last.
    published: Mutex<HashMap<DocumentId, (i32, Vec<Diagnostic>)>>,
    /// How often files are being read for the index.
    readings: watch::Sender<usize>,
    initial_settings: OnceLock<Value>,
    /// Problems of the editor's settings that the user has seen.
    told: Mutex<HashSet<Problem>>,
    pub(super) problems: Problems,
    pub(super) results: Results,
    pub(super) sent_tokens: SentTokens,
    /// What the client shows in lenses.
    pub(super) shown: Shown,
    pub(super) progress: Readings,
    pub(super) workers: Workers,
    /// The watcher of the disk, for a client that is none.
    pub(super) watch: Mutex<Option<Watch>>,
}

/// When to send diagnostics that were computed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Resend {
    /// When they are others than those sent last.
    Changed,
    /// In any case.
    Always,
}

/// A document as the client knows it.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) uri: Url,
    pub(super) version: i32,
    /// How long it took the last time to work out its diagnostics.
    pace: Option<Duration>,
}

/// How long the message loop may wait for the diagnostics of a document.
const SHORT: Duration = Duration::from_millis(4);

impl State {
    pub(super) fn new(client: Client, outbox: Outbox) -> State {
        State {
            client,
            outbox,
            workspace: Workspace::default(),
            support: OnceLock::new(),
            names: Mutex::default(),
            dirty: Mutex::default(),
            wake: Notify::new(),
            is_refresh_due: AtomicBool::new(false),
            published: Mutex::default(),
            readings: watch::Sender::new(0),
            initial_settings: OnceLock::new(),
            told: Mutex::default(),
            problems: Problems::default(),
            results: Results::default(),
            sent_tokens: SentTokens::default(),
            shown: Shown::default(),
            progress: Readings::default(),
            workers: Workers::default(),
            watch: Mutex::default(),
        }
    }

    /// Notes what `initialize` says; a second one is refused before it comes here.
    pub(super) fn initialize(&self, support: Support, roots: Vec<PathBuf>, options: Option<Value>) {
        let known = self.support.set(support).is_ok();
        let known = self.initial_settings.set(options.unwrap_or_default()).is_ok() && known;
        debug_assert!(known, "initialized once");
        self.workspace.set_roots(roots);
    }

    pub(super) fn support(&self) -> &Support {
        self.support.get_or_init(Support::default)
    }

    /// The names of the open documents. The guard never leaves the statement that takes it.
    fn names(&self) -> MutexGuard<'_, HashMap<DocumentId, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open document `id` as the client knows it.
    pub(super) fn name(&self, id: &DocumentId) -> Option<Name> {
        self.names().get(id).cloned()
    }

    /// The proposal or index page at `uri`, if it is open and one.
    pub(super) fn page(&self, uri: &Url) -> Option<(Name, Snapshot)> {
        let id = from_lsp::id(uri);
        Some((self.name(&id)?, self.workspace.page(&id)?))
    }

    /// What `work` makes, off the message loop.
    pub(super) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Arc<State>) -> T + Send + 'static,
    ) -> T {
        let state = self.clone();
        // A client that does not read is not to have more made for it than it can be sent.
        self.workers.run(self.outbox.room(), move || work(&state)).await
    }

    pub(super) fn open(self: &Arc<Self>, uri: Url, version: i32, content: &str) {
        let id = from_lsp::id(&uri);
        self.names().insert(id.clone(), Name { uri, version, pace: None });
        // A template or configuration file may have come or changed on the disk, and not every client can tell.
        self.workspace.refresh();
        self.problems.expire();
        self.put(id, Document::open(content).at_version(version));
    }

    /// `document` is the version of `id` from now on.
    fn put(self: &Arc<Self>, id: DocumentId, document: Document) {
        self.workspace.put(id.clone(), Arc::new(document));
        self.changed(&id);
    }

    pub(super) fn change(self: &Arc<Self>, uri: &Url, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let id = from_lsp::id(uri);
        let Some(document) = self.workspace.document(&id) else {
            tracing::warn!("a change of {uri}, which is not open, was ignored");
            return;
        };
        let mut edits = document.edit();
        for change in changes {
            from_lsp::change(&mut edits, change, self.support().encoding);
        }
        if let Some(name) = self.names().get_mut(&id) {
            name.version = version;
        }
        self.put(id, Document::edited(edits).at_version(version));
    }

    pub(super) fn close(self: &Arc<Self>, uri: &Url) {
        let id = from_lsp::id(uri);
        self.workspace.remove(&id);
        self.sent_tokens.forget(&id);
        self.changed(&id);
        // Others see what the disk has again.
        self.check_open(Resend::Changed);
        self.problems.expire();
        self.read_again([id].into());
    }

    /// Reads all proposals for the index, meanwhile.
    pub(super) fn read_all(self: &Arc<Self>) {
        let (state, goes_on) = (self.clone(), self.show_reading());
        self.read(move |workspace| {
            // Before anything is read, so that no change meanwhile is missed.
            state.cover_folders();
            workspace.read_all_while(&goes_on);
        });
    }

    fn read(self: &Arc<Self>, read: impl FnOnce(&Workspace) + Send + 'static) {
        let state = self.clone();
        state.readings.send_modify(|readings| *readings += 1);
        tokio::task::spawn_blocking(move || {
            let before = state.workspace.changes();
            read(&state.workspace);
            state.readings.send_modify(|readings| *readings -= 1);
            // Which files there are decides whether settings mean any.
            state.problems.expire();
            state.wake.notify_one();
            if state.workspace.changes() != before {
                state.check_open(Resend::Changed);
            }
        });
    }

    /// Returns when no files are being read for the index.
    pub(super) async fn is_read(&self) {
        // It fails when the sender is gone, which lives as long as this.
        let _ = self.readings.subscribe().wait_for(|readings| *readings == 0).await;
    }

    /// Reads the files `ids` for the index again, meanwhile; all of them when one decides what the others are.
    pub(super) fn read_again(self: &Arc<Self>, ids: Vec<DocumentId>) {
        if ids.iter().any(|id| id.is_config() || self.workspace.is_template(id)) {
            return self.read_all();
        }
        self.read(move |workspace| {
            let paths = ids.iter().filter_map(|id| match id {
                DocumentId::File(path) => Some(path),
                DocumentId::Other(_) => None,
            });
            paths.for_each(|path| workspace.read_again(path));
        });
    }

    /// What is on the disk may have changed.
    pub(super) fn disk_changed(&self) {
        self.workspace.refresh();
        self.check_all();
    }

    fn changed(&self, id: &DocumentId) {
        match id.is_config() || self.workspace.is_template(id) {
            true => self.check_all(),
            false => self.check([id.clone()], Resend::Always),
        }
    }

    /// Computes the diagnostics of all open documents again.
    pub(super) fn check_all(&self) {
        self.problems.expire();
        self.check_open(Resend::Always);
    }

    fn check_open(&self, send: Resend) {
        let open: Vec<DocumentId> = self.names().keys().cloned().collect();
        self.check(open, send);
        self.refresh_pulled();
    }

    fn check(&self, ids: impl IntoIterator<Item = DocumentId>, send: Resend) {
        let mut dirty = self.dirty.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            dirty.entry(id).and_modify(|known| *known = send.max(*known)).or_insert(send);
        }
        drop(dirty);
        self.wake.notify_one();
    }

    /// Tells a client that asks for diagnostics, hints, tokens or lenses to do so again; once for all that changes before it
    /// has answered the last time.
    fn refresh_pulled(&self) {
        let support = self.support();
        let is_some = support.diagnostic_refresh || support.hint_refresh || support.lens_refresh;
        if is_some || support.tokens.refreshes() {
            self.is_refresh_due.store(true, Ordering::Relaxed);
            self.wake.notify_one();
        }
    }

    /// Sends diagnostics as they change, for ever. It runs when no message is waiting, so that of changes that queue up
    /// only the last one is analysed.
    pub(super) async fn publish(self: Arc<Self>) {
        loop {
            self.wake.notified().await;
            let dirty = std::mem::take(&mut *self.dirty.lock().unwrap_or_else(PoisonError::into_inner));
            for (id, send) in dirty {
                self.publish_one(&id, send).await;
            }
            self.publish_problems().await;
            if self.is_refresh_due.swap(false, Ordering::Relaxed) {
                self.refresh().await;
            }
        }
    }

    async fn refresh(self: &Arc<Self>) {
        if self.support().diagnostic_refresh
            && let Err(error) = self.client.workspace_diagnostic_refresh().await
        {
            tracing::debug!("the client did not refresh its diagnostics: {error}");
        }
        if self.support().hint_refresh
            && let Err(error) = self.client.inlay_hint_refresh().await
        {
            tracing::debug!("the client did not refresh its hints: {error}");
        }
        if self.support().tokens.refreshes()
            && let Err(error) = self.client.semantic_tokens_refresh().await
        {
            tracing::debug!("the client did not refresh its tokens: {error}");
        }
        self.refresh_lenses().await;
    }

    async fn publish_one(self: &Arc<Self>, id: &DocumentId, send: Resend) {
        let Some(name) = self.name(id) else { return };
        let document = self.workspace.document(id);
        let is_open = document.is_some();
        if !is_open {
            self.names().remove(id);
        }
        if !self.support().pulls_diagnostics && !id.is_config() {
            let diagnostics = match document {
                Some(document) => self.checked(id, &name, document).await,
                None => self.template_problems(id),
            };
            // What has changed meanwhile is worked out again, and then sent once.
            if let Some(again) = self.dirty.lock().unwrap_or_else(PoisonError::into_inner).get_mut(id) {
                *again = send.max(*again);
                return;
            }
            let Name { uri, version, .. } = name;
            if send == Resend::Always || self.is_new(id, version, &diagnostics) {
                let shown = Some(version).filter(|_| is_open && self.support().diagnostic_version);
                let params = PublishDiagnosticsParams { uri, diagnostics, version: shown };
                self.outbox.notify::<PublishDiagnostics>(&params).await;
                self.note_published(id, is_open.then_some((version, params.diagnostics)));
            }
        }
        self.check_others(id);
    }

    /// The diagnostics of `document`, which is the version of `id` that is called `name`: worked out here where that takes no longer
    /// than handing it to another thread, by how long it took the last time.
    async fn checked(self: &Arc<Self>, id: &DocumentId, name: &Name, document: Arc<Document>) -> Vec<Diagnostic> {
        let started = Instant::now();
        let pace = self.names().get(id).and_then(|known| known.pace);
        let diagnostics = match pace.is_some_and(|pace| pace <= SHORT) {
            true => self.diagnostics_of(id, name, document),
            false => {
                let (id, name) = (id.clone(), name.clone());
                self.work(move |state| state.diagnostics_of(&id, &name, document)).await
            }
        };
        if let Some(known) = self.names().get_mut(id) {
            known.pace = Some(started.elapsed());
        }
        diagnostics
    }

    /// Whether the client was not yet sent `diagnostics` of this `version`.
    fn is_new(&self, id: &DocumentId, version: i32, diagnostics: &[Diagnostic]) -> bool {
        let published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        published.get(id).is_none_or(|(of, known)| (*of, known.as_slice()) != (version, diagnostics))
    }

    /// Notes what the client was sent: none of a document that has been closed.
    fn note_published(&self, id: &DocumentId, diagnostics: Option<(i32, Vec<Diagnostic>)>) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        match diagnostics {
            Some(diagnostics) => published.insert(id.clone(), diagnostics),
            None => published.remove(id),
        };
    }

    /// Computes the diagnostics of the other open documents again where what they see of the document `id` has changed.
    fn check_others(&self, id: &DocumentId) {
        let others: Vec<DocumentId> = self.names().keys().filter(|other| *other != id).cloned().collect();
        // A client that asks for diagnostics may ask for those of documents that are not open.
        let matter = !others.is_empty() || self.support().pulls_diagnostics;
        if matter && self.workspace.has_news(id) {
            self.check(others, Resend::Changed);
            self.refresh_pulled();
        }
    }

    /// The diagnostics of the open document `id`: none, if it is no proposal, no template and no configuration file.
    pub(super) fn diagnostics(&self, id: &DocumentId, name: &Name) -> Vec<Diagnostic> {
        if id.is_config() {
            return self.own_problems(id);
        }
        match self.workspace.document(id) {
            Some(document) => self.diagnostics_of(id, name, document),
            None => Vec::new(),
        }
    }

    /// The same of `document`, which is its version.
    pub(super) fn diagnostics_of(&self, id: &DocumentId, name: &Name, document: Arc<Document>) -> Vec<Diagnostic> {
        if id.is_config() {
            return self.own_problems(id);
        }
        let Some(snapshot) = self.workspace.page_of(id, document) else { return self.template_problems(id) };
        let (uri, version) = (&name.uri, name.version);
        let context = to_lsp::Context { uri, version, snapshot: &snapshot, support: self.support(), others: self };
        context.diagnostics(&self.workspace.diagnostics(&snapshot))
    }

    /// Takes the settings that the client has for the section `vip-lsp`; what it does not set is as in
    /// `initializationOptions`.
    pub(super) async fn set_settings(self: &Arc<Self>, section: Value) {
        let mut settings = self.initial_settings.get().cloned().unwrap_or_default();
        match (&mut settings, section) {
            (Value::Object(settings), Value::Object(section)) => {
                settings.extend(section.into_iter().filter(|(_, value)| !value.is_null()));
            }
            (_, Value::Null) => {}
            (settings, section) => *settings = section,
        }
        let (settings, problems) = Settings::of_json(&settings);
        self.workspace.set_settings(settings);
        self.check_all();
        self.read_all();
        for problem in problems {
            if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(problem.clone()) {
                self.client.show_message(MessageType::WARNING, problem).await;
            }
        }
    }
}

impl Others for State {
    fn uri(&self, id: &DocumentId) -> Option<Url> {
        let name = self.name(id).map(|name| name.uri);
        name.or_else(|| match id {
            DocumentId::File(path) => to_lsp::uri(path),
            DocumentId::Other(_) => None,
        })
    }

    fn followed(&self, changed: DocumentEdits) -> Vec<DocumentEdits> {
        self.workspace.follow_elsewhere(vec![changed])
    }
}
