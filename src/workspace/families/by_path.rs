//! What the paths of files and folders say on their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::candidates::may_be_template;
use super::shape::{Mask, Shape, stem};
use super::words::{is_apart, is_governance, is_home};
use crate::workspace::files::{self, is_forge};

/// Returns a sample of about `count` of `paths`: all possible templates by name, and equally many of each shape in each folder.
pub(in crate::workspace) fn sample(paths: &[PathBuf], count: usize) -> Vec<&PathBuf> {
    let mut groups: BTreeMap<Shape, Vec<&PathBuf>> = BTreeMap::new();
    let (mut sample, documents): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| may_be_template(path));
    for path in documents {
        groups.entry(Shape::of(path, false)).or_default().push(path);
    }
    let each = (count / groups.len().max(1)).clamp(1, 16);
    for group in groups.values() {
        sample.extend(group.iter().step_by(group.len().div_ceil(each).max(1)));
    }
    sample
}

/// Returns the folder that the document at `path` counts in: its own, or the parent of its folder if the folder has the number.
pub(in crate::workspace) fn base(path: &Path) -> PathBuf {
    Shape::of(path, true).base
}

/// Returns the repositories at and below `roots`: the roots themselves and the `nested` ones below them.
pub(in crate::workspace) fn repositories(roots: &[PathBuf], nested: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = roots.iter().cloned().chain(nested).collect();
    all.sort();
    all.dedup();
    all.retain(|path| files::root_of(path, roots).is_some());
    all
}

/// Whether `folder` is or is in a folder that the repository at `root` sets apart, for test data for example. Such a folder is
/// only looked at on its own.
pub fn is_set_apart(folder: &Path, root: &Path) -> bool {
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    below.iter().any(|name| is_apart(&name.to_string_lossy().to_lowercase()))
}

/// Whether the file at `path`, judged by its name, is about the repository or the folder that it is in.
pub(in crate::workspace) fn is_of_repository(path: &Path) -> bool {
    is_governance(&stem(path))
}

/// Whether the folder at `path` is for proposals, by its name.
pub(in crate::workspace) fn is_for_documents(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_home(&name.to_string_lossy().to_lowercase()))
}

/// Whether the file at `path` may be a document: it is in no folder that is set apart, and is not about the repository.
pub(super) fn is_document(path: &Path) -> bool {
    let is_page = Shape::of(path, false).mask == Mask::Plain && is_governance(&stem(path));
    !is_page && folder_of(path, |name| is_apart(name) || is_forge(name)).is_none()
}

/// Returns the name of the outermost folder above `path` for which `is_one` holds.
pub(super) fn folder_of(path: &Path, is_one: impl Fn(&str) -> bool) -> Option<&str> {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let mut names = folders.filter_map(|part| part.as_os_str().to_str());
    names.find(|name| is_one(&name.to_lowercase()))
}
