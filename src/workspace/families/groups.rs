//! Groups of documents with the same shape, and how they vote for a template.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::candidates::{Candidate, Sign};
use super::shape::{Mask, SUBJECT, Shape};
use super::sketch::{Name, Sketch, folded_name, shared};
use super::words::{PAGE_KEYS as KEYS_OF_PAGES, is_kind, is_page, is_stage, words};
use crate::template::number_after;

/// A file that may follow a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document<'a> {
    pub(super) path: &'a Path,
    pub(super) sketch: &'a Sketch,
}

/// The documents of one shape.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) shape: Shape,
    pub(super) documents: Vec<Document<'a>>,
}

/// How near a template is to a group, from nearest to farthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Nearness {
    /// In the same folder.
    Beside,
    /// In a folder above.
    Above,
    /// In a folder beside one of those above.
    Aside,
    /// Somewhere else.
    Elsewhere,
}

/// How the documents of a group compare to a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vote {
    /// The index of the template among the candidates.
    pub(super) candidate: usize,
    pub(super) nearness: Nearness,
    /// Whether the template's name says how the documents are named.
    pub(super) is_named: bool,
    /// Whether the folder or the template says that the documents propose or decide something.
    pub(super) is_of_kind: bool,
    /// Whether the template has so few sections and keys that similarity says little.
    pub(super) is_small: bool,
    /// How many voters are like the template.
    pub(super) alike: usize,
    /// How many documents have anything to compare.
    pub(super) voters: usize,
}

/// The minimum number of voters for a group to vote alone.
pub(super) const LARGE: usize = 4;

/// The minimum number of names in a template for similarity to say much.
const SMALL: usize = 3;

/// The keys that pages of any site have.
static PAGE_KEYS: LazyLock<HashSet<Name>> =
    LazyLock::new(|| KEYS_OF_PAGES.iter().map(|key| folded_name(key)).collect());

/// Groups `documents` by shape.
pub(super) fn groups<'a>(documents: &[Document<'a>]) -> Vec<Group<'a>> {
    let mut counts: HashMap<&Path, usize> = HashMap::new();
    for folder in documents.iter().filter_map(|document| document.path.parent()) {
        *counts.entry(folder).or_default() += 1;
    }
    let shapes: Vec<Shape> = documents.iter().map(|document| Shape::of(document.path, false)).collect();
    // Where numbered folders have index pages, a file that is alone in its folder is not such a page, whatever its name.
    let paged: HashSet<(&Path, &str)> = shapes.iter().filter_map(Shape::paged).collect();
    let mut groups: BTreeMap<Shape, Vec<Document<'a>>> = BTreeMap::new();
    for (document, shape) in documents.iter().zip(&shapes) {
        let is_alone = document.path.parent().is_some_and(|folder| counts.get(folder) == Some(&1));
        let is_lone_page = is_alone && !paged.contains(&(shape.base.as_path(), shape.mask.prefix()));
        groups.entry(Shape::of(document.path, is_lone_page)).or_default().push(*document);
    }
    groups.into_iter().map(|(shape, documents)| Group { shape, documents }).collect()
}

/// Whether `document` is like `template`: it has enough of the template's sections and keys.
pub(super) fn is_alike(document: &Sketch, template: &Sketch) -> bool {
    let sections = shared(&template.sections, &document.sections);
    let keys = shared(&template.keys, &document.keys);
    let of = |count: usize, all: usize, percent: usize| count * 100 >= all * percent;
    let is_tiny = template.sections.len() < SMALL && template.keys.is_empty();
    sections >= 2 && (of(sections, template.sections.len(), 34) || of(sections, document.sections.len(), 75))
        || sections >= 3 && of(sections, template.sections.len(), 25)
        || keys >= 3 && of(keys, template.keys.len(), 50)
        || sections >= 1 && keys >= 2 && of(keys, template.keys.len(), 34)
        || sections >= 1 && is_tiny
}

/// Whether `document` shares no more with `template` than the pages of any site do: keys such as `title` and `date`, and none
/// of the sections.
fn is_any_page(document: &Sketch, template: &Sketch) -> bool {
    let is_own = |key: &&Name| !PAGE_KEYS.contains(key) && document.keys.binary_search(key).is_ok();
    shared(&template.sections, &document.sections) == 0 && !template.keys.iter().any(|key| is_own(&key))
}

