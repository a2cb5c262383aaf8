//! Logs each file that cannot be read only once.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use dashmap::DashMap;

use super::read::read;
use super::roots::Roots;
use crate::letters::shown_path;

/// The faults that have been logged, by path: files are read repeatedly, but each fault is logged once.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Faults(DashMap<PathBuf, BTreeSet<String>>);

impl Faults {
    /// Reads the file at `path` in a workspace of `roots`. If it cannot be read, returns `None` and logs why, unless the file
    /// does not exist.
    pub(in crate::workspace) fn read(&self, path: &Path, roots: &Roots) -> Option<String> {
        let content = read(path, roots);
        let fault = content.as_ref().err().filter(|error| error.kind() != ErrorKind::NotFound);
        self.note(path, fault.map(ToString::to_string).into_iter().collect());
        content.ok()
    }

    /// Returns the faults of the paths for which `wanted` holds, in order.
    pub(in crate::workspace) fn of(&self, wanted: impl Fn(&Path) -> bool) -> Vec<(PathBuf, String)> {
        let known = self.0.iter().filter(|known| wanted(known.key()));
        let mut all: Vec<_> = known
            .flat_map(|known| known.iter().map(|fault| (known.key().clone(), fault.clone())).collect::<Vec<_>>())
            .collect();
        all.sort();
        all
    }

    /// Sets the current `faults` of `path`, and logs those that are new.
    pub(in crate::workspace) fn note(&self, path: &Path, faults: BTreeSet<String>) {
        let known = match faults.is_empty() {
            true => self.0.remove(path).map(|(_, known)| known),
            false => self.0.insert(path.to_owned(), faults.clone()),
        };
        for fault in faults.difference(&known.unwrap_or_default()) {
            tracing::warn!("{}: {fault}", shown_path(path));
        }
    }
}
