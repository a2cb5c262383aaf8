//! Watches folders for changes on the disk, for an editor that does not.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::files::{self, FILE_NAMES, is_site, is_yaml};

/// The maximum number of folders watched: the system has a limit for all programs of a user together.
const MAX_FOLDERS: usize = 8192;

/// The folder in which git notes each new commit of `HEAD`.
const LOGS: &str = ".git/logs";

/// How folders are watched. On most systems each is watched by itself, because a recursive watch would include folders that git
/// ignores. Where the system can watch a whole tree at once, it does; Windows does not allow renaming a folder while one in it is
/// watched.
const MODE: RecursiveMode = match cfg!(any(windows, target_os = "macos")) {
    true => RecursiveMode::Recursive,
    false => RecursiveMode::NonRecursive,
};

/// A notification of a change on the disk.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskChange {
    /// The file or folder at this path has been changed, created or removed.
    At(PathBuf),
    /// The system could not keep up, and does not say what has changed.
    Anywhere,
}

/// What has changed on the disk.
#[derive(Debug, PartialEq, Eq)]
pub enum DiskChanges {
    /// These files have been changed, created or removed.
    Files(Vec<PathBuf>),
    /// Whole folders may have been created or removed.
    Folders,
}

impl DiskChanges {
    /// Returns these changes without those of other files than [`matters`] allows.
    #[must_use]
    pub fn that_matter(self, is_sidecar: impl Fn(&Path) -> bool) -> DiskChanges {
        match self {
            DiskChanges::Files(mut files) => {
                files.retain(|path| matters(path, &is_sidecar));
                DiskChanges::Files(files)
            }
            DiskChanges::Folders => DiskChanges::Folders,
        }
    }
}

/// Whether a change of the file at `path` matters: that of a YAML file only if it has the settings of a site, or `is_sidecar` says
/// that it has the metadata of a proposal.
pub fn matters(path: &Path, is_sidecar: impl Fn(&Path) -> bool) -> bool {
    !is_yaml(path) || is_site(path) || is_sidecar(path)
}

/// A watcher of the folders that git does not ignore. Watching ends when it is dropped.
#[derive(Debug)]
pub struct Watch {
    watcher: RecommendedWatcher,
    mode: RecursiveMode,
    /// The folders whose changes matter.
    folders: HashSet<PathBuf>,
    /// The folders that the system watches: those in `folders`, or the outermost ones.
    watched: HashSet<PathBuf>,
    has_failed: bool,
}

impl Watch {
    /// Creates a watcher without folders that reports changes of Markdown, YAML and configuration files and of folders to `changed`. If
    /// the system has no more watchers, returns `None` and logs a warning.
    pub fn new(changed: impl Fn(DiskChange) + Send + 'static) -> Option<Watch> {
        Watch::in_mode(MODE, changed)
    }

    fn in_mode(mode: RecursiveMode, changed: impl Fn(DiskChange) + Send + 'static) -> Option<Watch> {
        let handler = move |event: notify::Result<Event>| {
            event.map_or_else(|_| vec![DiskChange::Anywhere], of_event).into_iter().for_each(&changed);
        };
        match notify::recommended_watcher(handler) {
            Ok(watcher) => {
                Some(Watch { watcher, mode, folders: HashSet::new(), watched: HashSet::new(), has_failed: false })
            }
            Err(error) => {
                warn(&error.to_string());
                None
            }
        }
    }

    /// Watches exactly the folders in `roots`. The first time that a folder cannot be watched, a warning is logged.
    pub fn cover(&mut self, roots: &[PathBuf]) {
        let found = roots.iter().flat_map(|root| files::folders(root));
        self.folders = found.take(MAX_FOLDERS + 1).collect();
        let mut wanted = match self.mode {
            RecursiveMode::Recursive => outermost(roots),
            RecursiveMode::NonRecursive => self.folders.clone(),
        };
        let fault = match wanted.len() > MAX_FOLDERS {
            true => Err(format!("over {MAX_FOLDERS} folders; let git ignore some")),
            false => Ok(()),
        };
        // Commits and branches show there, while git ignores the folder.
        wanted.extend(roots.iter().map(|root| root.join(LOGS)).filter(|logs| logs.is_dir()));
        self.leave(|folder| !wanted.contains(folder));
        wanted.retain(|folder| !self.watched.contains(folder));
        let room = MAX_FOLDERS.saturating_sub(self.watched.len());
        let outcome = self.add(wanted.into_iter().take(room)).map_err(|error| error.to_string()).and(fault);
        if let Err(fault) = outcome
            && !std::mem::replace(&mut self.has_failed, true)
        {
            warn(&fault);
        }
    }

