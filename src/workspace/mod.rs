//! Which documents are proposals, by which template, and with which settings.
//!
//! A setting is the editor's, else the configuration file's; what neither says is as in the template.

mod analysis;
mod aside;
mod author;
mod cache;
pub mod committed;
mod config;
mod discovery;
mod explain;
mod families;
mod faults;
pub mod files;
mod follow;
mod given;
mod glob;
mod ignore_pattern;
mod ignored;
mod index;
mod kind;
mod navigation;
mod new_proposal;
mod offered;
mod page;
mod paths;
mod places;
mod preview;
mod references;
mod refers;
mod rename;
mod schema;
mod settings;
mod surroundings;
mod targets;
mod templates;
mod value;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use dashmap::DashMap;

use crate::document::{Document, Proposal};
use crate::door;
use crate::rules::Severities;
use crate::syntax::{AnchorNames, Origin};
use crate::template::Template;
use crate::text::Text;
use analysis::Analysis;
use aside::Aside;
use cache::Cache;
use committed::Committed;
use config::{Configs, Lookup};
use discovery::Discovery;
use families::Standing;
use faults::Faults;
use index::Index;
use kind::{Kind, Known};
use page::{Exports, Page};
use templates::{Sources, Templates};

pub use config::{Config, ConfigsInUse, FILE_NAMES, Faulty};
pub use discovery::count_families;
pub use explain::{Explanation, Suggestion};
pub use families::{Family, FamilyKind, is_set_apart};
pub use follow::DocumentEdits;
pub use given::{ConfigSource, Given};
pub use index::{Presence, Progress};
pub use new_proposal::{Choice, NewProposal, NoProposal, Wanted};
pub use places::Place;
pub use references::{Declaration, Goal, Occurrences};
pub use rename::{Changes, Renaming};
pub use schema::schema;
pub use settings::{FamilySettings, Problem, Settings};
pub use surroundings::Around;
pub use watch::{DiskChange, DiskChanges, Watch};

/// What names a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentId {
    /// A file, by its normalized path.
    File(PathBuf),
    /// Something else that an editor shows, by its URI: served from the editor's text alone.
    Other(String),
}

impl DocumentId {
    /// The file at `path`, whatever `.` and `..` the path has.
    pub fn file(path: &Path) -> DocumentId {
        DocumentId::File(files::normalize(path))
    }

    /// Whether it is a configuration file by its name.
    pub fn is_config(&self) -> bool {
        match self {
            DocumentId::File(path) => FILE_NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name)),
            DocumentId::Other(_) => false,
        }
    }

    /// A path to judge the document's name by.
    fn name(&self) -> &Path {
        match self {
            DocumentId::File(path) => path,
            DocumentId::Other(uri) => Path::new(uri.split(['?', '#']).next().unwrap_or_default()),
        }
    }
}

/// The open documents and the folders that they live in.
#[derive(Debug, Default)]
pub struct Workspace {
    given: Given,
    roots: RwLock<Arc<Vec<PathBuf>>>,
    settings: RwLock<Arc<Settings>>,
    documents: DashMap<DocumentId, Arc<Document>>,
    templates: Templates,
    configs: Configs,
    index: Index,
    discovery: Discovery,
    faults: Faults,
    /// What is kept of the open documents.
    analyses: DashMap<DocumentId, Arc<Analysis>>,
    /// What other documents were last checked against of the open documents.
    seen: DashMap<DocumentId, Seen>,
    /// Counts what may have changed the diagnostics of documents that have not changed themselves.
    epoch: AtomicU64,
    /// By open document: the epoch in which was last asked where its links lead, and what tells the answers.
    origins: DashMap<DocumentId, (u64, Origin)>,
    /// By path: the anchors in a Markdown file, as far as it was asked for; and whether something is there.
    anchors: Cache<PathBuf, Option<Arc<AnchorNames>>>,
    paths: Cache<PathBuf, bool>,
    /// By folder: the files that git has, as far as it can say so.
    committed: Cache<PathBuf, Option<Arc<Committed>>>,
    /// The revision that counts for them; none for the last commit.
    revision: OnceLock<String>,
    aside: Aside,
}

/// The settings that hold for one document.
struct Scope {
    /// The configuration file that is for it.
    config: Option<Arc<Config>>,
    settings: Arc<Settings>,
    /// The family that they put it in, and its place among those that are set.
    family: Option<Arc<Family>>,
    place: Option<usize>,
    /// The template that they name.
    template: Option<PathBuf>,
    /// Whether they name a template for the family that is not there, and no other is likely: there is nothing to check by.
    is_lost: bool,
}

/// What others see of a version of a document.
#[derive(Debug, PartialEq)]
struct Seen {
    exports: Arc<Exports>,
    names: Arc<AnchorNames>,
}

