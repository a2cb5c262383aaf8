//! How long a section is, against what the template allows.

use super::{Metadata, Proposal};
use crate::syntax::Entry;
use crate::template::{Limits, TemplateSection};
use crate::text::{Span, Text};

/// The length of a section and one limit of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// What is counted.
    pub unit: Unit,
    /// How many there are.
    pub count: usize,
    /// How many there may be.
    pub limit: usize,
    /// The first word over the limit.
    pub over: Option<Span>,
}

/// What the length of a section is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Words, as [`Proposal::words`] has them.
    Words,
    /// Characters of these words, and one for the blank between each two.
    Characters,
    /// Sentences.
    Sentences,
}

impl Unit {
    /// Its name, for many of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Words => "words",
            Unit::Characters => "characters",
            Unit::Sentences => "sentences",
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{} {}", self.count, self.limit, self.unit.as_str())
    }
}

impl Proposal<'_> {
    /// The lengths of the document's section that is the template's `section`, one for each limit; none where there is no
    /// limit or no section.
    pub fn lengths(&self, section: &TemplateSection) -> Vec<Length> {
        if section.word_limit.or(section.character_limit).is_none() {
            return Vec::new();
        }
        let Some(words) = self.words(section) else { return Vec::new() };
        let in_words = section.word_limit.map(|limit| {
            let over = words.get(limit).copied();
            Length { unit: Unit::Words, count: words.len(), limit, over }
        });
        let in_characters = section.character_limit.map(|limit| characters(self.text(), &words, limit));
        in_words.into_iter().chain(in_characters).collect()
    }
}

impl Proposal<'_> {
    /// The values that are longer than the template allows, each with the place of its key; the title has none.
    pub fn long_values(&self) -> Vec<(Option<usize>, Length)> {
        let template = self.template;
        if !template.has_value_limits() {
            return Vec::new();
        }
        let title = || {
            let heading = &self.title()?.heading;
            let rest = template.read_number(&heading.text).map_or(0, |number| number.rest);
            let length = too_long(&heading.text[rest..], heading.content, template.value_limits(None))?;
            Some((None, length))
        };
        let value = |metadata: &Metadata, entry: &Entry| {
            let (index, key) = template.metadata_key(metadata.form, &entry.key)?;
            let limits = template.value_limits(Some(index));
            if limits == Limits::default() {
                return None;
            }
            let value = metadata.value(self.text(), entry);
            let rest = template.read_number(&value).map_or(0, |number| number.rest);
            let is_own = value != key.placeholder;
            let length = too_long(value[rest..].trim_matches(['"', '\'']), entry.value, limits)?;
            is_own.then_some((Some(index), length))
        };
        let of_key = |metadata: &Metadata| -> Vec<_> {
            metadata.entries.iter().filter_map(|entry| value(metadata, entry)).collect()
        };
        title().into_iter().chain(self.all_metadata().flat_map(of_key)).collect()
    }
}

/// The first of `limits` that `value` is over, which stands at `span`.
fn too_long(value: &str, span: Span, limits: Limits) -> Option<Length> {
    let has_letters = |word: &&str| word.chars().any(char::is_alphanumeric);
    let counts = [
        (Unit::Words, limits.words, value.split_whitespace().filter(has_letters).count()),
        (Unit::Characters, limits.characters, value.chars().count()),
        (Unit::Sentences, limits.sentences, sentences(value)),
    ];
    let over = counts.into_iter().find(|(_, limit, count)| limit.is_some_and(|limit| *count > limit));
    over.and_then(|(unit, limit, count)| Some(Length { unit, count, limit: limit?, over: Some(span) }))
}

/// How many sentences `text` has: words of more than two letters that end with a mark, before one in a capital.
fn sentences(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_end = |pair: &[&str]| {
        let bare = pair[0].trim_end_matches(['.', '!', '?']);
        let letters = bare.chars().filter(|sign| sign.is_alphabetic()).count();
        let is_short =
            letters < 3 || bare.contains('.') || matches!(bare.to_lowercase().as_str(), "etc" | "approx" | "incl");
        bare.len() < pair[0].len() && !is_short && pair[1].starts_with(char::is_uppercase)
    };
    1 + words.windows(2).filter(|pair| is_end(pair)).count()
}

fn characters(text: &Text, words: &[Span], limit: usize) -> Length {
    let (mut count, mut over) = (0, None);
    for (index, word) in words.iter().enumerate() {
        count += usize::from(index > 0) + text.slice(*word).chars().count();
        over = over.or((count > limit).then_some(*word));
    }
    Length { unit: Unit::Characters, count, limit, over }
}
