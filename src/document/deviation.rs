//! In which ways a document is other than its template, as far as others may be so, too.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::unfilled::kept_samples;
use super::{Metadata, Proposal, State, said_in};
use crate::syntax::{BlockKind, Entry, fold, front_matter_error, item_content};
use crate::template::{Form, KeyName, MetadataKey, TemplateSection, is_date};
use crate::text::Span;

/// One way of being other than the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deviation {
    /// The section at this place of the template is not there.
    NoSection(usize),
    /// It has another name, which is nearly the template's.
    OtherName(usize),
    /// The metadata key at this place is not there.
    NoKey(usize),
    /// There is no title.
    NoTitle,
    /// The title has no number.
    NoNumber,
    /// The value of the key at this place is too long; without one, the title.
    LongValue(Option<usize>),
    /// The sections stand at another level.
    OtherLevel,
    /// The section at this place of the template has nothing but the template's words.
    Unfilled(usize),
    /// It has kept this text of the template, hashed.
    Keeps(u64),
    /// The key at this place has the template's example as its value.
    KeepsValue(usize),
    /// Its value is none that the template lists.
    OtherValue(usize),
    /// Its value is this one, in small letters and hashed, which the template does not list.
    OwnValue(usize, u64),
}

impl Deviation {
    /// That it has kept `instruction` of the template, a paragraph as rendered.
    pub fn keeps(instruction: &str) -> Deviation {
        Deviation::Keeps(hash(instruction))
    }

    /// That the key at `place` has `value`, which the template does not list.
    pub fn own_value(place: usize, value: &str) -> Deviation {
        Deviation::OwnValue(place, hash(&value.to_lowercase()))
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// How many documents there are of a kind, among how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are of the kind.
    pub count: usize,
    /// Among how many.
    pub all: usize,
}

impl Share {
    /// Whether it is more than `percent` of all.
    pub fn is_over(self, percent: usize) -> bool {
        self.count * 100 > self.all.saturating_mul(percent)
    }
}

/// From where on what other documents do says something of what the template means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How many others there are at least.
    pub documents: usize,
    /// What more than this share of them do otherwise, in percent, is information, if it is not one of them alone.
    pub information: usize,
    /// What more than this share of them do otherwise, in percent, is a hint.
    pub hint: usize,
    /// What more than this share of them keep, in percent, is meant to stay.
    pub kept: usize,
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence { documents: 5, information: 15, hint: 50, kept: 33 }
    }
}

