//! The files of metadata beside proposals.

use std::path::PathBuf;
use std::sync::Arc;

use dashmap::DashMap;

use crate::document::{Document, Facts, Proposal};
use crate::template::Template;
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

/// The templates of files of metadata, by the file beside the template of the documents.
#[derive(Debug, Default)]
pub(super) struct SidecarTemplates(pub(super) DashMap<Option<PathBuf>, Adapted>);

/// A template as settings change it.
#[derive(Clone, Debug)]
pub(super) struct Adapted {
    /// The template of the documents.
    pub(super) around: Arc<Template>,
    pub(super) settings: Arc<Settings>,
    pub(super) template: Arc<Template>,
}

impl SidecarTemplates {
    /// Forgets everything, so that it is read again when it is needed.
    pub(super) fn forget(&self) {
        self.0.clear();
    }
}
