//! The surroundings of a proposal: the workspace as its rules see it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::day::Day;
use super::offered::{headings, is_image, names_in};
use crate::document::{
    Before, Destination, Deviation, Document, Evidence, FOLDER_PAGES, Facts, Listing, Neighbor, SaidBy, Share,
    Statement, Surroundings, Target,
};
use crate::syntax::Origin;
use crate::template::{Template, is_markdown};
use crate::terms::RelationKind;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::families;
use crate::workspace::files::{self, DocumentId, author};
use crate::workspace::index::{Exports, Key};

/// The documents around a proposal.
#[derive(Debug)]
pub struct Around<'a> {
    workspace: &'a Workspace,
    snapshot: &'a Snapshot,
    /// The proposals that have been asked for.
    neighbors: RefCell<HashMap<Destination, Option<Neighbor>>>,
    /// The proposals that the metadata names, as far as they have been asked for.
    named: RefCell<HashMap<Destination, Option<Neighbor>>>,
}

/// The number of proposals in a folder up to which a page must list one of them to be its index.
const FEW: usize = 3;

impl Workspace {
    /// Returns the surroundings for the rules on `snapshot`.
    pub fn around<'a>(&'a self, snapshot: &'a Snapshot) -> Around<'a> {
        Around { workspace: self, snapshot, neighbors: RefCell::default(), named: RefCell::default() }
    }

    /// Whether `page` is the index of `folder`. A page that lists few of the proposals there is not meant to list all.
    pub(in crate::workspace) fn is_index_of(&self, folder: &Path, page: &Exports) -> bool {
        let count = self.proposal_count(folder);
        let is_most = 2 * page.listed.get(folder).copied().unwrap_or_default() >= count;
        // With few proposals, a listed file may well be something else in the folder, such as the template.
        let is_listed = |(path, facts): &(PathBuf, Arc<Facts>)| {
            let above = path.parent().filter(|above| *above != folder).map(Key::of_file);
            let number = facts.number.as_ref().map(|number| Key::Number(number.trim_start_matches('0').to_owned()));
            let mut keys = [Some(Key::of_file(path)), above, number].into_iter().flatten();
            keys.any(|key| page.rows.contains_key(&key))
        };
        let lists_any = || self.proposals_in(folder).iter().any(is_listed);
        is_most && (count > FEW || lists_any())
    }

    /// Returns the thresholds at which the practice of other documents counts for the document `id`.
    pub fn evidence(&self, id: &DocumentId) -> Evidence {
        self.scope(id).settings.evidence()
    }

    /// Compares with the commit where the current branch left `revision`, rather than with the last commit.
    pub fn set_revision(&self, revision: &str) {
        _ = self.revision.set(revision.to_owned());
        self.committed.forget();
        self.forget_times();
        self.analyses.clear();
    }
}

impl Around<'_> {
    fn folder(&self) -> Option<&Path> {
        match self.snapshot.id() {
            DocumentId::File(path) => path.parent(),
            DocumentId::Other(_) => None,
        }
    }

    /// Returns the file at `path`, relative to the document's folder, unless that is outside the workspace.
    fn resolved(&self, path: &str) -> Option<PathBuf> {
        let path = files::normalize(&self.folder()?.join(path));
        files::root_of(&path, &self.workspace.roots()).is_some().then_some(path)
    }

    /// Returns the folder at `path`, relative to the document's folder, if its real path is inside the workspace.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        self.resolved(path).filter(|folder| files::is_inside(folder, &self.workspace.roots()))
    }

    /// Returns the only proposal in or below the document's folder that has `number`, which is without leading zeros.
    fn numbered(&self, number: &str) -> Option<Neighbor> {
        let folder = self.folder()?;
        let mut all = self.workspace.with_number(number, None);
        all.retain(|path| path.starts_with(folder));
        let [only] = all.as_slice() else { return None };
        self.proposal_in(only)
    }

    /// Returns the proposal that `path` leads to: the file itself or the page of a folder.
    fn proposal_in(&self, path: &Path) -> Option<Neighbor> {
        files::root_of(path, &self.workspace.roots())?;
        let found = self.workspace.find(path)?;
        let pages = FOLDER_PAGES.iter().map(|page| found.join(page));
        let mut files = std::iter::once(found.clone()).chain(pages);
        let kept = |file: PathBuf| Some((self.workspace.kept(&file)?, file));
        let (kept, file) = files.find_map(kept)?;
        neighbor(file, kept.facts.clone()?)
    }

    fn neighbor_at(&self, file: PathBuf) -> Option<Neighbor> {
        let facts = self.workspace.kept(&file)?.facts.clone()?;
        neighbor(file, facts)
    }

    fn with_neighbors(&self, stated: Vec<(Statement, PathBuf)>) -> Vec<(Statement, Neighbor)> {
        stated.into_iter().filter_map(|(says, file)| Some((says, self.neighbor_at(file)?))).collect()
    }

    fn file(&self, path: &str, anchor: Option<&String>) -> Target {
        let Some(path) = self.resolved(path) else { return Target::Unknown };
        let Some(found) = self.workspace.find(&path) else { return Target::NoFile };
        match anchor {
            None => Target::There,
            // The target of a symbolic link may be outside.
            Some(_) if !is_markdown(&found) || !files::is_inside(&found, &self.workspace.roots()) => Target::Unknown,
            Some(anchor) => {
                self.workspace.anchors_of(&found).map_or(Target::Unknown, |names| Target::of_anchor(anchor, &names))
            }
        }
    }
}

