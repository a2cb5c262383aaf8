//! Families without a template: documents that resemble each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::candidates::{Candidate, Names, Sign};
use super::groups::{Document, groups};
use super::naming::is_record_page;
use super::shape::{Mask, SUBJECT};
use super::sketch::{Name, Sketch, folded_name};
use super::strays::is_language;
use super::words::{is_kind, is_page, is_record, is_stage, words};
use crate::terms::{self, Meaning};

/// The share of the documents, in percent, that must have something for it to count as common.
const MOST: usize = 60;

/// The minimum number of documents in a folder whose name does not say that it has any.
const MANY: usize = 5;

/// The minimum number of documents without a number in their names.
const SOME: usize = 3;

/// Returns what the documents without a template have in common, as a template for each mask in each folder.
pub(super) fn candidates(documents: &[Document<'_>]) -> Vec<Candidate> {
    let paths: HashSet<&Path> = documents.iter().map(|document| document.path).collect();
    let is_own = |document: &Document<'_>| !is_of_record(document.path) && !is_translation(document.path, &paths);
    let mut found: BTreeMap<(PathBuf, Mask), Vec<Document<'_>>> = BTreeMap::new();
    for group in groups(documents).into_iter().filter(|group| may_be_documents(&group.shape.mask)) {
        let own = group.documents.into_iter().filter(is_own);
        found.entry((home(&group.shape.base), group.shape.mask)).or_default().extend(own);
    }
    found.into_iter().filter_map(|((home, mask), documents)| candidate(home, mask, &documents)).collect()
}

/// Whether files with this mask may be documents, rather than accompany some.
fn may_be_documents(mask: &Mask) -> bool {
    match mask {
        Mask::File(_) | Mask::Plain => true,
        Mask::Folder(_, stem) => stem == SUBJECT || is_page(stem),
        Mask::PlainFolder => false,
    }
}

/// Whether the file at `path` is a translation of another one of `paths`: `0001-cache.de.md` beside `0001-cache.md`.
fn is_translation(path: &Path, paths: &HashSet<&Path>) -> bool {
    let original = || {
        let stem = Path::new(path.file_stem()?);
        let name = Path::new(stem.file_stem()?).with_extension(path.extension()?);
        is_language(stem.extension()?.to_str()?).then(|| path.with_file_name(name))
    };
    original().is_some_and(|original| paths.contains(original.as_path()))
}

/// Whether the page at `path` records a meeting, a release or the like. A date alone does not say so: decisions have dates, too.
fn is_of_record(path: &Path) -> bool {
    let parts = path.iter().rev().take(2).flat_map(|part| words(&part.to_string_lossy()));
    is_record_page(path) && parts.into_iter().any(|word| is_record(&word))
}

/// Returns the home of the documents in `base`: the folder above any folders for years and stages.
fn home(base: &Path) -> PathBuf {
    let is_inner = |folder: &&Path| {
        let name = folder.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        is_stage(&name) || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
    };
    base.ancestors().find(|folder| !is_inner(folder)).unwrap_or(base).to_owned()
}

/// Returns what `documents` in and below `home` have in common as a template for them, if it is enough for a family.
fn candidate(home: PathBuf, mask: Mask, documents: &[Document<'_>]) -> Option<Candidate> {
    let voters: Vec<&Sketch> = documents.iter().map(|document| document.sketch).filter(|one| !one.is_bare()).collect();
    let count = voters.len();
    let sections = shared(voters.iter().map(|sketch| &*sketch.sections), count);
    let keys = shared(voters.iter().map(|sketch| &*sketch.keys), count);
    let stated = voters.iter().filter(|sketch| sketch.has_state).count();
    let with_status = voters.iter().filter(|sketch| sketch.has_status).count();
    let is_over = |percent: usize| stated * 100 >= count * percent;
    let by_folder =
        home.iter().rev().take(2).flat_map(|part| words(&part.to_string_lossy())).any(|word| is_kind(&word));
    // Nobody works on documents that are put away.
    let is_aside = home.iter().any(|part| is_stage(&part.to_string_lossy().to_lowercase()));
    let are_decisions = || decides(&sections) && with_status * 5 >= count * 4 && !is_aside;
    let is_family = match by_folder || is_kind(mask.prefix()) {
        _ if sections.len() < 2 => false,
        // Names without a number are no evidence.
        _ if mask == Mask::Plain => by_folder && count >= SOME && are_decisions(),
        true if count == 1 => stated == 1,
        true => count > 1 && (is_over(50) || sections.len() > 2 && count > 2),
        false => count >= MANY && are_decisions(),
    };
    let in_folder = match &mask {
        Mask::Folder(_, stem) if stem != SUBJECT => Some(stem.clone()),
        _ => None,
    };
    is_family.then(|| Candidate {
        path: home.clone(),
        sketch: Arc::new(Sketch { sections, keys, ..Sketch::default() }),
        sign: Sign::Learnt,
        home,
        names: match mask {
            Mask::Plain => Names::default(),
            _ => Names { prefix: Some(mask.prefix().to_owned()), digits: Some(1), in_folder },
        },
        words: Vec::new(),
    })
}

/// Whether one of `sections` is for a decision.
fn decides(sections: &[Name]) -> bool {
    terms::words(Meaning::Decision).iter().any(|section| sections.contains(&folded_name(section)))
}

/// Returns the names that most of `all` have, in order; `count` is the length of `all`.
fn shared<'a>(all: impl Iterator<Item = &'a [Name]>, count: usize) -> Box<[Name]> {
    let mut counts: HashMap<Name, usize> = HashMap::new();
    for name in all.flatten() {
        *counts.entry(*name).or_default() += 1;
    }
    let mut names: Vec<Name> =
        counts.into_iter().filter(|(_, own)| own * 100 >= count * MOST).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.into()
}

/// Returns a number that changes with the content of `candidate`.
pub(super) fn consensus(candidate: &Candidate) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&candidate.sketch.sections, &candidate.sketch.keys).hash(&mut hasher);
    hasher.finish()
}

/// Returns a number that changes with what the documents `among` look like.
pub(super) fn revision<'a>(among: impl Iterator<Item = (&'a Path, Option<&'a Sketch>)>) -> u64 {
    let mut hasher = DefaultHasher::new();
    among.for_each(|one| one.hash(&mut hasher));
    hasher.finish()
}