    fn add(&mut self, folders: impl Iterator<Item = PathBuf>) -> notify::Result<()> {
        let mut paths = self.watcher.paths_mut();
        let mut outcome = Ok(());
        for folder in folders {
            match paths.add(&folder, self.mode) {
                Ok(()) => _ = self.watched.insert(folder),
                Err(_) if !folder.is_dir() => {}
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        paths.commit().and(outcome)
    }

    /// Stops watching the folders for which `is_it` holds.
    fn leave(&mut self, is_it: impl Fn(&Path) -> bool) {
        let left: Vec<PathBuf> = self.watched.extract_if(|folder| is_it(folder)).collect();
        if left.is_empty() {
            return;
        }
        let mut paths = self.watcher.paths_mut();
        for folder in &left {
            // Fails for a folder that is gone, which the system has stopped watching by itself.
            let _ = paths.remove(folder);
        }
        let _ = paths.commit();
    }

    /// Returns what `changes` amount to, without what git ignores. After [`DiskChanges::Folders`], call [`Watch::cover`] again.
    pub fn sort(&mut self, changes: BTreeSet<DiskChange>) -> DiskChanges {
        let (mut files, mut entries, mut in_folders) = (Vec::new(), HashMap::new(), false);
        for change in changes {
            let DiskChange::At(path) = change else {
                in_folders = true;
                continue;
            };
            let was_folder = self.folders.contains(&path);
            if was_folder {
                // The path may belong to a new folder.
                self.leave(|folder| folder.starts_with(&path));
                self.folders.retain(|folder| !folder.starts_with(&path));
            }
            let is_there = path.symlink_metadata().is_ok();
            let is_ignored = is_there && !is_config(&path) && !is_head(&path) && !is_entry(&path, &mut entries);
            in_folders |= was_folder || path.is_dir() && !is_ignored;
            if is_wanted(&path) && !path.is_dir() && !is_ignored {
                files.push(path);
            }
        }
        if in_folders { DiskChanges::Folders } else { DiskChanges::Files(files) }
    }
}

/// Returns those of `roots` that are in no other.
fn outermost(roots: &[PathBuf]) -> HashSet<PathBuf> {
    let is_inner = |root: &PathBuf| roots.iter().any(|other| other != root && root.starts_with(other));
    roots.iter().filter(|root| root.is_dir() && !is_inner(root)).cloned().collect()
}

fn warn(fault: &str) {
    tracing::warn!(
        "cannot watch the workspace: {fault}; changes to files that are not open may appear only when a document is opened \
         or saved"
    );
}

fn is_config(path: &Path) -> bool {
    FILE_NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name))
}

/// Whether the file at `path` is the one in which git notes each new commit of `HEAD`.
pub fn is_head(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "HEAD") && path.parent().is_some_and(|folder| folder.ends_with(LOGS))
}

fn is_wanted(path: &Path) -> bool {
    files::is_document(path) || is_config(path) || is_yaml(path) || is_head(path)
}

/// Whether a walk of the folder of `path` visits it; `known` caches the content of folders.
fn is_entry(path: &Path, known: &mut HashMap<PathBuf, HashSet<PathBuf>>) -> bool {
    let Some(folder) = path.parent() else { return true };
    known.entry(folder.to_owned()).or_insert_with(|| files::entries(folder)).contains(path)
}

