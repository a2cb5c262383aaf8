//! What words of many languages mean in templates and their documents. The words are data, in `terms.tsv`.

mod relation;

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use crate::letters::{is_dense, is_hangul, is_ideograph, without_accents};
pub use relation::{RelationKind, relation_at, relation_of_key};

/// The subject of a metadata key, or of a section that takes the place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The state of the proposal.
    Status,
    /// A day.
    Date,
    /// Who wrote the proposal, or is responsible for it.
    Author,
    /// Who decides on the proposal, or is consulted.
    Decider,
    /// The number of the proposal.
    Number,
    /// The title of the proposal.
    Title,
}

/// Returns the kind of the key called `name`, in any language. The name must be folded by [`crate::syntax::fold`]. It may be in the
/// singular or the plural, have a note after it, have accents or not, and be in two languages at once. The kind says nothing about
/// the value: `data` is a day in some languages, and a subject in others.
pub fn kind_of_key(name: &str) -> Option<KeyKind> {
    let kind = |name: &str| {
        let known = |name: &str| first_of(&KINDS, name);
        known(name).or_else(|| known(name.strip_suffix('s')?))
    };
    let bare = name.split(['(', '（', '[', '【']).next().unwrap_or_default().trim_end();
    let halves = || bare.split(" and ").filter(|_| bare.contains(" and "));
    kind(bare).or_else(|| halves().find_map(kind))
}

/// Returns the kind of the value of the section called `name`, folded, if the name alone shows that the section has a value. The
/// name of a key in one language, or in a list of keys, may well be the name of a section of prose.
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
        /// The meaning of the words of one line of the data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Meaning { $($(#[$doc])* $name,)* }

        /// The names of the meanings in the data.
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
    /// A key for the last day of something.
    KeyDeadline = "key-deadline",
    /// A key for references to other proposals.
    Relation = "relation",
    /// A key or a status that names the proposals that this one takes the place of.
    Supersedes = "supersedes",
    /// The same for the proposals that take the place of this one.
    SupersededBy = "superseded-by",
    /// The same for the proposals that this one changes.
    Amends = "amends",
    /// The same for the proposals that change this one.
    AmendedBy = "amended-by",
    /// The same for the proposals that this one adds to.
    Extends = "extends",
    /// The same for the proposals that add to this one.
    ExtendedBy = "extended-by",
    /// The same for the proposals that this one needs.
    Requires = "requires",
    /// The same for the proposals that need this one.
    RequiredBy = "required-by",
    /// A note that something is optional.
    Optional = "optional",
    /// A condition under which something is required.
    IfApplicable = "if-applicable",
    /// A note that something is required.
    Required = "required",
    /// A negation.
    Not = "not",
    /// A word that starts or ends a condition.
    If = "if",
    /// A request to remove something.
    Remove = "remove",
    /// The word for a section, as the guidance of a section uses it.
    Section = "section",
    /// Words as a unit.
    Words = "unit-words",
    /// Characters as a unit.
    Characters = "unit-characters",
    /// Sentences as a unit.
    Sentences = "unit-sentences",
    /// Lines as a unit.
    Lines = "unit-lines",
    /// A word that makes a number an upper limit.
    AtMost = "at-most",
    /// A word that makes a number a lower limit.
    AtLeast = "at-least",
    /// A word that makes a number apply to each part.
    Each = "each",
    /// The word between the last two of several values.
    Or = "or",
    /// A placeholder for a title.
    TitleSign = "title-sign",
    /// A placeholder for a value that is known later.
    LaterSign = "later-sign",
    /// A value that says that there is none.
    Nothing = "nothing",
    /// A status before a decision.
    Draft = "status-draft",
    /// A status that awaits a decision, after a first draft.
    Waiting = "status-waiting",
    /// A status after the discussion.
    Accepted = "status-accepted",
    /// A status of a proposal whose change has been made.
    Implemented = "status-implemented",
    /// A status of a proposal that was turned down.
    Rejected = "status-rejected",
    /// A status of a proposal that has ceased to apply.
    Deprecated = "status-deprecated",
    /// A status of a proposal that another one replaces.
    Superseded = "status-superseded",
    /// The word for a year, a month or a day.
    DatePart = "date-part",
    /// A statement that a document has moved elsewhere.
    Moved = "moved",
    /// The word for a template, in any place.
    Template = "template",
    /// A word that template files have in their names, but other files have for their subjects.
    TemplateFile = "template-file",
    /// The name of a section that is additional material.
    BackMatter = "back-matter",
    /// A table of contents.
    Contents = "contents",
    /// A section that has the metadata.
    Metadata = "metadata",
    /// The header of the column of titles in an index page.
    ColumnTitle = "column-title",
    /// The header of a column of keys.
    ColumnKey = "column-key",
    /// A section that has the decision.
    Decision = "decision",
    /// A word in the names of folders of proposals and decisions, in languages other than English.
    RecordFolder = "record-folder",
    /// The name of a key that may also be the name of a section of prose.
    ProseToo = "prose-too",
    /// A word that starts a remark rather than a value.
    Remark = "remark",
}

