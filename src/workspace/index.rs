//! The index: what is kept of every Markdown file in the workspace's folders, as the disk has them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;

use super::discovery::Sketches;
use super::families::{self, Families, Membership, Sketch, Standing};
use super::files::Walk;
use super::kind::Kind;
use super::navigation::is_site;
use super::page::{Exports, Key, Page, TemplateKey};
use super::paths::Paths;
use super::refers::Refers;
use super::{DocumentId, Workspace, files};
use crate::document::{Deviation, Document, Evidence, Facts, Overview, SectionFacts, Share};
use crate::parallel;
use crate::template::Template;

/// How far a reading of all files is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// How many files were read.
    pub read: usize,
    /// How many there are to read.
    pub total: usize,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By path.
    pages: DashMap<PathBuf, Arc<Page>>,
    /// By number, without zeros at its start: the proposals that have it.
    numbers: DashMap<String, Paths>,
    /// By folder: the proposals that are in it, or in folders of theirs in it.
    proposals: DashMap<PathBuf, Paths>,
    /// By template: how its documents deviate from it.
    usage: DashMap<TemplateKey, Usage>,
    /// By folder: the index pages that list something in it.
    listings: DashMap<PathBuf, Paths>,
    /// Counts the readings of all files, so that an older one can tell that it is no longer wanted.
    reading: AtomicU64,
    /// Counts what has changed of what is kept.
    changes: AtomicU64,
    /// Held while files are read, so that what was read last is what is kept.
    turn: Mutex<()>,
}

/// How many files are looked at first, for a guess at the families: at least so many, and of many one in so many.
const SAMPLE: usize = 64;
const SAMPLE_PART: usize = 16;

impl Index {
    /// `page` is what is kept of the file at `path` from now on.
    fn set(&self, path: &Path, page: Option<Page>) {
        let known = self.pages.get(path).map(|known| known.clone());
        if known.as_deref() == page.as_ref() {
            return;
        }
        if let Some(known) = known {
            self.pages.remove(path);
            self.unlink(path, &known);
        }
        if let Some(page) = page {
            self.link(path, &page);
            self.pages.insert(path.to_owned(), Arc::new(page));
        }
        // At the end: whoever has seen this count, sees what has changed.
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    fn link(&self, path: &Path, page: &Page) {
        if let Some(number) = page.exports.number() {
            self.numbers.entry(number.to_owned()).or_default().add(path);
        }
        for folder in page.exports.listed.keys() {
            self.listings.entry(folder.to_owned()).or_default().add(path);
        }
        if page.exports.facts.is_some() {
            self.proposals.entry(families::base(path)).or_default().add(path);
        }
        if let Some((template, deviations)) = &page.deviations {
            let mut usage = self.usage.entry(*template).or_default();
            usage.documents += 1;
            deviations.iter().for_each(|deviation| *usage.deviations.entry(*deviation).or_default() += 1);
        }
    }

    fn unlink(&self, path: &Path, page: &Page) {
        if let Some(number) = page.exports.number() {
            take_out(&self.numbers, number.to_owned(), path);
        }
        for folder in page.exports.listed.keys() {
            take_out(&self.listings, folder.to_owned(), path);
        }
        if page.exports.facts.is_some() {
            take_out(&self.proposals, families::base(path), path);
        }
        if let Some((template, deviations)) = &page.deviations
            && let Some(mut usage) = self.usage.get_mut(template)
        {
            usage.documents = usage.documents.saturating_sub(1);
            for deviation in deviations {
                usage.deviations.entry(*deviation).and_modify(|count| *count = count.saturating_sub(1));
            }
        }
    }
}

/// How the documents by one template deviate from it.
#[derive(Debug, Default)]
struct Usage {
    /// How many there are.
    documents: usize,
    deviations: HashMap<Deviation, usize>,
}

/// Takes `path` out of what `lists` has for `key`.
fn take_out<K: std::hash::Hash + Eq>(lists: &DashMap<K, Paths>, key: K, path: &Path) {
    if let Entry::Occupied(mut list) = lists.entry(key)
        && list.get_mut().take_out(path).is_empty()
    {
        list.remove();
    }
}

/// Whether a folder has proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It has some, or pages that list some.
    Some,
    /// It would have some, did settings not exclude them.
    Excluded,
    /// It has none.
    Nothing,
}

