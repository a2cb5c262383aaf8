//! Trees: the entries of a folder by name.

use std::collections::HashMap;

use super::Id;

/// A tree: entries by name.
pub(super) type Tree = HashMap<Box<[u8]>, Entry>;

/// An entry of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The type of the entry.
    pub mode: Mode,
    /// The object with its content.
    pub id: Id,
}

/// The type of an entry in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A folder, stored as a tree.
    Folder,
    /// A file, stored as a blob.
    File,
    /// An executable file, stored as a blob.
    Program,
    /// A symbolic link, stored as a blob with the path that it leads to.
    Link,
    /// A submodule: a commit of another repository.
    Repository,
}
