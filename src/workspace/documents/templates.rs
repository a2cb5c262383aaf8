//! Reading and caching templates.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;

use super::scope::Scope;
use crate::document::{Document, Lesson, learn};
use crate::template::{LearntFrom, NamePattern, Template, TemplateVersion};
use crate::workspace::cache::Cache;
use crate::workspace::families::Learnt;
use crate::workspace::files::{self, DocumentId, Faults, Roots};
use crate::workspace::settings::Settings;

/// The templates in use. They are cached until [`Templates::forget`]; for a template that is open in the editor, the editor's
/// text takes precedence over the file.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Templates {
    /// For each template file: its template.
    files: Cache<PathBuf, Loaded>,
    /// For each template file: the template that was read last, kept by `forget`. A file with the same text is not read again.
    derived: DashMap<PathBuf, Arc<Template>>,
    /// The learned templates, by folder and by the word before the numbers of their documents.
    learnt: Cache<(PathBuf, String), Lessons>,
    /// For each template file and each content that it had in git: the template. Kept by `forget`, since git does not change it.
    versions: DashMap<(PathBuf, String), Option<Arc<Template>>>,
    /// Templates as settings and families change them.
    adapted: DashMap<Use, Adapted>,
    /// Held while a template is read, so that none is read twice at once.
    turn: Mutex<()>,
}

#[derive(Clone, Debug)]
struct Loaded {
    /// The open document that it was read from.
    document: Option<Arc<Document>>,
    template: Option<Arc<Template>>,
}

/// A template learned from documents.
#[derive(Clone, Debug)]
struct Lessons {
    /// Changes with what the documents look like.
    revision: u64,
    template: Arc<Template>,
}

/// The maximum number of documents that a template is learned from.
const MAX_LESSONS: usize = 64;

/// A use of a template.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Use {
    source: Option<PathBuf>,
    version: Option<Arc<TemplateVersion>>,
    learnt: Option<(PathBuf, String)>,
    naming: Option<NamePattern>,
    config: Option<PathBuf>,
    /// The index of its family among the configured ones.
    place: Option<usize>,
}

/// A template as settings and a family change it.
#[derive(Clone, Debug)]
struct Adapted {
    base: Arc<Template>,
    settings: Arc<Settings>,
    template: Arc<Template>,
}

/// Where templates are read from.
pub(in crate::workspace) struct Sources<'a> {
    pub(in crate::workspace) roots: &'a Roots,
    /// The open documents.
    pub(in crate::workspace) documents: &'a DashMap<DocumentId, Arc<Document>>,
    pub(in crate::workspace) faults: &'a Faults,
}

impl Sources<'_> {
    /// Returns the open document for `path`.
    fn open(&self, path: &Path) -> Option<Arc<Document>> {
        self.documents.get(&DocumentId::file(path)).map(|document| document.clone())
    }

    /// Reads the file at `path`, unless it is outside the workspace.
    fn read(&self, path: &Path) -> Option<String> {
        self.faults.read(path, self.roots)
    }
}

impl Templates {
    /// Returns the template at `named`, the one that settings name, or else at `found`, or else the built-in one.
    pub(in crate::workspace) fn of(
        &self,
        named: Option<&Path>,
        found: Option<&Path>,
        sources: &Sources<'_>,
    ) -> Arc<Template> {
        let template = named.or(found).and_then(|path| self.load(path, sources));
        template.unwrap_or_else(Template::built_in)
    }

    /// Returns the template of the documents in `learnt`, which are named according to `naming`.
    pub(in crate::workspace) fn learnt(
        &self,
        learnt: &Learnt,
        naming: Option<&NamePattern>,
        sources: &Sources<'_>,
    ) -> Arc<Template> {
        let key = (learnt.folder.clone(), learnt.prefix.clone());
        let is_current = |known: &Lessons| known.revision == learnt.revision;
        if let Some(known) = self.learnt.get(&key).filter(is_current) {
            return known.template;
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, known) = (self.learnt.now(), self.learnt.get(&key));
        if let Some(known) = known.as_ref().filter(|known| is_current(known)) {
            return known.template.clone();
        }
        let all = &learnt.documents;
        let some = all.iter().step_by(all.len().div_ceil(MAX_LESSONS).max(1));
        let read = |path: &PathBuf| {
            let content = sources.read(path)?;
            Some((path.clone(), Document::closed(&content)))
        };
        let documents: Vec<(PathBuf, Document)> = some.filter_map(read).collect();
        let documents: Vec<(&Path, &Document)> =
            documents.iter().map(|(path, document)| (path.as_path(), document)).collect();
        let Lesson { text, documents, sections } = learn(&documents, naming);
        let from = LearntFrom { folder: learnt.folder.clone(), prefix: learnt.prefix.clone(), documents, sections };
        let is_same =
            |known: &Lessons| known.template.learnt.as_deref() == Some(&from) && known.template.text.is(&text);
        let template = match known.filter(is_same) {
            Some(known) => known.template,
            None => Arc::new(Template::derive(&text, None).learnt_from(from)),
        };
        self.learnt.keep(since, key, Lessons { revision: learnt.revision, template: template.clone() });
        template
    }

