//! The trees of a repository, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::object::Sort;
use super::objects::Objects;
use super::tree::Tree;
use super::{Fault, Id, decode};

/// How long a tree may be, in bytes; and what objects are built upon.
pub(super) const MAX_TREE: usize = 32 * 1024 * 1024;

/// How many entries of trees are kept, and how many one tree may have.
const MAX_ENTRIES: usize = 400_000;

/// The trees that were read, as many as are kept.
#[derive(Debug, Default)]
pub(super) struct Trees(Mutex<Known>);

/// What trees that were read have.
#[derive(Debug, Default)]
struct Known {
    by_id: HashMap<Id, Arc<Tree>>,
    /// How many entries they have together.
    count: usize,
}

impl Trees {
    /// What the tree `id` among `objects` has.
    ///
    /// # Errors
    ///
    /// When there is no such tree, it is broken or too large.
    pub(super) fn read(&self, objects: &Objects, id: Id) -> Result<Arc<Tree>, Fault> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = lock().by_id.get(&id) {
            return Ok(tree.clone());
        }
        let content = objects.read(&id, Sort::Tree, MAX_TREE)?;
        let tree = decode::tree(&content, objects.hash, MAX_ENTRIES);
        let tree = Arc::new(tree.ok_or_else(|| Fault::Broken(format!("the tree {id} is not one, or too large")))?);
        let mut known = lock();
        if known.count + tree.len() >= MAX_ENTRIES {
            *known = Known::default();
        }
        known.count += tree.len() + 1;
        known.by_id.insert(id, tree.clone());
        Ok(tree)
    }
}
