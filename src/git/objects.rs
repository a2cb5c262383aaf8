//! The objects of a repository, loose and packed. Objects of alternates are not read, and replacements (`refs/replace`, grafts)
//! are not applied.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gix_hash::Kind;

use super::budget::Budget;
use super::object::{Object, Sort};
use super::pack::Pack;
use super::recent::Recent;
use super::{Fault, Id, inflate};
use crate::door;

/// The maximum number of names in a folder of git. Git packs loose objects long before that.
const MAX_NAMES: usize = 200_000;

/// How many packs are read, and how many of them stay open.
const MAX_PACKS: usize = 1000;
const MAX_OPEN: usize = 16;

/// The maximum length in bytes of the header of a loose object: `commit`, a space, the size, and a zero byte.
const MAX_HEADER: usize = 32;

/// The objects of a repository.
#[derive(Debug)]
pub(super) struct Objects {
    /// The folder that contains `objects`.
    folder: PathBuf,
    pub(super) hash: Kind,
    budget: Budget,
    recent: Recent,
    packs: Mutex<Option<Arc<Packs>>>,
}

#[derive(Debug, Default)]
struct Packs {
    packs: Vec<Pack>,
    /// What is wrong with the packs that are skipped.
    faults: Vec<String>,
}

impl Objects {
    /// Opens the objects below `folder`, to read up to `budget`, and keep those that were read lately in `recent`.
    pub(super) fn new(folder: PathBuf, hash: Kind, budget: Budget, recent: Recent) -> Objects {
        Objects { folder, hash, budget, recent, packs: Mutex::default() }
    }

    /// Reads the object `id`, which must be a `sort`.
    ///
    /// # Errors
    ///
    /// When there is no such object, it is over `most` bytes, or it is broken.
    pub(super) fn read(&self, id: &Id, sort: Sort, most: usize) -> Result<Vec<u8>, Fault> {
        let (found, content) = self.read_any(id, most)?;
        match found == sort {
            true => Ok(content),
            false => Err(Fault::Broken(format!("the object {id} is not a {}", format!("{sort:?}").to_lowercase()))),
        }
    }

    /// Reads the object `id`, of any type.
    ///
    /// # Errors
    ///
    /// Same as [`Objects::read`].
    pub(super) fn read_any(&self, id: &Id, most: usize) -> Result<Object, Fault> {
        let packs = self.packs();
        for (number, pack) in packs.packs.iter().enumerate() {
            if let Some(object) = pack.read(id, most, &self.budget, (number, &self.recent))? {
                return Ok(object);
            }
        }
        match (self.loose(id, most)?, packs.faults.first()) {
            (Some(object), _) => Ok(object),
            (None, Some(fault)) => Err(Fault::Broken(format!("{fault}; the object {id} may be there"))),
            (None, None) => Err(Fault::Missing { id: *id, is_borrowing: self.is_borrowing() }),
        }
    }

    /// Lists at most `most` objects whose names start with the hexadecimal `digits`, which are in lower case and at least two.
    pub(super) fn starting(&self, digits: &str, most: usize) -> Result<Vec<Id>, Fault> {
        let mut found = Vec::new();
        for pack in &self.packs().packs {
            found.extend(pack.starting(digits, most).map_err(|error| Fault::Broken(error.to_string()))?);
        }
        let (folder, rest) = digits.split_at(2);
        let names = match door::names_in(&self.folder, &Path::new("objects").join(folder), MAX_NAMES) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Fault::Broken(format!("objects/{folder}: {error}")));
            }
            names => names.unwrap_or_default(),
        };
        let starting = names.iter().filter_map(|name| name.to_str()).filter(|name| name.starts_with(rest));
        let is_id = |id: &Id| id.kind() == self.hash;
        found.extend(starting.filter_map(|name| Id::from_hex(format!("{folder}{name}").as_bytes()).ok()).filter(is_id));
        found.sort_unstable();
        found.dedup();
        found.truncate(most);
        Ok(found)
    }

    /// Closes the packs, so that git can remove them. They are opened again when needed.
    pub(super) fn close(&self) {
        *self.packs.lock().unwrap_or_else(PoisonError::into_inner) = None;
        // The packs may be others, then.
        self.recent.forget();
    }

    fn packs(&self) -> Arc<Packs> {
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        packs.get_or_insert_with(|| Arc::new(self.find_packs())).clone()
    }

    fn find_packs(&self) -> Packs {
        let mut found = Packs::default();
        let names = match door::names_in(&self.folder, Path::new("objects/pack"), MAX_NAMES) {
            Ok(names) => names,
            Err(error) if error.kind() == ErrorKind::NotFound => return found,
            Err(error) => {
                found.faults.push(format!("objects/pack: {error}"));
                return found;
            }
        };
        let mut names: Vec<_> =
            names.iter().filter_map(|name| name.to_str().filter(|name| name.ends_with(".idx"))).collect();
        names.sort_unstable();
        for name in names {
            if found.packs.len() >= MAX_PACKS {
                found.faults.push(format!("objects/pack: over {MAX_PACKS} packs; `git gc` merges them"));
                break;
            }
            match Pack::open(&self.folder, name, self.hash, found.packs.len() < MAX_OPEN) {
                Ok(pack) => found.packs.push(pack),
                Err(error) => found.faults.push(format!("objects/pack/{}: {error}", name.escape_debug())),
            }
        }
        found
    }

    /// Reads the object `id`, if it is a loose object.
    fn loose(&self, id: &Id, most: usize) -> Result<Option<Object>, Fault> {
        let name = id.to_string();
        let path = format!("objects/{}/{}", &name[..2], &name[2..]);
        let broken = |what: &str| Fault::Broken(format!("{path}: {what}"));
        let file = match door::open_in(&self.folder, Path::new(&path)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(broken(&error.to_string())),
        };
        let mut stream = inflate::stream(&file, 0, most);
        let mut header = Vec::new();
        let mut byte = [1];
        while byte != [0] && header.len() < MAX_HEADER {
            stream.read_exact(&mut byte).map_err(|error| broken(&error.to_string()))?;
            header.extend(byte);
        }
        let header = header.strip_suffix(&[0]).unwrap_or_default();
        let parsed = header.iter().position(|byte| *byte == b' ').and_then(|blank| {
            let size = std::str::from_utf8(&header[blank + 1..]).ok()?.parse::<u64>().ok()?;
            Some((Sort::of(&header[..blank])?, size))
        });
        let (sort, size) = parsed.ok_or_else(|| broken("not an object"))?;
        if size > most as u64 {
            return Err(Fault::TooMuch(format!("the object {id} has {size} bytes")));
        }
        self.budget.spend(size)?;
        let content = inflate::exactly(stream, size as usize).map_err(|error| broken(&error.to_string()))?;
        Ok(Some((sort, content)))
    }

    fn is_borrowing(&self) -> bool {
        self.folder.join("objects/info/alternates").symlink_metadata().is_ok()
    }
}
