//! What words of many languages mean where templates and their documents use them. The words are data, in `terms.tsv`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use crate::letters::{is_dense, is_hangul, is_ideograph, without_accents};

/// What a metadata key, or a section in the place of one, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// How far the proposal is.
    Status,
    /// A day.
    Date,
    /// Who wrote it, or answers for it.
    Author,
    /// Who decides on it, or is asked.
    Decider,
    /// Its number.
    Number,
    /// Its title.
    Title,
}

/// The kind of the key called `name`, as [`crate::syntax::fold`] leaves it, in any language: in the singular or the plural, with a
/// note behind it, with or without accents, and in two languages at once. It tells nothing of the value: `data` is a day in some
/// languages, and a subject in others.
pub fn kind_of_key(name: &str) -> Option<KeyKind> {
    let kind = |name: &str| {
        let known = |name: &str| {
            let meanings = known(name);
            KINDS.iter().find(|(meaning, _)| meanings & bit(*meaning) != 0).map(|(_, kind)| *kind)
        };
        known(name).or_else(|| known(name.strip_suffix('s')?))
    };
    let bare = name.split(['(', '（', '[', '【']).next().unwrap_or_default().trim_end();
    let halves = || bare.split(" and ").filter(|_| bare.contains(" and "));
    kind(bare).or_else(|| halves().find_map(kind))
}

/// Whether the section called `name`, folded, has a value of this `kind` by its name alone. What is a key's name in one language, or
/// in a list of keys, may well be the name of a section of prose.
pub fn names_value(name: &str) -> Option<KeyKind> {
    let kind = kind_of_key(name).filter(|kind| matches!(kind, KeyKind::Status | KeyKind::Date));
    kind.filter(|_| !is(name, Meaning::ProseToo))
}

const KINDS: [(Meaning, KeyKind); 6] = [
    (Meaning::KeyStatus, KeyKind::Status),
    (Meaning::KeyDate, KeyKind::Date),
    (Meaning::KeyAuthor, KeyKind::Author),
    (Meaning::KeyDecider, KeyKind::Decider),
    (Meaning::KeyNumber, KeyKind::Number),
    (Meaning::KeyTitle, KeyKind::Title),
];

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What words of one line of the data mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Meaning { $($(#[$doc])* $name,)* }

        /// What the data calls them.
        const NAMES: &[&str] = &[$($text,)*];
    };
}

meanings! {
    /// A key for [`KeyKind::Status`].
    KeyStatus = "key-status",
    /// A key for [`KeyKind::Date`].
    KeyDate = "key-date",
    /// A key for [`KeyKind::Author`].
    KeyAuthor = "key-author",
    /// A key for [`KeyKind::Decider`].
    KeyDecider = "key-decider",
    /// A key for [`KeyKind::Number`].
    KeyNumber = "key-number",
    /// A key for [`KeyKind::Title`].
    KeyTitle = "key-title",
    /// A key for other proposals.
    Relation = "relation",
    /// A note that something may be left out.
    Optional = "optional",
    /// A condition on which something is asked for.
    IfApplicable = "if-applicable",
    /// A note that something is asked for.
    Required = "required",
    /// A denial.
    Not = "not",
    /// What starts or ends a condition.
    If = "if",
    /// An order to take something out.
    Remove = "remove",
    /// A section, as its own guidance speaks of it.
    Section = "section",
    /// Words as a unit.
    Words = "unit-words",
    /// Characters as a unit.
    Characters = "unit-characters",
    /// Sentences as a unit.
    Sentences = "unit-sentences",
    /// Lines as a unit.
    Lines = "unit-lines",
    /// What makes a number the most.
    AtMost = "at-most",
    /// What makes it the least.
    AtLeast = "at-least",
    /// What makes it that of each part.
    Each = "each",
    /// What divides the last two of several values.
    Or = "or",
    /// What stands for a title.
    TitleSign = "title-sign",
    /// What stands for a value to come.
    LaterSign = "later-sign",
    /// A value that says that there is none.
    Nothing = "nothing",
    /// A status before a decision.
    Draft = "status-draft",
    /// A status past discussion.
    Accepted = "status-accepted",
    /// A status at which the change is there.
    Implemented = "status-implemented",
    /// A status of what is not to be.
    Rejected = "status-rejected",
    /// A status of what is not to be any more.
    Deprecated = "status-deprecated",
    /// A status of what another proposal replaces.
    Superseded = "status-superseded",
    /// The word for a year, a month or a day.
    DatePart = "date-part",
    /// What says that a document is elsewhere now.
    Moved = "moved",
    /// The word for a template, wherever it stands.
    Template = "template",
    /// A word that files of templates have in their names, and others for what they say.
    TemplateFile = "template-file",
    /// A section that is additional by its very name.
    BackMatter = "back-matter",
    /// A table of contents.
    Contents = "contents",
    /// A section that has the metadata.
    Metadata = "metadata",
    /// The header of an index page's column of titles.
    ColumnTitle = "column-title",
    /// The header of a column of keys.
    ColumnKey = "column-key",
    /// A section that has what was decided.
    Decision = "decision",
    /// A word that folders of proposals and decisions have in their names, in other languages than English.
    RecordFolder = "record-folder",
    /// The name of a key that a section of prose may well have, too.
    ProseToo = "prose-too",
    /// What starts a remark and not a value.
    Remark = "remark",
}

/// The data: the meaning, the language, and the words, each line for one of both.
const TERMS: &str = include_str!("terms.tsv");

/// The words by their meanings, and the meanings by their words, which are there with and without accents.
struct Terms {
    lists: Vec<Vec<&'static str>>,
    /// What [`bytes_of`] says of each of them.
    bytes: Vec<Vec<u128>>,
    meanings: HashMap<String, u64>,
    /// Those of English.
    english: HashSet<&'static str>,
}

static INDEX: LazyLock<Terms> = LazyLock::new(|| {
    let mut terms = Terms {
        lists: vec![Vec::new(); NAMES.len()],
        bytes: vec![Vec::new(); NAMES.len()],
        meanings: HashMap::new(),
        english: HashSet::new(),
    };
    for line in TERMS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let meaning = columns.next().and_then(|name| NAMES.iter().position(|known| *known == name));
        let (Some(meaning), Some(language), Some(words)) = (meaning, columns.next(), columns.next()) else { continue };
        for word in words.split("; ") {
            if language == "en" {
                terms.english.insert(word);
            }
            terms.lists[meaning].push(word);
            terms.bytes[meaning].push(bytes_of(word));
            for word in [word.to_owned(), without_accents(word).into_owned()] {
                *terms.meanings.entry(word).or_default() |= 1 << meaning;
            }
        }
    }
    terms
});

