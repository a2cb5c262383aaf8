//! The folders of a repository: the worktree and those of git. Each must lead to the other.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Fault;
use super::config::{self, Config};
use crate::door;
use crate::letters::shown_path;

/// The maximum length in bytes of a file that contains a path.
const MAX_PATH: usize = 16 * 1024;

/// The folders of a repository, with links resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folders {
    /// The worktree; `None` in a bare repository.
    pub(super) worktree: Option<PathBuf>,
    /// The git folder of this worktree alone, with `HEAD` for example.
    pub(super) own: PathBuf,
    /// The git folder that all worktrees share.
    pub(super) common: PathBuf,
}

impl Folders {
    /// Finds the repository that contains `folder`, a path without links: the nearest one above, or else `folder` itself if it is
    /// a bare repository.
    ///
    /// # Errors
    ///
    /// When there is none, or its git folder does not lead back here.
    pub(super) fn of(folder: &Path) -> Result<Folders, Fault> {
        for above in folder.ancestors() {
            if let Some(folders) = Folders::at(above)? {
                return Ok(folders);
            }
        }
        // A folder inside a repository may look like a bare repository, but is an ordinary part of the outer one.
        let is_bare = is_git(folder) && folder.join("refs").is_dir();
        let own = || folder.to_owned();
        is_bare.then(|| Folders { worktree: None, own: own(), common: own() }).ok_or_else(|| Fault::NoRepository(own()))
    }

    /// Returns the repository whose worktree is `folder`, a path without links.
    ///
    /// # Errors
    ///
    /// When its `.git` is a link, or leads to a folder that does not lead back.
    pub(super) fn at(folder: &Path) -> Result<Option<Folders>, Fault> {
        let git = folder.join(".git");
        let Ok(found) = git.symlink_metadata() else { return Ok(None) };
        if found.is_dir() {
            let folders = || Folders { worktree: Some(folder.to_owned()), own: git.clone(), common: git.clone() };
            return Ok(is_git(&git).then(folders));
        }
        let refused = |what: &str| Err(Fault::Unsupported(format!("{} {what}", shown_path(&git))));
        if found.is_symlink() {
            return refused("is a link, which is not followed");
        }
        let text = match door::read_in(folder, ".git", MAX_PATH) {
            Ok(text) => text,
            Err(error) => return refused(&format!("is {error}")),
        };
        let Some(target) = text.strip_prefix("gitdir:").map(str::trim).filter(|target| !target.is_empty()) else {
            return refused("is a file that does not point to a git folder");
        };
        let own = folder.join(target).canonicalize();
        match own.ok().and_then(|own| linked(folder, &git, own)) {
            Some(folders) => Ok(Some(folders)),
            None => refused(
                "points to a git folder that does not point back; `git worktree repair` repairs a worktree, and a separate \
                 git folder (--separate-git-dir) is not read",
            ),
        }
    }
}

/// Returns the git folder that all worktrees of the repository at `folder` share; it has `info/exclude`. `None` if there is no
/// `.git`, or if it leads to anything but a repository that leads back.
pub fn common(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    Some(Folders::at(&folder).ok()??.common)
}

/// Returns the repository in `own`, if `own` itself says that its worktree is `folder`, whose `git` leads to it.
fn linked(folder: &Path, git: &Path, own: PathBuf) -> Option<Folders> {
    let worktree = Some(folder.to_owned());
    let path_in = |name: &str| door::read_in(&own, name, MAX_PATH).ok();
    let leads_back = |path: &str, to: &Path| own.join(path).canonicalize().is_ok_and(|path| path == to);
    if let Some(back) = path_in("gitdir") {
        // A linked worktree (gitrepository-layout(5), "worktrees/<id>/gitdir"): its own folder is inside the shared one.
        let common = own.parent().filter(|parent| parent.ends_with("worktrees"))?.parent()?.to_owned();
        let names_common = leads_back(path_in("commondir")?.trim(), &common);
        let is_whole = names_common && leads_back(back.trim(), git) && is_git(&common);
        return is_whole.then_some(Folders { worktree, own, common });
    }
    let config = door::read_in(&own, "config", config::MAX_LENGTH).ok()?;
    let back = Config::of(&config).ok()?.worktree?;
    let is_whole = leads_back(&back, folder) && is_git(&own);
    is_whole.then(|| Folders { worktree, own: own.clone(), common: own })
}

/// Whether `folder` looks like a git folder. A `HEAD` that exists but is not a file counts: the repository is then broken.
fn is_git(folder: &Path) -> bool {
    let has = |name: &str| match folder.join(name).symlink_metadata() {
        Ok(_) => true,
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    has("HEAD") && has("objects")
}
