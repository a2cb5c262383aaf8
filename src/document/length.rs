//! How long a section is, against what the template allows.

use super::Proposal;
use crate::template::TemplateSection;
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
}

impl Unit {
    /// Its name, for many of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Words => "words",
            Unit::Characters => "characters",
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

fn characters(text: &Text, words: &[Span], limit: usize) -> Length {
    let (mut count, mut over) = (0, None);
    for (index, word) in words.iter().enumerate() {
        count += usize::from(index > 0) + text.slice(*word).chars().count();
        over = over.or((count > limit).then_some(*word));
    }
    Length { unit: Unit::Characters, count, limit, over }
}