impl Workspace {
    /// Reads all Markdown files below the workspace's folders, which takes a while. It ends early when another reading has
    /// started. A file that cannot be read is named in the log, once, and left out.
    pub fn read_all(&self) {
        self.read_all_while(&|_| ControlFlow::Continue(()));
    }

    /// As [`Workspace::read_all`], asking `goes_on` before each file; when it breaks off, what was read is kept.
    pub fn read_all_while(&self, goes_on: &(dyn Fn(Progress) -> ControlFlow<()> + Sync)) {
        let reading = self.index.reading.fetch_add(1, Ordering::Relaxed) + 1;
        let is_current = || self.index.reading.load(Ordering::Relaxed) == reading;
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let (paths, repositories, sites) = self.walk();
        // What a file is depends on all others: those that are known, or else a few, tell nearly always what all will.
        let guess = self.discovery.families().unwrap_or_else(|| self.guess(&paths, &repositories));
        let numbered: Vec<(usize, &PathBuf)> = paths.iter().enumerate().collect();
        // The first file that is not to be read any more.
        let end = AtomicUsize::new(usize::MAX);
        let read = parallel::map(&numbered, |&(read, path)| {
            if read >= end.load(Ordering::Relaxed) || !is_current() {
                return None;
            }
            match goes_on(Progress { read, total: paths.len() }) {
                ControlFlow::Continue(()) => Some(self.read_one(path)),
                ControlFlow::Break(()) => {
                    end.fetch_min(read, Ordering::Relaxed);
                    None
                }
            }
        });
        if !is_current() {
            return;
        }
        let is_whole = read.iter().all(Option::is_some);
        let mut sketches = if is_whole { Sketches::new() } else { Arc::unwrap_or_clone(self.discovery.sketches()) };
        let mut standings: Vec<(&PathBuf, Option<Standing>)> = Vec::new();
        for (path, read) in paths.iter().zip(read) {
            match read {
                Some(Some((sketch, standing))) => {
                    sketches.insert(path.clone(), sketch);
                    standings.push((path, Some(standing)));
                }
                Some(None) => _ = sketches.remove(path),
                None => standings.push((path, None)),
            }
        }
        for (path, document) in self.open_templates() {
            sketches.insert(path, Arc::new(Sketch::of(&document)));
        }
        self.discovery.set(sketches, repositories, is_whole);
        self.read_others(&standings, &guess);
        sites.iter().for_each(|path| self.index.set(path, self.page_of_site(path)));
        if is_whole {
            let known: Vec<PathBuf> = self.index.pages.iter().map(|entry| entry.key().clone()).collect();
            let is_gone = |path: &&PathBuf| paths.binary_search(path).is_err() && !sites.contains(path);
            known.iter().filter(is_gone).for_each(|path| self.index.set(path, None));
        }
    }

    /// The families that a few of the files at `paths` tell of: those that may be templates, and some of each shape.
    fn guess(&self, paths: &[PathBuf], repositories: &[PathBuf]) -> Arc<Families> {
        let sample = families::sample(paths, SAMPLE.max(paths.len() / SAMPLE_PART));
        let sketch = |path: &&PathBuf| {
            Some((path.to_path_buf(), Arc::new(Sketch::of(&Document::closed(&self.faults.read(path, &self.roots())?)))))
        };
        let sketches = parallel::map(&sample, sketch).into_iter().flatten().collect();
        self.discovery.set(sketches, repositories.to_vec(), false);
        self.discovery.families().unwrap_or_default()
    }

    /// The files in the workspace's folders, the repositories there, and the settings of sites.
    fn walk(&self) -> (Vec<PathBuf>, Vec<PathBuf>, Vec<PathBuf>) {
        let (mut paths, mut repositories, mut sites, roots) = (Vec::new(), Vec::new(), Vec::new(), self.roots());
        for root in roots.iter() {
            let walk = Walk::of(root);
            self.faults.note(root, walk.faults.into_iter().collect());
            paths.extend(walk.documents);
            repositories.extend(walk.repositories);
            sites.extend(walk.sites);
        }
        paths.sort_unstable();
        paths.dedup();
        (paths, families::repositories(&roots, repositories), sites)
    }

