//! The files of metadata beside proposals.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::document::{Document, Facts, Proposal};
use crate::template::Template;
use crate::workspace::files::DocumentId;
use crate::workspace::settings::Settings;

/// The file of metadata beside a proposal.
#[derive(Debug)]
pub struct Sidecar {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub document: Arc<Document>,
    /// What it has to follow.
    pub template: Arc<Template>,
    pub(super) facts: Facts,
}

impl Sidecar {
    /// Returns the metadata read with its template.
    pub fn proposal(&self) -> Proposal<'_> {
        Proposal::of(&self.document, &self.template)
    }
}

/// What is kept of files of metadata.
#[derive(Debug, Default)]
pub(super) struct Sidecars {
    /// Their templates, by the file beside the template of the documents.
    pub(super) templates: DashMap<Option<PathBuf>, Adapted>,
    /// Where they are or would be: the proposals to which they belong; none beside a template.
    pub(super) places: DashMap<PathBuf, BTreeSet<DocumentId>>,
}

/// A template as settings change it.
#[derive(Clone, Debug)]
pub(super) struct Adapted {
    /// The template of the documents.
    pub(super) around: Arc<Template>,
    pub(super) settings: Arc<Settings>,
    pub(super) template: Arc<Template>,
}

impl Sidecars {
    /// Forgets the templates, so that they are read again when they are needed.
    pub(super) fn forget(&self) {
        self.templates.clear();
    }

    /// Notes that the proposal `id` has its metadata at `path`.
    pub(super) fn note(&self, path: &Path, id: &DocumentId) {
        let is_known = self.places.get(path).is_some_and(|ids| ids.contains(id));
        if !is_known {
            self.places.entry(path.to_owned()).or_default().insert(id.clone());
        }
    }
}
