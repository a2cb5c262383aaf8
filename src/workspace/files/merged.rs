//! How folders would be after a merge: what other revisions change stands in for what is on the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::lines;
use super::names::{FILE_NAMES, is_document, is_site};
use super::overlay::{Overlay, StandIn};
use crate::door;
use crate::git::{Difference, Fault, Id, Repository, What};
use crate::letters::{shown, shown_path};
use crate::syntax::MAX_BYTES;

/// The maximum length in bytes of a file that is compared with the one in git. A longer file counts as changed.
const MAX_LENGTH: usize = 64 * 1024 * 1024;

/// How many lines are merged at most for one file, and for all together. Beyond that, both sides count as changing the same lines.
const MAX_LINES: usize = 20_000;
const MAX_ALL_LINES: usize = 200_000;

/// Returns what stands in for the files below `roots` once `revisions` are merged, one after another, into what is there now; and
/// where they conflict with that, as sentences.
///
/// # Errors
///
/// When a root is in no repository, has no such revision or no commit in common with it, or git's data cannot be read.
pub fn merged(roots: &[PathBuf], revisions: &[String]) -> Result<(Overlay, BTreeSet<String>), Fault> {
    let (mut files, mut conflicts) = (BTreeMap::new(), BTreeSet::new());
    for root in roots {
        let mut merge = Merge::at(root)?;
        revisions.iter().try_for_each(|revision| merge.take(revision))?;
        let Merge { below, files: own, conflicts: found, .. } = merge;
        let within = |(path, file): (PathBuf, StandIn)| Some((root.join(path.strip_prefix(&below).ok()?), file));
        files.extend(own.into_iter().filter_map(within));
        conflicts.extend(found);
    }
    Ok((Overlay::of(files, roots), conflicts))
}

/// A merge into a worktree. Paths are from its top.
struct Merge {
    repository: Repository,
    top: PathBuf,
    /// The path of the root.
    below: PathBuf,
    head: Id,
    /// The revisions that were merged so far.
    taken: Vec<Id>,
    /// What they changed.
    files: BTreeMap<PathBuf, StandIn>,
    /// For each file that they moved: where it is now.
    moved: HashMap<PathBuf, PathBuf>,
    conflicts: BTreeSet<String>,
    /// How many lines may still be merged.
    patience: usize,
}

/// A revision on its way in.
struct Step<'a> {
    revision: &'a str,
    /// The tree of the merge base.
    base: Id,
    /// For each file that was moved since the merge base: where it is now.
    moved: HashMap<PathBuf, PathBuf>,
    /// What it changes.
    files: BTreeMap<PathBuf, StandIn>,
}

/// What there is now at a path.
enum Ours {
    Nothing,
    Content(Vec<u8>),
    /// A link, a folder, or a file that cannot be read.
    Other,
}

impl Merge {
    fn at(root: &Path) -> Result<Merge, Fault> {
        let repository = Repository::of(root)?;
        let real = root.canonicalize().map_err(|_| Fault::NoRepository(root.to_owned()))?;
        let top = repository.worktree().filter(|top| real.starts_with(top)).map(Path::to_owned);
        let top = top.ok_or_else(|| Fault::Unsupported(format!("{} is one without files", shown_path(root))))?;
        let below = real.strip_prefix(&top).unwrap_or(&real).to_owned();
        let head = repository.revision("HEAD")?;
        let (taken, files, moved, conflicts) = Default::default();
        Ok(Merge { repository, top, below, head, taken, files, moved, conflicts, patience: MAX_ALL_LINES })
    }

    /// Merges `revision`.
    fn take(&mut self, revision: &str) -> Result<(), Fault> {
        let theirs = self.repository.revision(revision)?;
        let base = self.base(revision, theirs)?;
        if base == theirs {
            return Ok(());
        }
        let mut step = Step {
            revision,
            base: self.repository.commit(base)?.tree,
            moved: self.moved_since(base)?,
            files: BTreeMap::new(),
        };
        let Difference { files, leads } = self.repository.changes(base, theirs)?;
        for (path, what) in files {
            if let Some(path) = path_of(&path) {
                self.change(&mut step, path, what)?;
            }
        }
        for path in leads.iter().filter_map(|path| path_of(path)) {
            if matches!(self.ours(&path), Ours::Nothing) {
                step.files.insert(path, StandIn::Lead);
            }
        }
        self.files.extend(step.files);
        self.taken.push(theirs);
        Ok(())
    }

