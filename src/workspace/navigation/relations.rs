//! What proposals say about each other in their metadata, as a graph.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use crate::document::{Destination, FOLDER_PAGES, SaidBy, Statement};
use crate::terms::RelationKind;
use crate::workspace::documents::Workspace;
use crate::workspace::families;
use crate::workspace::files::{self, DocumentId};
use crate::workspace::index::Key;

impl Workspace {
    /// Returns the proposal that `to` in the metadata of the proposal at `own` names: one of the same family, which has not moved
    /// elsewhere.
    pub(in crate::workspace) fn named_by(&self, own: &Path, to: &Destination) -> Option<PathBuf> {
        let family = |path: &Path| self.known_family(&DocumentId::File(path.to_owned()));
        match to {
            Destination::File(path, _) => {
                let found = self.proposal_file(&files::normalize(&own.parent()?.join(path)))?;
                (found == own || family(&found)? == family(own)?).then_some(found)
            }
            Destination::Number(number) => self.numbered_like(own, number),
            Destination::Anchor(_) | Destination::Above(_) | Destination::Label(_) => None,
        }
    }

    /// Returns the file of the proposal that `path` leads to: itself, or the page of a folder.
    fn proposal_file(&self, path: &Path) -> Option<PathBuf> {
        files::root_of(path, &self.roots())?;
        let found = self.find(path)?;
        let pages = FOLDER_PAGES.iter().map(|page| found.join(page));
        let is_proposal =
            |file: &PathBuf| self.kept(file).and_then(|kept| kept.facts.clone()).is_some_and(|facts| !facts.is_moved);
        std::iter::once(found.clone()).chain(pages).find(is_proposal)
    }

    /// Returns the proposal of the family of the one at `own` that has `number`: itself, one in the same folder, or the only one
    /// elsewhere.
    fn numbered_like(&self, own: &Path, number: &str) -> Option<PathBuf> {
        if self.kept(own)?.number() == Some(number) {
            return Some(own.to_owned());
        }
        if let Some(found) = self.first_rival(own, number) {
            return Some(found);
        }
        let family = self.known_family(&DocumentId::File(own.to_owned()))?;
        let mut all = self.with_number(number, Some(own));
        all.retain(|path| self.known_family(&DocumentId::File(path.clone())).as_ref() == Some(&family));
        let [only] = all.as_slice() else { return None };
        Some(only.clone())
    }

    /// Returns what the proposal at `path` says about others, with the files of these.
    pub(in crate::workspace) fn stated_by(&self, path: &Path) -> Vec<(Statement, PathBuf)> {
        self.stated_by_if(path, |_| true).collect()
    }

    /// Returns those statements of the proposal at `path` for which `is_meant` holds, with the files that they are about.
    fn stated_by_if(
        &self,
        path: &Path,
        is_meant: impl Fn(&Statement) -> bool,
    ) -> impl Iterator<Item = (Statement, PathBuf)> {
        let facts = self.kept(path).and_then(|kept| kept.facts.clone());
        let stated = facts.iter().flat_map(|facts| facts.relations.iter()).filter(|says| is_meant(says));
        let stated: Vec<Statement> = stated.cloned().collect();
        stated.into_iter().filter_map(move |says| {
            let file = self.named_by(path, &says.to)?;
            Some((says, file))
        })
    }

    /// Returns what the proposal at `from` says about the one at `to`, as far as `is_meant` holds for its kind.
    pub(in crate::workspace) fn stated_of(
        &self,
        from: &Path,
        to: &Path,
        is_meant: &dyn Fn(RelationKind) -> bool,
    ) -> impl Iterator<Item = Statement> {
        let (keys, folder) = (self.keys_of(to), from.parent().unwrap_or(from));
        // What has another key is not looked up, as there may be very many.
        let is_about =
            |says: &Statement| is_meant(says.kind) && Key::of(&says.to, folder).is_some_and(|key| keys.contains(&key));
        let stated: Vec<(Statement, PathBuf)> = self.stated_by_if(from, is_about).collect();
        stated.into_iter().filter(move |(_, file)| file == to).map(|(says, _)| says)
    }

    /// Returns what others may call the proposal at `path` by.
    fn keys_of(&self, path: &Path) -> Vec<Key> {
        let folder = path.parent().filter(|above| *above != families::base(path));
        let files = [Some(path), folder].into_iter().flatten().map(Key::of_file);
        files.chain(self.kept(path).and_then(|kept| Some(Key::Number(kept.number()?.to_owned())))).collect()
    }

    /// Returns what other proposals say about the one at `path`, with their files, ordered by path.
    pub(in crate::workspace) fn stated_about(&self, path: &Path) -> Vec<(Statement, PathBuf)> {
        let keys = self.keys_of(path);
        let mut others: Vec<PathBuf> = keys.iter().flat_map(|key| self.relating(key, path)).collect();
        others.sort();
        others.dedup();
        let stated = |other: PathBuf| {
            let stated: Vec<Statement> = self.stated_of(&other, path, &|_| true).collect();
            stated.into_iter().map(move |says| (says, other.clone()))
        };
        others.into_iter().flat_map(stated).collect()
    }

    /// Returns the first proposal next to the one at `path` that says `kind` of another one by `by`.
    pub(in crate::workspace) fn first_to_say(&self, path: &Path, kind: RelationKind, by: SaidBy) -> Option<PathBuf> {
        self.index.practice.get(&(families::base(path), kind, by))?.iter().next().cloned()
    }

    /// Whether relations of `kind`, which is not passive, lead from the proposal at `other` to the one at `own`, as they lead from
    /// `own` to `other`.
    pub(in crate::workspace) fn leads_back(&self, kind: RelationKind, own: &Path, other: &Path) -> bool {
        let Some(facts) = self.kept(own).and_then(|kept| kept.facts.clone()) else { return false };
        let next = |path: &Path| {
            let forth = self.stated_by_if(path, |says| says.kind == kind);
            let back = self.stated_about(path).into_iter().filter(|(says, _)| says.kind == kind.inverse());
            forth.chain(back).map(|(_, to)| to).filter(|to| to != path).collect()
        };
        let mut components = self.components.lock().unwrap_or_else(PoisonError::into_inner);
        let known = components.of(kind, own, (self.epoch(), &facts.relations), next);
        known.get(own).is_some_and(|component| known.get(other) == Some(component))
    }
}
