//! The names of metadata keys, for comparison.

use std::cell::RefCell;

use foldhash::HashMap;

use crate::letters::without_accents;
use crate::syntax::fold;
use crate::terms::{self, KeyKind, Meaning};

/// The maximum number of letters that a plural adds to its singular.
const ENDING: usize = 2;

/// The name of a metadata key, for comparison: `Author`, `authors` and `Author(s)`, `Issue` and `Issue #`, `+Requires` and
/// `requires (*optional)` are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyName {
    plain: String,
    /// The whole name, if it has a note: `Owner (code)` and `Owner (docs)` are different.
    noted: Option<String>,
    /// The subject, in any language.
    kind: Option<KeyKind>,
}

/// The maximum number of names in the cache.
const MOST_KNOWN: usize = 20_000;

thread_local! {
    /// A cache, as the names in a document are looked up several times at each keystroke.
    static KNOWN: RefCell<HashMap<String, KeyName>> = RefCell::default();
}

impl KeyName {
    /// Returns the name of `key`.
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

    /// Returns the subject of the key, which its name may tell in any language.
    pub fn kind(&self) -> Option<KeyKind> {
        self.kind
    }

    /// Whether this is a name for a status, in any language.
    pub fn is_status(&self) -> bool {
        self.kind == Some(KeyKind::Status)
    }

    /// Whether the two are the same name.
    pub fn is(&self, other: &KeyName) -> bool {
        let are_two = self.noted.is_some() && other.noted.is_some() && self.noted != other.noted;
        (self.plain == other.plain || self.is_inflected(other)) && !are_two
    }

    /// Whether one of the two is the plural of the other, in another language than English, or its other gender: `Autor` and
    /// `Autores`, `Décideur` and `Décideuses`.
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

/// Returns the name of the key that the template has as `name`, without the mark before it and the note after it, as in `+Replaces`
/// and `updated (*optional)`.
pub fn bare_name(name: &str) -> &str {
    let name = name.trim_start_matches(['+', ' ']).trim_end_matches(['#', ' ']);
    match name.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（'])) {
        Some((bare, note)) if note.len() > 2 && !PLURALS.contains(&note) && !bare.trim().is_empty() => bare.trim_end(),
        _ => name,
    }
}

/// The endings in parentheses that stand for a plural.
const PLURALS: [&str; 6] = ["s", "es", "en", "in", "innen", "/in"];

/// Whether the value of a key called `name` is the title, as with `Feature Name`.
pub(super) fn is_title_key(name: &str) -> bool {
    let name = fold(name);
    let last = name.split(' ').next_back();
    last.is_some_and(|word| matches!(word, "title" | "name")) || terms::is(&name, Meaning::KeyTitle)
}

/// The names of several keys, in order, with an index for lookups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames {
    names: Vec<KeyName>,
    /// For each plain name, the places of the keys with it.
    by_name: HashMap<String, OfName>,
    /// For each subject, the first place of each plain name.
    by_kind: HashMap<KeyKind, Vec<usize>>,
}

/// The places of the keys with one plain name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfName {
    all: Vec<usize>,
    /// The places of those without a note, and of the others by their notes.
    bare: Vec<usize>,
    by_note: HashMap<String, Vec<usize>>,
}

impl KeyNames {
    /// Creates the index of `names`.
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

    /// Returns all names, in order.
    pub fn iter(&self) -> impl Iterator<Item = &KeyName> {
        self.names.iter()
    }

    /// Returns the place of the first name that is the same as `name`, among those for which `is_one` returns true.
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

/// The minimum number of letters that the two genders of a word share, and the maximum that each has after those.
const STEM: usize = 3;
const GENDER: usize = 4;

/// Whether two words for people of one kind differ only in their endings: `auteur` and `autrice`.
fn are_genders(one: &str, other: &str) -> bool {
    let stem = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let is_word = |word: &str| word.chars().count() <= stem + GENDER && word.chars().all(char::is_alphabetic);
    stem >= STEM && is_word(one) && is_word(other)
}