/// A proposal or index page as one request sees it, whatever changes meanwhile.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub document: Arc<Document>,
    /// Its template.
    pub template: Arc<Template>,
    settings: Arc<Settings>,
    id: DocumentId,
    kind: Kind,
    config: Option<Arc<Config>>,
    family: Option<Arc<Family>>,
}

impl Snapshot {
    /// The document read with its template.
    pub fn proposal(&self) -> Proposal<'_> {
        let proposal = Proposal::of(&self.document, &self.template).in_file(self.id.name());
        if self.kind == Kind::Index { proposal.as_index() } else { proposal }
    }

    /// What the index keeps of it, in the file at `path`.
    fn indexed(&self, path: &Path) -> Page {
        Page::of(path, self.kind, &self.proposal())
    }

    /// Whether it is a page that links to other files row by row.
    fn lists_any(&self) -> bool {
        !self.proposal().rows().is_empty()
    }

    /// Whether it is a proposal, and no index page.
    pub fn is_proposal(&self) -> bool {
        self.kind == Kind::Proposal
    }

    /// The family that it is a document of, as far as that was found.
    pub fn family(&self) -> Option<&Arc<Family>> {
        self.family.as_ref()
    }

    /// What names the document.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// The severities that the settings give to rules.
    pub fn severities(&self) -> &Severities {
        &self.settings.terms.severities
    }

    /// The document's text.
    pub fn text(&self) -> &Text {
        self.document.text()
    }
}

impl Workspace {
    /// A workspace where `given` holds, whatever the folders have.
    pub fn with(given: Given) -> Workspace {
        Workspace { given, ..Workspace::default() }
    }

    /// The folders of the workspace become `roots`.
    pub fn set_roots(&self, roots: Vec<PathBuf>) {
        let roots = roots.iter().map(|root| files::normalize(root)).collect();
        *self.roots.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(roots);
        self.refresh();
    }

    /// The folders of the workspace.
    pub fn roots(&self) -> Arc<Vec<PathBuf>> {
        self.roots.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The editor's settings become `settings`.
    pub fn set_settings(&self, settings: Settings) {
        let settings = Arc::new(settings.with_families());
        *self.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner) = settings;
        self.refresh();
    }

    /// The editor's settings.
    fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// An editor has `document` open as `id`, in this version from now on.
    pub fn put(&self, id: DocumentId, document: Arc<Document>) {
        let is_config = id.is_config();
        if let DocumentId::File(path) = &id {
            self.note_open(path, &document);
        }
        // Others saw what the disk has of one that was not open.
        let is_template = self.is_template(&id);
        let is_new = self.documents.insert(id, document).is_none();
        self.epoch.fetch_add(u64::from(is_new || is_template), Ordering::SeqCst);
        if is_config {
            self.refresh();
        }
    }

    /// The editor has closed `id`.
    pub fn remove(&self, id: &DocumentId) {
        self.documents.remove(id);
        self.analyses.remove(id);
        self.seen.remove(id);
        self.origins.remove(id);
        self.epoch.fetch_add(1, Ordering::Relaxed);
        // A template that only the editor has is gone.
        if id.is_config() || self.is_template(id) {
            self.refresh();
        }
    }

    /// The open document `id`.
    pub fn document(&self, id: &DocumentId) -> Option<Arc<Document>> {
        self.documents.get(id).map(|document| document.clone())
    }

    /// The open documents.
    pub fn open(&self) -> Vec<DocumentId> {
        self.documents.iter().map(|entry| entry.key().clone()).collect()
    }

    /// The open document `id`, if it is a proposal.
    pub fn proposal(&self, id: &DocumentId) -> Option<Snapshot> {
        self.snapshot(id, self.document(id)?)
    }

    /// The open document `id`, if it is a proposal or index page.
    pub fn page(&self, id: &DocumentId) -> Option<Snapshot> {
        self.page_of(id, self.document(id)?)
    }

    /// `document`, which has the name `id`, if it is a proposal.
    pub fn snapshot(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        self.page_of(id, document).filter(Snapshot::is_proposal)
    }

    /// `document`, which has the name `id`, if it is a proposal or index page.
    pub fn page_of(&self, id: &DocumentId, document: Arc<Document>) -> Option<Snapshot> {
        let is_checked = |snapshot: &Snapshot| matches!(snapshot.kind, Kind::Proposal | Kind::Index);
        Some(self.analyzed(id, &document).unwrap_or_else(|| self.read_as(id, document))).filter(is_checked)
    }

    /// `document`, which has the name `id`, whatever it is.
    fn read_as(&self, id: &DocumentId, document: Arc<Document>) -> Snapshot {
        let standing = self.standing(id, &document);
        self.read_by(id, document, &standing)
    }