    /// Reads the file at `path`, which a walk came upon, so that it lies in the workspace; what it looks like, and what it was
    /// taken for.
    fn read_one(&self, path: &Path) -> Option<(Arc<Sketch>, Standing)> {
        let document = self.faults.read(path, &self.roots()).map(|content| Arc::new(Document::closed(&content)));
        let sketch = document.as_ref().map(|document| Arc::new(Sketch::of(document)));
        let Some((document, sketch)) = document.zip(sketch) else {
            self.index.set(path, None);
            return None;
        };
        let standing = self.families_for(path).standing(path, || sketch.clone());
        let page = self.read_by(&DocumentId::File(path.to_owned()), document.clone(), &standing).indexed(path);
        self.index.set(path, Some(page));
        self.aside.put(path, &document);
        Some((sketch, standing))
    }

    /// Has each document that is read with the workspace put aside for [`Workspace::read_aside`], for whoever goes through all of
    /// them right after.
    pub fn put_aside(&self) {
        self.aside.open();
    }

    /// The document at `path`, as it was when the workspace was read; once, and only after [`Workspace::put_aside`].
    pub fn read_aside(&self, path: &Path) -> Option<Arc<Document>> {
        self.aside.take(path)
    }

    /// Reads the file at `path` again, which has changed, come or gone.
    pub fn read_again(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let path = files::normalize(path);
        if is_site(&path) && files::root_of(&path, &self.roots()).is_some() {
            return self.index.set(&path, self.page_of_site(&path));
        }
        if !files::is_document(&path) || files::root_of(&path, &self.roots()).is_none() {
            return;
        }
        let content = self.faults.read(&path, &self.roots());
        let document = content.map(|content| Arc::new(Document::closed(&content)));
        // What others follow counts as the editor has it.
        let open = self.open_template(&path);
        let shown = open.as_ref().or(document.as_ref());
        self.note(&path, shown.map(|document| Arc::new(Sketch::of(document))));
        self.index.set(&path, document.map(|document| self.page_of_file(&path, document)));
    }

    /// Reads anew what is kept of those files that are of other families now than what `standings` says, or, where that says
    /// nothing, than they were `before`.
    fn read_others(&self, standings: &[(&PathBuf, Option<Standing>)], before: &Families) {
        let Some(after) = self.discovery.families() else { return };
        let is_other = |(path, standing): &&(&PathBuf, Option<Standing>)| {
            let known = standing.as_ref().map_or_else(|| before.membership(path), Standing::membership);
            known != after.membership(path)
        };
        let others: Vec<&PathBuf> = standings.iter().filter(is_other).map(|(path, _)| *path).collect();
        if others.is_empty() {
            return;
        }
        // An open document is of another family, though what the disk has may be the same.
        self.index.changes.fetch_add(1, Ordering::SeqCst);
        parallel::map(&others, |path| {
            let content = self.faults.read(path, &self.roots());
            let page = content.map(|content| self.page_of_file(path, Arc::new(Document::closed(&content))));
            self.index.set(path, page);
        });
    }

    /// The families are others now than they were `before`: reads anew what is kept of files that are in others.
    pub(super) fn read_after(&self, before: &Families) {
        let sketches = self.discovery.sketches();
        let all: Vec<(&PathBuf, Option<Standing>)> = sketches.keys().map(|path| (path, None)).collect();
        self.read_others(&all, before);
    }

    fn page_of_file(&self, path: &Path, document: Arc<Document>) -> Page {
        self.read_as(&DocumentId::File(path.to_owned()), document).indexed(path)
    }

    /// How often what is kept of the files has changed.
    pub fn changes(&self) -> u64 {
        self.index.changes.load(Ordering::SeqCst)
    }

    /// What others can see of the open files but that at `except`, as the editor has them.
    fn open_pages(&self, except: Option<&Path>) -> Vec<(PathBuf, Arc<Exports>)> {
        let open = self.open().into_iter();
        let page = |id: DocumentId| match &id {
            DocumentId::File(path) if Some(path.as_path()) != except => Some((path.clone(), self.open_page(&id)?)),
            _ => None,
        };
        open.filter_map(page).collect()
    }

