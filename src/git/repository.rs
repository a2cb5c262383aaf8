//! A repository: its parts, its commits by name, and its blobs.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

use super::budget::Budget;
use super::config::{self, Config, Remote};
use super::folders::Folders;
use super::object::Sort;
use super::objects::Objects;
use super::recent::Recent;
use super::refs::Refs;
use super::revision::{self, Step};
use super::trees::{self, Trees};
use super::{Commit, Fault, Id, content, decode, history};
use crate::door;

/// The maximum length of a commit or tag in bytes.
const MAX_COMMIT: usize = 1024 * 1024;

/// How many bytes of objects a [`Repository`] may read in its lifetime.
const MAX_READ: u64 = 512 * 1024 * 1024;

/// The same for one that reads a history, where each commit has a version of the same folders.
const MAX_READ_OF_HISTORY: u64 = 16 * 1024 * 1024 * 1024;

/// How many bytes of a history's objects are kept for those that build on them.
const MAX_RECENT: usize = 24 * 1024 * 1024;

/// The maximum length of a chain of tags.
const MAX_TAGS: usize = 16;

/// How many objects with the same abbreviated name are looked at.
const MAX_ALIKE: usize = 64;

/// The maximum length in bytes of the list of commits without parents.
const MAX_SHALLOW: usize = 16 * 1024 * 1024;

/// A repository, opened for a few questions and not kept: what it may read in total is limited.
#[derive(Debug)]
pub struct Repository {
    folders: Folders,
    pub(super) objects: Objects,
    pub(super) refs: Refs,
    /// The commits whose parents were not fetched.
    pub(super) shallow: HashSet<Id>,
    pub(super) trees: Trees,
    remotes: Vec<Remote>,
}

impl Repository {
    /// Opens the repository that contains `folder`: the nearest one with a `.git` at or above it, after resolving links in
    /// `folder`; otherwise the bare repository at `folder`.
    ///
    /// # Errors
    ///
    /// When there is none, its format is not supported, or its parts do not lead to each other.
    pub fn of(folder: &Path) -> Result<Repository, Fault> {
        Repository::open(folder, Budget::new(trees::MAX_TREE, MAX_READ), Recent::new(0))
    }

    /// Like [`Repository::of`], to read its whole history.
    ///
    /// # Errors
    ///
    /// Same as [`Repository::of`].
    pub fn with_history(folder: &Path) -> Result<Repository, Fault> {
        Repository::open(folder, Budget::new(trees::MAX_TREE, MAX_READ_OF_HISTORY), Recent::new(MAX_RECENT))
    }

