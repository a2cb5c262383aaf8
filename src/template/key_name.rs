//! The names of metadata keys, as they compare.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::letters::without_accents;
use crate::syntax::fold;
use crate::terms::{self, KeyKind, Meaning};

/// How many letters a plural has at most behind its singular.
const ENDING: usize = 2;

/// The name of a metadata key, as it compares: `Author`, `authors` and `Author(s)`, `Issue` and `Issue #`, `+Requires` and
/// `requires (*optional)` are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyName {
    plain: String,
    /// All of it, where it has a note: `Owner (code)` and `Owner (docs)` are two.
    noted: Option<String>,
    /// What it is about, in whichever language.
    kind: Option<KeyKind>,
}

/// How many names are known at once.
const MOST_KNOWN: usize = 20_000;

thread_local! {
    /// The names that were asked for: those of a document are, several times at each keystroke.
    static KNOWN: RefCell<HashMap<String, KeyName>> = RefCell::default();
}

impl KeyName {
    /// That of `key`.
    pub fn of(key: &str) -> KeyName {
        KNOWN.with_borrow_mut(|known| match known.get(key) {
            Some(known) => known.clone(),
            None => {
                if known.len() == MOST_KNOWN {
                    known.clear();
                }
                known.entry(key.to_owned()).or_insert_with(|| KeyName::read(key)).clone()
            }
        })
    }

    fn read(key: &str) -> KeyName {
        let bare = bare_name(key);
        // `Verfasser*in`
        let plain = fold(&bare.replace('_', " ").replace("*in", "in"));
        // `Author(s)`, `Autor(en)`
        let plain = plain.split_once('(').map_or(plain.as_str(), |(singular, _)| singular.trim_end());
        let kind = terms::kind_of_key(plain);
        // `título` is often `titulo` in front matter.
        let plain = without_accents(plain.strip_suffix('s').unwrap_or(plain)).into_owned();
        KeyName { plain, noted: (key.len() > bare.len() && key.ends_with(')')).then(|| fold(key)), kind }
    }

    /// What it is about, in whichever language it says so.
    pub fn kind(&self) -> Option<KeyKind> {
        self.kind
    }

    /// Whether it is one for a status, in whichever language.
    pub fn is_status(&self) -> bool {
        self.kind == Some(KeyKind::Status)
    }

    /// Whether the two are the same.
    pub fn is(&self, other: &KeyName) -> bool {
        let are_two = self.noted.is_some() && other.noted.is_some() && self.noted != other.noted;
        (self.plain == other.plain || self.is_inflected(other)) && !are_two
    }

    /// Whether one of the two is the other's plural, in another language, or its other gender: `Autor` and `Autores`, `Décideur` and
    /// `Décideuses`.
    fn is_inflected(&self, other: &KeyName) -> bool {
        let is_plural = |one: &str, other: &str| {
            let ending = one.strip_prefix(other).unwrap_or(" ");
            !ending.contains(' ') && ending.chars().count() <= ENDING
        };
        let is_of_people = || matches!(self.kind, Some(KeyKind::Author | KeyKind::Decider));
        let is_one = || {
            is_plural(&self.plain, &other.plain)
                || is_plural(&other.plain, &self.plain)
                || is_of_people() && are_genders(&self.plain, &other.plain)
        };
        self.kind.is_some() && self.kind == other.kind && is_one()
    }
}

/// The name of the key that the template has as `name`: without the mark before it and the note behind it, as in `+Replaces`
/// and `updated (*optional)`.
pub fn bare_name(name: &str) -> &str {
    let name = name.trim_start_matches(['+', ' ']).trim_end_matches(['#', ' ']);
    match name.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（'])) {
        Some((bare, note)) if note.len() > 2 && !PLURALS.contains(&note) && !bare.trim().is_empty() => bare.trim_end(),
        _ => name,
    }
}

/// What makes a plural of a name.
const PLURALS: [&str; 6] = ["s", "es", "en", "in", "innen", "/in"];

/// Whether a key called `name` has the title as its value, as `Feature Name` has.
pub(super) fn is_title_key(name: &str) -> bool {
    let name = fold(name);
    let last = name.split(' ').next_back();
    last.is_some_and(|word| matches!(word, "title" | "name")) || terms::is(&name, Meaning::KeyTitle)
}

/// The names of several keys, in order, to look one up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames {
    names: Vec<KeyName>,
    /// By the plain name: the places of those that have it.
    by_name: HashMap<String, OfName>,
    /// By what they are about: the places of the first of each plain name.
    by_kind: HashMap<KeyKind, Vec<usize>>,
}

/// The places of those that have one plain name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfName {
    all: Vec<usize>,
    /// Those without a note, and the others by theirs.
    bare: Vec<usize>,
    by_note: HashMap<String, Vec<usize>>,
}

impl KeyNames {
    /// Those of `names`.
    pub fn of(names: impl IntoIterator<Item = KeyName>) -> KeyNames {
        let mut found = KeyNames { names: names.into_iter().collect(), ..KeyNames::default() };
        for (place, name) in found.names.iter().enumerate() {
            let of_name = found.by_name.entry(name.plain.clone()).or_default();
            if of_name.all.is_empty()
                && let Some(kind) = name.kind
            {
                found.by_kind.entry(kind).or_default().push(place);
            }
            of_name.all.push(place);
            match &name.noted {
                None => of_name.bare.push(place),
                Some(note) => of_name.by_note.entry(note.clone()).or_default().push(place),
            }
        }
        found
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &KeyName> {
        self.names.iter()
    }

    /// The place of the first that is the same as `name`, of those that `is_one` says so of.
    pub fn first(&self, name: &KeyName, is_one: impl Fn(usize) -> bool) -> Option<usize> {
        let of_kind = name.kind.and_then(|kind| self.by_kind.get(&kind)).map_or(&[][..], Vec::as_slice);
        let inflected = of_kind
            .iter()
            .map(|place| &self.names[*place])
            .filter(|other| other.plain != name.plain && other.is_inflected(name));
        let plains = std::iter::once(&name.plain).chain(inflected.map(|other| &other.plain));
        let lists = plains.filter_map(|plain| self.by_name.get(plain)).flat_map(|of_name| match &name.noted {
            None => [Some(&of_name.all), None],
            Some(note) => [Some(&of_name.bare), of_name.by_note.get(note)],
        });
        lists.flatten().filter_map(|list| list.iter().copied().find(|place| is_one(*place))).min()
    }
}

/// How many letters the two genders of a word have in common at least, and how many each has at most behind them.
const STEM: usize = 3;
const GENDER: usize = 4;

/// Whether two words for people of one kind differ in their endings alone: `auteur` and `autrice`.
fn are_genders(one: &str, other: &str) -> bool {
    let stem = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let is_word = |word: &str| word.chars().count() <= stem + GENDER && word.chars().all(char::is_alphabetic);
    stem >= STEM && is_word(one) && is_word(other)
}
