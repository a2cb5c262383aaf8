//! Files that stand in for those on the disk, as in a merge that nobody has made yet.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsString;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use crate::door::{self, Found};

/// What stands in for the file at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workspace) enum StandIn {
    /// A file with this text.
    Text(String),
    /// A file that cannot be read as text; the reason why.
    Unread(String),
    /// A link or another repository; what it leads to is not known.
    Lead,
    /// Nothing: the file is gone.
    Gone,
}

/// The files that stand in for those on the disk, by their paths.
#[derive(Debug, Default)]
pub struct Overlay {
    files: BTreeMap<PathBuf, StandIn>,
    /// The folders that have files which stand in.
    folders: HashSet<PathBuf>,
    /// The files that the disk does not have.
    new: HashSet<PathBuf>,
}

impl Overlay {
    /// Returns the overlay of `files`, which are below `roots`. A folder on the disk whose files are all gone is gone, too.
    pub(in crate::workspace) fn of(files: BTreeMap<PathBuf, StandIn>, roots: &[PathBuf]) -> Overlay {
        let mut overlay = Overlay { files, ..Overlay::default() };
        for (path, file) in &overlay.files {
            if *file == StandIn::Gone {
                continue;
            }
            for folder in path.ancestors().skip(1) {
                if !overlay.folders.insert(folder.to_owned()) {
                    break;
                }
            }
            if door::look(path, roots) == Found::Nothing {
                overlay.new.insert(path.clone());
            }
        }
        overlay.empty_folders(roots);
        overlay
    }

    /// Marks the folders as gone that have nothing left. The deepest come first, as one may be all that another has.
    fn empty_folders(&mut self, roots: &[PathBuf]) {
        let gone = self.files.iter().filter(|(_, file)| **file == StandIn::Gone);
        let folders = gone
            .flat_map(|(path, _)| path.ancestors().skip(1).take_while(|above| !roots.contains(&above.to_path_buf())));
        let folders: BTreeSet<PathBuf> = folders.map(Path::to_owned).collect();
        for folder in folders.into_iter().rev().filter(|folder| door::root_of(folder, roots).is_some()) {
            let is_gone = |name: &OsString| self.files.get(&folder.join(name)) == Some(&StandIn::Gone);
            let is_empty = door::list(&folder, roots).is_ok_and(|names| names.iter().all(|(name, _)| is_gone(name)));
            if is_empty && !self.folders.contains(&folder) {
                self.files.insert(folder, StandIn::Gone);
            }
        }
    }

    /// Whether nothing stands in.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether the file at `path` stands in where the disk has none.
    pub(in crate::workspace) fn is_new(&self, path: &Path) -> bool {
        self.new.contains(path)
    }

    /// Returns what stands in for what is at `path`; `None` if the disk counts.
    pub(super) fn found(&self, path: &Path) -> Option<Found> {
        if self.files.is_empty() {
            return None;
        }
        match self.files.get(path) {
            Some(StandIn::Text(_) | StandIn::Unread(_)) => Some(Found::File),
            Some(StandIn::Lead) => Some(Found::Outside),
            _ if self.folders.contains(path) => Some(Found::Folder),
            Some(StandIn::Gone) => Some(Found::Nothing),
            // What a link leads to is not known.
            None => {
                let is_lead = path.ancestors().any(|above| self.files.get(above) == Some(&StandIn::Lead));
                is_lead.then_some(Found::Outside)
            }
        }
    }

    /// Returns the text that stands in for the file at `path`, or why there is none; `None` if the disk counts.
    pub(super) fn read(&self, path: &Path) -> Option<Result<String>> {
        Some(match self.files.get(path)? {
            StandIn::Text(text) => Ok(text.clone()),
            StandIn::Unread(fault) => Err(Error::other(fault.clone())),
            StandIn::Lead => Err(Error::other("a link, which is not followed")),
            StandIn::Gone => Err(ErrorKind::NotFound.into()),
        })
    }

