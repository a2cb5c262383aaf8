//! Finding and keeping templates: by the setting, beside a proposal, or the built-in one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use super::faults::Faults;
use super::{DocumentId, Settings, files};
use crate::document::Document;
use crate::template::{Template, is_template_name};

/// The templates in use. What was read is kept until [`Templates::forget`], but for those that are open in the editor,
/// whose text there wins over the file.
#[derive(Debug, Default)]
pub(super) struct Templates {
    /// By folder: the template file that is for the proposals in it.
    folders: DashMap<PathBuf, Option<PathBuf>>,
    /// By template file: what it says.
    files: DashMap<PathBuf, Loaded>,
    /// By template file and configuration file: the template as the settings change it.
    adapted: DashMap<(Option<PathBuf>, Option<PathBuf>), Adapted>,
}

#[derive(Clone, Debug)]
struct Loaded {
    /// The open document that it was read from.
    document: Option<Arc<Document>>,
    template: Option<Arc<Template>>,
}

/// A template as settings change it.
#[derive(Clone, Debug)]
struct Adapted {
    base: Arc<Template>,
    settings: Arc<Settings>,
    template: Arc<Template>,
}

/// What templates are looked for in and read from.
pub(super) struct Sources<'a> {
    pub(super) roots: &'a [PathBuf],
    /// The open documents.
    pub(super) documents: &'a DashMap<DocumentId, Arc<Document>>,
    pub(super) faults: &'a Faults,
}

impl Sources<'_> {
    /// The document that an editor has open for `path`.
    fn open(&self, path: &Path) -> Option<Arc<Document>> {
        self.documents.get(&DocumentId::file(path)).map(|document| document.clone())
    }

    /// Whether the template at `path` may be read: what leaves the workspace may not.
    fn allows(&self, path: &Path) -> bool {
        let is_outside = self.roots.is_empty() || files::root_of(path, self.roots).is_none();
        is_outside || self.open(path).is_some() || files::is_inside(path, self.roots)
    }

    /// The files in `folder` whose names say template, on the disk and in the editor, those with the shortest names first.
    fn templates_in(&self, folder: &Path) -> BTreeSet<(usize, PathBuf)> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let open = self.documents.iter().filter_map(|entry| match entry.key() {
            DocumentId::File(path) if path.parent() == Some(folder) => Some(path.clone()),
            _ => None,
        });
        let all = entries.map(|entry| entry.path()).chain(open).filter(|path| is_template_name(path));
        all.map(|path| (path.as_os_str().len(), path)).collect()
    }
}

impl Templates {
    /// The template for the document `id`: the one at `named`, where settings name one, else the nearest.
    pub(super) fn of(&self, id: &DocumentId, named: Option<PathBuf>, sources: &Sources<'_>) -> Arc<Template> {
        let found = named.or_else(|| match id {
            DocumentId::File(path) => self.beside(path, sources),
            DocumentId::Other(_) => None,
        });
        let template = found.and_then(|path| self.load(&path, sources));
        template.unwrap_or_else(Template::built_in)
    }

    /// `base` as `settings` change it, which are those for the configuration file at `config`.
    pub(super) fn adapted(
        &self,
        base: Arc<Template>,
        config: Option<&Path>,
        settings: &Arc<Settings>,
    ) -> Arc<Template> {
        if settings.overrides.is_empty() {
            return base;
        }
        let key = (base.source.clone(), config.map(Path::to_owned));
        if let Some(known) = self.adapted.get(&key)
            && Arc::ptr_eq(&known.base, &base)
            && Arc::ptr_eq(&known.settings, settings)
        {
            return known.template.clone();
        }
        let template = Arc::new(base.with(&settings.overrides));
        self.adapted.insert(key, Adapted { base, settings: settings.clone(), template: template.clone() });
        template
    }

    /// Whether a document follows the template at `path`.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// Reads everything again when it is needed next.
    pub(super) fn forget(&self) {
        self.folders.clear();
        self.files.clear();
        self.adapted.clear();
    }

    /// The template in the folder of `path` or the nearest one above it, up to the workspace's root.
    fn beside(&self, path: &Path, sources: &Sources<'_>) -> Option<PathBuf> {
        let folder = path.parent()?;
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let root = files::root_of(path, sources.roots).unwrap_or(folder);
        let folders = folder.ancestors().take_while(|ancestor| ancestor.starts_with(root));
        let mut candidates = folders.flat_map(|folder| sources.templates_in(folder)).map(|(_, path)| path);
        let has_sections =
            |path: &PathBuf| self.load(path, sources).is_some_and(|template| !template.sections.is_empty());
        let found = candidates.find(|path| sources.allows(path) && has_sections(path));
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }

    fn load(&self, path: &Path, sources: &Sources<'_>) -> Option<Arc<Template>> {
        let document = sources.open(path);
        if let Some(known) = self.files.get(path) {
            let is_current = match (&known.document, &document) {
                (Some(known), Some(document)) => Arc::ptr_eq(known, document),
                (None, None) => true,
                _ => false,
            };
            if is_current {
                return known.template.clone();
            }
        }
        let content = match &document {
            Some(document) => Some(document.text().to_string()),
            None => sources.faults.read(path),
        };
        let template = content.map(|content| Arc::new(Template::derive(&content, Some(path))));
        self.files.insert(path.to_owned(), Loaded { document, template: template.clone() });
        template
    }
}

/// The file that the editor's setting `template` names, for the document `id`: below the root that has the document, or any
/// root that has the file. A path that leads outside the workspace is none.
pub(super) fn configured(settings: &Settings, id: &DocumentId, roots: &[PathBuf]) -> Option<PathBuf> {
    let template = settings.template.as_deref()?;
    let own = match id {
        DocumentId::File(path) => files::root_of(path, roots),
        DocumentId::Other(_) => None,
    };
    let bases = own.into_iter().chain(roots.iter().map(PathBuf::as_path));
    let mut paths = bases.map(|base| files::normalize(&base.join(template)));
    paths.find(|path| path.is_file() && files::is_inside(path, roots))
}
