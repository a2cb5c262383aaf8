//! The length of a section, compared with the limits of the template.

use super::{Metadata, Proposal};
use crate::letters;
use crate::syntax::{Entry, count_words, words};
use crate::template::{Limits, TemplateSection};
use crate::text::{Span, Text};

/// The length of a section and one of its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// What is counted.
    pub unit: Unit,
    /// The length.
    pub count: usize,
    /// The limit.
    pub limit: usize,
    /// The first word over the limit.
    pub over: Option<Span>,
}

/// The unit of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Words, as counted by [`Proposal::words`].
    Words,
    /// Characters of these words, and one for the space between each two.
    Characters,
    /// Sentences.
    Sentences,
    /// Lines that have words.
    Lines,
}

impl Unit {
    /// Returns the name of the unit in the plural.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Words => "words",
            Unit::Characters => "characters",
            Unit::Sentences => "sentences",
            Unit::Lines => "lines",
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{} {}", self.count, self.limit, self.unit.as_str())
    }
}

impl Proposal<'_> {
    /// Returns the words of the document's section that is the template's `section`: those of the author, without those of the
    /// template.
    pub fn words(&self, section: &TemplateSection) -> Option<Vec<Span>> {
        let body = self.section(section)?.body();
        let read = || words(self.text(), body, |paragraph| self.template.instructions.say(paragraph));
        Some(self.document.kept_in(body, self.template.origin(), (), read))
    }

    /// Returns the lengths of the document's section that is the template's `section`, one for each limit. Empty if there is no
    /// limit or no section.
    pub fn lengths(&self, section: &TemplateSection) -> Vec<Length> {
        let limits = [
            (Unit::Words, section.word_limit),
            (Unit::Characters, section.character_limit),
            (Unit::Sentences, section.sentence_limit),
            (Unit::Lines, section.line_limit),
        ];
        if limits.iter().all(|(_, limit)| limit.is_none()) {
            return Vec::new();
        }
        let Some(words) = self.words(section) else { return Vec::new() };
        let length = |(unit, limit): (Unit, Option<usize>)| Some(length(self.text(), &words, unit, limit?));
        limits.into_iter().filter_map(length).collect()
    }
}

/// Returns the length of `words` of `text`, in `unit`, with its `limit`.
fn length(text: &Text, words: &[Span], unit: Unit, limit: usize) -> Length {
    let (mut count, mut over) = (0, None);
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| words[before]);
        count += match unit {
            Unit::Words => 1,
            // Anything between two words counts as one space.
            Unit::Characters => {
                let gap = before.is_some_and(|before| before.end < word.start);
                usize::from(gap) + letters::count(&text.slice(*word))
            }
            Unit::Sentences => usize::from(before.is_none_or(|before| ends_sentence(text, before, *word))),
            Unit::Lines => {
                usize::from(before.is_none_or(|before| text.line_at(before.start) < text.line_at(word.start)))
            }
        };
        over = over.or((count > limit).then_some(*word));
    }
    Length { unit, count, limit, over }
}

/// Whether a sentence of `text` ends with the word at `word`, which is followed by the one at `next`.
fn ends_sentence(text: &Text, word: Span, next: Span) -> bool {
    let between = text.slice(Span::new(word.end, next.start.max(word.end)));
    between.contains(WIDE_ENDS) || is_end(&text.slice(word), &text.slice(next))
}

/// The signs that end a sentence in East Asia.
const WIDE_ENDS: [char; 3] = ['。', '！', '？'];

impl Proposal<'_> {
    /// Returns the values that are longer than the template allows, each with the place of its key, or `None` for the title.
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

/// Returns the first of `limits` that `value`, which is at `span`, exceeds.
fn too_long(value: &str, span: Span, limits: Limits) -> Option<Length> {
    let counts = [
        (Unit::Words, limits.words, count_words(value)),
        (Unit::Characters, limits.characters, letters::count(value)),
        (Unit::Sentences, limits.sentences, sentences(value)),
    ];
    let over = counts.into_iter().find(|(_, limit, count)| limit.is_some_and(|limit| *count > limit));
    over.and_then(|(unit, limit, count)| Some(Length { unit, count, limit: limit?, over: Some(span) }))
}

/// Returns the number of sentences in `text`.
fn sentences(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wide = text.trim_end_matches(WIDE_ENDS).matches(WIDE_ENDS).count();
    1 + wide + words.windows(2).filter(|pair| is_end(pair[0], pair[1])).count()
}

/// Whether a sentence ends with `word`, which is followed by `next`: it has more than two letters and a full stop or the like, and
/// a capital follows.
fn is_end(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(['.', '!', '?']);
    let letters = bare.chars().filter(|sign| sign.is_alphabetic()).count();
    let is_short =
        letters < 3 || bare.contains('.') || matches!(bare.to_lowercase().as_str(), "etc" | "approx" | "incl");
    bare.len() < word.len() && !is_short && next.starts_with(char::is_uppercase)
}
