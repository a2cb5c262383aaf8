//! The families of a workspace by repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::family::Family;
use super::nearest::{self, Nearest};
use super::realm::Realm;
use super::sketch::Sketch;
use super::standing::{Membership, Standing, Unused};

/// The families of a workspace.
#[derive(Debug, Default)]
pub(in crate::workspace) struct Families {
    /// The repositories, inner ones before those that contain them: a family does not extend across repositories.
    realms: Vec<Realm>,
}

impl Families {
    /// Finds the families among `files`, which are in the repositories at `roots`. Families without a template are found only if
    /// `is_whole` says that `files` are all files: what a few have in common says nothing about the rest.
    pub(in crate::workspace) fn find(
        files: &BTreeMap<PathBuf, Arc<Sketch>>,
        roots: &[PathBuf],
        is_whole: bool,
    ) -> Families {
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

    /// Returns what the file at `path` is. `sketch` is called if the file was not known when the families were found.
    pub(in crate::workspace) fn standing(&self, path: &Path, sketch: impl FnOnce() -> Arc<Sketch>) -> Standing {
        match self.realm(path) {
            Some((realm, path)) => realm.standing(path, sketch),
            None => Standing::Other,
        }
    }

    /// Returns the template near the file at `path` that is closest to its `sketch`, though the file is not a document of its
    /// family.
    pub(in crate::workspace) fn nearest(&self, path: &Path, sketch: &Sketch) -> Option<Nearest> {
        let (realm, path) = self.realm(path)?;
        nearest::nearest(realm, path, sketch)
    }

    /// Returns why the file at `path` cannot be a document or is taken for a template, judging by its name or place.
    pub(in crate::workspace) fn place_reason(&self, path: &Path) -> Option<String> {
        let (realm, path) = self.realm(path)?;
        realm.place_reason(path)
    }

    /// Returns all families.
    pub(in crate::workspace) fn iter(&self) -> impl Iterator<Item = &Arc<Family>> {
        self.realms.iter().flat_map(|realm| &realm.families)
    }

    /// Returns the folders of templates that are for documents elsewhere.
    pub(in crate::workspace) fn template_folders(&self) -> Vec<PathBuf> {
        self.realms.iter().flat_map(Realm::template_folders).collect()
    }

    /// Returns the folder with the most numbered documents without a template, if any has at least two.
    pub(in crate::workspace) fn unclaimed_folder(&self) -> Option<PathBuf> {
        let found = self.realms.iter().filter_map(Realm::unclaimed_folder);
        found.max_by_key(|(count, _)| *count).map(|(_, folder)| folder)
    }

    /// Returns the templates that no document follows yet, each with the folder that it applies to.
    pub(in crate::workspace) fn unused(&self) -> Vec<Unused> {
        self.realms.iter().rev().flat_map(Realm::unused).collect()
    }

    /// Returns the family that a page at `path`, which belongs to no family, is most likely about.
    pub(in crate::workspace) fn around(&self, path: &Path) -> Option<Arc<Family>> {
        let (realm, path) = self.realm(path)?;
        realm.around(path)
    }

    /// Whether the file at `path` is or may be a template.
    pub(in crate::workspace) fn has_template(&self, path: &Path) -> bool {
        self.realm(path).is_some_and(|(realm, path)| realm.is_template(path))
    }

    /// Returns what the file at `path` was found to be: a document of a family, or a template.
    pub(in crate::workspace) fn membership(&self, path: &Path) -> Option<Membership<'_>> {
        let (realm, path) = self.realm(path)?;
        realm.membership(path)
    }

    /// Returns the repository that contains `path`, and the path within it.
    fn realm<'a>(&self, path: &'a Path) -> Option<(&Realm, &'a Path)> {
        self.realms.iter().find_map(|realm| Some((realm, path.strip_prefix(&realm.root).ok()?)))
    }
}
