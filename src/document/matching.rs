//! Determines which heading is the title, and which are the template's sections.

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::syntax::{Heading, Outline, SectionId};
use crate::template::{Languages, OtherNames, Template, TemplateSection, heading_keys};

/// The correspondence of an outline to a template.
#[derive(Debug)]
pub(super) struct Matching {
    pub(super) title: Option<SectionId>,
    /// The level of the template's sections in the outline.
    pub(super) level: u8,
    /// The sections of the template that were found.
    pub(super) found: Found,
    /// Those of the found sections whose names are only nearly the template's.
    pub(super) near: HashSet<SectionId>,
}

/// The sections of the document that are the template's.
#[derive(Debug)]
pub(super) struct Found {
    /// For each place of a section in the template, the document's section.
    by_place: Vec<Option<SectionId>>,
    /// For each of these sections of the document, its first place in the template.
    places: HashMap<SectionId, usize>,
}

impl Found {
    fn none(count: usize) -> Found {
        Found { by_place: vec![None; count], places: HashMap::new() }
    }

    /// Returns the section of the document that is the template's at `place`.
    pub(super) fn at(&self, place: usize) -> Option<SectionId> {
        self.by_place.get(place).copied().flatten()
    }

    /// Whether the section at `id` is one of the template's.
    pub(super) fn has(&self, id: SectionId) -> bool {
        self.places.contains_key(&id)
    }

    /// Returns the place in the template of the section at `id`, or the first of several places.
    pub(super) fn place(&self, id: SectionId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// Returns the found sections, in the template's order.
    pub(super) fn all(&self) -> impl Iterator<Item = SectionId> + '_ {
        self.by_place.iter().flatten().copied()
    }

    /// Records that the section at `id` is the template's at `place`, unless another one is already.
    fn add(&mut self, place: usize, id: SectionId) {
        if self.by_place[place].is_none() {
            self.by_place[place] = Some(id);
            let first = self.places.entry(id).or_insert(place);
            *first = place.min(*first);
        }
    }
}

impl Matching {
    pub(super) fn of(outline: &Outline, template: &Template) -> Matching {
        let title = title(outline, template);
        let candidates = candidates(outline, title, |heading| template.section_of(heading));
        let usual = template.section_level();
        let level = level(&candidates, usual).or_else(|| {
            // If no name is right, those that are nearly right determine the level.
            level(&self::candidates(outline, title, |heading| template.nearly(heading)), usual)
        });
        let level = level.unwrap_or_else(|| new_level(outline, title, template));
        let mut found = Found::none(template.sections.len());
        for at_level in [true, false] {
            for &(id, _, index) in candidates.iter().filter(|candidate| (candidate.1 == level) == at_level) {
                found.add(index, id);
            }
        }
        add_combined(outline, template, title, &mut found);
        add_translated(outline, template, title, &mut found);
        let mut near = near_misses(outline, template, level, title, &mut found);
        for section in &template.sections {
            if let Some(id) = found.at(section.index) {
                add_parts(outline, template, (section.index, id), &mut found, &mut near);
            }
        }
        Matching { title, level, found, near: near.into_iter().collect() }
    }
}

/// Returns the first heading if it is the document's title rather than its first section.
fn title(outline: &Outline, template: &Template) -> Option<SectionId> {
    let (id, section) = outline.first()?;
    let heading = &section.heading;
    if template.section_of(heading).is_some() || template.nearly(heading).is_some() {
        return None;
    }
    let is_title = match &template.title {
        Some(title) => {
            let prefix = title.prefix.as_deref().unwrap_or_default().to_lowercase();
            let has_prefix = !prefix.is_empty() && heading.text.to_lowercase().contains(&prefix);
            let has_lead = title.lead().is_some_and(|lead| heading.text.starts_with(lead));
            has_prefix
                || has_lead
                || heading.level <= title.level
                || outline.lowest_level(Some(id)).is_none_or(|level| heading.level < level)
        }
        None => heading.level == 1,
    };
    is_title.then_some(id)
}