    /// What others can see of the file at `path`, as the editor has it, else the disk.
    pub(super) fn kept(&self, path: &Path) -> Option<Arc<Exports>> {
        let open = self.open_page(&DocumentId::File(path.to_owned()));
        open.or_else(|| Some(self.on_disk(path)?.exports.clone()))
    }

    /// What is kept of the file at `path`, as the disk has it.
    pub(super) fn on_disk(&self, path: &Path) -> Option<Arc<Page>> {
        self.index.pages.get(path).map(|page| page.clone())
    }

    /// The files that `list` has for `key`; of the open ones, those that are as `is_one` says. Without that at `except`: what
    /// is kept of a document is read anew with every version, so it should not be asked about itself.
    fn among<K: std::hash::Hash + Eq>(
        &self,
        list: &DashMap<K, Paths>,
        key: &K,
        except: Option<&Path>,
        is_one: impl Fn(&Exports) -> bool,
    ) -> Vec<PathBuf> {
        let open = self.open_pages(except);
        let is_open: HashSet<&PathBuf> = open.iter().map(|(path, _)| path).collect();
        let is_kept = |path: &PathBuf| Some(path.as_path()) != except && !is_open.contains(path);
        let mut found: Vec<PathBuf> =
            list.get(key).map(|list| list.iter().filter(|path| is_kept(path)).cloned().collect()).unwrap_or_default();
        found.extend(open.into_iter().filter(|(_, page)| is_one(page)).map(|(path, _)| path));
        found
    }

    /// How many of the documents by `template`, but that at `except`, deviate from it in this way, as the
    /// disk has them.
    pub(super) fn share(&self, template: &Template, deviation: Deviation, except: &Path) -> Share {
        let template = TemplateKey::of(template);
        let Some(usage) = self.index.usage.get(&template) else { return Share::default() };
        let page = self.on_disk(except);
        let own = page.as_ref().and_then(|page| page.deviations.as_ref()).filter(|(source, _)| *source == template);
        let count = |deviation| {
            let is_own = own.is_some_and(|(_, own)| own.binary_search(&deviation).is_ok());
            usage.deviations.get(&deviation).copied().unwrap_or_default().saturating_sub(usize::from(is_own))
        };
        let all = usage.documents.saturating_sub(usize::from(own.is_some()));
        // Of a section's names, those count that have the section.
        let all = match deviation {
            Deviation::OtherName(index) => all.saturating_sub(count(Deviation::NoSection(index))),
            _ => all,
        };
        Share { count: count(deviation), all }
    }

    /// In which ways the documents by `template` deviate from it, as far as that says something by `evidence`, as the disk has them:
    /// what most do comes first.
    pub fn usage(&self, template: &Template, evidence: Evidence) -> Vec<(Deviation, Share)> {
        let Some(usage) = self.index.usage.get(&TemplateKey::of(template)) else { return Vec::new() };
        let all = usage.documents;
        let share = |(deviation, count): (&Deviation, &usize)| (*deviation, Share { count: *count, all });
        let mut found: Vec<_> = usage.deviations.iter().map(share).collect();
        found.retain(|(deviation, share)| {
            let least = if matches!(deviation, Deviation::Keeps(_)) { evidence.kept } else { evidence.information };
            all > evidence.documents && share.is_over(least)
        });
        found.sort_by_key(|(deviation, share)| (usize::MAX - share.count, *deviation));
        found
    }

    /// The proposals but that at `except` that have `number`, which has no zeros at its start; in no order.
    pub(super) fn with_number(&self, number: &str, except: Option<&Path>) -> Vec<PathBuf> {
        self.among(&self.index.numbers, &number.to_owned(), except, |page| page.number() == Some(number))
    }

