//! Paths in the order of their names.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// Paths, each once, in the order of their bytes.
#[derive(Clone, Debug, Default)]
pub(in crate::workspace) struct Paths(BTreeSet<ByBytes>);

/// A path that compares by its bytes: as its name does, and quicker than by its components.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ByBytes(PathBuf);

impl PartialOrd for ByBytes {
    fn partial_cmp(&self, other: &ByBytes) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByBytes {
    fn cmp(&self, other: &ByBytes) -> Ordering {
        self.0.as_os_str().cmp(other.0.as_os_str())
    }
}

/// How many paths [`Paths::below`] gives at once.
const SOME: usize = 16;

impl Paths {
    /// Adds `path`.
    pub(in crate::workspace) fn add(&mut self, path: &Path) {
        self.0.insert(ByBytes(path.to_owned()));
    }

    /// Takes out `path`.
    pub(in crate::workspace) fn take_out(&mut self, path: &Path) -> &mut Paths {
        self.0.remove(&ByBytes(path.to_owned()));
        self
    }

    pub(in crate::workspace) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in crate::workspace) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in order.
    pub(in crate::workspace) fn iter(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.iter().map(|path| &path.0)
    }

    /// The first few of those that start as `folder` does and come behind `behind`.
    pub(in crate::workspace) fn below(&self, folder: &Path, behind: &Path) -> Vec<PathBuf> {
        let start = folder.as_os_str().as_encoded_bytes();
        let all = self.0.range((Bound::Excluded(ByBytes(behind.to_owned())), Bound::Unbounded)).map(|path| &path.0);
        let below = all.take_while(|path| path.as_os_str().as_encoded_bytes().starts_with(start));
        below.take(SOME).cloned().collect()
    }
}