fn bit(meaning: Meaning) -> u64 {
    1 << meaning as u64
}

fn known(word: &str) -> u64 {
    let find = |word: &str| INDEX.meanings.get(word).copied();
    let plain = || if word.is_ascii() { None } else { find(&without_accents(word)) };
    find(word).or_else(plain).unwrap_or_default()
}

/// Whether `word`, in small letters, is one for `meaning`, with or without accents.
pub fn is(word: &str, meaning: Meaning) -> bool {
    known(word) & bit(meaning) != 0
}

/// The words for `meaning`, those of English first.
pub fn words(meaning: Meaning) -> &'static [&'static str] {
    &INDEX.lists[meaning as usize]
}

/// Which bytes `text` has: a bit for each of ASCII, and some for the others.
fn bytes_of(text: &str) -> u128 {
    let bit = |byte: u8| if byte.is_ascii() { byte } else { byte % 32 };
    text.bytes().fold(0, |bits, byte| bits | 1 << bit(byte))
}

/// Of the words for `meaning`, those that `text` may have: it has their bytes.
pub fn possible(text: &str, meaning: Meaning) -> impl Iterator<Item = &'static str> {
    let (index, there) = (&*INDEX, bytes_of(text));
    let words = index.lists[meaning as usize].iter().zip(&index.bytes[meaning as usize]);
    words.filter(move |(_, bytes)| *bytes & !there == 0).map(|(word, _)| *word)
}

/// Where `text`, in small letters, first has a word for `meaning` on its own, of several the longest.
pub fn find(text: &str, meaning: Meaning) -> Option<Range<usize>> {
    search(text, meaning, is_apart)
}

/// The same, where words of scripts that have no blanks between them count wherever they stand.
pub fn find_within(text: &str, meaning: Meaning) -> Option<Range<usize>> {
    search(text, meaning, |text, place| text[place.clone()].starts_with(is_dense) || is_apart(text, place))
}

fn search(text: &str, meaning: Meaning, fits: fn(&str, &Range<usize>) -> bool) -> Option<Range<usize>> {
    // Most words cannot be there, and this is asked of every section of a template.
    let possible = possible(text, meaning).filter(|word| word.len() <= text.len());
    let found = possible.filter_map(|word| {
        let mut places = text.match_indices(word).map(|(at, _)| at..at + word.len());
        places.find(|place| fits(text, place))
    });
    found.min_by_key(|place| (place.start, usize::MAX - place.end))
}

