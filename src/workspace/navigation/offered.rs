//! Completions for links: the names in a folder, and the headings of a document.

use std::ffi::OsString;
use std::path::Path;

use crate::document::Document;
use crate::syntax::{AnchorKind, fold_space, rendered};
use crate::workspace::files::{self, Found, Roots};

/// Returns the names of the folders in `folder`, and of the files for which `is_wanted` holds, in no particular order. Those of
/// folders end in `/`.
pub(in crate::workspace) fn names_in(folder: &Path, roots: &Roots, is_wanted: fn(&Path) -> bool) -> Vec<String> {
    files::entries_of(folder, roots).into_iter().filter_map(|(name, found)| shown(name, found, is_wanted)).collect()
}

/// Returns the `name` of what is `found`, unless it is hidden or an unwanted file. The name of a folder ends in `/`.
fn shown(name: OsString, found: Found, is_wanted: fn(&Path) -> bool) -> Option<String> {
    let name = name.into_string().ok().filter(|name| !name.starts_with('.'))?;
    match found == Found::Folder {
        true => Some(name + "/"),
        false => is_wanted(Path::new(&name)).then_some(name),
    }
}

/// Whether `file` is an image, by its name.
pub(in crate::workspace) fn is_image(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    IMAGES.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The extensions of images that browsers can show.
const IMAGES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"];

/// Returns the headings of `document`, each with its first anchor.
pub(in crate::workspace) fn headings(document: &Document) -> Vec<(String, String)> {
    let headings = document.anchors().iter().filter(|anchor| anchor.kind != AnchorKind::Named);
    let headings = headings.filter_map(|anchor| Some((anchor.names.first()?.clone(), anchor.span)));
    let shown = |span| fold_space(&rendered(&document.text().slice(span)));
    headings.filter(|(name, _)| !name.is_empty()).map(|(name, span)| (name, shown(span))).collect()
}
