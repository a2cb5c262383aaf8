//! What lives between messages: what the client is and calls its documents, the workspace, and what the client has been told.
//!
//! `documents` take in what the editor changes, `reader` and `watch` what the disk has; `publisher` tells what follows from it. The
//! files beside them hold data, and know nothing of the session.

mod diagnostics;
mod documents;
mod lenses;
mod outstanding;
mod problems;
mod published;
mod publisher;
mod reader;
mod readings;
mod results;
mod settings;
mod shown;
mod watch;
mod workers;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch::Sender;
use tower_lsp::Client;
use tower_lsp::lsp_types::Url;

use self::outstanding::Outstanding;
use self::problems::Problems;
use self::published::Published;
use self::readings::Readings;
use self::results::Results;
use self::shown::Shown;
use self::workers::Workers;
use super::protocol::support::Support;
use super::protocol::to_lsp::Others;
use super::protocol::{from_lsp, to_lsp};
use super::wire::outbox::Outbox;
use crate::workspace::{DocumentEdits, DocumentId, Problem, Snapshot, Watch, Workspace};

/// A client's session, shared by all of its calls.
#[derive(Debug)]
pub(in crate::server) struct Session {
    pub(in crate::server) client: Client,
    pub(in crate::server) outbox: Outbox,
    pub(in crate::server) workspace: Workspace,
    support: OnceLock<Support>,
    initial_settings: OnceLock<Value>,
    /// What the client calls each open document, and the version that it has.
    names: Mutex<HashMap<DocumentId, Name>>,
    outstanding: Outstanding,
    pub(in crate::server) told: Told,
    /// How often files are being read for the index.
    reading: Sender<usize>,
    pub(in crate::server) readings: Readings,
    workers: Workers,
    /// The watcher of the disk, for a client that is none.
    watch: Mutex<Option<Watch>>,
}

/// What the client has been told, so that it is not told again.
#[derive(Debug, Default)]
pub(in crate::server) struct Told {
    published: Published,
    problems: Problems,
    pub(in crate::server) results: Results,
    pub(in crate::server) lenses: Shown,
    /// Problems of the editor's settings that the user has seen.
    settings: Mutex<HashSet<Problem>>,
}

/// A document as the client knows it.
#[derive(Clone, Debug)]
pub(in crate::server) struct Name {
    pub(in crate::server) uri: Url,
    pub(in crate::server) version: i32,
    /// How long it took the last time to work out its diagnostics.
    pace: Option<Duration>,
}

impl Session {
    pub(in crate::server) fn new(client: Client, outbox: Outbox) -> Session {
        Session {
            client,
            outbox,
            workspace: Workspace::default(),
            support: OnceLock::new(),
            initial_settings: OnceLock::new(),
            names: Mutex::default(),
            outstanding: Outstanding::default(),
            told: Told::default(),
            reading: Sender::new(0),
            readings: Readings::default(),
            workers: Workers::default(),
            watch: Mutex::default(),
        }
    }

    /// Notes what `initialize` says; a second one is refused before it comes here.
    pub(in crate::server) fn initialize(&self, support: Support, roots: Vec<PathBuf>, options: Option<Value>) {
        let known = self.support.set(support).is_ok();
        let known = self.initial_settings.set(options.unwrap_or_default()).is_ok() && known;
        debug_assert!(known, "initialized once");
        self.workspace.set_roots(roots);
    }

    pub(in crate::server) fn support(&self) -> &Support {
        self.support.get_or_init(Support::default)
    }

    /// The names of the open documents. The guard never leaves the statement that takes it.
    fn names(&self) -> MutexGuard<'_, HashMap<DocumentId, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open document `id` as the client knows it.
    pub(in crate::server) fn name(&self, id: &DocumentId) -> Option<Name> {
        self.names().get(id).cloned()
    }

    /// The proposal or index page at `uri`, if it is open and one.
    pub(in crate::server) fn page(&self, uri: &Url) -> Option<(Name, Snapshot)> {
        let id = from_lsp::id(uri);
        Some((self.name(&id)?, self.workspace.page(&id)?))
    }

    /// What `work` makes, off the message loop.
    pub(in crate::server) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Arc<Session>) -> T + Send + 'static,
    ) -> T {
        let session = self.clone();
        // A client that does not read is not to have more made for it than it can be sent.
        self.workers.run(self.outbox.room(), move || work(&session)).await
    }
}

impl Others for Session {
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
