//! Finds the sections of a template that headings name, or may have been meant to name.

use super::nearly::{NearNames, Wanted};
use super::{Template, TemplateSection, names, tail};
use crate::syntax::{Heading, fold};

impl Template {
    /// Returns the top-level section that `heading` names, with or without its tail.
    pub fn section_of(&self, heading: &Heading) -> Option<&TemplateSection> {
        let find = || heading_keys(heading).iter().find_map(|key| self.names.keyed(None, key));
        heading.section_or(&self.called, find).map(|index| &self.sections[index])
    }

    /// Returns the top-level section with the name `key`, folded by [`fold`], in the singular or the plural.
    pub fn section_keyed(&self, key: &str) -> Option<&TemplateSection> {
        self.names.keyed(None, key).map(|index| &self.sections[index])
    }

    /// Returns the top-level section that `heading` may have been meant to name: by an alias in the settings, another usual name,
    /// or a name that differs in at most two letters. Of several, returns the first.
    pub fn nearly(&self, heading: &Heading) -> Option<&TemplateSection> {
        self.nearly_but(heading, None)
    }

    /// Whether `heading` may have been meant to name a top-level section other than the one at `index`.
    pub fn is_nearly_another(&self, heading: &Heading, index: usize) -> bool {
        self.nearly_but(heading, Some(index)).is_some()
    }

    fn nearly_but(&self, heading: &Heading, except: Option<usize>) -> Option<&TemplateSection> {
        let index = match self.aliases.get(&heading.key) {
            Some(&alias) => {
                Some(alias).filter(|alias| self.sections[*alias].parent.is_none() && Some(*alias) != except)
            }
            None => {
                let near = self.names.near(None)?;
                // If the first of all sections is not the exception, it is also the first of the others.
                let first = self.first_near(near, heading)?;
                if Some(first) == except { near.first(near.all(), &heading.key, except) } else { Some(first) }
            }
        };
        index.map(|index| &self.sections[index])
    }

    /// Returns the first of the top-level sections, whose names are `near`, with nearly the name of `heading`.
    fn first_near(&self, near: &NearNames, heading: &Heading) -> Option<usize> {
        heading.near_or(&self.called, || near.first(near.all(), &heading.key, None))
    }

    /// Returns a search for the sections that headings may have been meant to name, among the parts of the section at `parent`, or
    /// else the top-level sections. Only those for which `is_wanted` returns true take part.
    pub fn meant(&self, parent: Option<usize>, is_wanted: impl Fn(usize) -> bool) -> Meant<'_> {
        let names = self.names.near(parent);
        let is_top = parent.is_none();
        Meant { template: self, is_top, names: names.map(|names| (names, names.wanted(is_wanted))) }
    }

    /// Returns the part of the section at `parent` that `heading` names, with or without its tail, in the singular or the plural.
    pub fn part_named(&self, parent: usize, heading: &Heading) -> Option<&TemplateSection> {
        let place = |key: &String| self.names.keyed(Some(parent), key);
        heading_keys(heading).iter().filter_map(place).min().map(|index| &self.sections[index])
    }

    /// Whether `heading`, which nearly names `section`, is a misspelling or an alias of the settings, rather than another usual
    /// name.
    pub fn is_misspelt(&self, section: &TemplateSection, heading: &Heading) -> bool {
        self.aliases.contains_key(&heading.key) || names::is_misspelt(&section.key, &heading.key)
    }
}

/// Returns the names that `heading` gives a section, folded by [`fold`]: with and without its tail, and without a note on whether
/// the section is required.
pub fn heading_keys(heading: &Heading) -> &[String] {
    heading.keys_or(|| {
        let with_tail = heading.tail.as_ref().map(|_| fold(&heading.text));
        let noted = tail::without_duty(&heading.core).map(fold);
        std::iter::once(heading.key.clone()).chain(with_tail).chain(noted).collect()
    })
}

/// Sections that headings may have been meant to name. Each section is found for one heading only.
#[derive(Debug)]
pub struct Meant<'a> {
    template: &'a Template,
    /// Whether these are the top-level sections.
    is_top: bool,
    names: Option<(&'a NearNames, Wanted)>,
}

impl<'a> Meant<'a> {
    /// Takes the first of the sections that `heading` may have been meant to name.
    pub fn take(&mut self, heading: &Heading) -> Option<&'a TemplateSection> {
        let (names, wanted) = self.names.as_mut()?;
        let index = match self.template.aliases.get(&heading.key) {
            Some(&alias) => names.has(wanted, alias).then_some(alias)?,
            // If the first of all sections is wanted, it is also the first of the wanted ones.
            None if self.is_top => match self.template.first_near(names, heading)? {
                first if names.has(wanted, first) => first,
                _ => names.first(wanted, &heading.key, None)?,
            },
            None => names.first(wanted, &heading.key, None)?,
        };
        names.take(wanted, index);
        Some(&self.template.sections[index])
    }
}
