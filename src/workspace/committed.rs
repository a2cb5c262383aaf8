//! What git has of the files in a folder, and which of them have changed since.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::ignored::Ignored;
use crate::door;
use crate::git::{Fault, Id, Mode, Repository};

/// How long a file is at most that is compared with the one that git has, in bytes. One that is longer has changed.
const MAX_LENGTH: usize = 64 * 1024 * 1024;

/// The files of a folder as a commit has them.
#[derive(Debug)]
pub struct Committed {
    repository: Repository,
    tree: Id,
    root: PathBuf,
    /// The path of `root` from the top of the tree.
    below: PathBuf,
    ignored: OnceLock<Ignored>,
    /// Why it was not known once whether it has a file.
    fault: OnceLock<Fault>,
}

impl Committed {
    /// The files below `root` as the last commit has them; or as they were where the current branch left `revision`. A history
    /// that was fetched in part may not have that; `revision` itself is the next best.
    ///
    /// # Errors
    ///
    /// When there is no repository or no such revision, or what git has of it cannot be read.
    pub fn at(root: &Path, revision: Option<&str>) -> Result<Committed, Fault> {
        let repository = Repository::of(root)?;
        let commit = match revision {
            Some(revision) => repository.base(repository.revision(revision)?)?,
            None => repository.revision("HEAD")?,
        };
        let tree = repository.commit(commit)?.tree;
        let real = root.canonicalize().map_err(|_| Fault::NoRepository(root.to_owned()))?;
        // A bare repository has the whole tree, and no files on the disk.
        let top = repository.worktree().and_then(|top| real.strip_prefix(top).ok());
        let below =
            top.ok_or_else(|| Fault::Unsupported(format!("{} is one without files", root.display())))?.to_owned();
        let (root, ignored, fault) = (root.to_owned(), OnceLock::new(), OnceLock::new());
        Ok(Committed { repository, tree, root, below, ignored, fault })
    }

    /// Whether the commit has the file at `path`, which is below the folder.
    ///
    /// # Errors
    ///
    /// When what git has of it cannot be read.
    pub(super) fn has(&self, path: &Path) -> Result<bool, Fault> {
        let Ok(below) = path.strip_prefix(&self.root) else { return Ok(false) };
        if let Some(fault) = self.fault.get() {
            return Err(fault.clone());
        }
        let entry = || self.repository.entry(self.tree, &self.below.join(below));
        let again = |_| {
            self.repository.close();
            entry()
        };
        // A repository that is broken stays so for the next document, too.
        let entry = entry().or_else(again).map_err(|fault| self.fault.get_or_init(|| fault).clone())?;
        Ok(entry.is_some_and(|entry| !matches!(entry.mode, Mode::Folder | Mode::Repository)))
    }

    /// Whether the file at `path`, below the folder, is not what the commit has there. One that git does not look at has not
    /// changed: what it ignores, and what is behind a link or in another repository.
    ///
    /// # Errors
    ///
    /// When what git has of it cannot be read.
    pub fn is_changed(&self, path: &Path) -> Result<bool, Fault> {
        let Ok(below) = path.strip_prefix(&self.root) else { return Ok(false) };
        if self.is_elsewhere(path) {
            return Ok(false);
        }
        let Some(entry) = self.repository.entry(self.tree, &self.below.join(below))? else {
            return Ok(!self.is_ignored(path));
        };
        let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
        let content = match entry.mode {
            Mode::Repository => return Ok(false),
            Mode::File | Mode::Program if !is_link => door::bytes_in(&self.root, below, MAX_LENGTH).ok(),
            Mode::Link if is_link => path.read_link().ok().map(|target| target.into_os_string().into_encoded_bytes()),
            _ => None,
        };
        Ok(!content.is_some_and(|content| self.repository.is_blob(entry.id, &content)))
    }

    /// Whether the file at `path` is behind a link or in another repository, from the folder.
    fn is_elsewhere(&self, path: &Path) -> bool {
        let is_link = |folder: &Path| folder.symlink_metadata().is_ok_and(|found| found.is_symlink());
        self.folders_to(path).any(|folder| is_link(folder) || folder.join(".git").symlink_metadata().is_ok())
    }

    fn is_ignored(&self, path: &Path) -> bool {
        let ignored = self.ignored.get_or_init(|| Ignored::below(&self.root));
        ignored.has(path, false) || self.folders_to(path).any(|folder| ignored.has(folder, true))
    }

    /// The folders between the folder and the file at `path`.
    fn folders_to<'a>(&self, path: &'a Path) -> impl Iterator<Item = &'a Path> {
        path.ancestors().skip(1).take_while(|folder| *folder != self.root)
    }
}
