//! The state between messages: the client and its names for documents, the workspace, and what the client has been told.
//!
//! `documents` takes in what the editor changes, `reader` and `watch` what changes on the disk; `publisher` reports what follows
//! from it. The files beside them hold data, and know nothing of the session.

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
mod saves;
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
use self::saves::Saves;
use self::shown::Shown;
use self::workers::Workers;
use super::protocol::support::Support;
use super::protocol::to_lsp::Others;
use super::protocol::{from_lsp, to_lsp};
use super::wire::outbox::Outbox;
use crate::document::Revision;
use crate::workspace::{DocumentEdits, DocumentId, Problem, Snapshot, Watch, Workspace};

/// A client's session, shared by all of its calls.
#[derive(Debug)]
pub(in crate::server) struct Session {
    pub(in crate::server) client: Client,
    pub(in crate::server) outbox: Outbox,
    pub(in crate::server) workspace: Workspace,
    support: OnceLock<Support>,
    initial_settings: OnceLock<Value>,
    /// The client's URI and version of each open document.
    names: Mutex<HashMap<DocumentId, Name>>,
    outstanding: Outstanding,
    pub(in crate::server) told: Told,
    /// How many readings of files for the index are in progress.
    reading: Sender<usize>,
    pub(in crate::server) readings: Readings,
    pub(in crate::server) saves: Saves,
    workers: Workers,
    /// The watcher of the disk, for a client that does not watch it.
    watch: Mutex<Option<Watch>>,
}

/// What the client has been told, so that it is not told again.
#[derive(Debug, Default)]
pub(in crate::server) struct Told {
    published: Published,
    problems: Problems,
    pub(in crate::server) results: Results,
    pub(in crate::server) lenses: Shown,
    /// The problems of the editor's settings that the user has seen.
    settings: Mutex<HashSet<Problem>>,
}

/// A document as the client knows it.
#[derive(Clone, Debug)]
pub(in crate::server) struct Name {
    pub(in crate::server) uri: Url,
    pub(in crate::server) version: i32,
    /// How long its diagnostics took the last time.
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
            saves: Saves::default(),
            workers: Workers::default(),
            watch: Mutex::default(),
        }
    }

    /// Stores the parameters of `initialize`; a second `initialize` is rejected earlier.
    pub(in crate::server) fn initialize(&self, support: Support, roots: Vec<PathBuf>, options: Option<Value>) {
        let known = self.support.set(support).is_ok();
        let known = self.initial_settings.set(options.unwrap_or_default()).is_ok() && known;
        debug_assert!(known, "initialized once");
        self.workspace.set_roots(roots);
    }

    pub(in crate::server) fn support(&self) -> &Support {
        self.support.get_or_init(Support::default)
    }

    /// Locks the names of the open documents. The guard must not outlive the statement that takes it.
    fn names(&self) -> MutexGuard<'_, HashMap<DocumentId, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the open document `id` as the client knows it.
    pub(in crate::server) fn name(&self, id: &DocumentId) -> Option<Name> {
        self.names().get(id).cloned()
    }

    /// Returns the proposal or index page at `uri`, if it is open.
    pub(in crate::server) fn page(&self, uri: &Url) -> Option<(Name, Snapshot)> {
        let id = from_lsp::id(uri);
        Some((self.name(&id)?, self.workspace.page(&id)?))
    }

    /// Returns the current version of the open document `id`, for work that waits for its turn.
    pub(in crate::server) fn revision(&self, id: &DocumentId) -> Option<Revision> {
        Some(Revision::of(&self.workspace.document(id)?))
    }

    /// Runs `work` off the message loop, and returns its result.
    pub(in crate::server) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Arc<Session>) -> T + Send + 'static,
    ) -> T {
        let session = self.clone();
        // For a client that does not read, no more is computed than can be sent to it.
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
