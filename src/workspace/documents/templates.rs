//! Reading and keeping templates.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;

use super::scope::Scope;
use crate::document::{Document, Lesson, learn};
use crate::template::{LearntFrom, NamePattern, Template};
use crate::workspace::cache::Cache;
use crate::workspace::families::Learnt;
use crate::workspace::files::{self, DocumentId, Faults};
use crate::workspace::settings::Settings;

/// The templates in use. What was read is kept until [`Templates::forget`], but for those that are open in the editor,
/// whose text there wins over the file.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Templates {
    /// By template file: what it says.
    files: Cache<PathBuf, Loaded>,
    /// By template file: what was read last, whatever was forgotten since. A file that says the same is not read again.
    derived: DashMap<PathBuf, Arc<Template>>,
    /// By the folder and the word before the numbers of their documents: those that are learnt.
    learnt: Cache<(PathBuf, String), Lessons>,
    /// As settings and families change them.
    adapted: DashMap<Use, Adapted>,
    /// Held while one is read, so that none is read twice at once.
    turn: Mutex<()>,
}

#[derive(Clone, Debug)]
struct Loaded {
    /// The open document that it was read from.
    document: Option<Arc<Document>>,
    template: Option<Arc<Template>>,
}

/// A template that is learnt from documents.
#[derive(Clone, Debug)]
struct Lessons {
    /// Tells what the documents looked like.
    revision: u64,
    template: Arc<Template>,
}

/// How many documents a template is learnt from at most.
const MAX_LESSONS: usize = 64;

/// What a template is used for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Use {
    source: Option<PathBuf>,
    learnt: Option<(PathBuf, String)>,
    naming: Option<NamePattern>,
    config: Option<PathBuf>,
    /// The place of its family among those that are set.
    place: Option<usize>,
}

/// A template as settings and a family change it.
#[derive(Clone, Debug)]
struct Adapted {
    base: Arc<Template>,
    settings: Arc<Settings>,
    template: Arc<Template>,
}

/// What templates are read from.
pub(in crate::workspace) struct Sources<'a> {
    pub(in crate::workspace) roots: &'a [PathBuf],
    /// The open documents.
    pub(in crate::workspace) documents: &'a DashMap<DocumentId, Arc<Document>>,
    pub(in crate::workspace) faults: &'a Faults,
}

impl Sources<'_> {
    /// The document that an editor has open for `path`.
    fn open(&self, path: &Path) -> Option<Arc<Document>> {
        self.documents.get(&DocumentId::file(path)).map(|document| document.clone())
    }

    /// What the file at `path` says: what leaves the workspace is not read.
    fn read(&self, path: &Path) -> Option<String> {
        self.faults.read(path, self.roots)
    }
}

impl Templates {
    /// The template at `named`, where settings name one, else at `found`, else the built-in one.
    pub(in crate::workspace) fn of(
        &self,
        named: Option<&Path>,
        found: Option<&Path>,
        sources: &Sources<'_>,
    ) -> Arc<Template> {
        let template = named.or(found).and_then(|path| self.load(path, sources));
        template.unwrap_or_else(Template::built_in)
    }

    /// The template for the documents that `learnt` tells of, which are named as `naming` says.
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

    /// `base` for documents that are named as `naming` says, as the settings of `scope` change it.
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
        let key = Use { source: base.source.clone(), learnt, naming: naming.cloned(), config, place: scope.place };
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

    /// Whether a document follows the template at `path`.
    pub(in crate::workspace) fn has(&self, path: &Path) -> bool {
        self.files.get(path).is_some()
    }

    /// Reads everything again when it is needed next.
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

    /// The template in the file at `path`, which says `content`.
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

/// The file that the path `template` in the editor's settings names, for the document `id`: below the root that has the
/// document, or any root that has the file. A path that leads outside the workspace is none.
pub(in crate::workspace) fn configured(template: &str, id: &DocumentId, roots: &[PathBuf]) -> Option<PathBuf> {
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
