//! Why a file is a document of a family, or why not, in words.

use std::path::{Path, PathBuf};

use super::candidates::{Candidate, Sign};
use super::groups::{Document, Group, Nearness, Vote, is_alike};
use super::realm::Realm;
use super::shape::{Mask, Shape};
use super::sketch::{Sketch, shared};

/// How the family with the template `candidate` was recognised.
pub(super) fn family(
    candidate: Option<&Candidate>,
    documents: &[PathBuf],
    votes: Option<&Vec<Vote>>,
    index: usize,
) -> String {
    let Some(candidate) = candidate else {
        return "its documents are named or titled VIP and a number, and the repository has no template for them"
            .to_owned();
    };
    if candidate.sign == Sign::Learnt {
        let count = documents.len();
        let what = if count == 1 { "its one document says how far it is" } else { "its documents are alike" };
        return format!("{what}, and the repository has no template for them");
    }
    let vote = votes.and_then(|votes| votes.iter().find(|vote| vote.candidate == index));
    let place = match vote.map(|vote| vote.nearness) {
        Some(Nearness::Beside) => "beside its documents",
        Some(Nearness::Above) => "above its documents",
        Some(Nearness::Aside) => "in a folder near its documents",
        Some(Nearness::Elsewhere) | None => "in the same repository",
    };
    let share = vote
        .filter(|vote| vote.voters > 0)
        .map(|vote| format!("; {} of {} files there with headings or metadata are like it", vote.alike, vote.voters));
    let alone = if documents.len() == 1 { " (one document)" } else { "" };
    format!("{} and stands {place}{}{alone}", sign(candidate.sign), share.unwrap_or_default())
}

/// Why a file may be a template.
pub(super) fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Name => "the template's name says so",
        Sign::Placeholder => "the template's name has a placeholder in place of a number",
        Sign::Folder => "the template's folder says so",
        Sign::Title => "the template's title says so",
        Sign::Holes => "the template's metadata is not filled in",
        Sign::Learnt => "the documents are alike",
    }
}

/// The template that a file is most like, and by how much it falls short.
#[derive(Clone, Debug)]
pub(in crate::workspace) struct Nearest {
    /// The template's file.
    pub(in crate::workspace) template: PathBuf,
    /// The folder that has the files of the same shape, and the pattern of their names from there.
    pub(in crate::workspace) base: PathBuf,
    pub(in crate::workspace) glob: String,
    /// How many sections and keys it shares with the template, and how many the template has.
    pub(in crate::workspace) shared: usize,
    pub(in crate::workspace) all: usize,
    /// Whether that is enough for the file by itself, so that only its name or place speaks against it.
    pub(in crate::workspace) is_alike: bool,
}

/// The template near `path` that the file there is most like.
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
    Some(Nearest {
        template: realm.root.join(&template.path),
        base: realm.root.join(&shape.base),
        glob,
        shared,
        all: template.size(),
        is_alike: is_alike(sketch, &template.sketch),
    })
}