    fn open(folder: &Path, budget: Budget, recent: Recent) -> Result<Repository, Fault> {
        let real = folder.canonicalize().map_err(|_| Fault::NoRepository(folder.to_owned()))?;
        let folders = Folders::of(&real)?;
        let config = match door::bytes_in(&folders.common, Path::new("config"), config::MAX_LENGTH) {
            Ok(config) => config,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::Broken(format!("config is {error}"))),
        };
        let config = Config::of(&String::from_utf8_lossy(&config))?;
        let shallow = match door::bytes_in(&folders.common, Path::new("shallow"), MAX_SHALLOW) {
            Ok(shallow) => shallow,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::Broken(format!("shallow is {error}"))),
        };
        Ok(Repository {
            objects: Objects::new(folders.common.clone(), config.hash, budget, recent),
            refs: Refs::new(folders.clone(), config.hash),
            shallow: shallow
                .split(|byte| *byte == b'\n')
                .filter_map(|line| Id::from_hex(line.trim_ascii()).ok())
                .collect(),
            trees: Trees::default(),
            remotes: config.remotes,
            folders,
        })
    }

    /// Returns the worktree with links resolved; `None` in a bare repository.
    pub fn worktree(&self) -> Option<&Path> {
        self.folders.worktree.as_deref()
    }

    /// Returns the folders that belong to the repository, with links resolved: its git folders, and the worktrees that are known.
    pub fn own_folders(&self) -> Vec<&Path> {
        let Folders { worktree, own, common } = &self.folders;
        let main = common.parent().filter(|_| common.ends_with(".git"));
        [worktree.as_deref(), Some(own), Some(common), main].into_iter().flatten().collect()
    }

    /// Returns the remotes that the repository's own configuration has.
    pub fn remotes(&self) -> &[Remote] {
        &self.remotes
    }

    /// Returns git's name for the kind of object names here: `sha1` or `sha256`.
    pub fn object_format(&self) -> &'static str {
        if self.objects.hash == gix_hash::Kind::Sha256 { "sha256" } else { "sha1" }
    }

    /// Whether a part of the history was not fetched.
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// Returns the git folder of this worktree, with links resolved.
    pub fn folder(&self) -> &Path {
        &self.folders.own
    }

    /// Resolves `revision` to a commit: `HEAD`, a branch, a tag or an abbreviated name, followed by steps such as `~2`, `^2` and
    /// `^{commit}` (gitrevisions(7)). Reflogs, dates and searches are not supported.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn revision(&self, revision: &str) -> Result<Id, Fault> {
        let unknown = || {
            let root = self.folders.worktree.as_ref().unwrap_or(&self.folders.common).clone();
            Fault::NoRevision { revision: revision.to_owned(), root, is_shallow: !self.shallow.is_empty() }
        };
        let (name, steps) = revision::parse(revision).ok_or_else(unknown)?;
        let mut id = self.named(name)?.ok_or_else(unknown)?;
        for step in steps {
            id = match step {
                Step::Parent(0) => id,
                Step::Parent(number) => *self.commit(id)?.parents.get(number - 1).ok_or_else(unknown)?,
                Step::Back(count) => history::back(id, count, |id| self.commit(*id))?.ok_or_else(unknown)?,
            };
        }
        Ok(id)
    }

    /// Returns the commit that `name` stands for, if there is one.
    fn named(&self, name: &str) -> Result<Option<Id>, Fault> {
        let full = Id::from_hex(name.as_bytes()).ok().filter(|id| id.kind() == self.objects.hash);
        if let Some(id) = full.map_or_else(|| self.refs.find(name), |id| Ok(Some(id)))? {
            return self.peeled(id);
        }
        let digits = revision::described(name).or(Some(name)).filter(|name| revision::is_abbreviated(name));
        let Some(digits) = digits.map(str::to_ascii_lowercase) else { return Ok(None) };
        let mut commits = Vec::new();
        for id in self.objects.starting(&digits, MAX_ALIKE)? {
            // An object that is too large to read is not a commit.
            commits.extend(self.peeled(id).ok().flatten());
        }
        commits.dedup();
        match commits[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            _ => Err(Fault::Ambiguous(digits)),
        }
    }

    /// Returns the commit that `id` is, or that it is a tag of.
    fn peeled(&self, id: Id) -> Result<Option<Id>, Fault> {
        let mut id = id;
        for _ in 0..MAX_TAGS {
            match self.objects.read_any(&id, MAX_COMMIT)? {
                (Sort::Commit, _) => return Ok(Some(id)),
                (Sort::Tag, content) => {
                    let target = decode::tag(&content, self.objects.hash);
                    id = target.ok_or_else(|| Fault::Broken(format!("the tag {id} has no object")))?;
                }
                (Sort::Tree | Sort::Blob, _) => return Ok(None),
            }
        }
        Err(Fault::Broken(format!("the tag {id} is part of an endless chain")))
    }

    /// Returns the merge base of `HEAD` and the commit `from`: the newest commit in both histories. Returns `from` if the fetched
    /// history has none.
    ///
    /// # Errors
    ///
    /// When the history is broken or too long.
    pub fn base(&self, from: Id) -> Result<Id, Fault> {
        match self.revision("HEAD") {
            Ok(head) => Ok(history::base(from, head, |id| self.commit(*id))?.unwrap_or(from)),
            // The branch has no commits yet.
            Err(Fault::NoRevision { .. }) => Ok(from),
            Err(fault) => Err(fault),
        }
    }

    /// Reads the commit `id`.
    ///
    /// # Errors
    ///
    /// When there is no such commit, or it is broken.
    pub fn commit(&self, id: Id) -> Result<Commit, Fault> {
        let content = self.objects.read(&id, Sort::Commit, MAX_COMMIT)?;
        let commit = decode::commit(&content, self.objects.hash);
        let mut commit = commit.ok_or_else(|| Fault::Broken(format!("the commit {id} is not a commit")))?;
        if self.shallow.contains(&id) {
            commit.parents.clear();
        }
        Ok(commit)
    }

    /// Reads the blob `id`.
    ///
    /// # Errors
    ///
    /// When there is no such blob, it is over `most` bytes, or it is broken.
    pub fn blob(&self, id: Id, most: usize) -> Result<Vec<u8>, Fault> {
        self.objects.read(&id, Sort::Blob, most)
    }

    /// Whether a file with `content` on disk is unchanged from the blob `id` in a commit. Git may check out other line endings
    /// than it stores, and the file itself where it stores a Git LFS pointer. Which files this applies to depends on attributes
    /// and on the user's own configuration, so it is allowed for every file: nobody reviews line endings.
    pub fn is_blob(&self, id: Id, content: &[u8]) -> bool {
        let is_named = |content: &[u8]| content::blob(content, self.objects.hash) == Some(id);
        // A blob that is missing, or larger, is not a pointer.
        let is_pointer = || self.blob(id, content::MAX_POINTER).is_ok_and(|blob| content::points_to(&blob, content));
        is_named(content) || content::with_line_feeds(content).is_some_and(|content| is_named(&content)) || is_pointer()
    }

    /// Closes the open files; they are looked up again when needed, because git may have repacked meanwhile.
    pub fn close(&self) {
        self.objects.close();
    }
}
