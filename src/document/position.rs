//! The places where the template's sections belong in a document, and what is there instead.

use foldhash::{HashMap, HashMapExt};

use super::Proposal;
use super::sections_around::{Own, OwnNames, SectionsAround};
use crate::syntax::{Section, SectionId};
use crate::template::{TemplateSection, heading_keys};
use crate::text::Offset;

impl SectionsAround {
    fn of(proposal: &Proposal<'_>) -> SectionsAround {
        let sections = &proposal.template.sections;
        let mut found = SectionsAround { after: vec![None; sections.len()], ..SectionsAround::default() };
        let mut last: HashMap<Option<usize>, Option<SectionId>> = HashMap::new();
        let mut runs: HashMap<Option<usize>, usize> = HashMap::new();
        for section in sections {
            let own = proposal.section_id(section);
            let last = last.entry(section.parent).or_default();
            found.before.push(*last);
            *last = own.or(*last);
            let run = runs.entry(section.parent).or_default();
            found.missing.push(*run);
            *run = match (own, section.is_optional) {
                (_, true) => *run,
                (None, false) => *run + 1,
                (Some(_), false) => 0,
            };
        }
        let mut next: HashMap<Option<usize>, Option<SectionId>> = HashMap::new();
        for section in sections.iter().rev() {
            let next = next.entry(section.parent).or_default();
            found.after[section.index] = *next;
            *next = proposal.section_id(section).or(*next);
        }
        found
    }
}

impl Own {
    fn of(proposal: &Proposal<'_>) -> Own {
        let mut own = Own::default();
        for (id, section) in proposal.document.outline().iter() {
            if Some(id) == proposal.title_id() || proposal.template_section(id).is_some() {
                continue;
            }
            let heading = &section.heading;
            if !heading.core.is_empty() && proposal.template.section_of(heading).is_none() {
                own.by_level.entry(heading.level).or_default().push(id);
            }
        }
        own
    }
}

impl OwnNames {
    fn of(proposal: &Proposal<'_>) -> OwnNames {
        let mut names = HashMap::new();
        let outline = proposal.document.outline().iter();
        let own =
            outline.filter(|(id, _)| Some(*id) != proposal.title_id() && proposal.template_section(*id).is_none());
        for (id, section) in own {
            for name in heading_keys(&section.heading) {
                if !names.contains_key(name) {
                    names.insert(name.clone(), id);
                }
            }
        }
        OwnNames(names)
    }
}

impl<'a> Proposal<'a> {
    fn sections_around(&self) -> &SectionsAround {
        self.sections_around.get_or_init(|| SectionsAround::of(self))
    }

    fn own(&self) -> &Own {
        self.own.get_or_init(|| Own::of(self))
    }

    fn get(&self, id: SectionId) -> &'a Section {
        self.document.outline().get(id)
    }

    /// Returns the nearest section before the template's `section`, with the same parent, that the document has.
    pub fn before(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.sections_around().before[section.index].map(|id| self.get(id))
    }

    /// Returns the nearest section after the template's `section`, with the same parent, that the document has.
    pub fn after(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.sections_around().after[section.index].map(|id| self.get(id))
    }

    /// Returns a heading with the name of the template's `section`, a missing part, that is not where the template has it.
    pub fn elsewhere(&self, section: &TemplateSection) -> Option<&'a Section> {
        section.parent?;
        let names = &self.own_names.get_or_init(|| OwnNames::of(self)).0;
        let first = section.numbers().filter_map(|name| names.get(&name)).min();
        first.map(|id| self.get(*id))
    }

    /// Returns the author's own heading in the place of the template's `section`, which is missing: between the sections before and
    /// after it, at their level. Several sections that are missing there each get a different heading.
    pub fn in_place_of(&self, section: &TemplateSection) -> Option<&'a Section> {
        let (parent, before, after) = (self.parent(section), self.before(section), self.after(section));
        if parent.is_none() && before.is_none() && after.is_none() {
            return None;
        }
        let (start, end) = match parent {
            Some(parent) => (parent.heading.span.end, parent.span.end),
            None => (Offset::ZERO, self.text().end()),
        };
        let start = before.map_or(start, |before| before.heading.span.end);
        let end = after.map_or(end, |after| after.heading.span.start);
        let level = parent.map_or(self.section_level(), |parent| parent.heading.level + 1);
        let own = self.own().by_level.get(&level)?;
        let first = own.partition_point(|id| self.get(*id).span.start < start);
        let last = own.partition_point(|id| self.get(*id).span.start < end).checked_sub(1)?;
        let place = last.min(first + self.sections_around().missing[section.index]);
        (first <= last).then(|| self.get(own[place]))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Proposal};
    use crate::template::Template;

    #[test]
    fn each_section_that_is_missing_has_a_heading_of_the_authors_in_its_place() {
        let template = Template::derive("# T\n\n## Summary\n\n## Design\n\n## Costs\n\n## Notes\n\n## Links\n", None);
        for (own, expected) in [
            ("## Summary\n\n## One\n\n## Two\n\n## Notes\n", [None, Some("One"), Some("Two"), None, None]),
            ("## Summary\n\n## Costs\n\n## One\n\n## Two\n\n## Links\n", [None, None, None, Some("One"), None]),
            ("## One\n\n## Design\n\n## Costs\n\n## Notes\n\n## Links\n", [Some("One"), None, None, None, None]),
        ] {
            let document = Document::closed(&format!("# A\n\n{own}"));
            let proposal = Proposal::of(&document, &template);
            let missing = template.sections.iter().map(|section| match proposal.section(section) {
                Some(_) => None,
                None => proposal.in_place_of(section).map(|own| own.heading.text.as_str()),
            });
            assert_eq!(missing.collect::<Vec<_>>(), expected, "{own}");
        }
    }
}
