//! Keys for deviations that stay the same from one version of a template to the next.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use crate::document::Deviation;
use crate::template::{Template, TemplateSection};

/// A [`Deviation`] by the name of its section or key instead of the place, so that it means the same after the template was edited.
/// A hash, since every page has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::workspace) struct DeviationKey(u64);

impl DeviationKey {
    /// Returns the key of `deviation` from `template`.
    pub(in crate::workspace) fn of(template: &Template, deviation: Deviation) -> DeviationKey {
        let mut hasher = DefaultHasher::new();
        discriminant(&deviation).hash(&mut hasher);
        match deviation {
            Deviation::NoSection(index) | Deviation::OtherName(index) | Deviation::Unfilled(index) => {
                names(template, index).for_each(|name| name.hash(&mut hasher));
            }
            Deviation::NoKey(index)
            | Deviation::NeedlessKey(index)
            | Deviation::LongValue(Some(index))
            | Deviation::KeepsValue(index)
            | Deviation::OtherValue(index) => template.metadata[index].name.hash(&mut hasher),
            Deviation::OwnValue(index, value) => (&template.metadata[index].name, value).hash(&mut hasher),
            Deviation::Keeps(text) => text.hash(&mut hasher),
            Deviation::NoTitle | Deviation::NoNumber | Deviation::LongValue(None) | Deviation::OtherLevel => {}
        }
        DeviationKey(hasher.finish())
    }
}

/// Returns the names of the section at `index` and of the sections around it.
fn names(template: &Template, index: usize) -> impl Iterator<Item = &str> {
    let at = |index: usize| &template.sections[index];
    let above = move |section: &&TemplateSection| section.parent.map(at);
    std::iter::successors(Some(at(index)), above).map(|section| section.key.as_str())
}