impl Proposal<'_> {
    /// How it deviates from its template. None where it has none of its sections or a form of its own: that says nothing of the
    /// template's.
    pub fn deviations(&self) -> Option<Vec<Deviation>> {
        let sections = &self.template.sections;
        let is_like_it = sections.iter().any(|section| self.section(section).is_some()) && !self.has_own_form();
        is_like_it.then_some(())?;
        // Who leaves a section empty does without it.
        let says_nothing =
            |section: &&TemplateSection| matches!(self.raw_state(section), None | Some(State::Empty | State::Bare));
        let missing = sections.iter().filter(says_nothing).filter(|section| !self.is_said_elsewhere(section));
        let mut found: Vec<Deviation> = missing.map(|section| Deviation::NoSection(section.index)).collect();
        let is_near = |index: &usize| self.section(&sections[*index]).is_some_and(|found| self.is_near_miss(found));
        found.extend((0..sections.len()).filter(is_near).map(Deviation::OtherName));
        found.extend(self.missing_keys().map(|(index, _)| Deviation::NoKey(index)));
        found.extend(self.blank_keys().map(Deviation::NoKey));
        if let Some(title) = &self.template.title {
            match self.title() {
                None => found.push(Deviation::NoTitle),
                Some(own) if title.prefix.is_some() && title.read_number(&own.heading.text).is_none() => {
                    found.push(Deviation::NoNumber);
                }
                Some(_) => {}
            }
        }
        found.extend(self.long_values().into_iter().map(|(key, _)| Deviation::LongValue(key)));
        found.extend((self.section_level() != self.template.section_level()).then_some(Deviation::OtherLevel));
        let is_unfilled = |index: &usize| self.raw_state(&sections[*index]) == Some(State::Unfilled);
        found.extend((0..sections.len()).filter(is_unfilled).map(Deviation::Unfilled));
        found.extend(self.instructions().iter().map(|found| Deviation::keeps(&found.text)));
        found.extend(kept_samples(self).into_iter().map(Deviation::KeepsValue));
        for (index, entry) in self.other_values() {
            let (value, _) = said_in(self.text(), entry);
            found.extend([Deviation::OtherValue(index), Deviation::own_value(index, &value)]);
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// Whether so many other documents do the same that it is meant so.
    pub fn is_usual(&self, deviation: Deviation) -> bool {
        self.surroundings().is_some_and(|surroundings| {
            let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
            share.all >= evidence.documents && share.is_over(evidence.kept)
        })
    }

    /// The keys that the template asks for in the form that its metadata has, each with its place.
    pub fn required_keys(&self) -> impl Iterator<Item = (usize, &MetadataKey)> {
        let template = self.template;
        let keys = template.metadata.iter().enumerate();
        keys.filter(|(_, key)| Some(key.form) == template.form && !key.is_optional)
    }

    /// Those that are not there, under their names or in a variant, in whichever form.
    pub fn missing_keys(&self) -> impl Iterator<Item = (usize, &MetadataKey)> {
        let has = |key: &MetadataKey| {
            let is_there =
                |metadata: &Metadata| metadata.entry_called(key.called()).is_some() || self.has_variant(metadata, key);
            let is_slipped = || {
                let front_matter = self.document.blocks().front_matter.filter(|_| key.form == Form::FrontMatter);
                front_matter.is_some_and(|span| self.has_slipped_key(span, key))
            };
            self.metadata().is_some_and(is_there)
                || self.section_metadata().is_some_and(is_there)
                || self.other_metadata().iter().any(is_there)
                || is_slipped()
                || self.has_bare_item(key)
        };
        self.required_keys().filter(move |(_, key)| !has(key))
    }

    /// The places of the keys that are there and have no value.
    fn blank_keys(&self) -> impl Iterator<Item = usize> {
        self.all_metadata().flat_map(|metadata| {
            let is_blank = |entry: &Entry| metadata.value(self.text(), entry).trim().is_empty();
            let keys = metadata.named().filter(move |(_, entry)| is_blank(entry));
            keys.filter_map(|(name, _)| Some(self.template.key_called(metadata.form, name)?.0))
        })
    }

    /// Whether the front matter at `span`, which is not valid, has `key` at another depth than it should: that is to be mended first.
    fn has_slipped_key(&self, span: Span, key: &MetadataKey) -> bool {
        let text = self.text();
        let is_key = |line: &str| {
            let line = line.trim_start().trim_start_matches("- ");
            line.split_once(':').is_some_and(|(name, _)| KeyName::of(name.trim_matches(['"', '\''])).is(key.called()))
        };
        text.slice(span).lines().any(is_key) && front_matter_error(text, span).is_some()
    }

    /// Whether a list before the sections has `key` as an item, with what it has in items of its own and no colon: `- **Owners**`.
    fn has_bare_item(&self, key: &MetadataKey) -> bool {
        let text = self.text();
        let is_key = |line: &str| {
            let content = item_content(line).map(|start| line[start..].trim().trim_matches(['*', '_', '`', ':']));
            content.is_some_and(|name| !name.is_empty() && KeyName::of(name).is(key.called()))
        };
        let place = self.preamble();
        let blocks = self.document.blocks().list.iter().filter(|block| place.contains(block.span.start));
        let mut lists = blocks.filter(|block| block.kind == BlockKind::List);
        lists.any(|list| text.slice(list.span).lines().any(is_key))
    }

    /// Whether the author has a key of their own in place of `key`: `Tracking Issue` for `Project Issue`, or `Introduced` with a
    /// date for `Date`.
    fn has_variant(&self, metadata: &Metadata, key: &MetadataKey) -> bool {
        let noun = |name: &str| fold(name).rsplit_once(' ').map(|(_, noun)| noun.to_owned());
        let wanted = noun(&key.name);
        let is_dated = |entry: &Entry| {
            let is_wanted = key.name.eq_ignore_ascii_case("date");
            is_wanted && is_date(&self.text().slice(entry.value))
        };
        let is_own = |name: &KeyName| self.template.key_called(metadata.form, name).is_none();
        // `Implementation` for `Implementation Status`.
        let starts = |own: &str| fold(&key.name).strip_prefix(&fold(own)).is_some_and(|rest| rest.starts_with(' '));
        let is_meant =
            |entry: &Entry| wanted.is_some() && noun(&entry.key) == wanted || is_dated(entry) || starts(&entry.key);
        metadata.named().any(|(name, entry)| is_meant(entry) && is_own(name))
    }
}