    /// The first by name of the proposals below `folder` that have `number`, which has no zeros at its start, and are as `is_one` says;
    /// there may be very many of them.
    pub(super) fn first_with_number(
        &self,
        number: &str,
        folder: &Path,
        except: &Path,
        is_one: impl Fn(&Path) -> bool,
    ) -> Option<PathBuf> {
        let open = self.open_pages(Some(except));
        let is_open: HashSet<&PathBuf> = open.iter().map(|(path, _)| path).collect();
        let is_one = |path: &Path| path != except && path.starts_with(folder) && is_one(path);
        let mut first = None;
        let mut next = folder.to_owned();
        loop {
            // A few at once: what they are is for others to say, who may look here, too.
            let some = self.index.numbers.get(number).map(|paths| paths.below(folder, &next)).unwrap_or_default();
            let Some(last) = some.last() else { break };
            next.clone_from(last);
            first = some.into_iter().find(|path| !is_open.contains(path) && is_one(path));
            if first.is_some() {
                break;
            }
        }
        let others = open.iter().filter(|(path, page)| page.number() == Some(number) && is_one(path));
        let others = others.map(|(path, _)| path.clone());
        first.into_iter().chain(others).min_by(|one, other| one.as_os_str().cmp(other.as_os_str()))
    }

    /// The files that refer to `key`, in no order.
    pub(super) fn referrers(&self, key: &Key) -> Vec<PathBuf> {
        self.referring_as(|refers| refers.to(key))
    }

    /// The files that refer to what `is_one` says; in no order. All are asked, which for tens of thousands takes a millisecond or two.
    pub(super) fn referring_as(&self, is_one: impl Fn(&Refers) -> bool) -> Vec<PathBuf> {
        let (open, mut found): (HashSet<PathBuf>, _) = (self.open_paths().collect(), Vec::new());
        for path in &open {
            let analysis = self.analysis(&DocumentId::File(path.clone()));
            if analysis.is_some_and(|analysis| is_one(analysis.refers())) {
                found.push(path.clone());
            }
        }
        let closed = self.index.pages.iter().filter(|entry| is_one(&entry.value().refers));
        found.extend(closed.map(|entry| entry.key().clone()).filter(|path| !open.contains(path)));
        found
    }

    /// The facts of the open file at `path`, where it is a proposal.
    fn open_facts(&self, path: &Path) -> Option<Arc<Facts>> {
        let analysis = self.analysis(&DocumentId::File(path.to_owned()))?;
        analysis.snapshot().is_proposal().then(|| analysis.exports().facts.clone())?
    }

    fn open_paths(&self) -> impl Iterator<Item = PathBuf> {
        self.open().into_iter().filter_map(|id| match id {
            DocumentId::File(path) => Some(path),
            DocumentId::Other(_) => None,
        })
    }

    /// The files that refer to one of `paths` or to something below one; in no order.
    pub(super) fn referrers_below<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> Vec<PathBuf> {
        let paths: Vec<&Path> = paths.collect();
        self.referring_as(|refers| paths.iter().any(|path| refers.below(path)))
    }

    /// The index pages but that at `except` that list something in `folder`; in no order.
    pub(super) fn listings(&self, folder: &Path, except: Option<&Path>) -> Vec<PathBuf> {
        let lists = |page: &Exports| page.listed.contains_key(folder);
        self.among(&self.index.listings, &folder.to_owned(), except, lists)
    }

