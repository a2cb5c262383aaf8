//! The deviations of a document from its template, for comparison with those of other documents.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::placeholders::kept_samples;
use super::{Deviation, Metadata, Proposal, State, said_in};
use crate::syntax::{BlockKind, Entry, fold, front_matter_error, item_content};
use crate::template::{Form, KeyName, KeyNames, MetadataKey, TemplateSection, is_date};

impl Proposal<'_> {
    /// Returns the deviations from the template. `None` if the document has none of the template's sections, or a form of its own,
    /// as it is then no evidence of what the template means.
    pub fn deviations(&self) -> Option<Vec<Deviation>> {
        let sections = &self.template.sections;
        let is_like_it = sections.iter().any(|section| self.section(section).is_some()) && !self.has_own_form();
        is_like_it.then_some(())?;
        // A section that is left empty counts as missing.
        let says_nothing =
            |section: &&TemplateSection| matches!(self.raw_state(section), None | Some(State::Empty | State::Bare));
        let missing = sections.iter().filter(says_nothing).filter(|section| !self.is_said_elsewhere(section));
        let mut found: Vec<Deviation> = missing.map(|section| Deviation::NoSection(section.index)).collect();
        let is_near = |index: &usize| self.section(&sections[*index]).is_some_and(|found| self.is_near_miss(found));
        found.extend((0..sections.len()).filter(is_near).map(Deviation::OtherName));
        found.extend(self.missing_keys().map(|(index, _)| Deviation::NoKey(index)));
        found.extend(self.blank_keys().map(Deviation::NoKey));
        found.extend(self.needless_keys().into_iter().map(|(index, _)| Deviation::NeedlessKey(index)));
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
        Some(found)
    }

    /// Whether so many other documents have this deviation that it is meant to be so.
    pub fn is_usual(&self, deviation: Deviation) -> bool {
        self.surroundings().is_some_and(|surroundings| {
            let (share, evidence) = (surroundings.share(deviation), surroundings.evidence());
            share.all >= evidence.documents && share.is_over(evidence.kept)
        })
    }

    /// Returns the keys that the template requires in the form of its metadata, each with its place.
    pub fn required_keys(&self) -> impl Iterator<Item = (usize, &MetadataKey)> {
        let template = self.template;
        let keys = template.metadata.iter().enumerate();
        let is_required =
            |key: &MetadataKey| !key.is_optional || key.required_when.as_ref().is_some_and(|when| self.holds(when));
        keys.filter(move |(_, key)| Some(key.form) == template.form && is_required(key))
    }

    /// Returns the required keys that are missing: they are not there under their own name or that of a variant, in any form.
    pub fn missing_keys(&self) -> impl Iterator<Item = (usize, &MetadataKey)> {
        let all = || self.metadata().into_iter().chain(self.section_metadata()).chain(self.other_metadata());
        let (variants, slipped, bare) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let has = move |key: &MetadataKey| {
            let is_called = |names: &KeyNames| names.first(key.called(), |_| true).is_some();
            let variants =
                || variants.get_or_init(|| all().map(|metadata| self.variants(metadata)).collect::<Vec<_>>());
            let has_variant = || variants().iter().any(|variants| variants.have(key));
            let is_slipped = || is_called(slipped.get_or_init(|| self.slipped_keys()));
            all().any(|metadata| metadata.entry_called(key.called()).is_some())
                || has_variant()
                || key.form == Form::FrontMatter && is_slipped()
                || is_called(bare.get_or_init(|| self.bare_items()))
        };
        self.required_keys().filter(move |(_, key)| !has(key))
    }

    /// Returns the places of the keys that have no value.
    fn blank_keys(&self) -> impl Iterator<Item = usize> {
        self.all_metadata().flat_map(|metadata| {
            let is_blank = |entry: &Entry| metadata.value(self.text(), entry).trim().is_empty();
            let keys = metadata.named().filter(move |(_, entry)| is_blank(entry));
            keys.filter_map(|(name, _)| Some(self.template.key_called(metadata.form, name)?.0))
        })
    }

    /// Returns the keys in the front matter, at any depth, if it is invalid. They do not count as missing, as the error has to be
    /// fixed first.
    fn slipped_keys(&self) -> KeyNames {
        let text = self.text();
        let front_matter = self.document.blocks().front_matter;
        let Some(span) = front_matter.filter(|span| front_matter_error(text, *span).is_some()) else {
            return KeyNames::default();
        };
        let key = |line: &str| {
            let (name, _) = line.trim_start().trim_start_matches("- ").split_once(':')?;
            Some(KeyName::of(name.trim_matches(['"', '\''])))
        };
        KeyNames::of(text.slice(span).lines().filter_map(key))
    }

    /// Returns the list items before the sections that may be keys without a colon, with their values in nested items:
    /// `- **Owners**`.
    fn bare_items(&self) -> KeyNames {
        let text = self.text();
        let key = |line: &str| {
            let name = line[item_content(line)?..].trim().trim_matches(['*', '_', '`', ':']);
            (!name.is_empty()).then(|| KeyName::of(name))
        };
        let place = self.preamble();
        let blocks = self.document.blocks().list.iter().filter(|block| place.contains(block.span.start));
        let lists = blocks.filter(|block| block.kind == BlockKind::List);
        let keys = lists.flat_map(|list| text.slice(list.span).lines().filter_map(key).collect::<Vec<_>>());
        KeyNames::of(keys)
    }

    /// Returns the author's own keys in `metadata` that may take the place of other keys.
    fn variants(&self, metadata: &Metadata) -> Variants {
        let mut variants = Variants::default();
        for (name, entry) in metadata.named() {
            if self.template.key_called(metadata.form, name).is_none() {
                let own = fold(&entry.key);
                variants.nouns.extend(noun(&own).map(str::to_owned));
                variants.has_date |= is_date(&self.text().slice(entry.value));
                variants.names.insert(own);
            }
        }
        variants
    }
}

/// Keys that an author uses in place of others: `Tracking Issue` for `Project Issue`, `Introduced` with a date for `Date`, or
/// `Implementation` for `Implementation Status`.
#[derive(Debug, Default)]
struct Variants {
    names: HashSet<String>,
    /// The last words of the names.
    nouns: HashSet<String>,
    has_date: bool,
}

impl Variants {
    /// Whether one of the variants may take the place of `key`.
    fn have(&self, key: &MetadataKey) -> bool {
        let name = fold(&key.name);
        let mut starts = name.match_indices(' ').map(|(at, _)| &name[..at]);
        noun(&name).is_some_and(|noun| self.nouns.contains(noun))
            || self.has_date && key.name.eq_ignore_ascii_case("date")
            || starts.any(|start| self.names.contains(start))
    }
}

/// Returns the last word of `name`, if it has several.
fn noun(name: &str) -> Option<&str> {
    name.rsplit_once(' ').map(|(_, noun)| noun)
}
