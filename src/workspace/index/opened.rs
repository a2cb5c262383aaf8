//! What the open documents have, found once for all who ask.

use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::exports::Exports;
use super::key::Key;

/// The open files, and lookup tables for the same questions as those of the index.
#[derive(Clone, Debug, Default)]
pub(in crate::workspace) struct Opened {
    /// For each path: what other documents can see of the file.
    pub(in crate::workspace) pages: HashMap<PathBuf, Arc<Exports>>,
    /// For each number, without leading zeros: the proposals that have it.
    pub(in crate::workspace) numbers: HashMap<String, Vec<PathBuf>>,
    /// For each folder: the index pages that list something in it.
    pub(in crate::workspace) listings: HashMap<PathBuf, Vec<PathBuf>>,
    /// For each proposal, as others refer to it: those whose metadata names it.
    pub(in crate::workspace) related: HashMap<Key, Vec<PathBuf>>,
}

impl Opened {
    /// Adds the file at `path`, of which others can see `page`.
    fn add(&mut self, path: PathBuf, page: Arc<Exports>) {
        if let Some(number) = page.number() {
            add_to(&mut self.numbers, number.to_owned(), &path);
        }
        page.listed.keys().for_each(|folder| add_to(&mut self.listings, folder.clone(), &path));
        page.related.iter().for_each(|key| add_to(&mut self.related, key.clone(), &path));
        self.pages.insert(path, page);
    }
}

/// Adds `path` to those that `lists` has for `key`, once.
fn add_to<K: Hash + Eq>(lists: &mut HashMap<K, Vec<PathBuf>>, key: K, path: &Path) {
    let list = lists.entry(key).or_default();
    if list.last().is_none_or(|last| last != path) {
        list.push(path.to_owned());
    }
}

/// The open files in one state of the workspace.
#[derive(Debug, Default)]
pub(in crate::workspace) struct OpenedOnce {
    /// The epoch of the workspace, and the number of versions that it has been given.
    state: (u64, u64),
    /// The file that nobody but itself has asked for yet.
    left_out: Option<PathBuf>,
    found: Arc<Opened>,
}

impl OpenedOnce {
    /// Returns the open files. Until the `state` changes, `page` is asked only once for each of the `paths`. The file at `except`
    /// may be missing: its page changes with every version, so whoever asks about it should not wait for that.
    pub(in crate::workspace) fn of(
        &mut self,
        state: (u64, u64),
        paths: impl Iterator<Item = PathBuf>,
        except: Option<&Path>,
        page: impl Fn(&Path) -> Option<Arc<Exports>>,
    ) -> Arc<Opened> {
        if self.state != state {
            let (left_out, others): (Vec<PathBuf>, Vec<PathBuf>) =
                paths.partition(|path| Some(path.as_path()) == except);
            let mut found = Opened::default();
            for path in others {
                if let Some(page) = page(&path) {
                    found.add(path, page);
                }
            }
            *self = OpenedOnce { state, left_out: left_out.into_iter().next(), found: Arc::new(found) };
        } else if let Some(path) = self.left_out.clone().filter(|path| Some(path.as_path()) != except) {
            let page = page(&path);
            self.left_out = None;
            if let Some(page) = page {
                Arc::make_mut(&mut self.found).add(path, page);
            }
        }
        self.found.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::document::{Document, Proposal};
    use crate::template::Template;
    use crate::workspace::index::Kind;

    #[test]
    fn each_file_is_read_once_in_a_state_and_the_one_that_asks_only_for_others() {
        let (template, document) = (Template::built_in(), Document::closed("# VIP-7: A\n"));
        let read = RefCell::new(Vec::new());
        let page = |path: &Path| {
            read.borrow_mut().push(path.display().to_string());
            Some(Arc::new(Exports::of(path, Kind::Proposal, &Proposal::of(&document, &template))))
        };
        let mut known = OpenedOnce::default();
        let mut ask = |state: u64, except: Option<&str>| {
            let paths = ["a", "b", "c"].map(PathBuf::from).into_iter();
            let found = known.of((state, 0), paths, except.map(Path::new), page);
            (found.numbers["7"].len(), std::mem::take(&mut *read.borrow_mut()).join(" "))
        };
        assert_eq!(ask(1, Some("b")), (2, "a c".to_owned()));
        assert_eq!(ask(1, Some("b")), (2, String::new()));
        assert_eq!(ask(1, Some("c")), (3, "b".to_owned()));
        assert_eq!(ask(1, None), (3, String::new()));
        assert_eq!(ask(2, None), (3, "a b c".to_owned()));
    }
}
