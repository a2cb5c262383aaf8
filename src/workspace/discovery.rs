//! The families of the workspace: found when its files are read, and kept up with what changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use dashmap::DashMap;

use super::cache::Cache;
use super::families::{self, Families, Family, FamilyKind, Learnt, Sketch, Standing, Unused};
use super::{Config, DocumentId, Scope, Settings, Workspace, files};
use crate::document::Document;
use crate::parallel;
use crate::template::is_markdown;

/// What is known of families.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    found: RwLock<Found>,
    /// Held while families are found, which takes a while: readers have those before.
    turn: Mutex<()>,
    /// By folder: what the files around it tell, as long as not all have been read.
    nearby: Cache<PathBuf, Arc<Families>>,
    /// By configuration file, or workspace folder, and place: the families that are set.
    set: Cache<(PathBuf, usize), Arc<Family>>,
    /// By path: whether it may be a template by its name, which is asked at every keystroke.
    named: DashMap<PathBuf, bool>,
    /// Counts what has changed of all that.
    changes: AtomicU64,
}

/// What files look like, by path.
pub(super) type Sketches = BTreeMap<PathBuf, Arc<Sketch>>;

#[derive(Debug, Default)]
struct Found {
    /// What files look like; none before some were read.
    sketches: Option<Arc<Sketches>>,
    /// Whether they are all.
    is_whole: bool,
    repositories: Vec<PathBuf>,
    families: Arc<Families>,
}

/// The place of the family that the setting `include` makes, which comes after all that are set.
const INCLUDED: usize = usize::MAX;