/// Returns the headings but the title for which `section_of` returns a section of the template, each with its level and the
/// section's place.
fn candidates<'a>(
    outline: &Outline,
    title: Option<SectionId>,
    section_of: impl Fn(&Heading) -> Option<&'a TemplateSection>,
) -> Vec<(SectionId, u8, usize)> {
    let headings = outline.iter().filter(|(id, _)| Some(*id) != title).map(|(id, section)| (id, &section.heading));
    headings.filter_map(|(id, heading)| Some((id, heading.level, section_of(heading)?.index))).collect()
}

/// Returns the level of most of the template's sections. Each section counts once, as parts of the author's own sections may repeat
/// its name many times. In a tie, returns the `usual` level, or else the lowest.
fn level(candidates: &[(SectionId, u8, usize)], usual: u8) -> Option<u8> {
    let mut found: HashMap<u8, HashSet<usize>> = HashMap::new();
    for (_, level, index) in candidates {
        found.entry(*level).or_default().insert(*index);
    }
    let rank = |level: u8, sections: &HashSet<usize>| (sections.len(), level == usual, u8::MAX - level);
    found.into_iter().max_by_key(|(level, sections)| rank(*level, sections)).map(|(level, _)| level)
}

/// Returns the level for the first section of a document that has none of the template's yet: the template's level, below the
/// title.
fn new_level(outline: &Outline, title: Option<SectionId>, template: &Template) -> u8 {
    let title = title.map(|title| outline.get(title).heading.level);
    let is_below =
        |title: u8| title < template.section_level() || template.title.as_ref().is_some_and(|own| own.level == title);
    match title {
        Some(title) if !is_below(title) => (title + 1).min(6),
        _ => template.section_level(),
    }
}

/// Matches missing sections of the template with headings that name several at once: `Drawbacks and Alternatives`.
fn add_combined(outline: &Outline, template: &Template, title: Option<SectionId>, found: &mut Found) {
    for (id, section) in outline.iter().filter(|(id, _)| Some(*id) != title) {
        let heading = &section.heading;
        if !heading.key.contains(" and ") || found.has(id) || template.section_of(heading).is_some() {
            continue;
        }
        let parts: Option<Vec<usize>> =
            heading.key.split(" and ").map(|part| Some(template.section_keyed(part)?.index)).collect();
        for part in parts.into_iter().flatten() {
            found.add(part, id);
        }
    }
}

/// Matches missing sections of the template with headings that have their names in another language, or in two: `Context` and
/// `Kontext / Context`.
fn add_translated(outline: &Outline, template: &Template, title: Option<SectionId>, found: &mut Found) {
    let mut missing = Translated::of(template.top().filter(|section| found.at(section.index).is_none()));
    if missing.is_empty() {
        return;
    }
    let headings = outline.iter().filter(|(id, _)| Some(*id) != title).map(|(_, section)| &section.heading);
    let languages = Languages::of(headings);
    let mut translated = Vec::new();
    for (id, section) in outline.iter().filter(|(id, _)| Some(*id) != title && !found.has(*id)) {
        let heading = &section.heading;
        if template.section_of(heading).is_none() {
            translated.extend(missing.only(heading, languages, |_| true).map(|index| (index, id)));
        }
    }
    for (index, id) in translated {
        found.add(index, id);
    }
}

/// Sections of a template by their names in several languages.
struct Translated<'a> {
    sections: HashMap<usize, &'a TemplateSection>,
    /// For each name, the sections with it, the last one first.
    by_name: HashMap<&'a str, Vec<usize>>,
    /// For each name other than the first of its section, the sections with it.
    by_other: HashMap<&'a str, Vec<usize>>,
    /// For each pair of names, the sections with both.
    by_both: HashMap<&'a str, HashMap<&'a str, Vec<usize>>>,
}

