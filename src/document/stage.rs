//! The state of a proposal in its life cycle: what may follow, and what it still requires.

use super::{Proposal, State, Status, is_value};
use crate::syntax::fold;
use crate::template::{LifeCycle, Stage, Template, is_date, is_nothing, stands_for_date};
use crate::terms::{self, KeyKind, Meaning, kind_of_key};

/// Something that a state requires and a proposal lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required<'a> {
    /// A value of this key.
    Key(&'a str),
    /// This section, or its content.
    Section(&'a str),
    /// The name of a release.
    Release,
    /// A date.
    Date,
}

impl<'a> Proposal<'a> {
    /// Returns the state of the life cycle that the proposal is in.
    pub fn stage(&self) -> Option<&'a Stage> {
        stage_of(&self.template.life_cycle, &self.status()?.text)
    }

    /// Returns what the state of the proposal requires and the proposal lacks.
    pub fn unmet(&self) -> Vec<Required<'a>> {
        let Some(stage) = self.stage() else { return Vec::new() };
        let keys = stage.keys.iter().filter(|key| !self.has_value(key)).map(|key| Required::Key(key));
        let sections = stage.sections.iter().filter(|name| !self.has_content(name)).map(|name| Required::Section(name));
        let is_listed = |name: &str| stage.keys.iter().any(|key| key.eq_ignore_ascii_case(name));
        let release = stage.has_release && !is_listed("Release") && !self.has_value("Release");
        let date = stage.has_date && !self.has_date();
        let release = release.then_some(Required::Release).into_iter();
        keys.chain(sections).chain(release).chain(date.then_some(Required::Date)).collect()
    }

    /// Whether `key` has a value of the author.
    fn has_value(&self, key: &str) -> bool {
        // The heading is a title, too.
        if kind_of_key(&fold(key)) == Some(KeyKind::Title) && self.title().is_some() {
            return true;
        }
        self.everywhere().any(|metadata| {
            let Some(entry) = metadata.entry(key) else { return false };
            let (value, _) = self.said_of(metadata, entry);
            let is_placeholder = self.unfilled().iter().any(|unfilled| unfilled.span.meets(entry.value));
            value.contains(char::is_alphanumeric)
                && !value.starts_with("<!--")
                && !is_nothing(&value)
                && !is_placeholder
        })
    }

    /// Whether any key has a date.
    fn has_date(&self) -> bool {
        self.everywhere().any(|metadata| {
            let mut values = metadata.entries.iter().map(|entry| self.said_of(metadata, entry).0);
            let has_date = |value: &str| is_date(value) || value.split([' ', 'T', ',']).any(is_date);
            values.any(|value| !stands_for_date(&value) && has_date(&value))
        })
    }

    /// Whether the section called `name` is there and filled in.
    fn has_content(&self, name: &str) -> bool {
        match self.template.section_called(name) {
            Some(index) => self.state(&self.template.sections[index]) == Some(State::Filled),
            None => {
                let key = fold(name);
                let mut sections = self.document.outline().iter().map(|(_, section)| section);
                let own = sections.find(|section| fold(&section.heading.text) == key);
                own.is_some_and(|section| self.blocks_of(section).next().is_some())
            }
        }
    }
}

impl Status {
    /// Whether no template text may be left in a proposal of `template` with this status.
    pub fn is_finished(&self, template: &Template) -> bool {
        self.is_accepted(template) || stage_of(&template.life_cycle, &self.text).is_some_and(|stage| stage.is_finished)
    }
}

/// Returns the state of `life_cycle` that `status` says; of two that start alike, the longer one.
pub fn stage_of<'a>(life_cycle: &'a LifeCycle, status: &str) -> Option<&'a Stage> {
    let spaced = |text: &str| text.replace(['-', '_'], " ");
    let is_it = |stage: &&Stage| is_value(status, &stage.name) || is_value(&spaced(status), &spaced(&stage.name));
    life_cycle.stages.iter().filter(is_it).max_by_key(|stage| stage.name.len())
}

/// Whether the status `value` means that a proposal is not carried out, or no longer holds: rejected, superseded, deprecated.
pub fn is_end(value: &str) -> bool {
    matches!(terms::status(value), Some(Meaning::Rejected | Meaning::Superseded | Meaning::Deprecated))
}
