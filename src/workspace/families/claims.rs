//! Which documents follow which template.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::by_path::{folder_of, is_document};
use super::candidates::{Candidate, Sign};
use super::consensus;
use super::groups::{Document, Group, Homes, LARGE, Nearness, Vote, groups, is_alike, is_sure, is_titled, top};
use super::shape::{Mask, Shape, number, stem};
use super::sketch::{Sketch, shared};
use super::strays::{companions, strays};
use super::words::{is_apart, is_governance, is_kind, words};

/// The claims of templates on documents.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// For each document: the index of its template among the candidates.
    pub(super) documents: HashMap<PathBuf, usize>,
    /// For each shape: the templates that documents of the shape may follow.
    pub(super) votes: HashMap<Shape, Vec<Vote>>,
    /// The numbers in file names, each with the word before it.
    numbers: HashSet<(String, String)>,
    /// For each candidate: the words that name the folders of documents to which it is limited.
    reserved: Vec<Vec<String>>,
}

/// How many sections better another template must be than the plainest one.
const MARGIN: usize = 2;

/// What groups with the same mask below one top folder think of a template together: how many documents are alike, and of how
/// many.
type Pools = HashMap<(Mask, PathBuf, usize, Nearness), (usize, usize)>;

impl Claims {
    /// Lets `documents` vote for `candidates`, the first of which has the index `first` among all candidates.
    pub(super) fn add(&mut self, documents: &[Document<'_>], candidates: &[Candidate], first: usize) {
        let (groups, places) = (groups(documents), Homes::of(candidates));
        let reserved = reserved(&groups, candidates);
        let votes: Vec<Vec<Vote>> = groups.iter().map(|group| votes(group, candidates, &places, &reserved)).collect();
        self.reserved.extend(reserved);
        let pools = pools(&groups, &votes);
        let numbered = groups.iter().zip(&votes).filter(|(group, _)| group.shape.mask.is_numbered());
        let (folders, files): (Vec<_>, Vec<_>) =
            numbered.partition(|(group, _)| matches!(group.shape.mask, Mask::Folder(..)));
        let mut homes = HashSet::new();
        for (group, votes) in files.into_iter().chain(folders) {
            let winners = numbered_winners(group, votes, &pools, candidates, &places);
            self.claim(group, &winners, candidates, first);
            homes.extend(winners.iter().map(|vote| (group.shape.base.clone(), vote.candidate)));
        }
        for (group, votes) in groups.iter().zip(&votes).filter(|(group, _)| !group.shape.mask.is_numbered()) {
            let has_numbered = |vote: &Vote| {
                group.shape.mask == Mask::Plain && homes.contains(&(group.shape.base.clone(), vote.candidate))
            };
            let holds = |vote: &&Vote| has_numbered(vote) || vote.is_of_kind && vote.holds(false);
            let winners: Vec<Vote> = votes.iter().filter(holds).copied().collect();
            self.claim_plain(group, votes, &winners, candidates, first);
        }
    }

    /// Assigns all documents of the numbered `group` to one of `winners` each.
    fn claim(&mut self, group: &Group<'_>, winners: &[Vote], candidates: &[Candidate], first: usize) {
        let (companions, strays) = (companions(group), strays(group, winners, candidates));
        let in_folders = matches!(group.shape.mask, Mask::Folder(..));
        for document in &group.documents {
            let key = number_key(document.path, &group.shape.mask);
            let is_alike = |vote: &Vote| is_alike(document.sketch, &candidates[vote.candidate].sketch);
            let is_companion = companions.contains(document.path) && !winners.iter().any(is_alike);
            let is_stray = strays.contains(document.path);
            if is_companion || is_stray || in_folders && self.numbers.contains(&key) {
                continue;
            }
            if let Some(winner) = choice(document, winners, candidates) {
                if !in_folders {
                    self.numbers.insert(key);
                }
                self.documents.insert(document.path.to_owned(), first + winner);
            }
        }
        self.note(&group.shape, winners, first);
    }

    /// Assigns the documents of `group`, which has no numbers: those whose titles have the number of one of `votes` to that one,
    /// and those that are like one of `winners` to that one.
    fn claim_plain(
        &mut self,
        group: &Group<'_>,
        votes: &[Vote],
        winners: &[Vote],
        candidates: &[Candidate],
        first: usize,
    ) {
        for document in &group.documents {
            let own = plain_choices(document, votes, winners, candidates);
            if let Some(winner) = choice(document, &own, candidates) {
                self.documents.insert(document.path.to_owned(), first + winner);
            }
        }
        self.note(&group.shape, winners, first);
    }

    fn note(&mut self, shape: &Shape, winners: &[Vote], first: usize) {
        if !winners.is_empty() {
            let at = |vote: &Vote| Vote { candidate: first + vote.candidate, ..*vote };
            self.votes.entry(shape.clone()).or_insert_with(|| winners.iter().map(at).collect());
        }
    }

    /// Returns the template that `document` with the shape `shape` follows; it did not exist when the votes were counted.
    pub(super) fn newcomer(
        &self,
        document: &Document<'_>,
        shape: Shape,
        candidates: &[Candidate],
        homes: &Homes,
    ) -> Option<usize> {
        if !homes.has_leading(&shape) || self.accompanies(document.path) {
            return None;
        }
        let known = self.votes.get(&shape).cloned();
        let group = Group { shape, documents: vec![*document] };
        let is_numbered = group.shape.mask.is_numbered();
        let votes = known.clone().unwrap_or_else(|| votes(&group, candidates, homes, &self.reserved));
        let own = match (known, is_numbered) {
            (Some(known), true) => known,
            (Some(known), false) => plain_choices(document, &known, &known, candidates),
            (None, true) => numbered_winners(&group, &votes, &Pools::new(), candidates, homes),
            (None, false) => {
                let winners: Vec<Vote> =
                    votes.iter().filter(|vote| vote.is_of_kind && vote.holds(false)).copied().collect();
                plain_choices(document, &votes, &winners, candidates)
            }
        };
        choice(document, &own, candidates)
    }

    /// Whether the numbered folders beside that of `path` have pages that are documents.
    pub(super) fn has_page_beside(&self, path: &Path) -> bool {
        let own = Shape::of(path, false);
        self.votes.keys().filter_map(Shape::paged).any(|paged| paged == (own.base.as_path(), own.mask.prefix()))
    }

    /// Whether a file elsewhere has the number of the folder that `path` is in.
    pub(super) fn accompanies(&self, path: &Path) -> bool {
        let shape = Shape::of(path, false);
        matches!(shape.mask, Mask::Folder(..)) && self.numbers.contains(&number_key(path, &shape.mask))
    }
}

fn number_key(path: &Path, mask: &Mask) -> (String, String) {
    let number = number(path).unwrap_or_default().trim_start_matches('0').to_owned();
    (mask.prefix().to_owned(), number)
}

fn plain_choices(document: &Document<'_>, votes: &[Vote], winners: &[Vote], candidates: &[Candidate]) -> Vec<Vote> {
    let is_governance = is_governance(&stem(document.path));
    let is_titled = |vote: &&Vote| {
        let is_near = vote.nearness <= Nearness::Above && !is_governance;
        is_near && is_titled(document.sketch, &candidates[vote.candidate].sketch)
    };
    let titled: Vec<Vote> = votes.iter().filter(is_titled).copied().collect();
    if !titled.is_empty() {
        return titled;
    }
    let is_alike = |vote: &&Vote| is_alike(document.sketch, &candidates[vote.candidate].sketch);
    winners.iter().filter(is_alike).copied().collect()
}

/// Returns the votes of `group` on those of `candidates` that are near and not reserved for others.
fn votes(group: &Group<'_>, candidates: &[Candidate], homes: &Homes, reserved: &[Vec<String>]) -> Vec<Vote> {
    let folders = words(&group.shape.base.to_string_lossy());
    let is_open =
        |index: usize| reserved[index].is_empty() || reserved[index].iter().any(|word| folders.contains(word));
    // What documents have in common says nothing about documents in other folders.
    let is_own = |index: usize, nearness| candidates[index].sign != Sign::Learnt || nearness <= Nearness::Above;
    let near = homes.near(&group.shape.base).into_iter();
    let near = near.filter(|(index, nearness)| is_open(*index) && is_own(*index, *nearness));
    near.map(|(index, nearness)| group.vote(index, &candidates[index], nearness)).collect()
}

fn pools(groups: &[Group<'_>], votes: &[Vec<Vote>]) -> Pools {
    let mut pools = Pools::new();
    for (group, votes) in groups.iter().zip(votes).filter(|(group, _)| group.shape.mask.is_numbered()) {
        for vote in votes {
            let key = (group.shape.mask.clone(), top(&group.shape.base), vote.candidate, vote.nearness);
            let pool = pools.entry(key).or_default();
            *pool = (pool.0 + vote.alike, pool.1 + vote.voters);
        }
    }
    pools
}

/// Returns, for each of `candidates`, the words that distinguish it from those beside it and name a folder of documents. The
/// candidate is limited to documents in such a folder.
fn reserved(groups: &[Group<'_>], candidates: &[Candidate]) -> Vec<Vec<String>> {
    let bases: HashSet<String> = groups.iter().flat_map(|group| words(&group.shape.base.to_string_lossy())).collect();
    let mut beside: HashMap<Option<&Path>, Vec<&Candidate>> = HashMap::new();
    for candidate in candidates {
        beside.entry(candidate.path.parent()).or_default().push(candidate);
    }
    let of = |candidate: &Candidate| {
        let others = &beside[&candidate.path.parent()];
        let is_apart = |word: &&String| {
            let is_known = others.iter().any(|other| other.path != candidate.path && other.words.contains(word));
            !is_kind(word) && candidate.names.prefix.as_ref() != Some(word) && !is_known
        };
        let own = candidate.words.iter().filter(|_| others.len() > 1).filter(is_apart);
        own.filter(|word| bases.contains(*word)).cloned().collect()
    };
    candidates.iter().map(of).collect()
}

/// Returns the templates that the numbered `group` follows.
fn numbered_winners(
    group: &Group<'_>,
    votes: &[Vote],
    pools: &Pools,
    candidates: &[Candidate],
    homes: &Homes,
) -> Vec<Vote> {
    let shape = &group.shape;
    let is_likely = |vote: &Vote| vote.is_named || vote.nearness == Nearness::Beside;
    // A single file with a word that no other file has before a number may not be numbered at all: `oauth2.md`.
    let is_odd = group.documents.len() < 2 && !shape.mask.prefix().is_empty() && !votes.iter().any(is_likely);
    if is_odd || !homes.has_leading(shape) {
        return Vec::new();
    }
    let pooled = |own: &Vote| {
        let in_folders = own.is_named && candidates[own.candidate].names.in_folder.is_some();
        let is_counted = own.alike > 0 || own.voters == 0 || in_folders;
        let key = (shape.mask.clone(), top(&shape.base), own.candidate, own.nearness);
        match pools.get(&key) {
            Some(&(alike, voters)) if own.voters < LARGE && is_counted => Vote { alike, voters, ..*own },
            _ => *own,
        }
    };
    let holding: Vec<Vote> = votes.iter().map(pooled).filter(|vote| vote.holds(true)).collect();
    let rank = |vote: &Vote| {
        let template = &candidates[vote.candidate];
        (!is_sure(template.sign), !vote.is_named, vote.nearness, Reverse(template.home.components().count()))
    };
    let Some(best) = holding.iter().map(rank).min() else { return Vec::new() };
    holding.into_iter().filter(|vote| rank(vote) == best).collect()
}

/// Returns how many more sections `template` shares with `document` than `other` does.
fn advantage(document: &Sketch, template: &Sketch, other: &Sketch) -> usize {
    let count = |template: &Sketch| shared(&template.sections, &document.sections);
    count(template).saturating_sub(count(other))
}

/// Returns the template among `votes` that applies to `document`.
fn choice(document: &Document<'_>, votes: &[Vote], candidates: &[Candidate]) -> Option<usize> {
    if votes.len() < 2 {
        return votes.first().map(|vote| vote.candidate);
    }
    // A word that distinguishes a template and names a folder decides.
    let folders = words(&document.path.parent().unwrap_or(document.path).to_string_lossy());
    let named = |vote: &Vote| {
        let is_apart = |word: &&String| votes.iter().any(|other| !candidates[other.candidate].words.contains(word));
        candidates[vote.candidate].words.iter().filter(is_apart).filter(|word| folders.contains(word)).count()
    };
    let most = votes.iter().map(named).max()?;
    let mut left: Vec<usize> = votes.iter().filter(|vote| named(vote) == most).map(|vote| vote.candidate).collect();
    left.sort_by_key(|index| {
        let template = &candidates[*index];
        (template.sign, template.filled(), template.words.len(), template.path.as_os_str().len(), *index)
    });
    let names = [words(&stem(document.path)), words(&document.sketch.title)].concat();
    let mut best = *left.first()?;
    for index in left.into_iter().skip(1) {
        let (own, known) = (&candidates[index], &candidates[best]);
        let is_said = own.words.iter().any(|word| !known.words.contains(word) && names.contains(word));
        if advantage(document.sketch, &own.sketch, &known.sketch) + usize::from(is_said) >= MARGIN {
            best = index;
        }
    }
    Some(best)
}

/// Returns the candidates among `files`, and their claims.
pub(super) fn claims(files: &BTreeMap<&Path, &Arc<Sketch>>, is_whole: bool) -> (Vec<Candidate>, Claims) {
    let is_apart = |path: &Path| folder_of(path, is_apart).is_some();
    let found = files.iter().filter(|(path, _)| !is_apart(path));
    let found = found.filter_map(|(path, sketch)| Candidate::of(path, sketch)).filter(|found| found.size() > 0);
    let (mut candidates, forms): (Vec<_>, Vec<_>) = found.partition(|candidate| is_sure(candidate.sign));
    let mut claims = Claims::default();
    let documents = |candidates: &[Candidate], claims: &Claims| {
        let known: std::collections::HashSet<&Path> =
            candidates.iter().map(|candidate| candidate.path.as_path()).collect();
        let is_free = |path: &Path| !known.contains(path) && !claims.documents.contains_key(path);
        let free = files.iter().filter(|(path, _)| is_document(path) && is_free(path));
        free.map(|(path, sketch)| Document { path, sketch }).collect::<Vec<_>>()
    };
    claims.add(&documents(&candidates, &claims), &candidates, 0);
    // A form that is not filled in counts as a template only if it is nothing else.
    let is_left = |form: &Candidate| !claims.documents.contains_key(&form.path) && !claims.accompanies(&form.path);
    let forms: Vec<Candidate> = forms.into_iter().filter(is_left).collect();
    if !forms.is_empty() {
        let all = [candidates.clone(), forms.clone()].concat();
        claims.add(&documents(&all, &claims), &forms, candidates.len());
        candidates = all;
    }
    // What documents have in common is their template if there is no other.
    let free = if is_whole { documents(&candidates, &claims) } else { Vec::new() };
    let learnt = consensus::candidates(&free);
    if !learnt.is_empty() {
        claims.add(&free, &learnt, candidates.len());
        candidates.extend(learnt);
    }
    (candidates, claims)
}