    /// `document`, which has the name `id` and is `standing` so.
    fn read_by(&self, id: &DocumentId, document: Arc<Document>, standing: &Standing) -> Snapshot {
        let (scope, roots) = (self.scope(id), self.roots());
        let family = scope.family.as_ref().or(kind::family(standing)).cloned();
        let family = family.or_else(|| self.included(id, &scope));
        let template = self.template_with(id, &scope, family.as_ref());
        let Scope { settings, .. } = &scope;
        let (is_template_set, is_set) = (scope.template.is_some(), scope.family.is_some());
        let known = Known { id, document: &document, standing, settings, roots: &roots, is_template_set, is_set };
        let is_none = scope.is_lost || self.is_left_out(id, &scope, standing);
        let kind = if is_none { Kind::Other } else { known.kind(&template) };
        let family = family.filter(|_| kind == Kind::Proposal);
        let Scope { config, settings, .. } = scope;
        Snapshot { document, template, settings, config, kind, family, id: id.clone() }
    }

    /// Whether the open document `id` has changed, since this was asked last or else since the disk, so that the diagnostics of
    /// others may have.
    pub fn has_news(&self, id: &DocumentId) -> bool {
        let (Some(document), Some(exports), DocumentId::File(path)) = (self.document(id), self.open_page(id), id)
        else {
            return false;
        };
        let on_disk =
            || Some(Seen { exports: self.on_disk(path)?.exports.clone(), names: self.anchors_on_disk(path)? });
        let seen = Seen { exports, names: document.anchor_names().clone() };
        let known = self.seen.get(id).map(|known| *known == seen);
        let is_news = !known.unwrap_or_else(|| on_disk().is_some_and(|known| known == seen));
        self.seen.insert(id.clone(), seen);
        self.epoch.fetch_add(u64::from(is_news), Ordering::Relaxed);
        is_news
    }

