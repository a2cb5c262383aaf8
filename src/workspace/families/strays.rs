//! Files among numbered documents that are not documents themselves.

use std::collections::HashSet;
use std::path::Path;

use super::candidates::Candidate;
use super::groups::{Document, Group, LARGE, Vote, is_titled};
use super::naming::are_dates;
use super::shape::{Mask, Numbered, folder_name, stem};
use super::sketch::{Sketch, shared};
use super::words::{is_governance, is_record};

/// Returns those of `group` that repeat the number of another and have a subject, if most have none: `p0029-decision.md` beside
/// `p0029.md`.
pub(super) fn companions<'a>(group: &Group<'a>) -> HashSet<&'a Path> {
    let numbered = |document: &Document<'a>| {
        let stem = stem(document.path);
        let own = Numbered::of(&stem)?;
        Some((document.path, stem[own.digits].to_owned(), own.subject.is_empty()))
    };
    let all: Vec<_> = group.documents.iter().filter_map(numbered).collect();
    let bare: HashSet<&str> =
        all.iter().filter(|(.., is_bare)| *is_bare).map(|(_, digits, _)| digits.as_str()).collect();
    if bare.len() * 2 <= all.len() {
        return HashSet::new();
    }
    let is_second = |(_, digits, is_bare): &&(&Path, String, bool)| !is_bare && bare.contains(digits.as_str());
    all.iter().filter(is_second).map(|(path, ..)| *path).collect()
}

/// Returns those of `group` that are translations of others in it, and those that have nothing in common with any template of
/// `winners` and are named differently from most: an index, minutes, a page without a subject, or with the number of another.
pub(super) fn strays<'a>(group: &Group<'a>, winners: &[Vote], candidates: &[Candidate]) -> HashSet<&'a Path> {
    let all: Vec<_> = group.documents.iter().filter_map(|document| named(group, document)).collect();
    if all.len() < LARGE {
        return HashSet::new();
    }
    let names: HashSet<&str> = all.iter().map(|(.., name)| name.as_str()).collect();
    let is_translation = |name: &str| {
        name.rsplit_once('.').is_some_and(|(name, language)| is_language(language) && names.contains(name))
    };
    let is_foreign = |sketch: &Sketch| is_foreign(sketch, winners, candidates);
    let digits = |own: &Numbered, name: &str| name[own.digits.clone()].to_owned();
    let is_most = |is_one: &dyn Fn(&Numbered, &str) -> bool| {
        all.iter().filter(|(_, own, name)| is_one(own, name)).count() * 2 > all.len()
    };
    let is_filled = |own: &Numbered, name: &str| name[own.digits.clone()].starts_with('0');
    let is_bare = |own: &Numbered, _: &str| own.subject.is_empty();
    let is_dated = |own: &Numbered, name: &str| are_dates(std::iter::once(&name[own.digits.clone()]));
    let (are_filled, are_bare, are_dated) = (is_most(&is_filled), is_most(&is_bare), is_most(&is_dated));
    let filled = all.iter().filter(|(_, own, name)| is_filled(own, name));
    let width = filled.map(|(_, own, _)| own.digits.len()).max().filter(|_| are_filled).unwrap_or_default();
    let taken = all.iter().filter(|(document, ..)| !are_dated && !is_foreign(document.sketch));
    let taken: HashSet<String> = taken.map(|(_, own, name)| digits(own, name)).collect();
    let is_odd = |own: &Numbered, name: &str| {
        let is_of_repository = matches!(own.subject.as_slice(), [word] if is_governance(word));
        is_of_repository
            || own.subject.iter().any(|word| is_record(word))
            || own.digits.len() < width
            || own.is_zero(name) && matches!(group.shape.mask, Mask::File(_))
            || is_bare(own, name) && !are_bare
            || is_dated(own, name) && !are_dated
            || taken.contains(&digits(own, name))
    };
    let strays = all
        .iter()
        .filter(|(document, own, name)| is_translation(name) || is_foreign(document.sketch) && is_odd(own, name));
    strays.map(|(document, ..)| document.path).collect()
}

/// Returns `document` of `group` with the number in its name or its folder's, and that name.
fn named<'a>(group: &Group<'a>, document: &Document<'a>) -> Option<(Document<'a>, Numbered, String)> {
    let in_folder = matches!(group.shape.mask, Mask::Folder(..));
    let name = if in_folder { folder_name(document.path) } else { stem(document.path) };
    Some((*document, Numbered::of(&name)?, name))
}

/// Whether `sketch` has content, and nothing in common with any template of `winners`.
fn is_foreign(sketch: &Sketch, winners: &[Vote], candidates: &[Candidate]) -> bool {
    let has_none =
        |template: &Sketch| shared(&template.sections, &sketch.sections) + shared(&template.keys, &sketch.keys) == 0;
    !sketch.is_bare()
        && winners.iter().all(|vote| {
            let template = &candidates[vote.candidate].sketch;
            has_none(template) && !is_titled(sketch, template)
        })
}

/// Whether `name` may be the code of a language, such as `fr` or `pt-br`.
pub(super) fn is_language(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let is_word = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    parts.next().is_some_and(is_word) && parts.all(|part| part.len() <= 4)
}
