//! What can be offered to complete a link: the names in a folder, the headings of a document.

use std::path::Path;

use crate::document::Document;
use crate::syntax::{AnchorKind, fold_space, rendered};

/// The names of the folders and of the files that are wanted in `folder`, in no order; a folder's ends in `/`.
pub(super) fn names_in(folder: &Path, is_wanted: fn(&Path) -> bool) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| shown(&entry.ok()?, is_wanted)).collect()
}

/// The name of `entry`, if it is shown and a folder or a file that is wanted; a folder's ends in `/`.
fn shown(entry: &std::fs::DirEntry, is_wanted: fn(&Path) -> bool) -> Option<String> {
    let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
    match entry.file_type().ok()?.is_dir() {
        true => Some(name + "/"),
        false => is_wanted(Path::new(&name)).then_some(name),
    }
}

/// Whether `file` is an image, by its name.
pub(super) fn is_image(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    IMAGES.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The extensions of images that browsers show.
const IMAGES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"];

/// The headings of `document`, each with its first anchor.
pub(super) fn headings(document: &Document) -> Vec<(String, String)> {
    let headings = document.anchors().iter().filter(|anchor| anchor.kind != AnchorKind::Named);
    let headings = headings.filter_map(|anchor| Some((anchor.names.first()?.clone(), anchor.span)));
    let shown = |span| fold_space(&rendered(&document.text().slice(span)));
    headings.filter(|(name, _)| !name.is_empty()).map(|(name, span)| (name, shown(span))).collect()
}
