//! Finding and keeping templates: by the setting, beside a proposal, or the built-in one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

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

impl Templates {
    /// The template for the document `id`: the one at `named`, where settings name one, else the nearest. `open` gives the
    /// document that an editor has open for a path.
    pub(super) fn of(
        &self,
        id: &DocumentId,
        named: Option<PathBuf>,
        roots: &[PathBuf],
        open: impl Fn(&Path) -> Option<Arc<Document>>,
    ) -> Arc<Template> {
        let found = named.or_else(|| match id {
            DocumentId::File(path) => self.beside(path, roots, &open),
            DocumentId::Other(_) => None,
        });
        let template = found.and_then(|path| self.load(&path, open(&path)));
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
    fn beside(
        &self,
        path: &Path,
        roots: &[PathBuf],
        open: &impl Fn(&Path) -> Option<Arc<Document>>,
    ) -> Option<PathBuf> {
        let folder = path.parent()?;
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let root = files::root_of(path, roots).unwrap_or(folder);
        let folders = folder.ancestors().take_while(|ancestor| ancestor.starts_with(root));
        let mut candidates = folders.flat_map(template_files);
        let allowed =
            |path: &PathBuf| roots.is_empty() || files::root_of(path, roots).is_none() || files::is_inside(path, roots);
        let has_sections =
            |path: &PathBuf| self.load(path, open(path)).is_some_and(|template| !template.sections.is_empty());
        let found = candidates.find(|path| allowed(path) && has_sections(path));
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }

    fn load(&self, path: &Path, document: Option<Arc<Document>>) -> Option<Arc<Template>> {
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
            None => files::read(path).inspect_err(|error| tracing::warn!("template {}: {error}", path.display())).ok(),
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

/// The files in `folder` whose names say template, those with the shortest names first.
fn template_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_template_name(path)).collect();
    found.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    found
}
