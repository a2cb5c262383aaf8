//! The template closest to a file that is not a document of its family.

use std::path::{Path, PathBuf};

use super::candidates::Sign;
use super::groups::{Document, Group, Nearness, is_alike};
use super::realm::Realm;
use super::shape::{Mask, Shape};
use super::sketch::{Sketch, shared};

/// One in how many of the template's sections a file must have to be like it.
const MIN_SECTIONS: usize = 3;

/// The template closest to a file, and how far the file is from it.
#[derive(Clone, Debug)]
pub(in crate::workspace) struct Nearest {
    /// The template's file.
    pub(in crate::workspace) template: PathBuf,
    /// The folder of the files with the same shape, and the pattern of their names relative to it.
    pub(in crate::workspace) base: PathBuf,
    pub(in crate::workspace) glob: String,
    /// How many sections and keys the file shares with the template, and how many the template has.
    pub(in crate::workspace) shared: usize,
    pub(in crate::workspace) all: usize,
    /// Whether this similarity is enough, so that only the file's name or place speaks against it.
    pub(in crate::workspace) is_alike: bool,
    /// Whether the file is numbered like the documents of a family of its own, elsewhere than beside the template, and shares
    /// nothing with it.
    pub(in crate::workspace) is_foreign: bool,
}

/// Whether the file has some of the template's sections, if there are any: all pages of a site may have the same front matter.
fn has_sections(file: &Sketch, template: &Sketch) -> bool {
    shared(&template.sections, &file.sections) * MIN_SECTIONS >= template.sections.len()
}

/// Returns the template near `path` that is closest to the file there.
pub(super) fn nearest(realm: &Realm, path: &Path, sketch: &Sketch) -> Option<Nearest> {
    let shape = Shape::of(path, false);
    let group = Group { shape: shape.clone(), documents: vec![Document { path, sketch }] };
    let near = realm.homes.near(&shape.base).into_iter();
    let count = |template: &Sketch| shared(&template.sections, &sketch.sections) + shared(&template.keys, &sketch.keys);
    let rank = |(index, nearness): (usize, Nearness)| {
        let template = &realm.candidates[index];
        let vote = group.vote(index, template, nearness);
        (template.sign <= Sign::Folder).then_some((
            vote.alike,
            count(&template.sketch),
            std::cmp::Reverse(nearness),
            index,
        ))
    };
    let (_, shared, _, index) = near.filter_map(rank).max()?;
    let template = &realm.candidates[index];
    let glob = match &shape.mask {
        Mask::File(_) | Mask::Plain => "*.md".to_owned(),
        Mask::Folder(..) | Mask::PlainFolder => {
            format!("*/{}", path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default())
        }
    };
    let is_numbered = matches!(shape.mask, Mask::File(_) | Mask::Folder(..));
    let is_beside = template.path.parent() == Some(shape.base.as_path());
    Some(Nearest {
        is_foreign: shared == 0 && is_numbered && !is_beside,
        template: realm.root.join(&template.path),
        base: realm.root.join(&shape.base),
        glob,
        shared,
        all: template.size(),
        is_alike: is_alike(sketch, &template.sketch) && has_sections(sketch, &template.sketch),
    })
}
