//! The families of one repository.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::by_path::{folder_of, is_document};
use super::candidates::{Candidate, Sign};
use super::claims::{Claims, claims};
use super::consensus;
use super::family::{BUILT_IN_PREFIX, Family, FamilyKind, folders};
use super::groups::{Document, Homes, is_sure};
use super::learnt::Learnt;
use super::naming::{Naming, is_record_page};
use super::reasons;
use super::shape::{Mask, Shape, number, stem};
use super::sketch::Sketch;
use super::standing::{Membership, Standing, Unused};
use super::words::{is_apart, is_governance};
use crate::template::number_after;
use crate::workspace::files::is_forge;

/// One repository and what was found in it; all paths except the root are relative.
#[derive(Debug)]
pub(super) struct Realm {
    pub(super) root: PathBuf,
    pub(super) candidates: Vec<Candidate>,
    pub(super) homes: Homes,
    pub(super) claims: Claims,
    pub(super) families: Vec<Arc<Family>>,
    /// For each document: the index of its family.
    members: HashMap<PathBuf, usize>,
    /// For each candidate and prefix: the index of the family, for documents that come later.
    by_key: BTreeMap<Key, usize>,
    templates: HashMap<PathBuf, usize>,
    /// The files that existed, and whether they had any content to judge by.
    known: HashMap<PathBuf, bool>,
    /// For each folder: the number of files directly in it.
    counts: HashMap<PathBuf, usize>,
    /// For each folder: the family of most documents below it.
    folders: HashMap<PathBuf, usize>,
}

/// What the documents of one family have in common: the index of the template among the candidates, and the word before their
/// numbers.
type Key = (usize, String);

/// The index of the built-in template, which is not among the candidates.
const BUILT_IN: usize = usize::MAX;

impl Realm {
    /// Finds the families among `files` of the repository at `root`; `is_whole` says whether these are all of its files.
    pub(super) fn of(root: PathBuf, files: &BTreeMap<&Path, &Arc<Sketch>>, is_whole: bool) -> Realm {
        let (candidates, claims) = claims(files, is_whole);
        let homes = Homes::of(&candidates);
        let mut realm = Realm { candidates, homes, claims, ..Realm::empty(root) };
        for (path, sketch) in files {
            realm.known.insert(path.to_path_buf(), !sketch.is_bare());
            *realm.counts.entry(path.parent().unwrap_or(path).to_owned()).or_default() += 1;
        }
        let used: std::collections::HashSet<usize> = realm.claims.documents.values().copied().collect();
        for (index, candidate) in realm.candidates.iter().enumerate() {
            if is_sure(candidate.sign) || used.contains(&index) && candidate.sign != Sign::Learnt {
                realm.templates.insert(candidate.path.clone(), index);
            }
        }
        let mut documents: BTreeMap<Key, Vec<PathBuf>> = BTreeMap::new();
        for (path, template) in realm.keys(files) {
            documents.entry(template).or_default().push(path);
        }
        for (key, paths) in merged(documents) {
            realm.add(key, paths);
        }
        realm.note_learnt(files);
        realm.tell_apart();
        realm.count_folders();
        realm
    }

    /// Adds the template's name, or its path, to the names of families that would otherwise have the same name.
    fn tell_apart(&mut self) {
        let stem = |template: &Path| stem(template);
        let root = self.root.clone();
        let path =
            |template: &Path| template.strip_prefix(&root).unwrap_or(template).to_string_lossy().replace('\\', "/");
        let names: Vec<String> = self.families.iter().map(|family| family.name.clone()).collect();
        for qualifier in [&stem as &dyn Fn(&Path) -> String, &path] {
            let mut counts: HashMap<String, usize> = HashMap::new();
            for family in &self.families {
                *counts.entry(family.name.clone()).or_default() += 1;
            }
            for (family, name) in self.families.iter_mut().zip(&names).filter(|(family, _)| counts[&family.name] > 1) {
                let learnt = family.learnt.as_ref().map(|learnt| learnt.folder.as_path());
                let template = family.template.as_deref().or(learnt).map_or("built-in".to_owned(), qualifier);
                Arc::make_mut(family).name = format!("{name} ({template})");
            }
        }
    }

