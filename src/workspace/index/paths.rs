//! Sets of paths, ordered by name.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// A set of paths, in the order of their bytes.
#[derive(Clone, Debug, Default)]
pub(in crate::workspace) struct Paths(BTreeSet<ByBytes>);

/// A path that compares by its bytes, which is the order of names, and faster than comparing components.
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

/// The maximum number of paths that [`Paths::below`] returns at once.
const SOME: usize = 16;

impl Paths {
    /// Adds `path`.
    pub(in crate::workspace) fn add(&mut self, path: &Path) {
        self.0.insert(ByBytes(path.to_owned()));
    }

    /// Removes `path`.
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

    /// Returns all paths, in order.
    pub(in crate::workspace) fn iter(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.iter().map(|path| &path.0)
    }

    /// Returns the first few paths after `behind` that start with the bytes of `folder`.
    pub(in crate::workspace) fn below(&self, folder: &Path, behind: &Path) -> Vec<PathBuf> {
        let start = folder.as_os_str().as_encoded_bytes();
        let all = self.0.range((Bound::Excluded(ByBytes(behind.to_owned())), Bound::Unbounded)).map(|path| &path.0);
        let below = all.take_while(|path| path.as_os_str().as_encoded_bytes().starts_with(start));
        below.take(SOME).cloned().collect()
    }
}
