//! Reading the files of metadata beside proposals.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sidecar::{Adapted, Sidecar};
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::{Document, Facts, Proposal};
use crate::template::{Overrides, Template};
use crate::workspace::files::{self, DocumentId, Found};
use crate::workspace::settings::Settings;

/// The largest file of metadata, in bytes, that is read.
const MAX_BYTES: usize = 64 * 1024;

impl Workspace {
    /// Returns the file of metadata beside the document `id`, which follows `template`, if the `settings` name one and it can be
    /// read.
    pub(super) fn sidecar(
        &self,
        id: &DocumentId,
        settings: &Arc<Settings>,
        template: &Arc<Template>,
    ) -> Option<Arc<Sidecar>> {
        let name = settings.terms.overrides.sidecar.as_deref()?;
        let DocumentId::File(path) = id else { return None };
        let path = path.parent()?.join(name);
        self.sidecars.note(&path, id);
        let document = Arc::new(Document::sidecar(&self.sidecar_text(&path)?));
        let template = self.sidecar_template(name, settings, template);
        let facts = Facts::of_sidecar(&Proposal::of(&document, &template));
        Some(Arc::new(Sidecar { path, document, template, facts }))
    }

    /// Returns the name of the file of metadata that the document `id`, which follows `template`, should have beside it and does
    /// not, as the template does: a template and documents that are each in a folder of their own.
    pub(super) fn lacking_sidecar(&self, id: &DocumentId, settings: &Settings, template: &Template) -> Option<String> {
        let name = settings.terms.overrides.sidecar.as_ref()?;
        let (path, source, roots) = (id.path()?, template.source.as_deref()?, self.roots());
        let is_alike = path.file_name() == source.file_name() && path.parent() != source.parent();
        let (own, others) = (path.with_file_name(name), source.with_file_name(name));
        let is_there = || self.document(&DocumentId::File(own.clone())).is_some();
        let is_missing = || files::root_of(&own, &roots).is_some() && files::look(&own, &roots) == Found::Nothing;
        let is_lacking = is_alike && is_missing() && !is_there() && self.sidecar_text(&others).is_some();
        is_lacking.then(|| name.clone())
    }

    /// Whether the file at `path` is the metadata beside a proposal or template, or would be if it were there.
    pub fn is_sidecar(&self, path: &Path) -> bool {
        self.sidecars.places.contains_key(path)
    }

    /// Returns where the metadata beside proposals is, or would be.
    pub fn sidecars(&self) -> Vec<PathBuf> {
        self.sidecars.places.iter().map(|place| place.key().clone()).collect()
    }

    /// Returns the files whose metadata is in the file at `path`.
    pub fn files_beside(&self, path: &Path) -> Vec<PathBuf> {
        let ids = self.sidecars.places.get(path).map(|ids| ids.clone()).unwrap_or_default();
        ids.iter().filter_map(DocumentId::path).map(Path::to_owned).collect()
    }

    /// Returns a proposal whose metadata is in the file at `path`, if that can be read: as it is in the editor, or on the disk.
    pub fn proposal_beside(&self, path: &Path) -> Option<Snapshot> {
        let snapshot = |file: PathBuf| {
            let id = DocumentId::File(file);
            let read = || Some(Arc::new(Document::closed(&self.faults.read(id.path()?, &self.roots())?)));
            let snapshot = self.snapshot(&id, self.document(&id).or_else(read)?)?;
            snapshot.sidecar().is_some_and(|sidecar| sidecar.path == path).then_some(snapshot)
        };
        self.files_beside(path).into_iter().find_map(snapshot)
    }

    /// Returns the text of the file of metadata at `path`: the editor's, or that of a file of the workspace that is no link.
    fn sidecar_text(&self, path: &Path) -> Option<String> {
        let roots = self.roots();
        let own = || {
            let is_file = files::root_of(path, &roots).is_some() && files::look(path, &roots) == Found::File;
            is_file.then(|| self.faults.read(path, &roots)).flatten()
        };
        let open = self.document(&DocumentId::file(path)).map(|document| document.text().to_string());
        open.or_else(own).filter(|text| text.len() <= MAX_BYTES)
    }

    fn sidecar_template(&self, name: &str, settings: &Arc<Settings>, around: &Arc<Template>) -> Arc<Template> {
        let path = around.source.as_deref().and_then(Path::parent).map(|folder| folder.join(name));
        let is_same = |known: &Adapted| Arc::ptr_eq(&known.settings, settings) && Arc::ptr_eq(&known.around, around);
        if let Some(known) = self.sidecars.templates.get(&path).filter(|known| is_same(known)) {
            return known.template.clone();
        }
        let text = path.as_deref().and_then(|path| self.sidecar_text(path)).unwrap_or_default();
        path.iter().for_each(|path| drop(self.sidecars.places.entry(path.clone()).or_default()));
        let overrides = &settings.terms.overrides;
        let metadata = overrides.metadata.iter().filter(|(_, constraint)| !around.has_key(&constraint.name));
        let metadata = metadata.map(|(name, constraint)| (name.clone(), constraint.clone())).collect();
        let overrides = Overrides { metadata, sidecar: None, ..overrides.clone() };
        let template = Arc::new(Template::of_sidecar(&text, path.as_deref()).with(&overrides));
        let adapted = Adapted { around: around.clone(), settings: settings.clone(), template };
        self.sidecars.templates.entry(path).insert(adapted).template.clone()
    }
}