    /// Returns the merge base of the commit `theirs` and what was merged so far: the nearest one.
    fn base(&self, revision: &str, theirs: Id) -> Result<Id, Fault> {
        let mut nearest: Option<Id> = None;
        for own in [self.head].iter().chain(&self.taken) {
            let Some(base) = self.repository.merge_base(*own, theirs)? else { continue };
            if nearest.is_none_or(|nearest| self.repository.is_before(nearest, base)) {
                nearest = Some(base);
            }
        }
        let is_shallow = self.repository.is_shallow();
        nearest.ok_or_else(|| Fault::Unrelated { revision: revision.to_owned(), is_shallow })
    }

    /// Returns where the files that were moved since the commit `base` are now.
    fn moved_since(&self, base: Id) -> Result<HashMap<PathBuf, PathBuf>, Fault> {
        let changes = self.repository.changes(base, self.head)?.files;
        let moved = changes.into_iter().filter_map(|(path, what)| match what {
            What::Moved(from, _) => Some((path_of(&from)?, path_of(&path)?)),
            _ => None,
        });
        let mut moved: HashMap<PathBuf, PathBuf> = moved.collect();
        for to in moved.values_mut() {
            if let Some(further) = self.moved.get(to) {
                to.clone_from(further);
            }
        }
        for (from, to) in &self.moved {
            moved.entry(from.clone()).or_insert_with(|| to.clone());
        }
        Ok(moved)
    }

    /// Makes the change `what` of the revision in `step` to the file at `path`.
    fn change(&mut self, step: &mut Step<'_>, path: PathBuf, what: What) -> Result<(), Fault> {
        match what {
            What::Added(id) => match self.ours(&path) {
                Ours::Nothing => _ = step.files.insert(path.clone(), self.stand_in(&path, id)?),
                Ours::Content(own) if self.repository.is_blob(id, &own) => {}
                _ => self.conflict(&path, step.revision, "adds it, too"),
            },
            What::Changed(id) => {
                let now = step.moved.get(&path).unwrap_or(&path).clone();
                if let Some(file) = self.brought_together(step, (&path, &now), id, "changes it")? {
                    step.files.insert(now, file);
                }
            }
            What::Removed => {
                let now = step.moved.get(&path).unwrap_or(&path).clone();
                let old = self.repository.entry(step.base, &path)?;
                match self.ours(&now) {
                    Ours::Nothing => {}
                    Ours::Content(own)
                        if now == path && old.is_some_and(|old| self.repository.is_blob(old.id, &own)) =>
                    {
                        step.files.entry(path).or_insert(StandIn::Gone);
                    }
                    _ => self.conflict(&now, step.revision, "removes it"),
                }
            }
            What::Moved(from, id) => {
                if let Some(from) = path_of(&from) {
                    self.move_file(step, from, path, id)?;
                }
            }
        }
        Ok(())
    }

    /// Moves the file at `from` to `to`, where the revision in `step` has the content `id`.
    fn move_file(&mut self, step: &mut Step<'_>, from: PathBuf, to: PathBuf, id: Id) -> Result<(), Fault> {
        let now = step.moved.get(&from).unwrap_or(&from).clone();
        let is_free = now == to || matches!(self.ours(&to), Ours::Nothing);
        if !is_free || now != from && now != to {
            self.conflict(&now, step.revision, &format!("moves it to {}", shown_path(&to)));
            return Ok(());
        }
        let what = format!("moves it to {}", shown_path(&to));
        let Some(file) = self.brought_together(step, (&from, &now), id, &what)? else {
            // It is as it should be, but for its place.
            if let (true, Ours::Content(own)) = (now != to, self.ours(&now)) {
                step.files.insert(to.clone(), text_of(own));
                self.is_moved(step, from, to);
            }
            return Ok(());
        };
        step.files.insert(to.clone(), file);
        if now != to {
            self.is_moved(step, from, to);
        }
        Ok(())
    }

    fn is_moved(&mut self, step: &mut Step<'_>, from: PathBuf, to: PathBuf) {
        step.files.entry(from.clone()).or_insert(StandIn::Gone);
        self.moved.insert(from, to);
    }

