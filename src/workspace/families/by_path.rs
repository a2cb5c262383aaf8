//! What the paths of files and folders tell by themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::candidates::may_be_template;
use super::shape::{Mask, Shape, stem};
use super::words::{is_apart, is_governance, is_home};
use crate::workspace::files::{self, is_forge};

/// Some of `paths`, about `count`: those that may be templates by their names, and of each shape in each folder as many.
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

/// The folder that the document at `path` is counted in: its own, or that of its folder, where the folder has the number.
pub(in crate::workspace) fn base(path: &Path) -> PathBuf {
    Shape::of(path, true).base
}

/// The repositories among and around `roots`: themselves, and `nested` ones in them.
pub(in crate::workspace) fn repositories(roots: &[PathBuf], nested: Vec<PathBuf>) -> Vec<PathBuf> {
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
    below.iter().any(|name| is_apart(&name.to_string_lossy().to_lowercase()))
}

/// Whether the file at `path` is about the repository or the folder that it is in, by its name.
pub(in crate::workspace) fn is_of_repository(path: &Path) -> bool {
    is_governance(&stem(path))
}

/// Whether the folder at `path` is for proposals, by its name.
pub(in crate::workspace) fn is_for_documents(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_home(&name.to_string_lossy().to_lowercase()))
}

/// Whether the file at `path` may be a document: in no folder that is set apart, and not about the repository.
pub(super) fn is_document(path: &Path) -> bool {
    let is_page = Shape::of(path, false).mask == Mask::Plain && is_governance(&stem(path));
    !is_page && folder_of(path, |name| is_apart(name) || is_forge(name)).is_none()
}

/// The folder above `path` that is as `is_one` says.
pub(super) fn folder_of(path: &Path, is_one: impl Fn(&str) -> bool) -> Option<&str> {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let mut names = folders.filter_map(|part| part.as_os_str().to_str());
    names.find(|name| is_one(&name.to_lowercase()))
}