    /// Records for the families without a template what is known of their documents among `files`.
    fn note_learnt(&mut self, files: &BTreeMap<&Path, &Arc<Sketch>>) {
        let mut documents: BTreeMap<usize, Vec<&Path>> = BTreeMap::new();
        for (path, family) in &self.members {
            documents.entry(*family).or_default().push(path);
        }
        for ((template, prefix), place) in &self.by_key {
            let Some(candidate) = self.candidates.get(*template).filter(|found| found.sign == Sign::Learnt) else {
                continue;
            };
            let mut own = documents.remove(place).unwrap_or_default();
            own.sort_unstable();
            let sketches = own.iter().map(|path| (*path, files.get(path).map(|sketch| &***sketch)));
            let learnt = Learnt {
                folder: self.root.join(&candidate.home),
                prefix: prefix.clone(),
                revision: consensus::revision(sketches),
                consensus: consensus::consensus(candidate),
                documents: own.iter().map(|path| self.root.join(path)).collect(),
            };
            Arc::make_mut(&mut self.families[*place]).learnt = Some(Arc::new(learnt));
        }
    }

    fn empty(root: PathBuf) -> Realm {
        Realm {
            root,
            candidates: Vec::new(),
            homes: Homes::default(),
            claims: Claims::default(),
            families: Vec::new(),
            members: HashMap::new(),
            by_key: BTreeMap::new(),
            templates: HashMap::new(),
            known: HashMap::new(),
            counts: HashMap::new(),
            folders: HashMap::new(),
        }
    }

    /// Returns every document with its key.
    fn keys(&self, files: &BTreeMap<&Path, &Arc<Sketch>>) -> Vec<(PathBuf, Key)> {
        let key = |(path, sketch): (&&Path, &&Arc<Sketch>)| {
            let template = match self.claims.documents.get(*path) {
                Some(template) => *template,
                None if self.is_built_in(path, sketch) => self.template_of_built_in(path).unwrap_or(BUILT_IN),
                None => return None,
            };
            Some((path.to_path_buf(), (template, Shape::of(path, false).mask.prefix().to_owned())))
        };
        files.iter().filter_map(key).collect()
    }

    /// Whether the file at `path` belongs to the built-in family, by its name or its title.
    fn is_built_in(&self, path: &Path, sketch: &Sketch) -> bool {
        let mask = Shape::of(path, false).mask;
        let is_named =
            matches!(mask, Mask::File(_)) && mask.prefix() == BUILT_IN_PREFIX.trim_end_matches('-').to_lowercase();
        let is_free = is_document(path) && !is_governance(&stem(path)) && !self.templates.contains_key(path);
        is_free && (is_named || number_after(&sketch.title, BUILT_IN_PREFIX))
    }

    /// Returns the template for the document at `path` of the built-in family: the nearest one above whose name is only a word
    /// for templates, or one with the family's prefix anywhere.
    fn template_of_built_in(&self, path: &Path) -> Option<usize> {
        let own = BUILT_IN_PREFIX.trim_end_matches('-').to_lowercase();
        let rank = |(index, candidate): (usize, &Candidate)| {
            let (prefix, is_above) = (candidate.names.prefix.as_ref(), path.starts_with(&candidate.home));
            let fits = candidate.sign == Sign::Name && prefix.map_or(is_above, |prefix| *prefix == own);
            fits.then(|| (is_above, candidate.home.components().count(), index))
        };
        self.candidates.iter().enumerate().filter_map(rank).max().map(|(.., index)| index)
    }

    fn add(&mut self, key: Key, paths: Vec<PathBuf>) {
        let place = self.families.len();
        self.families.push(Arc::new(self.family(key.0, &paths)));
        self.members.extend(paths.into_iter().map(|path| (path, place)));
        self.by_key.insert(key, place);
    }