    /// Returns the file that was at `path` in the merge base and is now at `now`, with what the revision in `step` changes, which has
    /// the content `id`. `None` if that is nothing new, or what it does, as `what` says, conflicts.
    fn brought_together(
        &mut self,
        step: &Step<'_>,
        (path, now): (&Path, &Path),
        id: Id,
        what: &str,
    ) -> Result<Option<StandIn>, Fault> {
        let own = match self.ours(now) {
            Ours::Content(own) => own,
            Ours::Nothing => {
                self.conflict(now, step.revision, what);
                return Ok(None);
            }
            Ours::Other => return Ok(None),
        };
        if self.repository.is_blob(id, &own) {
            return Ok(None);
        }
        let Some(old) = self.repository.entry(step.base, path)? else { return Ok(None) };
        if self.repository.is_blob(old.id, &own) {
            return self.stand_in(now, id).map(Some);
        }
        if !is_read(now) {
            return Ok(None);
        }
        let old = self.stand_in(now, old.id)?;
        let (StandIn::Text(old), StandIn::Text(theirs), StandIn::Text(own)) =
            (old, self.stand_in(now, id)?, text_of(own))
        else {
            self.conflict(now, step.revision, what);
            return Ok(None);
        };
        Ok(self.merged_text(now, step.revision, [&old, &own, &theirs]).map(StandIn::Text))
    }

    /// Returns what becomes of the text of the file at `path`, and notes conflicts with `revision`.
    fn merged_text(&mut self, path: &Path, revision: &str, [old, own, theirs]: [&str; 3]) -> Option<String> {
        // Git may check out other line endings than it stores.
        let unified = |text: &str| if old.contains("\r\n") { text.to_owned() } else { text.replace("\r\n", "\n") };
        let (own, theirs) = (unified(own), unified(theirs));
        let count: usize = [old, &own, &theirs].iter().map(|text| text.matches('\n').count()).sum();
        let left = self.patience.checked_sub(count).filter(|_| count <= MAX_LINES);
        let Some(left) = left else {
            self.conflict(path, revision, "changes it");
            return None;
        };
        self.patience = left;
        let merged = lines::merged(old, &own, &theirs);
        let (path, revision) = (shown_path(path), shown(revision));
        for line in merged.kept {
            let fault = format!("{path}:{line}: conflicts with \"{revision}\": both change these lines");
            self.conflicts.insert(format!("{fault}; it is judged with those that are here"));
        }
        for line in merged.both {
            let fault = format!("{path}:{line}: conflicts with \"{revision}\": both add lines here");
            self.conflicts.insert(format!("{fault}; it is judged with both"));
        }
        Some(merged.text)
    }

    /// Returns the file with the content `id` for `path`. Of a file that is never read, the content does not matter.
    fn stand_in(&self, path: &Path, id: Id) -> Result<StandIn, Fault> {
        if !is_read(path) {
            return Ok(StandIn::Unread("not a document".to_owned()));
        }
        match self.repository.blob(id, MAX_BYTES) {
            Ok(content) => Ok(text_of(content)),
            Err(fault @ Fault::TooMuch(_)) => Ok(StandIn::Unread(fault.to_string())),
            Err(fault) => Err(fault),
        }
    }

    /// Returns what there is now at `path`.
    fn ours(&self, path: &Path) -> Ours {
        match self.files.get(path) {
            Some(StandIn::Text(text)) => return Ours::Content(text.clone().into_bytes()),
            Some(StandIn::Gone) => return Ours::Nothing,
            Some(StandIn::Unread(_) | StandIn::Lead) => return Ours::Other,
            None => {}
        }
        match door::bytes_in(&self.top, path, MAX_LENGTH) {
            Ok(content) => Ours::Content(content),
            Err(_) if self.top.join(path).symlink_metadata().is_err() => Ours::Nothing,
            Err(_) => Ours::Other,
        }
    }

    fn conflict(&mut self, path: &Path, revision: &str, what: &str) {
        let (path, revision) = (shown_path(path), shown(revision));
        self.conflicts
            .insert(format!("{path}: conflicts with \"{revision}\", which {what}; it is judged as it is here"));
    }
}

/// Whether the content of the file at `path` matters for a check.
fn is_read(path: &Path) -> bool {
    let is_config = || path.file_name().is_some_and(|name| FILE_NAMES.iter().any(|config| name == *config));
    is_document(path) || is_site(path) || is_config()
}

fn text_of(content: Vec<u8>) -> StandIn {
    match String::from_utf8(content) {
        Ok(text) => StandIn::Text(text),
        Err(_) => StandIn::Unread("not valid UTF-8".to_owned()),
    }
}

/// Returns the path of a file in a tree; `None` if it is not text.
fn path_of(path: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(path).ok().map(PathBuf::from)
}