    /// A number that changes with everything that may change the diagnostics of documents that have not changed themselves.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst) + self.changes() + self.discovery.changes()
    }

    /// The template for a document called `id`, with what the settings say of it.
    pub fn template(&self, id: &DocumentId) -> Arc<Template> {
        let standing = self.standing(id, &Document::closed(""));
        self.template_for(id, kind::family(&standing))
    }

    /// `template`, which comes from the document `id`, with what the settings there say of it.
    pub fn adapted(&self, id: &DocumentId, template: Template) -> Arc<Template> {
        self.templates.adapted(Arc::new(template), None, &self.scope(id))
    }

    /// The settings that hold for the document `id`.
    fn scope(&self, id: &DocumentId) -> Scope {
        let config = self.config(id);
        let whole = config.as_ref().map_or_else(|| self.settings(), |config| config.settings.clone());
        let roots = self.roots();
        let set = whole.family_of(id.name(), &roots).map(|(index, family)| {
            let own = self.template_of_set(id, config.as_deref(), index, family);
            (index, family.settings().clone(), own)
        });
        let named = self.named_template(id, config.as_deref());
        match set {
            Some((index, settings, own)) => {
                let is_named = whole.families()[index].template().is_some();
                let template = self.given.template.clone().or(own).or(named);
                let family = self.set_family(id, config.as_deref(), &whole, index, template.clone());
                let is_lost = is_named && family.template.is_none();
                Scope { config, settings, family: Some(family), template, place: Some(index), is_lost }
            }
            None => Scope { config, settings: whole, family: None, template: named, place: None, is_lost: false },
        }
    }

    /// Whether settings leave the document `id` out of a family by the template by which it would be found by itself.
    fn is_left_out(&self, id: &DocumentId, scope: &Scope, standing: &Standing) -> bool {
        let Standing::Member(found) = standing else { return false };
        let (roots, name) = (self.roots(), id.name());
        let is_same = |(index, family): (usize, &FamilySettings)| {
            let own = self.template_of_set(id, scope.config.as_deref(), index, family);
            own.is_none() || own == found.template
        };
        let settings = &scope.settings;
        scope.place.is_none()
            && !settings.includes(name, &roots)
            && settings.families_without(name, &roots).any(is_same)
    }

    /// The file of the template that settings name for `family`, which is at `index` of those for the document `id`.
    fn template_of_set(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        index: usize,
        family: &FamilySettings,
    ) -> Option<PathBuf> {
        let (template, folder) = family.template()?;
        // Those of the editor come first.
        match folder {
            None => templates::configured(template, id, &self.roots()),
            Some(_) => config?.templates.get(index - self.settings().families().len())?.clone(),
        }
    }

    /// The file of the template that the command line or settings name for the document `id`.
    fn named_template(&self, id: &DocumentId, config: Option<&Config>) -> Option<PathBuf> {
        let given = self.given.template.clone();
        let settings = self.settings();
        let of_editor = || templates::configured(settings.template.as_deref()?, id, &self.roots());
        given.or_else(of_editor).or_else(|| config?.template.clone())
    }

    /// The template for a document `id` of `family`, with what the settings say of it.
    fn template_for(&self, id: &DocumentId, family: Option<&Arc<Family>>) -> Arc<Template> {
        self.template_with(id, &self.scope(id), family)
    }

    /// The template in the file at `path`, else the built-in one, for the document `id`, with what the settings say of it.
    fn template_at(&self, id: &DocumentId, path: Option<&Path>) -> Arc<Template> {
        let scope = self.scope(id);
        let sources = Sources { roots: &self.roots(), documents: &self.documents, faults: &self.faults };
        let template = self.templates.of(scope.template.as_deref(), path, &sources);
        self.templates.adapted(template, None, &scope)
    }

    /// The template for the document `id` of `family`: the one that is named in its `scope`, else the family's, else that of the
    /// family around it.
    fn template_with(&self, id: &DocumentId, scope: &Scope, family: Option<&Arc<Family>>) -> Arc<Template> {
        let around = match (id, family) {
            (_, Some(family)) => Some(family.clone()),
            (DocumentId::File(path), None) => self.families_for(path).around(path),
            (DocumentId::Other(_), None) => None,
        };
        let sources = Sources { roots: &self.roots(), documents: &self.documents, faults: &self.faults };
        let named = scope.template.as_deref();
        let is_own = |family: &&Arc<Family>| named.is_none() || named == family.template.as_deref();
        let naming = around.as_ref().filter(is_own).and_then(|family| family.pattern.as_ref());
        let learnt = around.as_ref().and_then(|family| family.learnt.as_deref()).filter(|_| named.is_none());
        let found = around.as_ref().and_then(|family| family.template.as_deref());
        let template = match learnt {
            Some(learnt) => self.templates.learnt(learnt, naming, &sources),
            None => self.templates.of(named, found, &sources),
        };
        self.templates.adapted(template, naming, scope)
    }

    /// The configuration file for the document `id`. One that is no file has that of the workspace's only folder.
    pub fn config(&self, id: &DocumentId) -> Option<Arc<Config>> {
        let roots = self.roots();
        let open = |path: &Path| self.document(&DocumentId::file(path));
        let settings = self.settings();
        if let ConfigSource::File(path) = &self.given.config {
            // What lies beside it can be trusted as much as itself.
            let roots: Vec<PathBuf> = roots.iter().cloned().chain(path.parent().map(Path::to_owned)).collect();
            return Some(self.configs.at(path, &Lookup { roots: &roots, settings: &settings, open: &open }));
        }
        let folder = match id {
            _ if self.given.config == ConfigSource::None => return None,
            DocumentId::File(path) => path.parent()?,
            DocumentId::Other(_) => match roots.as_slice() {
                [root] => root,
                _ => return None,
            },
        };
        self.configs.of(folder, &Lookup { roots: &roots, settings: &settings, open: &open })
    }

    /// No configuration file yet, but what files there are for those that come.
    pub fn configs_in_use(&self) -> ConfigsInUse {
        ConfigsInUse::among(self.discovery.all(), self.roots())
    }

    /// The configuration files of the workspace's folders and of the open documents.
    pub fn configs(&self) -> ConfigsInUse {
        let mut configs = self.configs_in_use();
        let roots = self.roots();
        let in_roots = roots.iter().map(|root| DocumentId::File(root.join(FILE_NAMES[0])));
        for id in in_roots.chain(self.open()) {
            configs.add(self.config(&id));
            if let Some(snapshot) = self.proposal(&id) {
                configs.add_proposal(&snapshot);
            }
        }
        configs
    }

    /// Whether `id` may be a template, so that a change of it concerns other documents.
    pub fn is_template(&self, id: &DocumentId) -> bool {
        match id {
            DocumentId::File(path) => self.may_be_template(path) || self.templates.has(path),
            DocumentId::Other(_) => false,
        }
    }

    /// Whether the file at `path` was found to be a template.
    pub fn is_found_template(&self, path: &Path) -> bool {
        self.discovery.families().is_some_and(|families| families.has_template(path))
    }

    /// Looks at the disk again for templates and configuration files, the next time that one is needed.
    pub fn refresh(&self) {
        self.analyses.clear();
        self.anchors.forget();
        self.paths.forget();
        self.committed.forget();
        self.templates.forget();
        self.configs.forget();
        self.discovery.forget();
        // What is worked out before that may be of what was there before.
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests;
