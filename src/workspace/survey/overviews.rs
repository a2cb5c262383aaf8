//! What is in a folder or in the whole workspace: proposals, and files that are checked.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Facts, Overview, SectionFacts};
use crate::workspace::documents::Workspace;
use crate::workspace::families::{self, Membership};
use crate::workspace::files::DocumentId;
use crate::workspace::index::{Exports, Key, Kind, Page};

/// Whether a folder has proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It has proposals, or pages that list some.
    Some,
    /// It would have proposals if settings did not exclude them.
    Excluded,
    /// It has none.
    Nothing,
}

impl Workspace {
    /// Returns how many proposals are in `folder` on disk.
    pub(in crate::workspace) fn proposal_count(&self, folder: &Path) -> usize {
        self.index.proposals.get(folder).map_or(0, |paths| paths.len())
    }

    /// Returns the proposals directly in `folder`, or in folders of their own there, ordered by name.
    pub(in crate::workspace) fn proposals_in(&self, folder: &Path) -> Vec<(PathBuf, Arc<Facts>)> {
        // The exports of open pages are not used here, because computing what a page says about others may take long.
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
        // The closed files are already sorted, so this is nearly in order.
        all.sort_by(|(one, _), (other, _)| one.as_os_str().cmp(other.as_os_str()));
        all
    }

    /// Returns the facts of the open file at `path`, if it is a proposal.
    fn open_facts(&self, path: &Path) -> Option<Arc<Facts>> {
        let analysis = self.analysis(&DocumentId::File(path.to_owned()))?;
        analysis.snapshot().is_proposal().then(|| analysis.exports().facts.clone())?
    }

    /// Returns the files that are proposals on disk, ordered by path.
    pub(in crate::workspace) fn proposal_paths(&self) -> BTreeSet<PathBuf> {
        let proposals = self.index.pages.iter().filter(|entry| entry.value().exports.kind == Kind::Proposal);
        proposals.map(|entry| entry.key().clone()).collect()
    }

    /// Returns whether there is a proposal below `folder`, or a page that lists one.
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

    /// Returns how many Markdown files are below `folder`.
    pub fn files_in(&self, folder: &Path) -> usize {
        self.index.pages.iter().filter(|entry| entry.key().starts_with(folder)).count()
    }

    /// Whether the file at `path` is an index page.
    pub fn is_index_page(&self, path: &Path) -> bool {
        self.kept(path).is_some_and(|page| page.kind == Kind::Index)
    }

    /// Returns the files that are checked, proposals and index pages, ordered by path.
    pub fn checked(&self) -> BTreeSet<PathBuf> {
        let is_checked = |page: &Exports| matches!(page.kind, Kind::Proposal | Kind::Index);
        let closed =
            self.index.pages.iter().filter(|entry| is_checked(&entry.value().exports)).map(|entry| entry.key().clone());
        let opened = self.opened(None);
        let open = opened.pages.iter().filter(|(_, page)| is_checked(page)).map(|(path, _)| path.clone());
        closed.chain(open).collect()
    }

    /// Returns all proposals, open ones as they are in the editor, ordered by path.
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
        // By bytes, because comparing paths by component takes longer than a search among them.
        all.sort_unstable_by(|one, other| one.path.as_os_str().cmp(other.path.as_os_str()));
        all
    }
}