impl Around<'_> {
    /// Returns what the index page at `page` says about the proposal at `own` in `folder`.
    fn listing(&self, folder: &Path, own: &Path, page: PathBuf) -> Option<Listing> {
        let kept = self.workspace.kept(&page)?;
        // A link to a folder leads to its README.
        let keys = [Some(own), own.parent().filter(|above| *above != folder)].into_iter().flatten().map(Key::of_file);
        let number = || self.workspace.kept(own)?.number().map(|number| Key::Number(number.to_owned()));
        let keys = keys.chain(std::iter::once_with(number).flatten());
        let row = keys.filter_map(|key| kept.rows.get(&key)).next().cloned();
        let name = page.file_name()?.to_str()?.to_owned();
        (row.is_some() || self.workspace.is_index_of(folder, &kept)).then_some(Listing { page, name, row })
    }
}

impl Surroundings for Around<'_> {
    fn target(&self, to: &Destination) -> Target {
        match to {
            Destination::File(path, anchor) => self.file(path, anchor.as_ref()),
            Destination::Anchor(_) | Destination::Above(_) | Destination::Number(_) | Destination::Label(_) => {
                Target::Unknown
            }
        }
    }

    fn origin(&self) -> Option<Origin> {
        let id = self.snapshot.id();
        self.workspace.documents.contains_key(id).then(|| self.workspace.origin(id))
    }

    fn files_in(&self, folder: &str) -> Vec<String> {
        self.inside(folder).map_or_else(Vec::new, |folder| names_in(&folder, &self.workspace.roots(), is_markdown))
    }

    fn images_in(&self, folder: &str) -> Vec<String> {
        self.inside(folder).map_or_else(Vec::new, |folder| names_in(&folder, &self.workspace.roots(), is_image))
    }

    fn headings(&self, path: Option<&str>) -> Vec<(String, String)> {
        let other = path.and_then(|path| {
            let file = self.workspace.find(&self.resolved(path)?)?;
            self.workspace.read_or_open(&DocumentId::File(file))
        });
        let document = if path.is_none() { Some(&self.snapshot.document) } else { other.as_ref() };
        document.map(|document| headings(document)).unwrap_or_default()
    }

    fn other_with_number(&self, number: &str) -> Option<String> {
        let DocumentId::File(own) = self.snapshot.id() else { return None };
        let rival = self.workspace.first_rival(own, number)?;
        Some(rival.strip_prefix(families::base(own)).ok()?.to_string_lossy().replace('\\', "/"))
    }

    fn other_on_branch(&self, number: &str) -> Option<(String, String)> {
        let DocumentId::File(own) = self.snapshot.id() else { return None };
        self.workspace.rival_on_branch(own, number)
    }

    fn comes_with_merge(&self, other: &str) -> bool {
        let DocumentId::File(own) = self.snapshot.id() else { return false };
        let (roots, other) = (self.workspace.roots(), families::base(own).join(other));
        roots.overlay().is_new(&other) && !roots.overlay().is_new(own)
    }

    fn proposal_at(&self, to: &Destination) -> Option<Neighbor> {
        // Several rules ask for each row of a page.
        if let Some(known) = self.neighbors.borrow().get(to) {
            return known.clone();
        }
        let found = match to {
            Destination::File(path, _) => self.proposal_in(&self.resolved(path)?),
            Destination::Above(path) => {
                let mut above = self.folder()?.ancestors().map(|above| files::normalize(&above.join(path)));
                above.find_map(|path| self.proposal_in(&path))
            }
            Destination::Number(number) => self.numbered(number),
            Destination::Anchor(_) | Destination::Label(_) => None,
        };
        self.neighbors.borrow_mut().insert(to.clone(), found.clone());
        found
    }

    fn proposals_in(&self, folder: &str) -> Vec<Neighbor> {
        let found = self.resolved(folder).map(|folder| self.workspace.proposals_in(&folder)).unwrap_or_default();
        found.into_iter().filter_map(|(file, facts)| neighbor(file, facts)).collect()
    }

    fn listings(&self) -> Vec<Listing> {
        let DocumentId::File(own) = self.snapshot.id() else { return Vec::new() };
        let folder = families::base(own);
        let mut pages = self.workspace.listings(&folder, Some(own));
        pages.sort();
        let mut found: Vec<Listing> = pages.into_iter().filter_map(|page| self.listing(&folder, own, page)).collect();
        // Pages with the same name are told apart by their paths.
        let names: Vec<String> = found.iter().map(|listing| listing.name.clone()).collect();
        for listing in &mut found {
            if names.iter().filter(|name| **name == listing.name).count() > 1 {
                listing.name = files::relative(own.parent().unwrap_or(own), &listing.page);
            }
        }
        found
    }

    fn named(&self, to: &Destination) -> Option<Neighbor> {
        // Several rules ask.
        if let Some(known) = self.named.borrow().get(to) {
            return known.clone();
        }
        let DocumentId::File(own) = self.snapshot.id() else { return None };
        let found = self.workspace.named_by(own, to).and_then(|file| self.neighbor_at(file));
        self.named.borrow_mut().insert(to.clone(), found.clone());
        found
    }

    fn stated_by(&self, other: &Neighbor) -> Vec<(Statement, Neighbor)> {
        self.with_neighbors(self.workspace.stated_by(&other.file))
    }

    fn is_said_by(&self, other: &Neighbor, is_meant: &dyn Fn(RelationKind) -> bool) -> bool {
        let DocumentId::File(own) = self.snapshot.id() else { return false };
        self.workspace.stated_of(&other.file, own, is_meant).next().is_some()
    }

    fn stated_about(&self) -> Vec<(Statement, Neighbor)> {
        let DocumentId::File(own) = self.snapshot.id() else { return Vec::new() };
        self.with_neighbors(self.workspace.stated_about(own))
    }

    fn first_to_say(&self, kind: RelationKind, by: SaidBy) -> Option<PathBuf> {
        let DocumentId::File(own) = self.snapshot.id() else { return None };
        self.workspace.first_to_say(own, kind, by)
    }

    fn has_successors(&self) -> bool {
        self.workspace.index.successors.load(Ordering::Relaxed) > 0
    }

    fn leads_back(&self, kind: RelationKind, other: &Neighbor) -> bool {
        let DocumentId::File(own) = self.snapshot.id() else { return false };
        self.workspace.leads_back(kind, own, &other.file)
    }

    fn author(&self) -> Option<String> {
        author()
    }

    fn today(&self) -> (i32, u8, u8) {
        let Day { year, month, day } = Day::today();
        (year, month, day)
    }

    fn share(&self, deviation: Deviation) -> Share {
        let DocumentId::File(own) = self.snapshot.id() else { return Share::default() };
        if self.snapshot.settings.is_strict() {
            return Share::default();
        }
        let share = self.workspace.share(&self.snapshot.template, deviation, own);
        // What a new document keeps of the template may well be meant to stay, so the practice of others still counts.
        let is_kept = matches!(deviation, Deviation::Keeps(_) | Deviation::KeepsValue(_) | Deviation::Unfilled(_));
        let says_something = !is_kept && share.is_over(self.evidence().information);
        if says_something && self.is_by_letter() { Share::default() } else { share }
    }

    fn is_later(&self, deviation: Deviation) -> bool {
        let DocumentId::File(own) = self.snapshot.id() else { return false };
        self.workspace.is_later(own, &self.snapshot.template, deviation)
    }

    fn before(&self) -> Before {
        let DocumentId::File(own) = self.snapshot.id() else { return Before::Unknown };
        self.workspace.before(own, &self.snapshot.template)
    }

    fn status_since(&self) -> Option<String> {
        let DocumentId::File(own) = self.snapshot.id() else { return None };
        self.workspace.status_since(own, &self.snapshot.template, &self.snapshot.document)
    }

    fn current_template(&self) -> Option<Arc<Template>> {
        let Snapshot { id, template, family, .. } = self.snapshot;
        template.version.as_ref()?;
        Some(self.workspace.template_for(id, Some(family.as_ref()?)))
    }

    fn is_by_letter(&self) -> bool {
        let is_new = || matches!(self.snapshot.id(), DocumentId::File(own) if self.workspace.is_new(own));
        self.snapshot.settings.is_strict() || is_new()
    }

    fn is_judged_in_full(&self) -> bool {
        self.snapshot.settings.is_strict() || self.workspace.revision.get().is_some() && self.is_by_letter()
    }

    fn evidence(&self) -> Evidence {
        self.snapshot.settings.evidence()
    }

    fn document(&self, path: &Path) -> Option<Arc<Document>> {
        self.workspace.read_or_open(&DocumentId::File(path.to_owned()))
    }
}

fn neighbor(file: PathBuf, facts: Arc<Facts>) -> Option<Neighbor> {
    let name = file.strip_prefix(families::base(&file)).ok()?.to_str()?.replace('\\', "/");
    Some(Neighbor { file, name, facts })
}

#[cfg(test)]
mod tests;
