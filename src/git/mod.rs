//! A git repository, read in this process: what its commits and their files are.
//!
//! Nobody vouches for a repository. Nothing that it names is run, there is no network, and nothing is read but what lies in its own
//! folder of git: no configuration that it includes, no objects of others, no links. All that is read is bounded, so that each
//! question ends, with a [`Fault`] where the repository is broken or too large.
//!
//! Of gitoxide, only what hashes and what checks names is used. Its stores open by path what a repository has, which may be a named
//! pipe or a link, follow alternates, and map files into the memory, where one that is cut off meanwhile ends the program.

mod config;
mod content;
mod decode;
mod delta;
mod fault;
mod history;
mod inflate;
mod objects;
mod pack;
mod place;
mod refs;
mod revision;

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use fault::Fault;
/// The name of an object.
pub use gix_hash::ObjectId as Id;

use crate::door;
use config::Config;
use objects::{Budget, Objects, Sort};
use place::Place;
use refs::Refs;
use revision::Step;

/// How long a commit or tag may be, in bytes.
const MAX_COMMIT: usize = 1024 * 1024;

/// How long a tree may be, in bytes; and what objects are built upon.
const MAX_TREE: usize = 32 * 1024 * 1024;

/// How many bytes of objects are read until a [`Repository`] ends.
const MAX_READ: u64 = 512 * 1024 * 1024;

/// How many entries of trees are kept, and how many one tree may have.
const MAX_ENTRIES: usize = 400_000;

/// How many files of a commit are listed.
const MAX_FILES: usize = 400_000;

/// How deep folders may lie in each other, and how long a path may be, in bytes: as Linux has it.
const MAX_DEPTH: usize = 512;
const MAX_PATH: usize = 4096;

/// How many tags may stand for each other.
const MAX_TAGS: usize = 16;

/// How many objects whose names start alike are looked at.
const MAX_ALIKE: usize = 64;

/// How long the list of commits without parents may be, in bytes.
const MAX_SHALLOW: usize = 16 * 1024 * 1024;

/// A repository. It is for some questions and not for long: what it reads is bounded in all.
#[derive(Debug)]
pub struct Repository {
    place: Place,
    objects: Objects,
    refs: Refs,
    /// The commits whose parents were not fetched.
    shallow: HashSet<Id>,
    trees: Mutex<Trees>,
}

/// What a commit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The folder with all its files.
    pub tree: Id,
    /// The commits before it, the one it was made on first; none where they were not fetched.
    pub parents: Vec<Id>,
    /// When it was made, as its committer had it: in seconds since 1970, UTC.
    pub time: i64,
}

/// What a tree has at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub mode: Mode,
    /// Its content.
    pub id: Id,
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A tree.
    Folder,
    /// A blob.
    File,
    /// A blob that may be run.
    Program,
    /// A symbolic link, whose blob is the path that it leads to.
    Link,
    /// A commit of another repository, a submodule.
    Repository,
}

/// What trees that were read have.
#[derive(Debug, Default)]
struct Trees {
    by_id: HashMap<Id, Arc<Tree>>,
    /// How many entries they have together.
    count: usize,
}

type Tree = HashMap<Box<[u8]>, Entry>;

impl Repository {
    /// The repository that `folder` is in: the nearest with a `.git` at or above it, links on the way to `folder` followed; else the
    /// bare one that it is.
    ///
    /// # Errors
    ///
    /// When there is none, it is in a form that is not read, or its parts do not lead to each other.
    pub fn of(folder: &Path) -> Result<Repository, Fault> {
        let real = folder.canonicalize().map_err(|_| Fault::NoRepository(folder.to_owned()))?;
        let place = Place::of(&real)?;
        let config = match door::bytes_in(&place.common, Path::new("config"), config::MAX_LENGTH) {
            Ok(config) => config,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::Broken(format!("config is {error}"))),
        };
        let config = Config::of(&String::from_utf8_lossy(&config))?;
        let shallow = match door::bytes_in(&place.common, Path::new("shallow"), MAX_SHALLOW) {
            Ok(shallow) => shallow,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::Broken(format!("shallow is {error}"))),
        };
        Ok(Repository {
            objects: Objects::new(place.common.clone(), config.hash, Budget::new(MAX_TREE, MAX_READ)),
            refs: Refs::new(place.clone(), config.hash),
            shallow: shallow
                .split(|byte| *byte == b'\n')
                .filter_map(|line| Id::from_hex(line.trim_ascii()).ok())
                .collect(),
            trees: Mutex::default(),
            place,
        })
    }

    /// The folder that its files are in, without links on the way; none in a bare repository.
    pub fn worktree(&self) -> Option<&Path> {
        self.place.worktree.as_deref()
    }

    /// The commit that `revision` names: `HEAD`, a branch, a tag, the start of a commit's name, and the way from there (`~2`,
    /// `^2`, `^{commit}`; gitrevisions(7)). What asks for reflogs, dates or words is not known.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn revision(&self, revision: &str) -> Result<Id, Fault> {
        let unknown = || {
            let root = self.place.worktree.as_ref().unwrap_or(&self.place.common).clone();
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

    /// What the tree `tree`, a [`Commit::tree`], has at `path`, which is from there and without `..`. What is in a submodule is not
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
            match self.tree(found.id)?.get(name.as_encoded_bytes()) {
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
            for (name, entry) in self.tree(id)?.iter() {
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

    fn tree(&self, id: Id) -> Result<Arc<Tree>, Fault> {
        let lock = || self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = lock().by_id.get(&id) {
            return Ok(tree.clone());
        }
        let content = self.objects.read(&id, Sort::Tree, MAX_TREE)?;
        let tree = decode::tree(&content, self.objects.hash, MAX_ENTRIES);
        let tree = Arc::new(tree.ok_or_else(|| Fault::Broken(format!("the tree {id} is not one, or too large")))?);
        let mut trees = lock();
        if trees.count + tree.len() >= MAX_ENTRIES {
            *trees = Trees::default();
        }
        trees.count += tree.len() + 1;
        trees.by_id.insert(id, tree.clone());
        Ok(tree)
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

/// The folder that all worktrees of the repository whose files are in `folder` have in common: it has `info/exclude`. None where
/// there is no `.git`, or one that leads elsewhere than to a repository that leads back.
pub fn common(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    Some(Place::at(&folder).ok()??.common)
}

/// The object's name that `bytes` are.
fn id(bytes: &[u8]) -> Option<Id> {
    gix_hash::oid::try_from_bytes(bytes).ok().map(ToOwned::to_owned)
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

#[cfg(test)]
mod tests;
