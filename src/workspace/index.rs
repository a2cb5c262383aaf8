//! The index: the facts of every proposal in the workspace's folders, as the disk has them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;

use super::{DocumentId, Workspace, files};
use crate::document::{Document, Facts};
use crate::template::is_markdown;

/// What was read, by path.
#[derive(Debug, Default)]
pub(super) struct Index {
    facts: DashMap<PathBuf, Arc<Facts>>,
    /// Counts the readings of all files, so that an older one can tell that it is no longer wanted.
    reading: AtomicU64,
    /// Held while files are read, so that what was read last is what is kept.
    turn: Mutex<()>,
}

impl Index {
    /// The facts that are as `is_it` says, in no order.
    fn all(&self, is_it: impl Fn(&Facts) -> bool) -> Vec<(PathBuf, Arc<Facts>)> {
        let found = self.facts.iter().filter(|entry| is_it(entry.value()));
        found.map(|entry| (entry.key().clone(), entry.value().clone())).collect()
    }
}

impl Workspace {
    /// Reads all Markdown files below the workspace's folders, which takes a while. It ends early when another reading has
    /// started. A file that cannot be read is named in the log and left out.
    pub fn read_all(&self) {
        let reading = self.index.reading.fetch_add(1, Ordering::Relaxed) + 1;
        let is_current = || self.index.reading.load(Ordering::Relaxed) == reading;
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = std::collections::HashSet::new();
        for root in self.roots() {
            let (found, faults) = files::markdown_files(&root);
            faults.iter().for_each(|fault| tracing::warn!("index: {fault}"));
            for path in found {
                if !is_current() {
                    return;
                }
                self.read_one(&path);
                seen.insert(path);
            }
        }
        self.index.facts.retain(|path, _| seen.contains(path));
    }

    /// Reads the file at `path` again, which has changed, come or gone.
    pub fn read_again(&self, path: &Path) {
        let _turn = self.index.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let path = files::normalize(path);
        if is_markdown(&path) && files::root_of(&path, &self.roots()).is_some() {
            self.read_one(&path);
        }
    }

    fn read_one(&self, path: &Path) {
        let facts = match files::is_inside(path, &self.roots()) {
            true => self.facts_on_disk(path),
            false => None,
        };
        match facts {
            Some(facts) => self.index.facts.insert(path.to_owned(), Arc::new(facts)),
            None => self.index.facts.remove(path).map(|(_, facts)| facts),
        };
    }

    fn facts_on_disk(&self, path: &Path) -> Option<Facts> {
        let content =
            files::read(path).inspect_err(|error| tracing::warn!("index: {}: {error}", path.display())).ok()?;
        let id = DocumentId::File(path.to_owned());
        let snapshot = self.snapshot(&id, Arc::new(Document::closed(&content)))?;
        Some(Facts::of(&snapshot.proposal()))
    }

    /// The facts of every proposal: those in the index, and those of open documents as the editor has them; in the order of
    /// their paths.
    pub fn facts(&self) -> Vec<(PathBuf, Arc<Facts>)> {
        let mut all = self.facts_where(|_| true);
        // By their bytes: comparing paths component by component takes longer than a search among them.
        all.sort_unstable_by(|(one, _), (other, _)| one.as_os_str().cmp(other.as_os_str()));
        all
    }

    /// The facts that are as `is_it` says, in no order.
    pub(super) fn facts_where(&self, is_it: impl Fn(&Facts) -> bool) -> Vec<(PathBuf, Arc<Facts>)> {
        let open = self.open();
        let mut found = self.index.all(&is_it);
        found.retain(|(path, _)| !open.iter().any(|id| matches!(id, DocumentId::File(open) if open == path)));
        for id in open {
            let facts = self.proposal(&id).map(|snapshot| Facts::of(&snapshot.proposal())).filter(&is_it);
            if let (Some(facts), DocumentId::File(path)) = (facts, id) {
                found.push((path, Arc::new(facts)));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Folder;
    use super::*;

    fn titles(workspace: &Workspace) -> Vec<String> {
        workspace.facts().iter().map(|(_, facts)| facts.title.clone()).collect()
    }

    fn folder() -> Folder {
        Folder::new(&[
            ("docs/vip-1.md", "# VIP-1: A\n\n## Scope\n"),
            ("docs/vip-2.md", "# VIP-2: B\n\n## Scope\n"),
            ("docs/notes.md", "# Notes\n"),
            (".gitignore", "old\n"),
            (".git/HEAD", "ref: x\n"),
            ("old/vip-3.md", "# VIP-3: C\n"),
        ])
    }

    #[test]
    fn proposals_are_read_and_other_files_are_not() {
        let folder = folder();
        let workspace = folder.workspace();
        assert_eq!(titles(&workspace), Vec::<String>::new());
        workspace.read_all();
        assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
    }

    #[test]
    fn a_file_that_changes_comes_or_goes_is_read_again() {
        let folder = folder();
        let workspace = folder.workspace();
        workspace.read_all();
        folder.write("docs/vip-1.md", "# VIP-1: Z\n\n## Scope\n");
        folder.write("docs/vip-4.md", "# VIP-4: D\n\n## Scope\n");
        std::fs::remove_file(folder.path("docs/vip-2.md")).expect("a file");
        for name in ["docs/vip-1.md", "docs/vip-2.md", "docs/vip-4.md"] {
            workspace.read_again(&folder.path(name));
        }
        assert_eq!(titles(&workspace), ["VIP-1: Z", "VIP-4: D"]);
        std::fs::remove_file(folder.path("docs/vip-1.md")).expect("a file");
        std::fs::create_dir(folder.path("docs/vip-1.md")).expect("a folder");
        workspace.read_all();
        assert_eq!(titles(&workspace), ["VIP-4: D"]);
    }

    #[test]
    fn the_text_in_the_editor_wins_over_the_disk() {
        let folder = folder();
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::file(&folder.path("docs/vip-1.md"));
        workspace.put(id.clone(), Arc::new(Document::open("# VIP-1: Open\n\n## Scope\n")));
        assert_eq!(titles(&workspace), ["VIP-1: Open", "VIP-2: B"]);
        workspace.remove(&id);
        assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_a_large_file_and_a_way_out_do_no_harm() {
        let folder = folder();
        let outside = Folder::new(&[("vip-9.md", "# VIP-9: Out\n\n## Scope\n")]);
        std::os::unix::fs::symlink(folder.path("docs"), folder.path("docs/again")).expect("a link");
        std::os::unix::fs::symlink(outside.path("vip-9.md"), folder.path("docs/vip-9.md")).expect("a link");
        folder.write("docs/vip-5.md", &"x".repeat(crate::syntax::MAX_BYTES + 1));
        let workspace = folder.workspace();
        workspace.read_all();
        workspace.read_again(&folder.path("docs/vip-9.md"));
        workspace.read_again(&outside.path("vip-9.md"));
        assert_eq!(titles(&workspace), ["VIP-1: A", "VIP-2: B"]);
    }
}
