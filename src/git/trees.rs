//! The trees of a repository, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::object::Sort;
use super::objects::Objects;
use super::tree::Tree;
use super::{Fault, Id, decode};

/// The maximum length of a tree in bytes; also the limit for the objects that deltas build on.
pub(super) const MAX_TREE: usize = 32 * 1024 * 1024;

/// The maximum number of cached entries, and of entries in one tree.
const MAX_ENTRIES: usize = 400_000;

/// A cache of trees.
#[derive(Debug, Default)]
pub(super) struct Trees(Mutex<Known>);

/// The cached trees.
#[derive(Debug, Default)]
struct Known {
    by_id: HashMap<Id, Arc<Tree>>,
    /// The number of entries in all cached trees.
    count: usize,
}

impl Trees {
    /// Reads the tree `id` from `objects`.
    ///
    /// # Errors
    ///
    /// When there is no such tree, or it is broken or too large.
    pub(super) fn read(&self, objects: &Objects, id: Id) -> Result<Arc<Tree>, Fault> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = lock().by_id.get(&id) {
            return Ok(tree.clone());
        }
        let content = objects.read(&id, Sort::Tree, MAX_TREE)?;
        let tree = decode::tree(&content, objects.hash, MAX_ENTRIES);
        let tree =
            Arc::new(tree.ok_or_else(|| Fault::Broken(format!("the tree {id} is not a tree, or is too large")))?);
        let mut known = lock();
        if known.count + tree.len() >= MAX_ENTRIES {
            *known = Known::default();
        }
        known.count += tree.len() + 1;
        known.by_id.insert(id, tree.clone());
        Ok(tree)
    }
}
