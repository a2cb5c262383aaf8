//! In which folders the documents of a family are.

use std::path::{Path, PathBuf};

use crate::workspace::families::{Family, is_stage};

/// The innermost folder that has all folders of `family`, where those are several.
pub(super) fn home_of(family: &Family) -> Option<&Path> {
    let (first, others) = family.folders.split_first().filter(|(_, others)| !others.is_empty())?;
    first.ancestors().find(|above| others.iter().all(|other| other.starts_with(above)))
}

/// The folders that a new document of `family` may go to: the one that `near` is in, or that has all the others, or each.
pub(super) fn usual_folders<'a>(family: &'a Family, near: Option<&Path>) -> Vec<&'a Path> {
    let folders: Vec<&Path> = family.folders.iter().map(PathBuf::as_path).collect();
    let holding = folders.iter().filter(|folder| near.is_some_and(|near| near.starts_with(folder)));
    if let Some(nearest) = holding.max_by_key(|folder| folder.components().count()) {
        return vec![nearest];
    }
    // What lies below another is a part of it, and an archive is none for a new one.
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
