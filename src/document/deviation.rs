//! Ways in which documents are other than their template, and how many are.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::template::Template;

/// One way of being other than the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// All that there may be from `template`, but for values that it does not list.
    pub fn all(template: &Template) -> impl Iterator<Item = Deviation> {
        let (sections, keys) = (template.sections.len(), template.metadata.len());
        let by_section = [Deviation::NoSection, Deviation::OtherName, Deviation::Unfilled];
        let by_key = [Deviation::NoKey, Deviation::KeepsValue, Deviation::OtherValue];
        let long = (0..keys).map(Some).chain([None]).map(Deviation::LongValue);
        let kept = template.instructions.texts().into_iter().map(Deviation::keeps);
        let of_sections = by_section.into_iter().flat_map(move |deviation| (0..sections).map(deviation));
        let of_keys = by_key.into_iter().flat_map(move |deviation| (0..keys).map(deviation));
        let of_title = [Deviation::NoTitle, Deviation::NoNumber, Deviation::OtherLevel];
        of_sections.chain(of_keys).chain(of_title).chain(long).chain(kept)
    }

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
