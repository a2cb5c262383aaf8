//! The files of a commit: what its trees have at a path, and below one.

use std::path::{Component, Path, PathBuf};

use super::{Entry, Fault, Id, Mode, Repository};

/// How many files of a commit are listed.
const MAX_FILES: usize = 400_000;

/// How deep folders may lie in each other, and how long a path may be, in bytes: as Linux has it.
const MAX_DEPTH: usize = 512;
const MAX_PATH: usize = 4096;

impl Repository {
    /// What the tree `tree`, a [`super::Commit::tree`], has at `path`, which is from there and without `..`. What is in a submodule is not
    /// in the tree, but the submodule is: it is what is given for it and all in it.
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

    /// What there is below the folder `folder` of the tree `tree` but folders, by its path from `tree`.
    ///
    /// # Errors
    ///
    /// As those of [`Repository::entry`], and where there are too many files.
    pub fn files(&self, tree: Id, folder: &Path) -> Result<Vec<(PathBuf, Entry)>, Fault> {
        let mut files = Vec::new();
        let top = self.entry(tree, folder)?.filter(|top| top.mode == Mode::Folder);
        let mut folders: Vec<_> = top.map(|top| (folder.to_owned(), top.id, 0)).into_iter().collect();
        let mut count = 0;
        while let Some((path, id, depth)) = folders.pop() {
            if depth > MAX_DEPTH || path.as_os_str().len() > MAX_PATH {
                return Err(Fault::TooMuch("its folders lie too deep in each other".to_owned()));
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
