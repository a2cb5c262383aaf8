//! The ways in which documents deviate from their template, and how many documents do.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::template::Template;

/// A way to deviate from the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// The section at this place of the template is missing.
    NoSection(usize),
    /// The section has another name, which is nearly the template's.
    OtherName(usize),
    /// The metadata key at this place is missing.
    NoKey(usize),
    /// The metadata key at this place is there although its conditions do not hold.
    NeedlessKey(usize),
    /// There is no title.
    NoTitle,
    /// The title has no number.
    NoNumber,
    /// The value of the key at this place is too long; for `None`, the title.
    LongValue(Option<usize>),
    /// The sections are at another level.
    OtherLevel,
    /// The section at this place of the template has only the template's text.
    Unfilled(usize),
    /// This text of the template, hashed, has been kept.
    Keeps(u64),
    /// The key at this place has the template's example as its value.
    KeepsValue(usize),
    /// The key at this place has a value that the template does not list.
    OtherValue(usize),
    /// The key at this place has this value, hashed in lowercase, which the template does not list.
    OwnValue(usize, u64),
}

impl Deviation {
    /// Returns all possible deviations from `template`, except [`Deviation::OwnValue`].
    pub fn all(template: &Template) -> impl Iterator<Item = Deviation> {
        let (sections, keys) = (template.sections.len(), template.metadata.len());
        let by_section = [Deviation::NoSection, Deviation::OtherName, Deviation::Unfilled];
        let by_key = [Deviation::NoKey, Deviation::NeedlessKey, Deviation::KeepsValue, Deviation::OtherValue];
        let long = (0..keys).map(Some).chain([None]).map(Deviation::LongValue);
        let kept = template.instructions.texts().into_iter().map(Deviation::keeps);
        let of_sections = by_section.into_iter().flat_map(move |deviation| (0..sections).map(deviation));
        let of_keys = by_key.into_iter().flat_map(move |deviation| (0..keys).map(deviation));
        let of_title = [Deviation::NoTitle, Deviation::NoNumber, Deviation::OtherLevel];
        of_sections.chain(of_keys).chain(of_title).chain(long).chain(kept)
    }

    /// Returns the deviation of keeping `instruction`, a rendered paragraph of the template.
    pub fn keeps(instruction: &str) -> Deviation {
        Deviation::Keeps(hash(instruction))
    }

    /// Returns the deviation of having `value`, which the template does not list, for the key at `place`.
    pub fn own_value(place: usize, value: &str) -> Deviation {
        Deviation::OwnValue(place, hash(&value.to_lowercase()))
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The share of documents of some kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The number of documents of that kind.
    pub count: usize,
    /// The number of all documents.
    pub all: usize,
}

impl Share {
    /// Whether the share is more than `percent` of all.
    pub fn is_over(self, percent: usize) -> bool {
        self.count * 100 > self.all.saturating_mul(percent)
    }
}

/// Thresholds from which other documents count as evidence of what the template means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The minimum number of other documents.
    pub documents: usize,
    /// A deviation of more than this percentage of them, and of more than one, is reported as information.
    pub information: usize,
    /// A deviation of more than this percentage of them is reported as a hint.
    pub hint: usize,
    /// What more than this percentage of them keep is meant to stay.
    pub kept: usize,
}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence { documents: 5, information: 15, hint: 50, kept: 33 }
    }
}
