//! The branches of a repository, and where the current one left the default branch.

use super::{Fault, Id, Repository, history};

/// The names of default branches, the most common first.
const DEFAULT: [&str; 4] = ["main", "master", "trunk", "develop"];

impl Repository {
    /// Lists the branches and remote-tracking branches by their full names, with their commits. What is no commit is left out.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or are too many.
    pub fn branches(&self) -> Result<Vec<(String, Id)>, Fault> {
        let mut all = self.refs.below("refs/heads/")?;
        all.extend(self.refs.below("refs/remotes/")?);
        Ok(all)
    }

    /// Returns the full name of the current branch; `None` for a detached `HEAD`.
    ///
    /// # Errors
    ///
    /// When `HEAD` cannot be read.
    pub fn current_branch(&self) -> Result<Option<String>, Fault> {
        self.refs.target("HEAD")
    }

    /// Returns the commit where the current branch left the default branch, here or at a remote; for the default branch itself, what
    /// a remote last had of it, or else the last commit. Of several, the nearest one.
    ///
    /// # Errors
    ///
    /// When there is no commit yet, or the history cannot be read.
    pub fn fork(&self) -> Result<Id, Fault> {
        let head = self.revision("HEAD")?;
        let branches = self.branches()?;
        let is_default = |name: &str| {
            let own = name.strip_prefix("refs/heads/");
            let remote = name.strip_prefix("refs/remotes/").and_then(|name| name.split_once('/')).map(|(_, name)| name);
            remote == Some("HEAD") || own.or(remote).is_some_and(|name| DEFAULT.contains(&name))
        };
        let current = self.current_branch()?;
        let others = branches.iter().filter(|(name, _)| is_default(name) && Some(name) != current.as_ref());
        let mut commits: Vec<Id> = others.map(|(_, id)| *id).collect();
        commits.sort_unstable();
        commits.dedup();
        let mut nearest: Option<Id> = None;
        for commit in commits.into_iter().take(MAX_COMPARED) {
            let Some(base) = history::base(commit, head, |id| self.commit(*id))? else { continue };
            // One that the nearest so far is an ancestor of is nearer.
            if nearest.is_none_or(|nearest| self.is_before(nearest, base)) {
                nearest = Some(base);
            }
        }
        Ok(nearest.unwrap_or(head))
    }

    /// Returns the merge base of the commits `one` and `other`: the newest commit in both histories. `None` if there is none, as far as
    /// the history was fetched.
    ///
    /// # Errors
    ///
    /// When the history is broken or too long.
    pub fn merge_base(&self, one: Id, other: Id) -> Result<Option<Id>, Fault> {
        history::base(one, other, |id| self.commit(*id))
    }

    /// Whether the commit `one` is in the history of `other`, as far as that can be read.
    pub fn is_before(&self, one: Id, other: Id) -> bool {
        matches!(history::base(one, other, |id| self.commit(*id)), Ok(Some(base)) if base == one)
    }
}

/// The maximum number of default branches that are compared with the current one.
const MAX_COMPARED: usize = 8;
