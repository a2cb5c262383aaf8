//! What git ignores below a folder. The ignore files are read here like all other files, because their authors are not trusted.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::repository::repository;
use super::{glob, ignore_pattern};
use crate::door;
use crate::git;
use crate::letters::shown_path;

/// The maximum length of an ignore file in bytes.
const MAX_LENGTH: usize = 256 * 1024;

/// The maximum total length of patterns in bytes: of those that are plain names, and of those that need matching, which take
/// about a thousand times as long to prepare.
const MAX_NAMES: usize = 1024 * 1024;
const MAX_MATCHED: usize = 32_000;

/// The maximum depth of folders that are searched: for each folder, all folders above it are consulted.
pub(in crate::workspace) const MAX_DEPTH: usize = 128;

/// Where git keeps the patterns for one clone alone.
const EXCLUDE: &str = ".git/info/exclude";

/// The ignore files of the folders consulted so far.
#[derive(Debug)]
pub(super) struct Ignored {
    /// The folder above which no ignore file counts.
    top: PathBuf,
    folders: Mutex<HashMap<PathBuf, Arc<Folder>>>,
    /// What the user's own git configuration ignores everywhere.
    everywhere: Gitignore,
    /// The total lengths of the patterns read so far.
    names: AtomicUsize,
    matched: AtomicUsize,
    faults: Mutex<Vec<String>>,
}

/// The ignore files of a folder.
#[derive(Debug)]
struct Folder {
    /// `.ignore`, which other tools use in addition to git's files.
    own: Gitignore,
    /// `.gitignore`.
    git: Gitignore,
    /// `.git/info/exclude`.
    exclude: Gitignore,
    is_repository: bool,
}

impl Ignored {
    /// Returns what is ignored below `root`: by ignore files there, and in the folders above it up to the top of its repository.
    pub(super) fn below(root: &Path) -> Ignored {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let top = repository(&root).unwrap_or(&root).to_owned();
        let (everywhere, _) = GitignoreBuilder::new(&top).build_global();
        let (folders, names, matched, faults) = Default::default();
        Ignored { top, folders, everywhere, names, matched, faults }
    }

    /// Whether the file or folder at `path` is ignored, given that no folder above it is. Nearer files take precedence, and
    /// `.ignore` files over all others (gitignore(5)).
    pub(super) fn has(&self, path: &Path, is_folder: bool) -> bool {
        let Ok(path) = std::path::absolute(path) else { return false };
        // Files deeper than this are not searched for either.
        if path.strip_prefix(&self.top).is_ok_and(|below| below.components().nth(MAX_DEPTH).is_some()) {
            return true;
        }
        let (mut own, mut git, mut exclude) = (Found::None, Found::None, Found::None);
        let mut is_in_repository = true;
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.top)) {
            let known = self.folder(folder);
            own = own.or(|| Found::of(&known.own, &path, is_folder));
            if is_in_repository {
                git = git.or(|| Found::of(&known.git, &path, is_folder));
                exclude = exclude.or(|| Found::of(&known.exclude, &path, is_folder));
                is_in_repository = !known.is_repository;
            }
        }
        let everywhere = || Found::of(&self.everywhere, &path, is_folder);
        own.or(|| git).or(|| exclude).or(everywhere) == Found::Ignored
    }

    /// Returns the files that could not be read, and the patterns that do not count.
    pub(super) fn faults(&self) -> Vec<String> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn folder(&self, folder: &Path) -> Arc<Folder> {
        let lock = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(folder) {
            return known.clone();
        }
        let read = Arc::new(Folder {
            own: self.read(folder, folder, ".ignore"),
            git: self.read(folder, folder, ".gitignore"),
            exclude: self.exclude(folder),
            is_repository: folder.join(".git").exists(),
        });
        lock().insert(folder.to_owned(), read.clone());
        read
    }

    /// Reads git's own exclude file for `folder`; in a linked worktree, the one that all worktrees share.
    fn exclude(&self, folder: &Path) -> Gitignore {
        match folder.join(".git").is_file().then(|| git::common(folder)).flatten() {
            Some(common) => self.read(folder, &common, EXCLUDE.trim_start_matches(".git/")),
            None => self.read(folder, folder, EXCLUDE),
        }
    }

    /// Reads the ignore file `name` in `from`, which applies to the content of `folder`.
    fn read(&self, folder: &Path, from: &Path, name: &str) -> Gitignore {
        let path = from.join(name);
        let fault = |fault: String| self.note(&path, &fault);
        let content = match door::read_in(from, name, MAX_LENGTH) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Gitignore::empty(),
            Err(error) => {
                // Git's own folder may well be elsewhere, behind a link or a file that leads there.
                if !EXCLUDE.ends_with(name) {
                    fault(error.to_string());
                }
                return Gitignore::empty();
            }
        };
        let mut builder = GitignoreBuilder::new(folder);
        for (number, line) in content.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if self.is_too_much(line) {
                fault(format!(
                    "line {}: there are too many patterns; this one and those after it are ignored",
                    number + 1
                ));
                break;
            }
            if let Err(error) = glob::check_length(line) {
                fault(format!("line {}: {error}", number + 1));
            } else if let Some(line) = ignore_pattern::glob(line) {
                // An invalid pattern matches nothing, as in git.
                _ = builder.add_line(None, &line);
            }
        }
        builder.build().unwrap_or_else(|error| {
            fault(error.to_string());
            Gitignore::empty()
        })
    }

    /// Counts the pattern `line`, and returns whether it exceeds the limit.
    fn is_too_much(&self, line: &str) -> bool {
        let (read, most) = if is_name(line) { (&self.names, MAX_NAMES) } else { (&self.matched, MAX_MATCHED) };
        read.fetch_add(line.len(), Ordering::Relaxed) + line.len() > most
    }

    /// Records a fault of the ignore file at `path`.
    fn note(&self, path: &Path, fault: &str) {
        let fault = format!("{}: {fault}", shown_path(path));
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }
}

