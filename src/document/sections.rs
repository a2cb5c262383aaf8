//! The template's sections in a proposal: which are there, which are missing, and their levels.

use super::{Proposal, misplaced};
use crate::syntax::{Section, SectionId};
use crate::template::TemplateSection;
use crate::text::{Offset, Span};

/// The number of sections that make up a form.
const SEVERAL: usize = 3;

impl<'a> Proposal<'a> {
    /// Whether the name of `section` is only nearly that of the template's section that it is taken for.
    pub fn is_near_miss(&self, section: &Section) -> bool {
        let headed = self.document.outline().headed_at(section.heading.span.start);
        headed.is_some_and(|(id, _)| self.matching.near.contains(&id))
    }

    /// Returns the sections of the template that the document does not have. A section whose parent is missing is not
    /// included, nor is one that the document must not have.
    pub fn missing(&self) -> impl Iterator<Item = &'a TemplateSection> + '_ {
        let is_possible =
            |section: &TemplateSection| section.parent.is_none_or(|parent| self.matching.found.at(parent).is_some());
        let is_missing = move |section: &&TemplateSection| {
            self.section(section).is_none()
                && is_possible(section)
                && !self.is_said_elsewhere(section)
                && !self.must_lack(section)
        };
        self.template.sections.iter().filter(is_missing)
    }

    /// Returns the document's section that is the parent of the template's `section`.
    pub fn parent(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.section(&self.template.sections[section.parent?])
    }

    /// Whether the heading above `section` is neither the title nor one of the template's.
    pub fn is_part_of_own(&self, section: &Section) -> bool {
        let is_own = |id: SectionId| Some(id) != self.matching.title && self.template_section(id).is_none();
        section.parent.is_some_and(is_own)
    }

    /// Returns the level that the heading of the template's `section` has in this document, or should have.
    pub fn level_of(&self, section: &TemplateSection) -> u8 {
        let Some(index) = section.parent else {
            let level =
                i16::from(self.matching.level) + i16::from(section.level) - i16::from(self.template.section_level());
            return level.clamp(1, 6) as u8;
        };
        let of_others = self.before(section).or(self.after(section)).map(|other| other.heading.level);
        of_others.unwrap_or_else(|| {
            let parent = &self.template.sections[index];
            let above = self.section(parent).map_or_else(|| self.level_of(parent), |found| found.heading.level);
            (above + section.level.saturating_sub(parent.level).max(1)).min(6)
        })
    }

    /// Returns the section around `section` at the level of the document's sections, or `section` itself if it is at
    /// that level.
    pub fn whole(&self, section: &'a Section) -> &'a Section {
        let mut whole = section;
        while whole.heading.level > self.matching.level {
            match whole.parent.filter(|parent| Some(*parent) != self.matching.title) {
                Some(parent) => whole = self.document.outline().get(parent),
                None => break,
            }
        }
        whole
    }

    /// Whether the document has no sections at all, neither the template's nor its own.
    pub fn is_stub(&self) -> bool {
        !self.template.sections.is_empty()
            && self.document.outline().iter().all(|(id, _)| Some(id) == self.matching.title)
    }

    /// Whether the document has headings of its own, and few or none of the template's sections, although both have
    /// several.
    pub fn has_own_form(&self) -> bool {
        *self.has_own_form.get_or_init(|| self.is_of_own_form())
    }

    fn is_of_own_form(&self) -> bool {
        let required: Vec<_> = self.template.top().filter(|section| !section.is_optional).collect();
        let found = self.found_count();
        if found == 0 {
            let own = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.matching.title).count();
            return self.template.top().count() >= SEVERAL && own >= SEVERAL;
        }
        let is_own = |(id, section): &(SectionId, &Section)| {
            section.heading.level == self.matching.level
                && Some(*id) != self.matching.title
                && !self.matching.found.has(*id)
        };
        let is_by_letter = || self.surroundings().is_some_and(|surroundings| surroundings.is_by_letter());
        // A document that is being written may still lack the rest.
        required.len() > SEVERAL
            && found * 3 <= required.len()
            && self.document.outline().iter().filter(is_own).count() >= SEVERAL
            && !is_by_letter()
    }

    /// Returns the number of the template's top-level sections that the document has.
    pub fn found_count(&self) -> usize {
        *self.found_count.get_or_init(|| self.template.top().filter(|section| self.section(section).is_some()).count())
    }

    /// Whether one of the template's sections is there more than once, so that the document may have parts that repeat.
    pub fn repeats_sections(&self) -> bool {
        let is_again = |(id, section): (SectionId, &Section)| {
            let is_named = || self.template.section_of(&section.heading).is_some_and(|own| own.parent.is_none());
            Some(id) != self.matching.title && self.template_section(id).is_none() && is_named()
        };
        *self.repeats_sections.get_or_init(|| self.document.outline().iter().any(is_again))
    }

    /// Whether no section is out of the template's order; see [`misplaced`].
    pub fn is_in_order(&self) -> bool {
        *self.is_in_order.get_or_init(|| misplaced(self).is_none())
    }

    /// Returns the span between the title and the first section.
    pub fn preamble(&self) -> Span {
        let sections = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.matching.title);
        let end = sections.map(|(_, section)| section.span.start).next().unwrap_or(self.text().end());
        let front_matter = self.document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
        let start = self.title().map_or(front_matter, |title| title.heading.span.end);
        Span::new(start.min(end), end)
    }
}
