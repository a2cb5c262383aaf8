//! Refs: branches, tags and other names of commits (gitrepository-layout(5)).

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;

use gix_hash::Kind;

use super::folders::Folders;
use super::{Fault, Id};
use crate::door;

/// The maximum length in bytes of the file of one ref: `FETCH_HEAD` has a line for each branch.
const MAX_FILE: usize = 1024 * 1024;

/// The maximum length of `packed-refs` in bytes.
const MAX_PACKED: usize = 64 * 1024 * 1024;

/// The maximum length of a chain of symbolic refs, as in git.
const MAX_STEPS: usize = 5;

/// The maximum number of refs that are listed, and of folders in the name of one.
const MAX_REFS: usize = 100_000;
const MAX_DEPTH: usize = 32;

/// How a short name is expanded, in order of precedence (gitrevisions(7)).
const RULES: [(&str, &str); 6] = [
    ("", ""),
    ("refs/", ""),
    ("refs/tags/", ""),
    ("refs/heads/", ""),
    ("refs/remotes/", ""),
    ("refs/remotes/", "/HEAD"),
];

/// The refs that each worktree has for itself (gitrepository-layout(5)).
const OWN: [&str; 3] = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"];

/// The refs of a repository.
#[derive(Debug)]
pub(super) struct Refs {
    folders: Folders,
    hash: Kind,
    packed: OnceLock<Result<Vec<u8>, Fault>>,
}

impl Refs {
    pub(super) fn new(folders: Folders, hash: Kind) -> Refs {
        Refs { folders, hash, packed: OnceLock::new() }
    }

    /// Returns the object that `name` stands for; `name` may be short or full.
    pub(super) fn find(&self, name: &str) -> Result<Option<Id>, Fault> {
        for (before, behind) in RULES {
            let full = format!("{before}{name}{behind}");
            if is_name(&full)
                && let Some(id) = self.resolve(&full)?
            {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Returns the object that the full name `name` stands for, following symbolic refs.
    fn resolve(&self, name: &str) -> Result<Option<Id>, Fault> {
        let mut name = name.to_owned();
        for _ in 0..=MAX_STEPS {
            let Some(content) = self.file(&name)? else { return self.packed(&name) };
            let Some(target) = content.strip_prefix(b"ref:") else {
                let end = content.iter().position(u8::is_ascii_whitespace).unwrap_or(content.len());
                let id = self.id(&content[..end]);
                return id.map(Some).ok_or_else(|| Fault::Broken(format!("{name} does not name an object")));
            };
            match std::str::from_utf8(target).map(str::trim) {
                Ok(target) if is_name(target) => target.clone_into(&mut name),
                _ => return Err(Fault::Broken(format!("{name} does not point to a branch"))),
            }
        }
        Err(Fault::Broken(format!("{name} is part of an endless chain")))
    }

    /// Returns the full name of the branch that the symbolic ref `name` stands for, if it is one.
    pub(super) fn target(&self, name: &str) -> Result<Option<String>, Fault> {
        let target = self.file(name)?.and_then(|content| {
            let target = std::str::from_utf8(content.strip_prefix(b"ref:")?).ok()?.trim();
            is_name(target).then(|| target.to_owned())
        });
        Ok(target)
    }

    /// Lists the refs whose full names start with `start`, which ends in a slash, in the order of their names, with the objects
    /// that they stand for.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or are over [`MAX_REFS`].
    pub(super) fn below(&self, start: &str) -> Result<Vec<(String, Id)>, Fault> {
        let mut names = BTreeSet::new();
        let (mut folders, mut count) = (vec![start.trim_end_matches('/').to_owned()], 0);
        while let Some(folder) = folders.pop() {
            let found = match door::names_in(&self.folders.common, Path::new(&folder), MAX_REFS) {
                Ok(found) => found,
                // It is the file of a ref, or there is none.
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
                Err(error) => return Err(Fault::Broken(format!("{folder} is {error}"))),
            };
            for name in found.iter().filter_map(|name| name.to_str()) {
                let name = format!("{folder}/{name}");
                count += 1;
                if count > MAX_REFS || name.matches('/').count() > MAX_DEPTH {
                    return Err(Fault::TooMuch(format!("it has over {MAX_REFS} branches")));
                }
                if self.folders.common.join(&name).is_dir() {
                    folders.push(name);
                } else if is_name(&name) {
                    names.insert(name);
                }
            }
        }
        let packed = self.packed_refs()?.split(|byte| *byte == b'\n');
        let packed = packed.filter_map(|line| std::str::from_utf8(line).ok()?.trim_end().split_once(' '));
        let packed = packed.map(|(_, name)| name).filter(|name| name.starts_with(start) && is_name(name));
        names.extend(packed.take(MAX_REFS).map(str::to_owned));
        let resolved = names.into_iter().map(|name| Ok(self.resolve(&name)?.map(|id| (name, id))));
        resolved.filter_map(Result::transpose).collect()
    }

    /// Reads the file of `name`, if there is one.
    fn file(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let is_own = !name.starts_with("refs/") || OWN.iter().any(|own| name.starts_with(own));
        let folder = if is_own { &self.folders.own } else { &self.folders.common };
        match door::bytes_in(folder, Path::new(name), MAX_FILE) {
            Ok(content) => Ok(Some(content)),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => Ok(None),
                // The file system does not allow such a name.
                ErrorKind::InvalidFilename | ErrorKind::InvalidInput => Ok(None),
                _ => Err(Fault::Broken(format!("{name} is {error}"))),
            },
        }
    }

    /// Looks up `name` in `packed-refs`, which lists the refs without a file of their own.
    fn packed(&self, name: &str) -> Result<Option<Id>, Fault> {
        let packed = self.packed_refs()?;
        let named = packed.split(|byte| *byte == b'\n').find_map(|line| {
            let id = line.trim_ascii_end().strip_suffix(name.as_bytes())?.strip_suffix(b" ")?;
            self.id(id)
        });
        Ok(named)
    }

    /// Returns the content of `packed-refs`; empty if there is no such file.
    fn packed_refs(&self) -> Result<&[u8], Fault> {
        let read = || match door::bytes_in(&self.folders.common, Path::new("packed-refs"), MAX_PACKED) {
            Ok(content) => Ok(content),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Fault::Broken(format!("packed-refs is {error}"))),
        };
        self.packed.get_or_init(read).as_ref().map(Vec::as_slice).map_err(Clone::clone)
    }

    fn id(&self, hex: &[u8]) -> Option<Id> {
        Id::from_hex(hex).ok().filter(|id| id.kind() == self.hash)
    }
}

/// Whether `name` is a full name: a path below `refs`, or a word in capitals such as `HEAD`.
fn is_name(name: &str) -> bool {
    let is_pseudo = || name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    (name.starts_with("refs/") || is_pseudo()) && gix_validate::reference::name(name.into()).is_ok()
}