/// Whether `pattern` is a name, the end of one, or a folder with all its content.
fn is_name(pattern: &str) -> bool {
    let name = pattern.trim_start_matches(['!', '/']);
    let name = name.strip_prefix("**/").unwrap_or(name);
    let name = name.strip_prefix('*').unwrap_or(name).trim_end_matches(['*', '/', ' ']);
    !name.contains(['*', '?', '[', '{', '\\'])
}

/// What an ignore file says about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    None,
    Ignored,
    Kept,
}

impl Found {
    fn of(file: &Gitignore, path: &Path, is_folder: bool) -> Found {
        match file.matched(path, is_folder) {
            Match::None => Found::None,
            Match::Ignore(_) => Found::Ignored,
            Match::Whitelist(_) => Found::Kept,
        }
    }

    /// Returns `self`, or `other` if `self` says nothing.
    fn or(self, other: impl FnOnce() -> Found) -> Found {
        if self == Found::None { other() } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_ignores_is_ignored() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, content).expect("a file");
        };
        write("repo/.gitignore", "\u{feff}# A comment\n*.tmp\n!kept.tmp\n/build/\nnotes/*.md\n[\n!\n{own,new}.md\n");
        write("repo/docs/.gitignore", "!*.tmp\nlocal.md\n");
        write("repo/docs/.ignore", "own.md\n!local.md\n");
        write("repo/.git/info/exclude", "private.md\n");
        write("repo/inner/.git/config", "");
        write(".gitignore", "*.md\n");
        let root = folder.path().join("repo");
        let ignored = Ignored::below(&root.join("docs"));
        for (path, expected) in [
            ("a.tmp", true),
            ("kept.tmp", false),
            ("build", true),
            ("docs/build", false),
            ("own.md", false),
            ("{own,new}.md", true),
            ("notes/a.md", true),
            ("notes/a/b.md", false),
            ("docs/a.tmp", false),
            ("docs/own.md", true),
            ("docs/local.md", false),
            ("docs/private.md", true),
            ("docs/other.md", false),
            ("inner/a.tmp", false),
        ] {
            assert_eq!(ignored.has(&root.join(path), path.ends_with("build")), expected, "{path}");
        }
        assert_eq!(ignored.faults(), Vec::<String>::new());
        // Without a repository, the folders above do not count.
        let (alone, above) = (folder.path().join("alone"), folder.path());
        assert!(!Ignored::below(&alone).has(&alone.join("a.md"), false));
        assert!(Ignored::below(above).has(&alone.join("a.md"), false));
    }

    #[test]
    fn names_are_told_from_what_has_to_be_matched() {
        for name in ["target/", "/node_modules", "*.tmp", "**/build/**", "!docs/a.md", "a b  "] {
            assert!(is_name(name), "{name}");
        }
        for pattern in ["[Dd]ebug/", "a*b", "docs/**/a", "?.md", "{a,b}", "a\\ "] {
            assert!(!is_name(pattern), "{pattern}");
        }
    }
}
