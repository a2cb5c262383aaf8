//! What git says of when documents and templates came.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::syntax::Origin;
use crate::workspace::cache::Cache;
use crate::workspace::families::Sketch;
use crate::workspace::files;
use crate::workspace::history::{Elsewhere, History, Version};
use crate::workspace::index::{DeviationKey, TemplateKey};

/// What git says of when documents and templates came.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Times {
    /// For each repository: its history, once it has been read.
    pub(super) histories: DashMap<PathBuf, Arc<History>>,
    /// For each repository whose history cannot be read: why.
    pub(super) faults: DashMap<PathBuf, String>,
    /// For each document and template: the version that the document follows, if that is known.
    pub(super) chosen: Cache<(PathBuf, PathBuf), Option<Choice>>,
    /// For each version of a template: what documents can lack of it.
    pub(super) asked: DashMap<TemplateKey, (Origin, Arc<HashSet<DeviationKey>>)>,
    /// For each folder: what other branches have there, and the current one has not.
    pub(super) elsewhere: Cache<PathBuf, OnBranches>,
    /// For each content of a template in git: its sketch.
    pub(super) sketches: DashMap<(PathBuf, String), Arc<Sketch>>,
}

/// What other branches have in a folder.
type OnBranches = Arc<Vec<Elsewhere>>;

/// The version of its template that a document follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Choice {
    /// The version; `None` for the current one.
    pub(in crate::workspace) version: Option<Version>,
    /// The version of the day on which the document came in; `None` if there was no template then.
    pub(in crate::workspace) of_day: Option<Version>,
    /// Whether it follows that one.
    pub(in crate::workspace) is_of_day: bool,
    /// When it came in, in seconds since 1970, UTC.
    pub(in crate::workspace) added: i64,
}

impl Times {
    /// Forgets which versions documents follow; what git says stays until it says something else.
    pub(super) fn forget(&self) {
        self.chosen.forget();
        self.elsewhere.forget();
    }

    /// Returns the history that has the file at `path`.
    pub(super) fn history(&self, path: &Path) -> Option<Arc<History>> {
        self.histories.get(files::repository(path.parent()?)?).map(|history| history.clone())
    }
}