/// The data: each line has a meaning, a language, and the words of that language with that meaning.
const TERMS: &str = include_str!("terms.tsv");

/// The words by meaning, and the meanings by word. Words with accents are also there without them.
struct Terms {
    lists: Vec<Vec<&'static str>>,
    /// The result of [`bytes_of`] for each word in `lists`.
    bytes: Vec<Vec<u128>>,
    meanings: HashMap<String, u64>,
    /// The English words.
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

/// Returns the first of `kinds` whose meaning `word` has, in lowercase.
fn first_of<K: Copy>(kinds: &[(Meaning, K)], word: &str) -> Option<K> {
    let meanings = known(word);
    kinds.iter().find(|(meaning, _)| meanings & bit(*meaning) != 0).map(|(_, kind)| *kind)
}

/// Whether `word`, in lowercase, has this `meaning`, with or without accents.
pub fn is(word: &str, meaning: Meaning) -> bool {
    known(word) & bit(meaning) != 0
}

/// Returns the words for `meaning`, English ones first.
pub fn words(meaning: Meaning) -> &'static [&'static str] {
    &INDEX.lists[meaning as usize]
}

/// Returns the set of bytes in `text`: a bit for each ASCII byte, and shared bits for the others.
fn bytes_of(text: &str) -> u128 {
    let bit = |byte: u8| if byte.is_ascii() { byte } else { byte % 32 };
    text.bytes().fold(0, |bits, byte| bits | 1 << bit(byte))
}

/// Returns the words for `meaning` that `text` may contain, as it has all of their bytes.
pub fn possible(text: &str, meaning: Meaning) -> impl Iterator<Item = &'static str> {
    let (index, there) = (&*INDEX, bytes_of(text));
    let words = index.lists[meaning as usize].iter().zip(&index.bytes[meaning as usize]);
    words.filter(move |(_, bytes)| *bytes & !there == 0).map(|(word, _)| *word)
}

/// Returns the first place in `text`, in lowercase, that has a word for `meaning` on its own; of several words there, the longest.
pub fn find(text: &str, meaning: Meaning) -> Option<Range<usize>> {
    search(text, meaning, is_apart)
}

/// Like [`find`], but a word of a script without spaces between words counts anywhere.
pub fn find_within(text: &str, meaning: Meaning) -> Option<Range<usize>> {
    search(text, meaning, |text, place| text[place.clone()].starts_with(is_dense) || is_apart(text, place))
}

fn search(text: &str, meaning: Meaning, fits: fn(&str, &Range<usize>) -> bool) -> Option<Range<usize>> {
    // Fast path, as this runs for every section of a template: most words cannot be in `text`.
    let possible = possible(text, meaning).filter(|word| word.len() <= text.len());
    let found = possible.filter_map(|word| {
        let mut places = text.match_indices(word).map(|(at, _)| at..at + word.len());
        places.find(|place| fits(text, place))
    });
    found.min_by_key(|place| (place.start, usize::MAX - place.end))
}

