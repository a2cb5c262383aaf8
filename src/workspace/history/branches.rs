//! Documents that are on other branches and not here yet.

use std::collections::HashSet;
use std::path::Path;

use crate::git::{Fault, Id, Mode, Repository};

/// The maximum number of branches that are looked at.
const MAX_BRANCHES: usize = 4000;

/// A file or folder that another branch has, and the current one has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Elsewhere {
    /// The name.
    pub(in crate::workspace) name: String,
    /// Whether it is a folder.
    pub(in crate::workspace) is_folder: bool,
    /// The name of the branch, as git shows it: `topic`, `origin/topic`.
    pub(in crate::workspace) branch: String,
    /// The last commit of the branch.
    commit: Id,
}

/// Returns what other branches have directly in `folder`, and neither the current one nor the default branch where the current one
/// left it has. The current one at a remote has nothing else.
///
/// # Errors
///
/// When there is no repository, or git's data cannot be read.
pub(in crate::workspace) fn elsewhere(folder: &Path) -> Result<Vec<Elsewhere>, Fault> {
    let repository = Repository::of(folder)?;
    let real = folder.canonicalize().map_err(|_| Fault::NoRepository(folder.to_owned()))?;
    let Some(below) = repository.worktree().and_then(|top| real.strip_prefix(top).ok()) else { return Ok(Vec::new()) };
    let names = |commit: Id| repository.names(repository.commit(commit)?.tree, below);
    let (head, fork) = (repository.revision("HEAD")?, repository.fork()?);
    let mut known: HashSet<String> = HashSet::new();
    for commit in [head, fork] {
        known.extend(names(commit)?.into_iter().map(|(name, _)| name));
    }
    let current = repository.current_branch()?;
    let is_own = |name: &str| {
        let own = current.as_deref().and_then(|current| current.strip_prefix("refs/heads/"));
        let remote = name.strip_prefix("refs/remotes/").and_then(|name| name.split_once('/')).map(|(_, name)| name);
        Some(name) == current.as_deref() || own.is_some() && remote == own
    };
    let (mut commits, mut found) = (HashSet::from([head, fork]), Vec::new());
    for (name, commit) in repository.branches()?.into_iter().filter(|(name, _)| !is_own(name)).take(MAX_BRANCHES) {
        if !commits.insert(commit) {
            continue;
        }
        let new = names(commit)?.into_iter().filter(|(name, _)| !known.contains(name));
        let branch =
            ["refs/heads/", "refs/remotes/"].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(&name);
        found.extend(new.map(|(name, mode)| {
            let is_folder = mode == Mode::Folder;
            Elsewhere { name, is_folder, branch: branch.to_owned(), commit }
        }));
    }
    Ok(found)
}

impl Elsewhere {
    /// Whether its branch is merged into the current one, which has its repository around `folder`. What it has and the current one has
    /// not was removed, then.
    pub(in crate::workspace) fn is_merged(&self, folder: &Path) -> bool {
        let merged = |repository: &Repository| Ok(repository.is_before(self.commit, repository.revision("HEAD")?));
        Repository::of(folder).and_then(|repository| merged(&repository)).unwrap_or_default()
    }
}