impl<'a> Translated<'a> {
    fn of(sections: impl DoubleEndedIterator<Item = &'a TemplateSection>) -> Translated<'a> {
        let (mut by_name, mut by_other) = (HashMap::new(), HashMap::new());
        let mut by_both: HashMap<&str, HashMap<&str, Vec<usize>>> = HashMap::new();
        let add = |list: &mut Vec<usize>, index: usize| {
            if list.last() != Some(&index) {
                list.push(index);
            }
        };
        let mut all = HashMap::new();
        for section in sections.rev() {
            all.insert(section.index, section);
            let names = || std::iter::once(&section.key).chain(&section.other_names).map(String::as_str);
            names().for_each(|name| add(by_name.entry(name).or_default(), section.index));
            for other in &section.other_names {
                add(by_other.entry(other.as_str()).or_default(), section.index);
            }
            for one in names().filter(|_| !section.other_names.is_empty()) {
                let by_both = by_both.entry(one).or_default();
                names().for_each(|other| add(by_both.entry(other).or_default(), section.index));
            }
        }
        Translated { sections: all, by_name, by_other, by_both }
    }

    fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Returns the place of the only section with a name of `heading` in another language, among those for which `is_missing`
    /// returns true. A section that is not missing must not become missing later.
    fn only(&mut self, heading: &Heading, languages: Languages, is_missing: impl Fn(usize) -> bool) -> Option<usize> {
        let names = OtherNames::of(heading, languages);
        let mut named: Vec<usize> = Vec::new();
        named.extend(self.by_other.get_mut(names.key()).into_iter().flat_map(|list| first_two(list, &is_missing)));
        for name in names.each() {
            named.extend(self.by_name.get_mut(name.as_str()).into_iter().flat_map(|list| first_two(list, &is_missing)));
        }
        let both = match names.both() {
            [] => None,
            [one] => self.by_name.get_mut(one.as_str()),
            [one, other, ..] => self.by_both.get_mut(one.as_str()).and_then(|by_both| by_both.get_mut(other.as_str())),
        };
        named.extend(both.into_iter().flat_map(|list| first_two(list, &is_missing)));
        named.retain(|index| self.sections[index].is_translated_by(&names));
        named.sort_unstable();
        named.dedup();
        if let [only] = named.as_slice() { Some(*only) } else { None }
    }
}

/// Returns the first two of `list` that are missing, from its end, and removes those that are not.
fn first_two(list: &mut Vec<usize>, is_missing: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    while found.len() < 2
        && let Some(index) = list.pop()
    {
        found.extend(is_missing(index).then_some(index));
    }
    list.extend(found.iter().rev());
    found
}

/// Matches missing sections of the template with headings that nearly have their names. Returns the sections of these headings.
fn near_misses(
    outline: &Outline,
    template: &Template,
    level: u8,
    title: Option<SectionId>,
    found: &mut Found,
) -> Vec<SectionId> {
    let mut near = Vec::new();
    if template.top().all(|section| found.at(section.index).is_some()) {
        return near;
    }
    let mut missing = template.meant(None, |index| found.at(index).is_none());
    for (id, section) in outline.iter().filter(|(id, section)| Some(*id) != title && section.heading.level == level) {
        if !found.has(id)
            && template.section_of(&section.heading).is_none()
            && let Some(meant) = missing.take(&section.heading)
        {
            found.add(meant.index, id);
            near.push(id);
        }
    }
    near
}

/// Matches the parts of the template's section at `parent.0`, one level below it, with headings in the document's section
/// `parent.1`: by their names, as one of several that a heading names, and by nearly equal names.
fn add_parts(
    outline: &Outline,
    template: &Template,
    parent: (usize, SectionId),
    found: &mut Found,
    near: &mut Vec<SectionId>,
) {
    let wanted: Vec<&TemplateSection> = template.parts(parent.0).collect();
    if wanted.is_empty() {
        return;
    }
    let mut headings: Vec<(SectionId, &Heading)> = outline
        .within(parent.1)
        .filter(|(id, _)| !found.has(*id))
        .map(|(id, section)| (id, &section.heading))
        .collect();
    add_named(&headings, &wanted, found);
    add_joined(&headings, &wanted, found);
    let languages = Languages::of(headings.iter().map(|(_, heading)| *heading));
    let mut missing = Translated::of(wanted.iter().copied());
    for (id, heading) in &headings {
        let is_missing = |index: usize| found.at(index).is_none();
        let meant = if found.has(*id) { None } else { missing.only(heading, languages, is_missing) };
        meant.into_iter().for_each(|index| found.add(index, *id));
    }
    let level = headings.iter().map(|(_, heading)| heading.level).min();
    headings.retain(|(id, heading)| Some(heading.level) == level && !found.has(*id));
    let mut missing = template.meant(Some(parent.0), |index| found.at(index).is_none());
    for (id, heading) in headings {
        if let Some(section) = missing.take(heading) {
            found.add(section.index, id);
            near.push(id);
        }
    }
}

/// Adds each of `wanted` whose name one of `headings` has: the first one of the lowest level.
fn add_named(headings: &[(SectionId, &Heading)], wanted: &[&TemplateSection], found: &mut Found) {
    // The headings by each name that they give.
    let mut named: HashMap<&str, (u8, usize)> = HashMap::new();
    for (place, (_, heading)) in headings.iter().enumerate() {
        for key in heading_keys(heading) {
            let first = named.entry(key).or_insert((heading.level, place));
            *first = (heading.level, place).min(*first);
        }
    }
    for section in wanted {
        if let Some((_, place)) = section.numbers().filter_map(|name| named.get(name.as_str())).min() {
            found.add(section.index, headings[*place].0);
        }
    }
}

/// Adds those of `wanted` that one of `headings` names together: `Costs and risks`.
fn add_joined(headings: &[(SectionId, &Heading)], wanted: &[&TemplateSection], found: &mut Found) {
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for section in wanted {
        by_key.entry(&section.key).or_insert(section.index);
    }
    for (id, heading) in headings.iter().filter(|(_, heading)| heading.key.contains(" and ")) {
        let names: Option<Vec<usize>> = heading.key.split(" and ").map(|part| by_key.get(part).copied()).collect();
        for index in names.into_iter().flatten() {
            found.add(index, *id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn of_two_levels_with_as_many_sections_the_usual_one_counts_else_the_lower() {
        let document = Document::closed("# A\n");
        let (id, _) = document.outline().first().expect("a heading");
        let candidates =
            |levels: &[u8]| -> Vec<_> { levels.iter().enumerate().map(|(index, level)| (id, *level, index)).collect() };
        for (levels, usual, expected) in
            [(&[3, 4][..], 2, 3), (&[4, 3], 2, 3), (&[3, 4], 4, 4), (&[3, 3, 4], 4, 3), (&[2, 3], 2, 2)]
        {
            assert_eq!(level(&candidates(levels), usual), Some(expected), "{levels:?} {usual}");
        }
    }

    #[test]
    fn the_first_section_of_a_document_stands_below_its_title_unless_the_template_has_both_at_one_level() {
        for (template, source, expected) in [
            ("# Title\n\n## Summary\n\n## Design\n", "# A\n", 2),
            ("# Title\n\n## Summary\n\n## Design\n", "## A\n", 3),
            ("# Title\n\n## Summary\n\n## Design\n", "###### A\n", 6),
            ("## XIP-N: Title\n\n## Summary\n\n## Design\n", "## XIP-1: A\n", 2),
        ] {
            let (template, document) = (Template::derive(template, None), Document::closed(source));
            let title = document.outline().first().map(|(id, _)| id);
            assert_eq!(new_level(document.outline(), title, &template), expected, "{source}");
        }
    }
}