/// Whether `text`, in small letters, has a word for `meaning` on its own.
pub fn says(text: &str, meaning: Meaning) -> bool {
    find(text, meaning).is_some()
}

/// What follows in `text`, in small letters, behind the word for `meaning` that it starts with.
pub fn behind(text: &str, meaning: Meaning) -> Option<&str> {
    let longest = words(meaning).iter().filter(|word| text.starts_with(**word)).map(|word| word.len());
    let end = longest.filter(|length| is_apart(text, &(0..*length))).max()?;
    Some(&text[end..])
}

/// How many signs a word of Han has at least that is one within others.
const LONG: usize = 3;

/// Whether the word at `place` of `text` is no part of another one. Where words have no blanks between them, a long one is none,
/// wherever it stands, and Korean puts particles behind a word.
fn is_apart(text: &str, place: &Range<usize>) -> bool {
    let word = &text[place.clone()];
    let (first, last) = (word.chars().next().unwrap_or(' '), word.chars().next_back().unwrap_or(' '));
    let is_long = word.chars().count() >= LONG;
    let divides = |own: char, next: Option<char>| match next {
        Some(next) if is_ideograph(own) => is_long || !is_ideograph(next),
        Some(next) => !next.is_alphanumeric() || is_dense(own) != is_dense(next),
        None => true,
    };
    let before = text[..place.start].chars().next_back();
    let after = text[place.end..].chars().next();
    divides(first, before) && (is_hangul(last) || divides(last, after))
}

/// What a status says of how far the proposal is, in any language, by the words that `status` starts with.
pub fn status(status: &str) -> Option<Meaning> {
    state(status).map(|(state, _)| state)
}

/// Whether the words that `status` starts with are known, and English.
pub fn is_english_status(status: &str) -> bool {
    state(status).is_some_and(|(_, word)| INDEX.english.contains(word.as_str()))
}

/// What a status says of how far the proposal is, and the words that say it, in small letters.
fn state(status: &str) -> Option<(Meaning, String)> {
    let lower = status.to_lowercase();
    let end = lower.find(|sign: char| !sign.is_alphanumeric() && sign != ' ').unwrap_or(lower.len());
    let states = [
        Meaning::Draft,
        Meaning::Rejected,
        Meaning::Superseded,
        Meaning::Deprecated,
        Meaning::Implemented,
        Meaning::Accepted,
    ];
    // What follows is a remark, however long.
    let text = lower[..end].trim();
    let mut text = text.match_indices(' ').nth(STATUS_WORDS).map_or(text, |(at, _)| &text[..at]);
    while !text.is_empty() {
        let meanings = known(text);
        if let Some(state) = states.into_iter().find(|state| meanings & bit(*state) != 0) {
            return Some((state, text.to_owned()));
        }
        text = text.rfind(' ').map_or("", |at| text[..at].trim_end());
    }
    None
}

/// How many words a status has at most, less one.
const STATUS_WORDS: usize = 7;

/// The endings of one word by gender and number, in languages whose statuses have them.
const ENDINGS: [&[&str]; 5] = [
    &["o", "a", "os", "as"],
    &["o", "a", "i", "e"],
    &["é", "ée", "és", "ées"],
    &["", "о", "а", "ы", "ый", "ая", "ое", "ые"],
    &["", "ة"],
];

/// How many letters two words have at least before their endings, to be one.
const STEM: usize = 4;

/// Whether `one` and `other`, single words in small letters, are one but for gender and number, as `aceptada` and `aceptado`.
pub fn is_inflected(one: &str, other: &str) -> bool {
    let is_word = |word: &str| !word.contains(' ') && word.chars().count() > STEM;
    let stems = |word: &str, endings: &[&str]| -> Vec<String> {
        let stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
        stems.filter(|stem| stem.chars().count() >= STEM).map(str::to_owned).collect()
    };
    let is_one = |endings: &[&str]| {
        let own = stems(one, endings);
        stems(other, endings).iter().any(|stem| own.contains(stem))
    };
    // An ending of no letter is one in the script of the others.
    let is_of = |endings: &&&[&str]| !endings.contains(&"") || is_like(one, endings[1]);
    let mut tables = ENDINGS.iter().filter(is_of);
    is_word(one) && is_word(other) && one != other && tables.any(|endings| is_one(endings))
}

/// Whether `word` starts with a letter of the script of `ending`, Cyrillic or Arabic, each of which has a block of its own.
fn is_like(word: &str, ending: &str) -> bool {
    let block = |text: &str| text.chars().next().map(|letter| u32::from(letter) / 0x100);
    block(word) == block(ending)
}

#[cfg(test)]
mod tests;
