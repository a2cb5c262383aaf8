//! The files of a commit: the entry at a path, and all files below a folder.

use std::path::{Component, Path, PathBuf};

use super::{Entry, Fault, Id, Mode, Repository};

/// The maximum number of files listed for a commit.
const MAX_FILES: usize = 400_000;

/// The maximum depth of nested folders, and the maximum length of a path in bytes, as in Linux.
const MAX_DEPTH: usize = 512;
const MAX_PATH: usize = 4096;

impl Repository {
    /// Returns the entry at `path` in the tree `tree`, a [`super::Commit::tree`]; `path` is relative to the tree and without
    /// `..`. For a path in a submodule, the entry is the submodule itself.
    ///
    /// # Errors
    ///
    /// When a tree on the way is missing, broken or too large.
    pub fn entry(&self, tree: Id, path: &Path) -> Result<Option<Entry>, Fault> {
        let mut found = Entry { mode: Mode::Folder, id: tree };
        for component in path.components() {
            let Component::Normal(name) = component else { return Ok(None) };
            match found.mode {
                Mode::Folder => {}
                Mode::Repository => return Ok(Some(found)),
                Mode::File | Mode::Program | Mode::Link => return Ok(None),
            }
            match self.trees.read(&self.objects, found.id)?.get(name.as_encoded_bytes()) {
                Some(entry) => found = *entry,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// Lists the names directly in the folder `folder` of the tree `tree`, in their order; none if there is no such folder.
    ///
    /// # Errors
    ///
    /// Same as [`Repository::entry`].
    pub fn names(&self, tree: Id, folder: &Path) -> Result<Vec<(String, Mode)>, Fault> {
        let found = self.entry(tree, folder)?.filter(|found| found.mode == Mode::Folder);
        let Some(found) = found else { return Ok(Vec::new()) };
        let tree = self.trees.read(&self.objects, found.id)?;
        let text = |name: &[u8]| std::str::from_utf8(name).ok().map(str::to_owned);
        let mut names: Vec<_> = tree.iter().filter_map(|(name, entry)| Some((text(name)?, entry.mode))).collect();
        names.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        Ok(names)
    }

    /// Lists all entries except folders below the folder `folder` of the tree `tree`, by their paths from `tree`.
    ///
    /// # Errors
    ///
    /// Same as [`Repository::entry`], and when there are too many files.
    pub fn files(&self, tree: Id, folder: &Path) -> Result<Vec<(PathBuf, Entry)>, Fault> {
        let mut files = Vec::new();
        let top = self.entry(tree, folder)?.filter(|top| top.mode == Mode::Folder);
        let mut folders: Vec<_> = top.map(|top| (folder.to_owned(), top.id, 0)).into_iter().collect();
        let mut count = 0;
        while let Some((path, id, depth)) = folders.pop() {
            if depth > MAX_DEPTH || path.as_os_str().len() > MAX_PATH {
                return Err(Fault::TooMuch("its folders are nested too deep".to_owned()));
            }
            for (name, entry) in self.trees.read(&self.objects, id)?.iter() {
                let Some(path) = os_name(name).map(|name| path.join(name)) else { continue };
                count += 1;
                match entry.mode {
                    _ if count > MAX_FILES => {
                        return Err(Fault::TooMuch(format!("a commit has over {MAX_FILES} files")));
                    }
                    Mode::Folder => folders.push((path, entry.id, depth + 1)),
                    _ => files.push((path, *entry)),
                }
            }
        }
        files.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        Ok(files)
    }
}

#[cfg(unix)]
fn os_name(name: &[u8]) -> Option<&Path> {
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(name);
    Some(Path::new(name))
}

#[cfg(not(unix))]
fn os_name(name: &[u8]) -> Option<&Path> {
    std::str::from_utf8(name).ok().map(Path::new)
}