    /// Returns the family of the documents at `paths`, whose template has the index `template` among the candidates.
    fn family(&self, template: usize, paths: &[PathBuf]) -> Family {
        let naming = Naming::of(paths.iter().map(PathBuf::as_path));
        // The built-in template is not among the candidates.
        let candidate = self.candidates.get(template);
        let folders = folders(paths);
        let title = candidate.and_then(|candidate| candidate.sketch.title_prefix.as_deref());
        let own = candidate.and_then(|candidate| candidate.names.prefix.as_deref());
        let name = naming.name(title, paths, own);
        // How most of them were recognized.
        let mut shapes: HashMap<Shape, usize> = HashMap::new();
        for path in paths {
            *shapes.entry(Shape::of(path, false)).or_default() += 1;
        }
        let known = shapes.iter().filter(|(shape, _)| self.claims.votes.contains_key(shape));
        let most = known.max_by(|(one, count), (other, others)| count.cmp(others).then_with(|| other.cmp(one)));
        let votes = most.and_then(|(shape, _)| self.claims.votes.get(shape));
        let file = candidate.filter(|candidate| candidate.sign != Sign::Learnt);
        Family {
            template: file.map(|candidate| self.root.join(&candidate.path)),
            kind: match (candidate, file) {
                (None, _) => FamilyKind::BuiltIn,
                (_, None) => FamilyKind::Learnt,
                (_, Some(_)) => FamilyKind::Template,
            },
            learnt: None,
            name,
            naming: naming.text(),
            reason: reasons::family(candidate, paths, votes, template),
            count: paths.len(),
            pattern: Some(naming.pattern()),
            folders: folders.iter().map(|folder| self.root.join(folder)).collect(),
        }
    }

    fn count_folders(&mut self) {
        let mut counts: HashMap<&Path, HashMap<usize, usize>> = HashMap::new();
        for (path, family) in &self.members {
            for folder in path.ancestors().skip(1) {
                *counts.entry(folder).or_default().entry(*family).or_default() += 1;
            }
        }
        let most = |counts: HashMap<usize, usize>| {
            counts.into_iter().max_by_key(|(family, count)| (*count, usize::MAX - family))
        };
        let folders = counts.into_iter().filter_map(|(folder, counts)| Some((folder.to_owned(), most(counts)?.0)));
        self.folders = folders.collect();
    }