    /// Returns the earlier `version` of the template at `path`; `text` reads it.
    pub(super) fn of_version(
        &self,
        path: &Path,
        version: TemplateVersion,
        text: impl FnOnce() -> Option<String>,
    ) -> Option<Arc<Template>> {
        let key = (path.to_owned(), version.id.clone());
        if let Some(known) = self.versions.get(&key) {
            return known.clone();
        }
        let template = text().map(|text| Arc::new(Template::derive(&text, Some(path)).of_version(version)));
        self.versions.entry(key).or_insert(template).clone()
    }

    /// Returns the versions of the template at `path` that have been read, the current one included.
    pub(super) fn versions_of(&self, path: &Path) -> Vec<Arc<Template>> {
        let current = self.files.get(path).and_then(|loaded| loaded.template);
        let earlier = self.versions.iter().filter(|entry| entry.key().0 == path);
        earlier.filter_map(|entry| entry.value().clone()).chain(current).collect()
    }

    /// Returns `base`, changed by the settings of `scope`, for documents that are named according to `naming`.
    pub(in crate::workspace) fn adapted(
        &self,
        base: Arc<Template>,
        naming: Option<&NamePattern>,
        scope: &Scope,
    ) -> Arc<Template> {
        let settings = &scope.settings;
        if settings.terms.overrides.is_empty() && naming == base.naming.as_ref() {
            return base;
        }
        let config = scope.config.as_ref().map(|config| config.path.clone());
        let learnt = base.learnt.as_ref().map(|learnt| (learnt.folder.clone(), learnt.prefix.clone()));
        let (source, version) = (base.source.clone(), base.version.clone());
        let key = Use { source, version, learnt, naming: naming.cloned(), config, place: scope.place };
        if let Some(known) = self.adapted.get(&key)
            && Arc::ptr_eq(&known.base, &base)
            && Arc::ptr_eq(&known.settings, settings)
        {
            return known.template.clone();
        }
        let template = Arc::new(base.with(&settings.terms.overrides).named(naming.cloned()));
        let adapted = Adapted { base, settings: settings.clone(), template };
        self.adapted.entry(key).insert(adapted).template.clone()
    }

    /// Whether the template at `path` is in use.
    pub(in crate::workspace) fn has(&self, path: &Path) -> bool {
        self.files.get(path).is_some()
    }

    /// Forgets everything, so that it is read again when it is needed.
    pub(in crate::workspace) fn forget(&self) {
        self.files.forget();
        self.learnt.forget();
        self.adapted.clear();
    }

    fn load(&self, path: &Path, sources: &Sources<'_>) -> Option<Arc<Template>> {
        let known = |document: &Option<Arc<Document>>| {
            let is_current = |known: &Loaded| match (&known.document, document) {
                (Some(known), Some(document)) => Arc::ptr_eq(known, document),
                (None, None) => true,
                _ => false,
            };
            self.files.get(path).filter(is_current)
        };
        if let Some(known) = known(&sources.open(path)) {
            return known.template;
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, document) = (self.files.now(), sources.open(path));
        if let Some(known) = known(&document) {
            return known.template;
        }
        let content = match &document {
            Some(document) => Some(document.text().to_string()),
            None => sources.read(path),
        };
        let template = content.map(|content| self.derive(&content, path));
        self.files.keep(since, path.to_owned(), Loaded { document, template: template.clone() });
        template
    }

    /// Returns the template in the file at `path`, whose text is `content`.
    fn derive(&self, content: &str, path: &Path) -> Arc<Template> {
        let known = self.derived.get(path).map(|known| known.clone());
        if let Some(known) = known.filter(|known| known.text.is(content)) {
            return known;
        }
        let template = Arc::new(Template::derive(content, Some(path)));
        self.derived.insert(path.to_owned(), template.clone());
        template
    }
}

/// Returns the file that the path `template` in the editor's settings means for the document `id`: relative to the workspace
/// folder with the document, or else to any that has the file. Paths outside the workspace are ignored.
pub(in crate::workspace) fn configured(template: &str, id: &DocumentId, roots: &Roots) -> Option<PathBuf> {
    let own = match id {
        DocumentId::File(path) => files::root_of(path, roots),
        DocumentId::Other(_) => None,
    };
    let bases = own.into_iter().chain(roots.iter().map(PathBuf::as_path));
    let mut paths = bases.map(|base| files::normalize(&base.join(template)));
    paths.find(|path| files::root_of(path, roots).is_some() && files::look(path, roots) == files::Found::File)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_says_the_same_is_not_derived_again() {
        let (templates, path) = (Templates::default(), Path::new("vip-template.md"));
        let derive = |content: &str| templates.derive(content, path);
        let first = derive("# T\n\n## A\n");
        templates.forget();
        assert!(Arc::ptr_eq(&first, &derive("# T\n\n## A\n")));
        assert_eq!(derive("# T\n\n## A\n\n## B\n").sections.len(), 2);
        assert_eq!(derive("# T\n\n## A\n").sections.len(), 1);
    }
}
