//! Finds the sections that a heading may have been meant to name, without looking at all of them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::TemplateSection;
use super::deletions::Deletions;
use super::names::{ALIASES, CUT, LONG, SHORT, are_near, transcribed, without_particles};
use crate::letters::near::{Names, Seek, Slip};
use crate::letters::{is_dense, without_accents};

/// The names of the sections with one parent, or of the top-level sections.
#[derive(Clone, Debug, Default)]
pub(super) struct NearNames {
    names: Names,
    /// The names in order.
    keys: Vec<String>,
    /// What is left of the names without up to two letters, if there are many names.
    deletions: OnceLock<Deletions>,
    /// The number of lookups before `deletions` was built.
    asked: Arc<AtomicUsize>,
    /// For each normalized form of a name, without accents or other signs that may differ, the places of its names.
    forms: HashMap<String, Vec<usize>>,
    /// The words of names, sorted by the text around each word and then by the word itself.
    words: Vec<Word>,
    /// For each place of a section in the template, the place of its name.
    places: HashMap<usize, usize>,
    /// All of the sections.
    all: Wanted,
}

/// The number of names from which a search by deletions is faster.
const MANY: usize = 64;

/// The number of lookups among many names after which building the deletions pays off.
const OFTEN: usize = 16;

/// A word of a name: the place of the name, and the range of the word in it.
type Word = (usize, Range<usize>);

/// The sections that a search may return.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// For each place of a name, the sections with that name, the first one last.
    sections: Vec<Vec<usize>>,
    /// For each place of a name, the first section with that name.
    least: Least,
}

impl NearNames {
    /// Collects the names of `sections`, which are in order.
    pub(super) fn of<'a>(sections: impl Iterator<Item = &'a TemplateSection>) -> NearNames {
        let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
        for section in sections {
            by_key.entry(&section.key).or_default().push(section.index);
        }
        by_key.values_mut().for_each(|sections| sections.reverse());
        let names = Names::of(by_key.keys().copied());
        let keys: Vec<String> = (0..names.len()).map(|place| names.get(place)).collect();
        let sections: Vec<Vec<usize>> = keys.iter().map(|key| by_key[key.as_str()].clone()).collect();
        let mut forms: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, key) in keys.iter().enumerate() {
            for form in self::forms(key) {
                forms.entry(form).or_default().push(place);
            }
        }
        let mut words: Vec<Word> =
            (0..keys.len()).flat_map(|place| words(&keys[place]).map(move |word| (place, word))).collect();
        words.sort_unstable_by(|one, other| around(&keys, one).cmp(&around(&keys, other)));
        let of_name = |(place, sections): (usize, &Vec<usize>)| {
            sections.iter().map(move |section| (*section, place)).collect::<Vec<_>>()
        };
        let places = sections.iter().enumerate().flat_map(of_name).collect();
        NearNames { names, keys, forms, words, places, all: Wanted::of(sections), ..NearNames::default() }
    }

    /// Returns all sections, for [`NearNames::first`].
    pub(super) fn all(&self) -> &Wanted {
        &self.all
    }

    /// Returns the sections for which `is_wanted` returns true.
    pub(super) fn wanted(&self, is_wanted: impl Fn(usize) -> bool) -> Wanted {
        let only = |sections: &Vec<usize>| sections.iter().copied().filter(|section| is_wanted(*section)).collect();
        Wanted::of(self.all.sections.iter().map(only).collect())
    }

    /// Whether the section at `index` is `wanted` and the first with its name.
    pub(super) fn has(&self, wanted: &Wanted, index: usize) -> bool {
        self.places.get(&index).is_some_and(|place| wanted.sections[*place].last() == Some(&index))
    }

    /// Removes the section at `index` from `wanted` if it is the first with its name.
    pub(super) fn take(&self, wanted: &mut Wanted, index: usize) {
        let Some(&place) = self.places.get(&index) else { return };
        let sections = &mut wanted.sections[place];
        sections.pop_if(|first| *first == index);
        wanted.least.set(place, sections.last().copied().unwrap_or(usize::MAX));
    }

    /// Returns the first `wanted` section with nearly the name `key`, other than the one at `except`.
    pub(super) fn first(&self, wanted: &Wanted, key: &str, except: Option<usize>) -> Option<usize> {
        let mut search = Search { all: self, wanted, key, except, within: 0..0, found: usize::MAX };
        let plural = format!("{key}s");
        let others = [Some(plural.as_str()), key.strip_suffix('s')].into_iter().flatten();
        let aliases = ALIASES.iter().filter(|names| names.contains(&key)).copied().flatten().copied();
        others.chain(aliases).filter_map(|name| self.names.place(name)).for_each(|place| search.look_at(place));
        if !key.is_ascii() {
            let plain = [without_accents(key).into_owned(), transcribed(key)];
            plain.iter().filter_map(|name| self.names.place(name)).for_each(|place| search.look_at(place));
        }
        if !self.forms.is_empty() {
            let forms =
                forms(key).chain(key.is_ascii().then(|| [format!("a{key}"), format!("t{key}")]).into_iter().flatten());
            forms.filter_map(|form| self.forms.get(&form)).flatten().for_each(|place| search.look_at(*place));
        }
        for word in words(key) {
            self.with_word(key, word, |place| search.look_at(place));
        }
        let length = key.chars().count();
        if length >= SHORT && !key.contains(is_dense) {
            let most = if length >= LONG { 2 } else { 1 };
            if length + most <= Deletions::MAX_LETTERS
                && let Some(deletions) = self.deletions()
            {
                deletions.near(key, most).into_iter().for_each(|place| search.look_at(place));
            } else {
                let first = key.chars().next().unwrap_or_default();
                let start = self.keys.partition_point(|name| name.chars().next() < Some(first));
                let end = start + self.keys[start..].partition_point(|name| name.starts_with(first));
                search.within = start..end;
                self.names.near(key, most, Slip::LetterOrOrder, &mut search);
            }
        }
        (search.found < usize::MAX).then_some(search.found)
    }

    /// Returns the deletions if there are many names and they are looked up often.
    fn deletions(&self) -> Option<&Deletions> {
        let is_often = || self.asked.fetch_add(1, Ordering::Relaxed) >= OFTEN;
        if self.keys.len() < MANY || self.deletions.get().is_none() && !is_often() {
            return None;
        }
        let most_of = |length: usize| if length >= LONG { 2 } else { 1 };
        Some(self.deletions.get_or_init(|| Deletions::of(&self.keys, most_of)))
    }

    /// Passes `look` the names that differ from `key` in `word` only: by a longer or a shortened word.
    fn with_word(&self, key: &str, word: Range<usize>, mut look: impl FnMut(usize)) {
        let (before, behind, own) = (&key[..word.start], &key[word.end..], &key[word]);
        let first = self.words.partition_point(|word| around(&self.keys, word) < (before, behind, ""));
        let is_around = |word: &&Word| {
            let (other_before, other_behind, _) = around(&self.keys, word);
            (other_before, other_behind) == (before, behind)
        };
        if self.words.get(first).is_none_or(|word| !is_around(&word)) {
            return;
        }
        let ends = own.char_indices().map(|(at, sign)| at + sign.len_utf8()).skip(CUT - 1);
        for end in ends {
            let cut = (before, behind, &own[..end]);
            let from = first + self.words[first..].partition_point(|word| around(&self.keys, word) < cut);
            let is_one = |word: &&Word| {
                let (_, _, other) = around(&self.keys, word);
                is_around(word) && if end == own.len() { other.starts_with(own) } else { other == cut.2 }
            };
            self.words[from..].iter().take_while(is_one).for_each(|(place, _)| look(*place));
        }
    }
}