/// Whether the title of `document` has a number in the form of the title of `template`.
pub(super) fn is_titled(document: &Sketch, template: &Sketch) -> bool {
    template.title_prefix.as_deref().is_some_and(|prefix| number_after(&document.title, prefix))
}

impl Group<'_> {
    /// Compares the documents to `template`, whose distance is `nearness`.
    pub(super) fn vote(&self, candidate: usize, template: &Candidate, nearness: Nearness) -> Vote {
        let voters = self.documents.iter().filter(|document| !document.sketch.is_bare());
        let is_one = |document: &&Document<'_>| {
            let (own, other) = (document.sketch, &template.sketch);
            let is_titled = nearness <= Nearness::Aside && is_titled(own, other);
            is_titled || is_alike(own, other) && (nearness <= Nearness::Above || !is_any_page(own, other))
        };
        let alike = voters.clone().filter(|document| is_one(document)).count();
        Vote {
            candidate,
            nearness,
            is_named: self.shape.is_named_by(template),
            is_of_kind: self.shape.is_of_kind(nearness, template),
            is_small: template.size() < SMALL,
            alike,
            voters: voters.count(),
        }
    }
}

impl Shape {
    /// If the documents are the index pages of numbered folders: returns the base folder and the word before the number.
    pub(super) fn paged(&self) -> Option<(&Path, &str)> {
        match &self.mask {
            Mask::Folder(prefix, stem) if is_page(stem) => Some((&self.base, prefix)),
            _ => None,
        }
    }

    /// Whether the name of `template` says how these documents are named.
    fn is_named_by(&self, template: &Candidate) -> bool {
        let names = &template.names;
        let fits = match (&self.mask, &names.in_folder) {
            (Mask::Folder(_, stem), Some(own)) => stem == own,
            (Mask::File(_), Some(_)) | (Mask::Plain | Mask::PlainFolder, _) => false,
            _ => true,
        };
        let is_said = |prefix: &String| names.digits.is_some() || !prefix.is_empty();
        let by_title = || {
            let prefix = template.sketch.title_prefix.as_deref().and_then(|prefix| words(prefix).into_iter().next());
            !self.mask.prefix().is_empty() && prefix.is_some_and(|prefix| prefix == self.mask.prefix())
        };
        let by_name = names.prefix.as_ref().is_some_and(|prefix| prefix == self.mask.prefix() && is_said(prefix));
        fits && (by_name || by_title())
    }

    /// Whether the documents propose or decide something, according to their folder or a template beside them.
    fn is_of_kind(&self, nearness: Nearness, template: &Candidate) -> bool {
        let folders = self.base.iter().rev().take(2).flat_map(|part| words(&part.to_string_lossy()));
        let by_folder = folders.into_iter().any(|word| is_kind(&word) || is_stage(&word));
        match nearness {
            Nearness::Beside => by_folder || template.words.iter().any(|word| is_kind(word)),
            Nearness::Above | Nearness::Aside => by_folder,
            Nearness::Elsewhere => false,
        }
    }
}

impl Vote {
    /// Returns the share of voters, in percent, that have to be like the template.
    pub(super) fn threshold(&self, is_numbered: bool) -> usize {
        let near = match self.nearness {
            Nearness::Beside => 35,
            Nearness::Above => 40,
            Nearness::Aside => 50,
            Nearness::Elsewhere => 70,
        };
        match (self.is_named, self.nearness) {
            (true, Nearness::Beside) => 5,
            (true, Nearness::Above | Nearness::Aside) => 20,
            (false, Nearness::Beside) if is_numbered && self.is_of_kind => 15,
            _ if is_numbered => near,
            _ => near.max(50),
        }
    }

    /// Whether the documents follow the template.
    pub(super) fn holds(&self, is_numbered: bool) -> bool {
        let is_beside = self.nearness == Nearness::Beside;
        match self.voters {
            _ if self.is_small && !(self.is_named && is_beside) => false,
            // Documents without content are recognized by their names.
            0 => is_beside && is_numbered && (self.is_named || self.is_of_kind),
            1 if self.nearness == Nearness::Elsewhere => false,
            voters => self.alike > 0 && self.alike * 100 >= voters * self.threshold(is_numbered),
        }
    }
}