impl Discovery {
    /// `sketches` of files in `repositories` are known now; of all of them, if `is_whole` says so.
    pub(super) fn set(&self, sketches: Sketches, repositories: Vec<PathBuf>, is_whole: bool) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        *self.write() = Found { sketches: Some(Arc::new(sketches)), is_whole, repositories, families };
        self.forget();
    }

    /// The file at `path` looks like `sketch` now, or is gone. Returns the families before, if that may have changed any.
    pub(super) fn update(&self, path: &Path, sketch: Option<Arc<Sketch>>) -> Option<Arc<Families>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (sketches, repositories, is_whole) = self.put(path, sketch)?;
        let families = Arc::new(Families::find(&sketches, &repositories, is_whole));
        let before = std::mem::replace(&mut self.write().families, families);
        self.set.forget();
        self.changes.fetch_add(1, Ordering::SeqCst);
        Some(before)
    }

    /// Puts `sketch` in the place of what is known of `path`; all that is known then, if that is other than before.
    fn put(&self, path: &Path, sketch: Option<Arc<Sketch>>) -> Option<(Arc<Sketches>, Vec<PathBuf>, bool)> {
        let mut found = self.write();
        let sketches = found.sketches.as_mut()?;
        if sketches.get(path) == sketch.as_ref() {
            return None;
        }
        let all = Arc::make_mut(sketches);
        match sketch {
            Some(sketch) => all.insert(path.to_owned(), sketch),
            None => all.remove(path),
        };
        let sketches = sketches.clone();
        Some((sketches, found.repositories.clone(), found.is_whole))
    }

    /// What the files together tell; none before some were read.
    pub(super) fn families(&self) -> Option<Arc<Families>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.as_ref().map(|_| found.families.clone())
    }

    /// All files, once they were looked for.
    pub(super) fn all(&self) -> Option<Arc<Sketches>> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().filter(|_| found.is_whole)
    }

    /// What every file that is known looks like.
    pub(super) fn sketches(&self) -> Arc<Sketches> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        found.sketches.clone().unwrap_or_default()
    }

    /// Looks again at the folders around documents, and at what settings say of families.
    pub(super) fn forget(&self) {
        self.nearby.forget();
        self.set.forget();
        self.named.clear();
        // At the end: whoever has seen this count, sees what has changed.
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// How often what was found may have changed.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Found> {
        self.found.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workspace {
    /// What the document `id`, which says `document`, is by its family.
    pub(super) fn standing(&self, id: &DocumentId, document: &Document) -> Standing {
        match id {
            DocumentId::File(path) => self.families_for(path).standing(path, || Arc::new(Sketch::of(document))),
            DocumentId::Other(_) => Standing::Other,
        }
    }

    /// The families that a file at `path` may be of.
    pub(super) fn families_for(&self, path: &Path) -> Arc<Families> {
        let known = files::root_of(path, &self.roots()).and_then(|_| self.discovery.families());
        known.unwrap_or_else(|| self.nearby(path))
    }

    /// The families that the files around `path` tell of.
    fn nearby(&self, path: &Path) -> Arc<Families> {
        let folder = path.parent().unwrap_or(path);
        self.discovery.nearby.get_or(folder, || Arc::new(self.families_near(path, folder)))
    }

    fn families_near(&self, path: &Path, folder: &Path) -> Families {
        let roots = self.roots();
        let root = files::root_of(path, &roots).or_else(|| files::repository(folder)).unwrap_or(folder);
        let read = |path: PathBuf| {
            let content = self.read_within(&path, root)?;
            Some((path, Arc::new(Sketch::of(&Document::closed(&content)))))
        };
        let sketches = around(path, root).into_iter().filter_map(read).collect();
        let inner = folder.ancestors().take_while(|folder| folder.starts_with(root));
        let repositories: Vec<PathBuf> = inner.filter_map(files::repository).map(Path::to_owned).collect();
        let repositories = families::repositories(&[root.to_owned()], repositories);
        Families::find(&sketches, &repositories, true)
    }

    /// What the file at `path` says, as the editor has it, else the disk, if it is really within `root`.
    fn read_within(&self, path: &Path, root: &Path) -> Option<String> {
        match self.document(&DocumentId::File(path.to_owned())) {
            Some(document) => Some(document.text().to_string()),
            None => self.faults.read(path, &[root.to_owned()]),
        }
    }

    /// The family with the place `index` among those that are set for the document `id`, with this template.
    pub(super) fn set_family(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        settings: &Settings,
        index: usize,
        template: Option<PathBuf>,
    ) -> Arc<Family> {
        let roots = self.roots();
        let root = || files::root_of(id.name(), &roots).unwrap_or(Path::new("")).to_owned();
        let key = (config.map_or_else(root, |config| config.path.clone()), index);
        self.discovery.set.get_or(&key, || Arc::new(self.family_by_settings(id, config, settings, index, template)))
    }

    fn family_by_settings(
        &self,
        id: &DocumentId,
        config: Option<&Config>,
        settings: &Settings,
        index: usize,
        template: Option<PathBuf>,
    ) -> Family {
        let roots = self.roots();
        let is_own = |path: &Path| match settings.family_of(path, &roots) {
            Some((place, _)) => place == index,
            None => index == INCLUDED && settings.includes(path, &roots),
        };
        let mut paths: Vec<PathBuf> = self.discovery.sketches().keys().filter(|path| is_own(path)).cloned().collect();
        if paths.is_empty() {
            paths.push(id.name().to_owned());
        }
        let name = settings.families().get(index).and_then(|family| family.name.clone());
        let source = config.map(|config| config.path.as_path());
        let template = template.or_else(|| self.likely_template(&paths));
        let learnt = template.is_none().then(|| self.likely_lesson(&paths)).flatten();
        Family::set(name, template, learnt, &paths, source)
    }

    /// What is learnt of the first of the files at `paths`, where it is of a family without a template.
    fn likely_lesson(&self, paths: &[PathBuf]) -> Option<Arc<Learnt>> {
        let path = paths.first()?;
        match self.families_for(path).standing(path, Arc::default) {
            Standing::Member(family) => family.learnt.clone(),
            Standing::Template { .. } | Standing::Other => None,
        }
    }

    /// The template that most of the files at `paths` follow or are most like, as far as the first of them tell.
    fn likely_template(&self, paths: &[PathBuf]) -> Option<PathBuf> {
        let sketches = self.discovery.sketches();
        let mut counts: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for path in paths.iter().take(MAX_FILES) {
            let (families, sketch) = (self.families_for(path), sketches.get(path).cloned().unwrap_or_default());
            let template = match families.standing(path, || sketch.clone()) {
                Standing::Member(family) => family.template.clone(),
                _ => families.nearest(path, &sketch).map(|nearest| nearest.template),
            };
            if let Some(template) = template {
                *counts.entry(template).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(template, _)| template)
    }

    /// The family of the proposal in the file `id`: the one that settings put it in, else the one that was found, by the template
    /// that settings name.
    pub(super) fn known_family(&self, id: &DocumentId) -> Option<Arc<Family>> {
        let scope = self.scope(id);
        let found = || match self.standing(id, &Document::closed("")) {
            Standing::Member(family) => Some(family),
            Standing::Template { .. } | Standing::Other => None,
        };
        let family = scope.family.clone().or_else(found).or_else(|| self.included(id, &scope))?;
        match &scope.template {
            Some(template) if family.template.as_ref() != Some(template) => {
                let family =
                    Family { template: Some(template.clone()), kind: FamilyKind::Setting, ..(*family).clone() };
                Some(Arc::new(family))
            }
            _ => Some(family),
        }
    }

    /// The family of the document `id`, where the setting `include` makes it one and nothing else does.
    pub(super) fn included(&self, id: &DocumentId, scope: &Scope) -> Option<Arc<Family>> {
        let is_included = scope.settings.includes(id.name(), &self.roots());
        is_included
            .then(|| self.set_family(id, scope.config.as_deref(), &scope.settings, INCLUDED, scope.template.clone()))
    }

    /// The families of the workspace's folders.
    pub(super) fn found_families(&self) -> Vec<Arc<Family>> {
        self.documents_by_family().into_iter().map(|(family, _)| family).collect()
    }

    /// The templates that no document follows yet.
    pub(super) fn unused_templates(&self) -> Vec<Unused> {
        self.discovery.families().map(|families| families.unused()).unwrap_or_default()
    }

    /// The families of the workspace, each with the files of its documents; in the order of their templates.
    pub fn documents_by_family(&self) -> Vec<(Arc<Family>, Vec<PathBuf>)> {
        type Name = (Option<PathBuf>, String);
        let mut found: BTreeMap<Name, (Arc<Family>, Vec<PathBuf>)> = BTreeMap::new();
        for path in self.proposal_paths() {
            let Some(family) = self.known_family(&DocumentId::File(path.clone())) else { continue };
            let name = (family.template.clone(), family.name.clone());
            let (known, paths) = found.entry(name).or_insert_with(|| (family.clone(), Vec::new()));
            // What settings add to a family that is found is of that family.
            if known.kind != family.kind {
                Arc::make_mut(known).add(&family);
            }
            paths.push(path);
        }
        found.into_values().collect()
    }

    /// The editor has `document` open as the file at `path`: where it may be a template, that decides what others are.
    pub(super) fn note_open(&self, path: &Path, document: &Document) {
        if self.may_be_template(path) {
            self.note(path, Some(Arc::new(Sketch::of(document))));
        }
    }

    /// Whether the file at `path` may be a template, by its name or because it was found to be one.
    pub(super) fn may_be_template(&self, path: &Path) -> bool {
        let is_named = self.discovery.named.get(path).map(|known| *known).unwrap_or_else(|| {
            let is_named = families::may_be_template(path);
            self.discovery.named.insert(path.to_owned(), is_named);
            is_named
        });
        is_named || self.is_found_template(path)
    }

    /// The files that may be templates and cannot be read, and why.
    pub fn unread_templates(&self) -> Vec<(PathBuf, String)> {
        self.faults.of(|path| is_markdown(path) && self.may_be_template(path))
    }

    /// The document that an editor has open as the file at `path`, where it may be a template.
    pub(super) fn open_template(&self, path: &Path) -> Option<Arc<Document>> {
        self.document(&DocumentId::File(path.to_owned())).filter(|_| self.may_be_template(path))
    }

    /// The documents in the workspace's folders that an editor has open and that may be templates.
    pub(super) fn open_templates(&self) -> Vec<(PathBuf, Arc<Document>)> {
        let roots = self.roots();
        let template = |id: DocumentId| match id {
            DocumentId::File(path) if files::root_of(&path, &roots).is_some() => {
                let document = self.open_template(&path)?;
                Some((path, document))
            }
            _ => None,
        };
        self.open().into_iter().filter_map(template).collect()
    }

    /// The file at `path` looks like `sketch` now, or is gone: what is kept of files that are of other families now is read
    /// anew.
    pub(super) fn note(&self, path: &Path, sketch: Option<Arc<Sketch>>) {
        if let Some(before) = self.discovery.update(path, sketch) {
            self.read_after(&before);
        }
    }
}

/// How many families there are among `documents`, which are those of the repository at `root`: discovery by itself, to be
/// measured.
pub fn count_families(root: &Path, documents: &[(PathBuf, Document)]) -> usize {
    let sketches = parallel::map(documents, |(_, document)| Arc::new(Sketch::of(document)));
    let sketches: Sketches = documents.iter().map(|(path, _)| path.clone()).zip(sketches).collect();
    Families::find(&sketches, &[root.to_owned()], true).iter().count()
}

/// How many folders above a document are looked into, and how many of the files beside it.
const MAX_FOLDERS: usize = 8;
const MAX_FILES: usize = 24;

/// The files around `path`, up to the folder `root`, that tell most of its family: those beside it, those that may be templates
/// in the folders above and in templates' folders there, and, where its folder may have a number, those in the folders beside it.
fn around(path: &Path, root: &Path) -> BTreeSet<PathBuf> {
    let (folder, roots) = (path.parent().unwrap_or(path), [root.to_owned()]);
    let mut found: BTreeSet<PathBuf> = BTreeSet::new();
    let documents = |folder: &Path| files::list(folder, &roots).0.into_iter().filter(|path| files::is_document(path));
    found.extend(documents(folder).take(MAX_FILES));
    let above = folder.ancestors().take_while(|folder| folder.starts_with(root)).take(MAX_FOLDERS);
    for (up, above) in above.enumerate() {
        let (files, folders) = files::list(above, &roots);
        found.extend(files.into_iter().filter(|path| files::is_document(path) && families::may_be_template(path)));
        let in_templates = folders
            .iter()
            .filter(|folder| may_have_templates(folder))
            .take(MAX_FILES)
            .flat_map(|folder| documents(folder));
        found.extend(in_templates.filter(|path| families::may_be_template(path)).take(MAX_FILES));
        if up == 1 {
            let name = path.file_name().unwrap_or_default();
            found.extend(
                folders
                    .iter()
                    .take(MAX_FILES)
                    .map(|folder| folder.join(name))
                    .filter(|path| files::look(path, &roots) == files::Found::File),
            );
        }
    }
    found
}

fn may_have_templates(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    files::is_forge(name) || families::may_be_template(&folder.join("README.md"))
}
