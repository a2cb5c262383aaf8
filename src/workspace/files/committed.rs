//! The files of a folder in git, and which of them have changed since.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::ignored::Ignored;
use crate::door;
use crate::git::{Fault, Id, Mode, Repository};
use crate::letters::shown_path;

/// The maximum length in bytes of a file that is compared with the one in git. A longer file counts as changed.
const MAX_LENGTH: usize = 64 * 1024 * 1024;

/// The files of a folder as they are in a commit.
#[derive(Debug)]
pub struct Committed {
    repository: Repository,
    tree: Id,
    root: PathBuf,
    /// The path of `root` within the tree.
    below: PathBuf,
    ignored: OnceLock<Ignored>,
    /// Why the commit could not be read the first time that this happened.
    fault: OnceLock<Fault>,
}

impl Committed {
    /// Reads the files below `root` in the commit where the current branch left the default branch (see [`Repository::fork`]) or,
    /// given a `revision`, where it left that. A partial history may not have that commit; `revision` itself is then used instead.
    ///
    /// # Errors
    ///
    /// When there is no repository or no such revision, or git's data cannot be read.
    pub fn at(root: &Path, revision: Option<&str>) -> Result<Committed, Fault> {
        let repository = Repository::of(root)?;
        let commit = match revision {
            Some(revision) => repository.base(repository.revision(revision)?)?,
            None => repository.fork()?,
        };
        let tree = repository.commit(commit)?.tree;
        let real = root.canonicalize().map_err(|_| Fault::NoRepository(root.to_owned()))?;
        // A bare repository has the whole tree, and no files on disk.
        let top = repository.worktree().and_then(|top| real.strip_prefix(top).ok());
        let below =
            top.ok_or_else(|| Fault::Unsupported(format!("{} is one without files", shown_path(root))))?.to_owned();
        let (root, ignored, fault) = (root.to_owned(), OnceLock::new(), OnceLock::new());
        Ok(Committed { repository, tree, root, below, ignored, fault })
    }

    /// Whether the commit has the file at `path`, which is below the folder.
    ///
    /// # Errors
    ///
    /// When git's data cannot be read.
    pub(in crate::workspace) fn has(&self, path: &Path) -> Result<bool, Fault> {
        let Ok(below) = path.strip_prefix(&self.root) else { return Ok(false) };
        if let Some(fault) = self.fault.get() {
            return Err(fault.clone());
        }
        let entry = || self.repository.entry(self.tree, &self.below.join(below));
        let again = |_| {
            self.repository.close();
            entry()
        };
        // The fault is kept: a broken repository is broken for the next document, too.
        let entry = entry().or_else(again).map_err(|fault| self.fault.get_or_init(|| fault).clone())?;
        Ok(entry.is_some_and(|entry| !matches!(entry.mode, Mode::Folder | Mode::Repository)))
    }

    /// Returns the text of the file at `path`, below the folder, as the commit has it; `None` if it has none.
    pub(in crate::workspace) fn text(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let entry = self.repository.entry(self.tree, &self.below.join(below)).ok()??;
        let is_file = matches!(entry.mode, Mode::File | Mode::Program);
        String::from_utf8(self.repository.blob(entry.id, MAX_LENGTH).ok().filter(|_| is_file)?).ok()
    }

    /// Whether the file at `path`, below the folder, differs from the commit. Files that git does not look at count as unchanged:
    /// those that it ignores, and those behind a link or in another repository.
    ///
    /// # Errors
    ///
    /// When git's data cannot be read.
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

    /// Whether the file at `path` is behind a link or in another repository below the folder.
    fn is_elsewhere(&self, path: &Path) -> bool {
        let mut folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        let is_link = |folder: &Path| folder.symlink_metadata().is_ok_and(|found| found.is_symlink());
        folders.any(|folder| is_link(folder) || folder.join(".git").symlink_metadata().is_ok())
    }

    fn is_ignored(&self, path: &Path) -> bool {
        let ignored = self.ignored.get_or_init(|| Ignored::below(&self.root));
        // The folder itself may be ignored, too.
        let top = self.root.ancestors().nth(self.below.components().count()).unwrap_or(&self.root);
        let mut folders = path.ancestors().skip(1).take_while(|folder| *folder != top && folder.starts_with(top));
        ignored.has(path, false) || folders.any(|folder| ignored.has(folder, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_folder_that_is_ignored_has_not_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let git = |arguments: &[&str]| {
            let mut command = std::process::Command::new("git");
            command.current_dir(folder.path()).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
            assert!(command.args(arguments).status().expect("there is git").success());
        };
        git(&["init", "-q"]);
        std::fs::create_dir_all(path("docs/old")).expect("a folder");
        for (name, content) in [(".gitignore", "/docs/old\n"), ("docs/a.md", "A\n"), ("docs/old/b.md", "B\n")] {
            std::fs::write(path(name), content).expect("a file");
        }
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "A"]);
        std::fs::write(path("docs/c.md"), "C\n").expect("a file");
        for root in ["docs", "docs/old", ""] {
            let root = folder.path().join(root);
            let committed = Committed::at(&root, Some("HEAD")).expect("a commit");
            for (name, is_changed) in [("docs/a.md", false), ("docs/old/b.md", false), ("docs/c.md", true)] {
                let expected = is_changed && path(name).starts_with(&root);
                assert_eq!(committed.is_changed(&path(name)), Ok(expected), "{name} from {}", root.display());
            }
            let is_below = path("docs/a.md").starts_with(&root);
            assert_eq!(
                (committed.has(&path("docs/a.md")), committed.has(&path("docs/c.md"))),
                (Ok(is_below), Ok(false))
            );
        }
    }
}
