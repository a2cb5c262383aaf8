//! Families: a template and the documents that follow it, found from what the workspace's Markdown files look like.
//!
//! **Architecture invariant:** no repository, prefix or path is known here but the built-in family's. What decides is how files
//! are named, where they lie, and which headings and keys they share.

mod candidates;
mod claims;
mod explain;
mod family;
mod groups;
mod learnt;
mod realm;
mod shape;
mod sketch;
mod strays;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files;
use realm::Realm;

pub(super) use candidates::may_be_template;
pub(super) use explain::Nearest;
pub use family::{Family, FamilyKind};
pub(super) use family::{NumberedName, are_dates, is_record_page};
pub(super) use learnt::Learnt;
pub(super) use realm::{BUILT_IN_PREFIX, Membership, Standing, Unused};
pub(super) use sketch::Sketch;
pub(super) use words::is_stage;

/// The families of a workspace.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The repositories, the inner ones before those that hold them: a family does not reach across.
    realms: Vec<Realm>,
}

impl Families {
    /// Finds the families among `files`, which lie in the repositories at `roots`. What a few files share says nothing of the
    /// rest: those without a template are found where `is_whole` says that there are no others.
    pub(super) fn find(files: &BTreeMap<PathBuf, Arc<Sketch>>, roots: &[PathBuf], is_whole: bool) -> Families {
        let mut roots: Vec<&PathBuf> = roots.iter().collect();
        roots.sort_by_key(|root| std::cmp::Reverse(root.components().count()));
        roots.dedup();
        let mut own: Vec<BTreeMap<&Path, &Arc<Sketch>>> = roots.iter().map(|_| BTreeMap::new()).collect();
        for (path, sketch) in files {
            let place = roots.iter().enumerate().find_map(|(at, root)| Some((at, path.strip_prefix(root).ok()?)));
            if let Some((at, relative)) = place {
                own[at].insert(relative, sketch);
            }
        }
        let realms = roots.into_iter().zip(own);
        Families { realms: realms.map(|(root, files)| Realm::of(root.clone(), &files, is_whole)).collect() }
    }

    /// What the file at `path` is. `sketch` is asked for where the file was not there when the families were found.
    pub(super) fn standing(&self, path: &Path, sketch: impl FnOnce() -> Arc<Sketch>) -> Standing {
        match self.realm(path) {
            Some((realm, path)) => realm.standing(path, sketch),
            None => Standing::Other,
        }
    }

    /// The template that the file at `path`, which looks like `sketch`, is most like among those near it, though it is no document
    /// of its family.
    pub(super) fn nearest(&self, path: &Path, sketch: &Sketch) -> Option<Nearest> {
        let (realm, path) = self.realm(path)?;
        explain::nearest(realm, path, sketch)
    }

    /// Why the file at `path` can be no document, or is taken for a template, by its name or place.
    pub(super) fn place_reason(&self, path: &Path) -> Option<String> {
        let (realm, path) = self.realm(path)?;
        realm.place_reason(path)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Family>> {
        self.realms.iter().flat_map(|realm| &realm.families)
    }

    /// The folders of templates that are for documents elsewhere.
    pub(super) fn template_folders(&self) -> Vec<PathBuf> {
        self.realms.iter().flat_map(Realm::template_folders).collect()
    }

    /// The folder with the most documents that have numbers and follow no template, if any has two.
    pub(super) fn unclaimed_folder(&self) -> Option<PathBuf> {
        let found = self.realms.iter().filter_map(Realm::unclaimed_folder);
        found.max_by_key(|(count, _)| *count).map(|(_, folder)| folder)
    }

    /// The templates that no document follows yet, each with the folder that it is for.
    pub(super) fn unused(&self) -> Vec<Unused> {
        self.realms.iter().rev().flat_map(Realm::unused).collect()
    }

    /// The family that a page at `path`, which is no document of one, most likely speaks of.
    pub(super) fn around(&self, path: &Path) -> Option<Arc<Family>> {
        let (realm, path) = self.realm(path)?;
        realm.around(path)
    }

    /// Whether the file at `path` is or may be a template.
    pub(super) fn has_template(&self, path: &Path) -> bool {
        self.realm(path).is_some_and(|(realm, path)| realm.is_template(path))
    }

    /// What the file at `path` was found to be: the family that it is of, or that it is a template.
    pub(super) fn membership(&self, path: &Path) -> Option<Membership<'_>> {
        let (realm, path) = self.realm(path)?;
        realm.membership(path)
    }

    /// The repository that has `path`, and the path in it.
    fn realm<'a>(&self, path: &'a Path) -> Option<(&Realm, &'a Path)> {
        self.realms.iter().find_map(|realm| Some((realm, path.strip_prefix(&realm.root).ok()?)))
    }
}

/// Some of `paths`, about `count`: those that may be templates by their names, and of each shape in each folder as many.
pub(super) fn sample(paths: &[PathBuf], count: usize) -> Vec<&PathBuf> {
    let mut groups: BTreeMap<shape::Shape, Vec<&PathBuf>> = BTreeMap::new();
    let (mut sample, documents): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| may_be_template(path));
    for path in documents {
        groups.entry(shape::Shape::of(path, false)).or_default().push(path);
    }
    let each = (count / groups.len().max(1)).clamp(1, 16);
    for group in groups.values() {
        sample.extend(group.iter().step_by(group.len().div_ceil(each).max(1)));
    }
    sample
}

/// The folder that the document at `path` is counted in: its own, or that of its folder, where the folder has the number.
pub(super) fn base(path: &Path) -> PathBuf {
    shape::Shape::of(path, true).base
}

/// The repositories among and around `roots`: themselves, and `nested` ones in them.
pub(super) fn repositories(roots: &[PathBuf], nested: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = roots.iter().cloned().chain(nested).collect();
    all.sort();
    all.dedup();
    all.retain(|path| files::root_of(path, roots).is_some());
    all
}

/// Whether `folder` is one that the repository at `root` sets apart, for test data or the like, or in one: nothing there is
/// looked at but by itself.
pub fn is_set_apart(folder: &Path, root: &Path) -> bool {
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    below.iter().any(|name| words::is_apart(&name.to_string_lossy().to_lowercase()))
}

/// Whether the file at `path` is about the repository or the folder that it is in, by its name.
pub(super) fn is_of_repository(path: &Path) -> bool {
    words::is_governance(&shape::stem(path))
}

/// Whether the folder at `path` is for proposals, by its name.
pub(super) fn is_for_documents(path: &Path) -> bool {
    path.file_name().is_some_and(|name| words::is_home(&name.to_string_lossy().to_lowercase()))
}

#[cfg(test)]
mod tests;
