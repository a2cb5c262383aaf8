//! The folders of a family's documents.

use std::path::{Path, PathBuf};

use crate::workspace::families::{Family, is_stage};

/// Returns the innermost folder that contains all folders of `family`, if there are several.
pub(super) fn home_of(family: &Family) -> Option<&Path> {
    let (first, others) = family.folders.split_first().filter(|(_, others)| !others.is_empty())?;
    first.ancestors().find(|above| others.iter().all(|other| other.starts_with(above)))
}

/// Returns the folders that a new document of `family` may go to: the one that `near` is in, or else the one that contains all
/// others, or else all of them.
pub(super) fn usual_folders<'a>(family: &'a Family, near: Option<&Path>) -> Vec<&'a Path> {
    let folders: Vec<&Path> = family.folders.iter().map(PathBuf::as_path).collect();
    let holding = folders.iter().filter(|folder| near.is_some_and(|near| near.starts_with(folder)));
    if let Some(nearest) = holding.max_by_key(|folder| folder.components().count()) {
        return vec![nearest];
    }
    // A folder below another is a part of it, and an archive is no place for a new document.
    let has_others = |first: &&&Path| {
        let is_only = folders.len() == 1 || !is_archive(first);
        is_only && folders.iter().all(|folder| folder.starts_with(first) || is_archive(folder))
    };
    match folders.iter().find(has_others) {
        Some(first) => vec![first],
        None => folders,
    }
}

fn is_archive(folder: &Path) -> bool {
    folder.file_name().and_then(|name| name.to_str()).is_some_and(|name| is_stage(&name.to_lowercase()))
}