/// Whether `text`, in lowercase, has a word for `meaning` on its own.
pub fn says(text: &str, meaning: Meaning) -> bool {
    find(text, meaning).is_some()
}

/// Returns the rest of `text`, in lowercase, after the word for `meaning` that it starts with.
pub fn behind(text: &str, meaning: Meaning) -> Option<&str> {
    let longest = words(meaning).iter().filter(|word| text.starts_with(**word)).map(|word| word.len());
    let end = longest.filter(|length| is_apart(text, &(0..*length))).max()?;
    Some(&text[end..])
}

/// The number of signs from which a word of Han counts as a word even within other Han text.
const LONG: usize = 3;

/// Whether the word at `place` of `text` is not a part of another word. Where words have no spaces between them, a long word counts
/// wherever it stands; Korean puts particles after a word.
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

/// Returns the state of the proposal by the words that `status` starts with, in any language.
pub fn status(status: &str) -> Option<Meaning> {
    state(status).map(|(state, _)| state)
}

/// Whether `status` as a whole is a known status.
pub fn is_status(status: &str) -> bool {
    state(status).is_some_and(|(_, words)| words == status.to_lowercase())
}

/// Whether the words that `status` starts with are known and English.
pub fn is_english_status(status: &str) -> bool {
    state(status).is_some_and(|(_, word)| INDEX.english.contains(word.as_str()))
}

/// Whether the words that `status` starts with say that nothing has been decided yet.
pub fn is_undecided(status: &str) -> bool {
    state_of(status, &[Meaning::Draft, Meaning::Waiting]).is_some()
}

/// Returns the state of the proposal, and the lowercase words of `status` that say so.
fn state(status: &str) -> Option<(Meaning, String)> {
    let states = [
        Meaning::Draft,
        Meaning::Rejected,
        Meaning::Superseded,
        Meaning::Deprecated,
        Meaning::Implemented,
        Meaning::Accepted,
    ];
    state_of(status, &states)
}

/// Returns the one of `states` that the first words of `status` say, and these words in lowercase.
fn state_of(status: &str, states: &[Meaning]) -> Option<(Meaning, String)> {
    let lower = status.to_lowercase();
    let end = lower.find(|sign: char| !sign.is_alphanumeric() && sign != ' ').unwrap_or(lower.len());
    // The rest is a remark, however long.
    let text = lower[..end].trim();
    let mut text = text.match_indices(' ').nth(STATUS_WORDS).map_or(text, |(at, _)| &text[..at]);
    while !text.is_empty() {
        let meanings = known(text);
        if let Some(state) = states.iter().find(|state| meanings & bit(**state) != 0) {
            return Some((*state, text.to_owned()));
        }
        text = text.rfind(' ').map_or("", |at| text[..at].trim_end());
    }
    None
}

/// The largest number of words in a status, less one.
const STATUS_WORDS: usize = 7;

/// The endings of a word by gender and number, in languages whose statuses are inflected.
const ENDINGS: [&[&str]; 5] = [
    &["o", "a", "os", "as"],
    &["o", "a", "i", "e"],
    &["é", "ée", "és", "ées"],
    &["", "о", "а", "ы", "ый", "ая", "ое", "ые"],
    &["", "ة"],
];

/// The smallest number of letters before the endings for two words to be forms of one word.
const STEM: usize = 4;

/// Whether `one` and `other`, single lowercase words, are forms of one word that differ in gender or number, such as `aceptada` and
/// `aceptado`.
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
    // An empty ending belongs to the script of the other endings.
    let is_of = |endings: &&&[&str]| !endings.contains(&"") || is_like(one, endings[1]);
    let mut tables = ENDINGS.iter().filter(is_of);
    is_word(one) && is_word(other) && one != other && tables.any(|endings| is_one(endings))
}

/// Whether `word` starts with a letter of the script of `ending`: Cyrillic or Arabic, each of which has a block of its own.
fn is_like(word: &str, ending: &str) -> bool {
    let block = |text: &str| text.chars().next().map(|letter| u32::from(letter) / 0x100);
    block(word) == block(ending)
}

#[cfg(test)]
mod tests;
