//! The pages of files, and lookup tables for frequent questions.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;

use super::deviation_key::DeviationKey;
use super::key::Key;
use super::page::{Page, TemplateKey};
use super::paths::Paths;
use crate::document::SaidBy;
use crate::terms::RelationKind;
use crate::workspace::families;

/// The index of the files that have been read.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Index {
    /// For each path: its page.
    pub(in crate::workspace) pages: DashMap<PathBuf, Arc<Page>>,
    /// For each number, without leading zeros: the proposals that have it.
    pub(in crate::workspace) numbers: DashMap<String, Paths>,
    /// For each folder: the proposals directly in it, or in folders of their own in it.
    pub(in crate::workspace) proposals: DashMap<PathBuf, Paths>,
    /// For each template: how its documents deviate from it.
    pub(in crate::workspace) usage: DashMap<TemplateKey, Usage>,
    /// For each folder: the index pages that list something in it.
    pub(in crate::workspace) listings: DashMap<PathBuf, Paths>,
    /// For each proposal, as others refer to it: those whose metadata names it.
    pub(in crate::workspace) related: DashMap<Key, Paths>,
    /// For each folder: the proposals in it that relate to another one in this way.
    pub(in crate::workspace) practice: DashMap<(PathBuf, RelationKind, SaidBy), Paths>,
    /// The number of proposals that name their successor.
    pub(in crate::workspace) successors: AtomicUsize,
    /// Counts the readings of all files, so that an older reading can tell that it is obsolete.
    pub(in crate::workspace) reading: AtomicU64,
    /// Counts the changes of the index.
    pub(in crate::workspace) changes: AtomicU64,
    /// Held while files are read, so that the last reading is the one that is kept.
    pub(in crate::workspace) turn: Mutex<()>,
}

impl Index {
    /// Sets what is kept of the file at `path`.
    pub(in crate::workspace) fn set(&self, path: &Path, page: Option<Page>) {
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
        // Last, so that whoever sees this count also sees the changes.
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
        for key in &page.exports.related {
            self.related.entry(key.clone()).or_default().add(path);
        }
        self.successors.fetch_add(usize::from(names_successor(page)), Ordering::Relaxed);
        for (kind, by) in ways(page) {
            self.practice.entry((families::base(path), kind, by)).or_default().add(path);
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
        for key in &page.exports.related {
            take_out(&self.related, key.clone(), path);
        }
        self.successors.fetch_sub(usize::from(names_successor(page)), Ordering::Relaxed);
        for (kind, by) in ways(page) {
            take_out(&self.practice, (families::base(path), kind, by), path);
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

fn names_successor(page: &Page) -> bool {
    ways(page).iter().any(|(kind, _)| *kind == RelationKind::SupersededBy)
}

/// Returns the ways in which the proposal of `page` relates to others.
fn ways(page: &Page) -> HashSet<(RelationKind, SaidBy)> {
    let relations = page.exports.facts.iter().flat_map(|facts| facts.relations.iter());
    relations.map(|says| (says.kind, says.by)).collect()
}

/// How the documents of a template deviate from it.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Usage {
    /// The number of documents.
    pub(in crate::workspace) documents: usize,
    pub(in crate::workspace) deviations: HashMap<DeviationKey, usize>,
}

/// Removes `path` from the paths in `lists` for `key`.
fn take_out<K: std::hash::Hash + Eq>(lists: &DashMap<K, Paths>, key: K, path: &Path) {
    if let Entry::Occupied(mut list) = lists.entry(key)
        && list.get_mut().take_out(path).is_empty()
    {
        list.remove();
    }
}