    /// Changes `names`, what the disk has in `folder`, to what is there with this overlay.
    pub(super) fn change(&self, folder: &Path, names: &mut Vec<(OsString, Found)>) {
        let below = self.files.range(folder.to_owned()..).take_while(|(path, _)| path.starts_with(folder));
        let own: BTreeSet<OsString> =
            below.filter_map(|(path, _)| Some(path.strip_prefix(folder).ok()?.iter().next()?.to_owned())).collect();
        let found = own.into_iter().map(|name| (self.found(&folder.join(&name)), name));
        for (found, name) in found.filter_map(|(found, name)| Some((found?, name))) {
            names.retain(|(known, _)| *known != name);
            if found != Found::Nothing {
                names.push((name, if found == Found::Outside { Found::Other } else { found }));
            }
        }
    }

    /// Returns the files that stand in below `folder`, in order.
    pub(super) fn below(&self, folder: &Path) -> impl Iterator<Item = &Path> {
        let below = self.files.range(folder.to_owned()..).map(|(path, file)| (path.as_path(), file));
        let folder = folder.to_owned();
        let below = below.take_while(move |(path, _)| path.starts_with(&folder));
        below.filter(|(_, file)| matches!(file, StandIn::Text(_) | StandIn::Unread(_))).map(|(path, _)| path)
    }

    /// Whether anything stands in at `path`.
    pub(in crate::workspace) fn has(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the file at `path` is gone.
    pub fn is_gone(&self, path: &Path) -> bool {
        self.found(path) == Some(Found::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_counts_and_the_rest_is_as_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["kept.md", "old/a.md", "old/b.md", "half/a.md", "half/b.md"] {
            std::fs::create_dir_all(path(name).parent().expect("a parent")).expect("a folder");
            std::fs::write(path(name), "disk").expect("a file");
        }
        let text = || StandIn::Text("said".to_owned());
        let files = [
            ("old/a.md", StandIn::Gone),
            ("old/b.md", StandIn::Gone),
            ("half/a.md", StandIn::Gone),
            ("new/a.md", text()),
            ("kept.md", text()),
            ("link", StandIn::Lead),
            ("a.png", StandIn::Unread("not text".to_owned())),
        ];
        let files = files.into_iter().map(|(name, file)| (path(name), file)).collect();
        let overlay = Overlay::of(files, &[folder.path().to_owned()]);
        for (name, expected) in [
            ("kept.md", Some(Found::File)),
            ("new", Some(Found::Folder)),
            ("new/a.md", Some(Found::File)),
            ("new/b.md", None),
            ("old", Some(Found::Nothing)),
            ("old/a.md", Some(Found::Nothing)),
            ("half", None),
            ("half/a.md", Some(Found::Nothing)),
            ("half/b.md", None),
            ("link/x", Some(Found::Outside)),
            ("a.png", Some(Found::File)),
        ] {
            assert_eq!(overlay.found(&path(name)), expected, "{name}");
        }
        let read = |name: &str| overlay.read(&path(name)).map(|text| text.map_err(|error| error.to_string()));
        assert_eq!(read("kept.md"), Some(Ok("said".to_owned())));
        assert_eq!(read("a.png"), Some(Err("not text".to_owned())));
        assert_eq!(read("half/b.md"), None);
        assert!(overlay.is_new(&path("new/a.md")) && !overlay.is_new(&path("kept.md")));
        let mut names = vec![("kept.md".into(), Found::File), ("old".into(), Found::Folder)];
        overlay.change(folder.path(), &mut names);
        names.sort();
        let expected =
            [("a.png", Found::File), ("kept.md", Found::File), ("link", Found::Other), ("new", Found::Folder)];
        assert_eq!(names, expected.map(|(name, found)| (OsString::from(name), found)));
        let below: Vec<&Path> = overlay.below(&path("new")).collect();
        assert_eq!(below, [path("new/a.md")]);
    }
}
