//! What git says of when documents and templates came.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dashmap::DashMap;

use crate::document::{Before, Share};
use crate::syntax::Origin;
use crate::template::Template;
use crate::workspace::cache::Cache;
use crate::workspace::families::Form;
use crate::workspace::files;
use crate::workspace::history::{Elsewhere, History};
use crate::workspace::index::{DeviationKey, TemplateKey};

/// What git says of when documents and templates came.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Times {
    /// For each repository: its history, once it has been read.
    pub(super) histories: DashMap<PathBuf, Arc<History>>,
    /// Held while histories are read, so that none is read twice at once.
    pub(super) turn: Mutex<()>,
    /// For each repository whose history cannot be read: why.
    pub(super) faults: DashMap<PathBuf, String>,
    /// For each document: the version that it follows, if that is known.
    pub(super) chosen: Cache<PathBuf, Option<Arc<Choice>>>,
    /// For each document: whether it is new on its branch.
    pub(super) new: Cache<PathBuf, bool>,
    /// For each template and each thing that a document can lack of it: the share of the documents that follow other versions, and the
    /// number of changes of the index at which it was counted.
    pub(super) shares: DashMap<(TemplateKey, DeviationKey), (u64, Share)>,
    /// For each version of a template: what documents can lack of it.
    pub(super) asked: DashMap<TemplateKey, (Origin, Arc<HashSet<DeviationKey>>)>,
    /// For each document: the origin of its template, and the status that it had with it where its branch began.
    pub(super) before: Cache<PathBuf, (Origin, Before)>,
    /// For each folder: what other branches have there, and the current one has not.
    pub(super) elsewhere: Cache<PathBuf, OnBranches>,
    /// For each content of a template in git: its form.
    pub(super) forms: DashMap<(PathBuf, String), Arc<Form>>,
}

/// What other branches have in a folder.
type OnBranches = Arc<Vec<Elsewhere>>;

/// The version of its template that a document follows.
#[derive(Debug)]
pub(in crate::workspace) struct Choice {
    /// The template's file.
    pub(super) source: PathBuf,
    /// When the document came in, in seconds since 1970, UTC.
    pub(super) added: i64,
    /// The version, if it is an earlier one.
    pub(super) earlier: Option<Arc<Template>>,
    /// The day of the version that held when the document came in; `None` if there was no template.
    pub(super) of_day: Option<String>,
    /// What that version asked for, if the document follows another one.
    pub(super) asked: Option<Arc<HashSet<DeviationKey>>>,
}

impl Times {
    /// Forgets which versions documents follow; what git says stays until it says something else.
    pub(super) fn forget(&self) {
        self.chosen.forget();
        self.new.forget();
        self.before.forget();
        self.elsewhere.forget();
    }

    /// Returns the history that has the file at `path`.
    pub(super) fn history(&self, path: &Path) -> Option<Arc<History>> {
        self.histories.get(files::repository(path.parent()?)?).map(|history| history.clone())
    }
}
