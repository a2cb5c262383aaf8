//! What cannot be read, named in the log once.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use dashmap::DashMap;

use super::read::read;
use crate::letters::shown_path;

/// The faults that the log has named, by path: files are read again and again, and what is wrong with them need not be said
/// again and again.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Faults(DashMap<PathBuf, BTreeSet<String>>);

impl Faults {
    /// What the file at `path` says, in a workspace of `roots`; none where it cannot be read, and the log has why, unless there is
    /// none.
    pub(in crate::workspace) fn read(&self, path: &Path, roots: &[PathBuf]) -> Option<String> {
        let content = read(path, roots);
        let fault = content.as_ref().err().filter(|error| error.kind() != ErrorKind::NotFound);
        self.note(path, fault.map(ToString::to_string).into_iter().collect());
        content.ok()
    }

    /// The faults of the paths that are `wanted`, in their order.
    pub(in crate::workspace) fn of(&self, wanted: impl Fn(&Path) -> bool) -> Vec<(PathBuf, String)> {
        let known = self.0.iter().filter(|known| wanted(known.key()));
        let mut all: Vec<_> = known
            .flat_map(|known| known.iter().map(|fault| (known.key().clone(), fault.clone())).collect::<Vec<_>>())
            .collect();
        all.sort();
        all
    }

    /// `faults` are what is wrong with `path` from now on. Those that were not there before are named in the log.
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