/// Returns the relevant changes in `event`. Reading a file, which this program does often, is not one.
fn of_event(event: Event) -> Vec<DiskChange> {
    if event.need_rescan() {
        return vec![DiskChange::Anywhere];
    }
    let moves = match event.kind {
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => true,
        _ => false,
    };
    let is_wanted = |path: &PathBuf| is_wanted(path) || moves && !path.is_file();
    event.paths.into_iter().filter(is_wanted).map(DiskChange::At).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::Folder;
    use super::*;

    fn folder() -> Folder {
        Folder::new(&[
            ("docs/vip-1.md", "x"),
            ("docs/deep/vip-2.md", "x"),
            (".git/HEAD", "ref: x\n"),
            (".gitignore", "target\nvip-9.md\n"),
            ("target/deep/vip-3.md", "x"),
        ])
    }

    fn watched(watch: &Watch, folder: &Folder) -> Vec<String> {
        let root = folder.path("");
        let inside = watch.folders.iter().filter(|path| path.starts_with(&root));
        let mut found: Vec<_> = inside.map(|path| folder.name(path)).collect();
        found.sort();
        found
    }

    fn sorted(watch: &mut Watch, folder: &Folder, names: &[&str]) -> DiskChanges {
        watch.sort(names.iter().map(|name| DiskChange::At(folder.path(name))).collect())
    }

    fn watch(folder: &Folder) -> Watch {
        let mut watch = Watch::in_mode(RecursiveMode::NonRecursive, |_| ()).expect("a watcher");
        watch.cover(&[folder.path("")]);
        watch
    }

    #[test]
    fn folders_are_watched_but_for_those_that_git_ignores() {
        let folder = folder();
        let mut watch = watch(&folder);
        assert_eq!(watched(&watch, &folder), ["", "docs", "docs/deep"]);
        watch.cover(&[folder.path("docs/deep"), folder.path("none")]);
        assert_eq!(watched(&watch, &folder), ["docs/deep"]);
        assert!(!watch.has_failed);
        assert_eq!(watch.watched, watch.folders);
    }

    #[test]
    fn a_tree_that_is_watched_as_a_whole_is_watched_at_its_top() {
        let folder = folder();
        let (sender, changes) = std::sync::mpsc::channel();
        let mut watch =
            Watch::in_mode(RecursiveMode::Recursive, move |change| _ = sender.send(change)).expect("a watcher");
        watch.cover(&[folder.path("docs"), folder.path(""), folder.path("none")]);
        assert_eq!(watched(&watch, &folder), ["", "docs", "docs/deep"]);
        assert_eq!(watch.watched, HashSet::from([folder.path("")]));
        folder.write("docs/deep/vip-2.md", "y");
        let wanted = DiskChange::At(folder.path("docs/deep/vip-2.md"));
        let told = |changes: &std::sync::mpsc::Receiver<_>| changes.recv_timeout(std::time::Duration::from_secs(10));
        while told(&changes).expect("the change, in time") != wanted {}
        std::fs::rename(folder.path("docs"), folder.path("old")).expect("a folder");
        assert_eq!(sorted(&mut watch, &folder, &["docs", "old"]), DiskChanges::Folders);
        assert_eq!((watched(&watch, &folder), watch.watched.len()), (vec![String::new()], 1));
        watch.cover(&[folder.path("")]);
        assert_eq!(watched(&watch, &folder), ["", "old", "old/deep"]);
        watch.cover(&[]);
        assert_eq!(watch.watched.len(), 0);
    }

    #[test]
    fn files_that_git_ignores_and_files_of_other_kinds_do_not_count() {
        let folder = folder();
        let mut watch = watch(&folder);
        for name in ["docs/vip-9.md", "docs/notes.txt", ".vip-lsp.toml"] {
            folder.write(name, "x");
        }
        let files = |names: &[&str]| DiskChanges::Files(names.iter().map(|name| folder.path(name)).collect());
        let names =
            ["docs/vip-1.md", "docs/gone.md", "docs/vip-9.md", "docs/notes.txt", "docs/gone.txt", ".vip-lsp.toml"];
        let expected = files(&[".vip-lsp.toml", "docs/gone.md", "docs/vip-1.md"]);
        assert_eq!(sorted(&mut watch, &folder, &names), expected);
        assert_eq!(sorted(&mut watch, &folder, &["target", "gone"]), files(&[]));
    }

    #[test]
    fn of_files_in_yaml_only_those_in_use_matter() {
        let all = ["a/kept.yaml", "a/mkdocs.yml", "a/other.yaml", "a/x.md"].map(PathBuf::from);
        let is_sidecar = |path: &Path| path.ends_with("kept.yaml");
        let left = [0, 1, 3].map(|index: usize| all[index].clone()).to_vec();
        assert_eq!(DiskChanges::Files(all.to_vec()).that_matter(is_sidecar), DiskChanges::Files(left));
        assert_eq!(DiskChanges::Folders.that_matter(is_sidecar), DiskChanges::Folders);
    }

    #[test]
    fn a_folder_that_comes_or_goes_concerns_all_that_is_in_it() {
        let folder = folder();
        let mut watch = watch(&folder);
        std::fs::create_dir(folder.path("new")).expect("a folder");
        assert_eq!(sorted(&mut watch, &folder, &["new"]), DiskChanges::Folders);
        std::fs::rename(folder.path("docs"), folder.path("old")).expect("a folder");
        assert_eq!(sorted(&mut watch, &folder, &["docs"]), DiskChanges::Folders);
        assert_eq!(watched(&watch, &folder), [""]);
        watch.cover(&[folder.path("")]);
        assert_eq!(watched(&watch, &folder), ["", "new", "old", "old/deep"]);
        assert_eq!(watch.sort([DiskChange::Anywhere].into()), DiskChanges::Folders);
    }

    #[test]
    fn reading_a_file_is_no_change_and_losing_count_is_one_anywhere() {
        let folder = folder();
        let event = |kind| of_event(Event::new(kind).add_path(folder.path("docs/vip-1.md")));
        assert_eq!(event(EventKind::Access(notify::event::AccessKind::Any)), []);
        assert_eq!(event(EventKind::Any), [DiskChange::At(folder.path("docs/vip-1.md"))]);
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(of_event(lost), [DiskChange::Anywhere]);
        // A change of a folder's content is reported for what is in the folder.
        let touched = |name: &str| of_event(Event::new(EventKind::Modify(ModifyKind::Any)).add_path(folder.path(name)));
        assert_eq!([touched("docs"), touched(".gitignore")], [[], []]);
    }
}