impl Wanted {
    fn of(sections: Vec<Vec<usize>>) -> Wanted {
        let least = Least::of(sections.iter().map(|sections| sections.last().copied().unwrap_or(usize::MAX)));
        Wanted { sections, least }
    }
}

/// Returns the text before and after `word` in its name, and the word itself.
fn around<'a>(keys: &'a [String], (place, word): &Word) -> (&'a str, &'a str, &'a str) {
    let key = &keys[*place];
    (&key[..word.start], &key[word.end..], &key[word.clone()])
}

/// Returns the words of `key` that may be shortened, if it has several words.
fn words(key: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let has_several = key.contains(' ');
    let word = move |word: &str| {
        let range = start..start + word.len();
        start = range.end + 1;
        (has_several && word.chars().nth(CUT - 1).is_some()).then_some(range)
    };
    key.split(' ').filter_map(word)
}

/// Returns the forms of `key`, if it is not in ASCII, that it shares with names that differ only in accents, umlauts, or particles.
fn forms(key: &str) -> impl Iterator<Item = String> {
    let forms = || {
        [format!("a{}", without_accents(key)), format!("t{}", transcribed(key)), format!("p{}", without_particles(key))]
    };
    (!key.is_ascii()).then(forms).into_iter().flatten()
}

/// A search for the first section with nearly the name `key`.
struct Search<'a> {
    all: &'a NearNames,
    wanted: &'a Wanted,
    key: &'a str,
    except: Option<usize>,
    /// The places of the names that start with the same letter as `key`.
    within: Range<usize>,
    /// The first section found so far.
    found: usize,
}