/// The candidates by place, and the names of pages in folders.
#[derive(Debug, Default)]
pub(super) struct Homes {
    /// For each candidate: its home.
    all: Vec<PathBuf>,
    by_home: HashMap<PathBuf, Vec<usize>>,
    /// For each parent of a home: the candidates.
    by_parent: HashMap<PathBuf, Vec<usize>>,
    /// The names of documents in folders that stand for them.
    pages: HashSet<String>,
}

/// The maximum number of candidates for distant ones to be considered, and of candidates considered per folder.
const MANY: usize = 24;

impl Homes {
    pub(super) fn of(candidates: &[Candidate]) -> Homes {
        let mut homes = Homes::default();
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        // The most likely ones first, in case there are too many.
        order.sort_by_key(|index| (candidates[*index].sign, candidates[*index].path.as_os_str().len(), *index));
        for index in order {
            let home = &candidates[index].home;
            homes.by_home.entry(home.clone()).or_default().push(index);
            if let Some(parent) = home.parent() {
                homes.by_parent.entry(parent.to_owned()).or_default().push(index);
            }
        }
        for candidate in candidates {
            homes.all.push(candidate.home.clone());
            homes.pages.extend(candidate.names.in_folder.clone());
            if let [word] = candidate.words.as_slice() {
                homes.pages.insert(word.clone());
            }
        }
        homes
    }

    /// Returns the candidates for documents in `base`, with their distance.
    pub(super) fn near(&self, base: &Path) -> Vec<(usize, Nearness)> {
        let mut found: Vec<(usize, Nearness)> = Vec::new();
        for (up, folder) in base.ancestors().enumerate() {
            let nearness = if up == 0 { Nearness::Beside } else { Nearness::Above };
            let here = self.by_home.get(folder).into_iter().flatten().take(MANY);
            found.extend(here.map(|index| (*index, nearness)));
        }
        let is_aside = |index: &&usize| !base.starts_with(&self.all[**index]);
        let aside = base.ancestors().filter_map(|folder| self.by_parent.get(folder)).flatten();
        found.extend(aside.filter(is_aside).take(MANY).map(|index| (*index, Nearness::Aside)));
        if self.all.len() <= MANY {
            let rest = (0..self.all.len()).filter(|index| !found.iter().any(|(known, _)| known == index));
            let rest: Vec<_> = rest.map(|index| (index, Nearness::Elsewhere)).collect();
            found.extend(rest);
        }
        found
    }

    /// Whether documents of this `shape` stand for their folders, rather than accompany a document that does.
    pub(super) fn has_leading(&self, shape: &Shape) -> bool {
        match &shape.mask {
            Mask::Folder(_, stem) => stem == SUBJECT || is_page(stem) || self.pages.contains(stem),
            _ => true,
        }
    }
}

/// Returns the top folder of `base`, below which small groups with the same mask vote together.
pub(super) fn top(base: &Path) -> PathBuf {
    base.components().take(1).collect()
}

/// Whether `sign` is reliable enough for a template to be preferred to one that only looks like a form.
pub(super) fn is_sure(sign: Sign) -> bool {
    sign < Sign::Holes
}

#[cfg(test)]
mod tests {
    use super::{Sketch, is_alike};
    use crate::document;

    #[test]
    fn two_sections_make_a_document_alike_where_they_are_a_third_of_the_templates_or_most_of_its_own() {
        let sketch = |sections: &str| {
            let headings: String = sections.chars().map(|name| format!("## Part {name}\n\nSo.\n\n")).collect();
            Sketch::of(&document::Document::closed(&format!("# T\n\n{headings}")))
        };
        for (template, document, expected) in [
            ("abcdefg", "abvwxyz", false),
            ("abcdefg", "ab", true),
            ("abcde", "abvwxyz", true),
            ("abcdefg", "abc", true),
            ("abcdefghijkl", "abcvwxyz", true),
            ("abcdefg", "avwxyz", false),
        ] {
            assert_eq!(is_alike(&sketch(document), &sketch(template)), expected, "{template} {document}");
        }
    }
}
