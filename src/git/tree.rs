//! What a tree has: the files and folders of a folder, by their names.

use std::collections::HashMap;

use super::Id;

/// A tree: what it has, by names.
pub(super) type Tree = HashMap<Box<[u8]>, Entry>;

/// What a tree has at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub mode: Mode,
    /// Its content.
    pub id: Id,
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A tree.
    Folder,
    /// A blob.
    File,
    /// A blob that may be run.
    Program,
    /// A symbolic link, whose blob is the path that it leads to.
    Link,
    /// A commit of another repository, a submodule.
    Repository,
}