impl Search<'_> {
    /// Records the name at `place` if it is near.
    fn look_at(&mut self, place: usize) {
        let mut sections = self.wanted.sections[place].iter().rev();
        let first = sections.find(|section| Some(**section) != self.except).filter(|first| **first < self.found);
        if let Some(first) = first
            && are_near(&self.all.keys[place], self.key)
        {
            self.found = *first;
        }
    }
}

impl Seek for Search<'_> {
    fn next(&mut self, from: usize) -> usize {
        let next = self.wanted.least.next_below(from.max(self.within.start), self.found);
        if next < self.within.end { next } else { self.all.keys.len() }
    }

    fn found(&mut self, place: usize, _: usize) {
        self.look_at(place);
    }
}

/// A tree of numbers, to find the next number below a limit.
#[derive(Clone, Debug, Default)]
struct Least {
    /// The minimum of all numbers, followed by those of the two halves, and so on; the second half of the tree is the numbers
    /// themselves.
    tree: Vec<usize>,
}

impl Least {
    fn of(numbers: impl ExactSizeIterator<Item = usize>) -> Least {
        let half = numbers.len().next_power_of_two();
        let mut tree = vec![usize::MAX; 2 * half];
        for (place, number) in numbers.enumerate() {
            tree[half + place] = number;
        }
        for at in (1..half).rev() {
            tree[at] = tree[2 * at].min(tree[2 * at + 1]);
        }
        Least { tree }
    }

    fn set(&mut self, place: usize, number: usize) {
        let mut at = self.tree.len() / 2 + place;
        self.tree[at] = number;
        while at > 1 {
            at /= 2;
            self.tree[at] = self.tree[2 * at].min(self.tree[2 * at + 1]);
        }
    }

    /// Returns the place of the first number below `limit` at `from` or after it, or the place after the last number if there is
    /// none.
    fn next_below(&self, from: usize, limit: usize) -> usize {
        let half = self.tree.len() / 2;
        let mut at = half + from;
        if from >= half {
            return half;
        }
        while self.tree[at] >= limit {
            while at % 2 == 1 {
                at /= 2;
            }
            if at == 0 {
                return half;
            }
            at += 1;
        }
        while at < half {
            at *= 2;
            at += usize::from(self.tree[at] >= limit);
        }
        at - half
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn the_next_number_below_a_limit() {
        let numbers = [5, 3, 8, 1, 9, 2, 7];
        let mut least = Least::of(numbers.into_iter());
        for from in 0..8 {
            for limit in 0..11 {
                let expected = (from..7).find(|place| numbers[*place] < limit).unwrap_or(8);
                assert_eq!(least.next_below(from, limit), expected, "{from} {limit}");
            }
        }
        least.set(3, 9);
        assert_eq!((least.next_below(2, 3), Least::of([].into_iter()).next_below(0, 3)), (5, 1));
    }

    #[test]
    fn the_first_near_name_is_that_of_all_one_by_one() {
        let names = [
            "Motivation",
            "References",
            "Reference",
            "Prior art",
            "Related work",
            "Test plan",
            "Tests",
            "Summary",
            "Overview",
            "Functional specification",
            "Functional spec",
            "Résumé",
            "Resume",
            "Grösse",
            "Groesse",
            "Grosse",
            "решение",
            "решения",
            "方案的优点",
            "方案优点",
            "ユーザーの影響",
            "ユーザの影響",
            "결정 배경",
            "결정배경",
            "Option 1",
            "Option 2",
            "Considered option a",
            "Goals",
            "Goal",
            "Scope",
            "Scopes",
            "Motivaiton",
            "Introducton",
            "Introduction",
            "Alternatives",
            "Alternative",
            "Prior",
            "Functio spec",
            "Summary",
        ];
        let more = (0..MANY).map(|number| format!("Aspect b{number}"));
        let names = names.into_iter().map(str::to_owned);
        check(names.clone());
        check(names.chain(more));
    }

    fn check(names: impl Iterator<Item = String>) {
        let headings: String = names.map(|name| format!("## {name}\n\n")).collect();
        let template = Template::derive(&format!("# T\n\n{headings}"), None);
        let near = NearNames::of(template.top());
        for round in 0..4 {
            let is_wanted = |index: usize| index % 5 != round;
            let mut wanted = near.wanted(is_wanted);
            for section in &template.sections {
                let key = &section.key;
                let is_near = |other: &&TemplateSection| is_wanted(other.index) && are_near(&other.key, key);
                let mut one_by_one = template.top().filter(is_near).map(|other| other.index);
                let (first, second) = (one_by_one.next(), one_by_one.next());
                assert_eq!(near.first(&wanted, key, None), first, "{key}");
                assert_eq!(near.first(&wanted, key, first.or(Some(0))), second, "{key}");
            }
            while let Some(first) = near.first(&wanted, "motivation", None) {
                near.take(&mut wanted, first);
            }
        }
    }
}