    /// The Markdown files that are one of `paths` or below one.
    pub(super) fn paths_below<'a>(&self, paths: impl Iterator<Item = &'a Path>) -> Vec<PathBuf> {
        let paths: Vec<&Path> = paths.collect();
        let is_below = |path: &Path| paths.iter().any(|above| path.starts_with(above));
        let known = self.index.pages.iter().map(|entry| entry.key().clone());
        known.filter(|path| is_below(path)).collect()
    }

    /// How many proposals are in `folder`, as the disk has it.
    pub(super) fn proposal_count(&self, folder: &Path) -> usize {
        self.index.proposals.get(folder).map_or(0, |paths| paths.len())
    }

    /// The proposals right in `folder`, or in folders of theirs there; in the order of their names.
    pub(super) fn proposals_in(&self, folder: &Path) -> Vec<(PathBuf, Arc<Facts>)> {
        // What a page says of others is not asked for here: it may be long.
        let open = self.open_paths().filter(|path| families::base(path) == folder);
        let open: Vec<(PathBuf, Option<Arc<Facts>>)> =
            open.map(|path| (path.clone(), self.open_facts(&path))).collect();
        let is_open: HashSet<&PathBuf> = open.iter().map(|(path, _)| path).collect();
        let paths: Vec<PathBuf> = match self.index.proposals.get(folder) {
            Some(paths) => paths.iter().filter(|path| !is_open.contains(path)).cloned().collect(),
            None => Vec::new(),
        };
        let closed = paths.into_iter().filter_map(|path| Some((self.on_disk(&path)?.exports.facts.clone()?, path)));
        let closed = closed.map(|(facts, path)| (path, facts));
        let mut all: Vec<_> = closed.collect();
        all.extend(open.iter().filter_map(|(path, facts)| Some((path.clone(), facts.clone()?))));
        // Nearly in order: what is closed is.
        all.sort_by(|(one, _), (other, _)| one.as_os_str().cmp(other.as_os_str()));
        all
    }

    /// The files that are proposals, as the disk has them; in the order of their paths.
    pub(super) fn proposal_paths(&self) -> BTreeSet<PathBuf> {
        let proposals = self.index.pages.iter().filter(|entry| entry.value().exports.kind == Kind::Proposal);
        proposals.map(|entry| entry.key().clone()).collect()
    }

    /// Whether there is a proposal below `folder`, or a page that lists one.
    pub fn presence_in(&self, folder: &Path) -> Presence {
        let proposals = self.proposal_paths();
        let keys: HashSet<Key> = proposals.iter().map(|path| Key::of_file(path)).collect();
        let lists = |page: &Exports| page.kind == Kind::Index && page.rows.keys().any(|key| keys.contains(key));
        let (roots, families) = (self.roots(), self.discovery.families().unwrap_or_default());
        let is_excluded = |path: &Path| {
            let is_member = matches!(families.membership(path), Some(Membership::Member(..)));
            is_member && self.scope(&DocumentId::File(path.to_owned())).settings.excludes(path, &roots)
        };
        let here = || self.index.pages.iter().filter(|entry| entry.key().starts_with(folder));
        if proposals.iter().any(|path| path.starts_with(folder)) || here().any(|entry| lists(&entry.value().exports)) {
            return Presence::Some;
        }
        if here().any(|entry| is_excluded(entry.key())) { Presence::Excluded } else { Presence::Nothing }
    }

    /// How many Markdown files there are below `folder`.
    pub fn files_in(&self, folder: &Path) -> usize {
        self.index.pages.iter().filter(|entry| entry.key().starts_with(folder)).count()
    }

    /// The files that are checked, proposals and index pages; in the order of their paths.
    pub fn checked(&self) -> BTreeSet<PathBuf> {
        let is_checked = |page: &Exports| matches!(page.kind, Kind::Proposal | Kind::Index);
        let closed =
            self.index.pages.iter().filter(|entry| is_checked(&entry.value().exports)).map(|entry| entry.key().clone());
        let open = self.open_pages(None).into_iter().filter(|(_, page)| is_checked(page)).map(|(path, _)| path);
        closed.chain(open).collect()
    }

    /// Every proposal: those in the index, and the open ones as the editor has them; in the order of their paths.
    pub fn overviews(&self) -> Vec<Overview> {
        let open: HashSet<PathBuf> = self.open_paths().collect();
        let overview = |path: &Path, page: &Page| {
            let (facts, sections) = (page.exports.facts.clone()?, page.sections.clone());
            Some(Overview { path: path.to_owned(), facts, sections })
        };
        let closed = self.index.pages.iter().filter(|entry| open.is_empty() || !open.contains(entry.key()));
        let mut all: Vec<_> = closed.filter_map(|entry| overview(entry.key(), entry.value())).collect();
        let open = open.into_iter().filter_map(|path| {
            let analysis = self.analysis(&DocumentId::File(path.clone()))?;
            let sections = SectionFacts::of(&analysis.snapshot().proposal()).into();
            Some(Overview { path, facts: analysis.exports().facts.clone()?, sections })
        });
        all.extend(open);
        // By their bytes: comparing paths component by component takes longer than a search among them.
        all.sort_unstable_by(|one, other| one.path.as_os_str().cmp(other.path.as_os_str()));
        all
    }
}

#[cfg(test)]
mod tests;
