//! A repository: where its parts are, its commits by their names, and its blobs.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

use super::budget::Budget;
use super::config::{self, Config};
use super::folders::Folders;
use super::object::Sort;
use super::objects::Objects;
use super::refs::Refs;
use super::revision::{self, Step};
use super::trees::{self, Trees};
use super::{Commit, Fault, Id, content, decode, history};
use crate::door;

/// How long a commit or tag may be, in bytes.
const MAX_COMMIT: usize = 1024 * 1024;

/// How many bytes of objects are read until a [`Repository`] ends.
const MAX_READ: u64 = 512 * 1024 * 1024;

/// How many tags may stand for each other.
const MAX_TAGS: usize = 16;

/// How many objects whose names start alike are looked at.
const MAX_ALIKE: usize = 64;

/// How long the list of commits without parents may be, in bytes.
const MAX_SHALLOW: usize = 16 * 1024 * 1024;

/// A repository. It is for some questions and not for long: what it reads is bounded in all.
#[derive(Debug)]
pub struct Repository {
    folders: Folders,
    pub(super) objects: Objects,
    refs: Refs,
    /// The commits whose parents were not fetched.
    shallow: HashSet<Id>,
    pub(super) trees: Trees,
}

impl Repository {
    /// The repository that `folder` is in: the nearest with a `.git` at or above it, links on the way to `folder` followed; else the
    /// bare one that it is.
    ///
    /// # Errors
    ///
    /// When there is none, it is in a form that is not read, or its parts do not lead to each other.
    pub fn of(folder: &Path) -> Result<Repository, Fault> {
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
            objects: Objects::new(folders.common.clone(), config.hash, Budget::new(trees::MAX_TREE, MAX_READ)),
            refs: Refs::new(folders.clone(), config.hash),
            shallow: shallow
                .split(|byte| *byte == b'\n')
                .filter_map(|line| Id::from_hex(line.trim_ascii()).ok())
                .collect(),
            trees: Trees::default(),
            folders,
        })
    }

    /// The folder that its files are in, without links on the way; none in a bare repository.
    pub fn worktree(&self) -> Option<&Path> {
        self.folders.worktree.as_deref()
    }

    /// The commit that `revision` names: `HEAD`, a branch, a tag, the start of a commit's name, and the way from there (`~2`,
    /// `^2`, `^{commit}`; gitrevisions(7)). What asks for reflogs, dates or words is not known.
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

    /// The commit that `name` stands for, if there is one.
    fn named(&self, name: &str) -> Result<Option<Id>, Fault> {
        let full = Id::from_hex(name.as_bytes()).ok().filter(|id| id.kind() == self.objects.hash);
        if let Some(id) = full.map_or_else(|| self.refs.find(name), |id| Ok(Some(id)))? {
            return self.peeled(id);
        }
        let digits = revision::described(name).or(Some(name)).filter(|name| revision::is_abbreviated(name));
        let Some(digits) = digits.map(str::to_ascii_lowercase) else { return Ok(None) };
        let mut commits = Vec::new();
        for id in self.objects.starting(&digits, MAX_ALIKE)? {
            // Something large is no commit.
            commits.extend(self.peeled(id).ok().flatten());
        }
        commits.dedup();
        match commits[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            _ => Err(Fault::Ambiguous(digits)),
        }
    }

    /// The commit that `id` is or is a tag of.
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
        Err(Fault::Broken(format!("the tag {id} is one of others without end")))
    }

    /// Where `HEAD` left the commit `from`: the newest commit in the histories of both. Where what was fetched has none, `from`.
    ///
    /// # Errors
    ///
    /// When what there is of the histories is broken or too long.
    pub fn base(&self, from: Id) -> Result<Id, Fault> {
        match self.revision("HEAD") {
            Ok(head) => Ok(history::base(from, head, |id| self.commit(*id))?.unwrap_or(from)),
            // Nothing is committed on this branch.
            Err(Fault::NoRevision { .. }) => Ok(from),
            Err(fault) => Err(fault),
        }
    }

    /// What the commit `id` says.
    ///
    /// # Errors
    ///
    /// When there is no such commit, or it is broken.
    pub fn commit(&self, id: Id) -> Result<Commit, Fault> {
        let content = self.objects.read(&id, Sort::Commit, MAX_COMMIT)?;
        let commit = decode::commit(&content, self.objects.hash);
        let mut commit = commit.ok_or_else(|| Fault::Broken(format!("the commit {id} is not one")))?;
        if self.shallow.contains(&id) {
            commit.parents.clear();
        }
        Ok(commit)
    }

    /// The bytes of the blob `id`.
    ///
    /// # Errors
    ///
    /// When there is no such blob, it is over `most` bytes, or broken.
    pub fn blob(&self, id: Id, most: usize) -> Result<Vec<u8>, Fault> {
        self.objects.read(&id, Sort::Blob, most)
    }

    /// Whether a file with `content` on the disk is what the blob `id` is in a commit. Git may write other line endings than it
    /// keeps, and the file itself where it keeps a pointer to it (Git LFS). Which files that is so for depends on attributes and
    /// on the user's own configuration, so that it may be so for all: nobody reviews line endings.
    pub fn is_blob(&self, id: Id, content: &[u8]) -> bool {
        let is_named = |content: &[u8]| content::blob(content, self.objects.hash) == Some(id);
        // A blob that is not there, or larger, is no pointer.
        let is_pointer = || self.blob(id, content::MAX_POINTER).is_ok_and(|blob| content::points_to(&blob, content));
        is_named(content) || content::with_line_feeds(content).is_some_and(|content| is_named(&content)) || is_pointer()
    }

    /// Closes the files that it keeps open, and looks for them again when one is needed: git may have packed them anew.
    pub fn close(&self) {
        self.objects.close();
    }
}