    /// Returns what the file at `path` was found to be.
    pub(super) fn membership(&self, path: &Path) -> Option<Membership<'_>> {
        match self.members.get(path).map(|place| &self.families[*place]) {
            Some(family) => Some(Membership::of(family)),
            None => self.is_template(path).then_some(Membership::Template),
        }
    }

    /// Returns what the file at `path` is.
    pub(super) fn standing(&self, path: &Path, sketch: impl FnOnce() -> Arc<Sketch>) -> Standing {
        if let Some(family) = self.members.get(path) {
            return Standing::Member(self.families[*family].clone());
        }
        if let Some(index) = self.templates.get(path) {
            let is_used = self.by_key.keys().any(|(template, _)| template == index);
            return Standing::Template { is_sure: is_used || self.candidates[*index].sign == Sign::Name };
        }
        // A file that had content when the families were found has been judged by it.
        if !is_document(path) || self.known.get(path) == Some(&true) {
            return Standing::Other;
        }
        self.newcomer(path, &sketch()).map_or(Standing::Other, Standing::Member)
    }

    /// Returns the family of the file at `path`, which did not exist or had no content when the families were found.
    fn newcomer(&self, path: &Path, sketch: &Sketch) -> Option<Arc<Family>> {
        let others = path.parent().and_then(|folder| self.counts.get(folder)).copied().unwrap_or_default();
        let is_alone = others <= usize::from(self.known.contains_key(path)) && !self.claims.has_page_beside(path);
        let shape = Shape::of(path, is_alone);
        let prefix = shape.mask.prefix().to_owned();
        let document = Document { path, sketch };
        let template = match self.claims.newcomer(&document, shape, &self.candidates, &self.homes) {
            Some(template) => template,
            None if self.is_built_in(path, sketch) => self.template_of_built_in(path).unwrap_or(BUILT_IN),
            None => return None,
        };
        let known = self.by_key.get(&(template, prefix));
        let known = known.or_else(|| self.by_key.iter().find(|((own, _), _)| *own == template).map(|(_, place)| place));
        if let Some(place) = known {
            return Some(self.families[*place].clone());
        }
        Some(Arc::new(self.family(template, &[path.to_owned()])))
    }

    /// Returns the family that a page at `path` is most likely about: that of most documents below its folder, or below the
    /// nearest folder above that has any.
    pub(super) fn around(&self, path: &Path) -> Option<Arc<Family>> {
        let family = path.ancestors().skip(1).find_map(|folder| self.folders.get(folder))?;
        self.families.get(*family).cloned()
    }

    /// Returns why the file at `path` cannot be a document or is taken for a template, judging by its name or place.
    pub(super) fn place_reason(&self, path: &Path) -> Option<String> {
        if let Some(index) = self.templates.get(path) {
            return Some(format!("it is a template: {}", reasons::sign(self.candidates[*index].sign)));
        }
        if let Some(folder) = folder_of(path, |name| is_apart(name) || is_forge(name)) {
            return Some(format!("files in the folder \"{folder}\" are not treated as proposals"));
        }
        let shape = Shape::of(path, false);
        if shape.mask == Mask::Plain && is_governance(&stem(path)) {
            return Some("a file of this name is about the repository and not automatically a proposal".to_owned());
        }
        let accompanies =
            || format!("it accompanies the document with the number {}", number(path).unwrap_or_default());
        (self.claims.accompanies(path) || !self.homes.has_leading(&shape)).then(accompanies)
    }

    /// Returns the folders of templates that are for documents elsewhere.
    pub(super) fn template_folders(&self) -> Vec<PathBuf> {
        let is_aside = |candidate: &&Candidate| {
            self.is_template(&candidate.path) && candidate.path.parent() != Some(candidate.home.as_path())
        };
        let folder = |candidate: &Candidate| Some(self.root.join(candidate.path.parent()?));
        self.candidates.iter().filter(is_aside).filter_map(folder).collect()
    }

    /// Returns the templates that no document follows yet.
    pub(super) fn unused(&self) -> Vec<Unused> {
        let is_used = |path: &Path| {
            let path = self.root.join(path);
            self.families.iter().any(|family| family.template.as_deref() == Some(&path))
        };
        let is_clear = |candidate: &&Candidate| candidate.sign <= Sign::Folder && !is_used(&candidate.path);
        let unused = self.candidates.iter().filter(is_clear).map(|candidate| Unused {
            template: self.root.join(&candidate.path),
            home: self.root.join(&candidate.home),
            in_folder: candidate.names.in_folder.clone(),
        });
        unused.collect()
    }

    /// Returns the folder with the most numbered documents without a template, and how many there are, if there are at least two.
    pub(super) fn unclaimed_folder(&self) -> Option<(usize, PathBuf)> {
        let is_free = |path: &Path| is_document(path) && self.membership(path).is_none() && !is_record_page(path);
        let mut counts: BTreeMap<Shape, usize> = BTreeMap::new();
        for path in self.known.keys().filter(|path| is_free(path)) {
            let shape = Shape::of(path, false);
            if shape.mask.is_numbered() && self.homes.has_leading(&shape) {
                *counts.entry(shape).or_default() += 1;
            }
        }
        let (shape, count) = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 1)?;
        Some((count, self.root.join(shape.base)))
    }

    /// Whether the file at `path` is or may be a template.
    pub(super) fn is_template(&self, path: &Path) -> bool {
        self.templates.contains_key(path)
    }
}

/// Moves documents without a number in `documents` to the others that follow the same template.
fn merged(mut documents: BTreeMap<Key, Vec<PathBuf>>) -> BTreeMap<Key, Vec<PathBuf>> {
    let is_plain = |path: &PathBuf| !Shape::of(path, true).mask.is_numbered();
    let keys: Vec<Key> = documents.keys().filter(|(_, prefix)| prefix.is_empty()).cloned().collect();
    for key in keys {
        let most =
            documents.iter().filter(|((template, _), _)| *template == key.0).max_by_key(|(_, paths)| paths.len());
        let Some(most) = most.map(|(most, _)| most.clone()).filter(|most| *most != key) else { continue };
        let (plain, rest): (Vec<_>, Vec<_>) =
            documents.remove(&key).unwrap_or_default().into_iter().partition(is_plain);
        documents.entry(most).or_default().extend(plain);
        if !rest.is_empty() {
            documents.insert(key, rest);
        }
    }
    documents
}
