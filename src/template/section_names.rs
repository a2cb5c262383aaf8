//! The sections of a template by their names.

use foldhash::{HashMap, HashMapExt};

use super::TemplateSection;
use super::nearly::NearNames;

/// The names of sections.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionNames {
    /// For each parent, the sections by name, folded by [`crate::syntax::fold`], in the singular and the plural.
    by_key: HashMap<Option<usize>, HashMap<String, usize>>,
    /// For each parent, the names of its parts.
    near: HashMap<Option<usize>, NearNames>,
    /// The result of [`super::Template::section_level`].
    pub(super) level: u8,
}

impl SectionNames {
    /// Collects the names of `sections`.
    pub(super) fn of(sections: &[TemplateSection]) -> SectionNames {
        let mut parts: HashMap<Option<usize>, Vec<&TemplateSection>> = HashMap::new();
        for section in sections {
            parts.entry(section.parent).or_default().push(section);
        }
        let by_key = parts.iter().map(|(parent, parts)| match parent {
            None => (None, by_name(parts)),
            Some(_) => (*parent, by_any_name(parts)),
        });
        let near = parts.iter().map(|(parent, parts)| (*parent, NearNames::of(parts.iter().copied())));
        let level = level(parts.get(&None).map_or(&[], Vec::as_slice));
        SectionNames { by_key: by_key.collect(), near: near.collect(), level }
    }

    /// Returns the place of the section with the name `key` among the parts of the section at `parent`, or else the top-level
    /// sections.
    pub(super) fn keyed(&self, parent: Option<usize>, key: &str) -> Option<usize> {
        self.by_key.get(&parent)?.get(key).copied()
    }

    /// Returns the names of the parts of the section at `parent`, or else of the top-level sections. `None` if there are no such
    /// sections.
    pub(super) fn near(&self, parent: Option<usize>) -> Option<&NearNames> {
        self.near.get(&parent)
    }
}

/// Returns the places of the top-level `sections` by their names. Of two with the same name, the first counts. A name also counts
/// in its other number, singular or plural, if no other section has that name.
fn by_name(sections: &[&TemplateSection]) -> HashMap<String, usize> {
    let mut found: HashMap<String, usize> = HashMap::new();
    for section in sections {
        found.entry(section.key.clone()).or_insert(section.index);
    }
    for section in sections {
        found.entry(other_number(&section.key)).or_insert(section.index);
    }
    found
}

/// Returns the places of `parts` by their names, in the singular and the plural. Of several with the same name, the first counts.
fn by_any_name(parts: &[&TemplateSection]) -> HashMap<String, usize> {
    let mut found: HashMap<String, usize> = HashMap::new();
    for part in parts {
        for name in part.numbers() {
            found.entry(name).or_insert(part.index);
        }
    }
    found
}

/// Returns the plural of a name in the singular, and vice versa.
fn other_number(key: &str) -> String {
    key.strip_suffix('s').map_or_else(|| format!("{key}s"), str::to_owned)
}

/// Returns the level that most of `sections` have; in a tie, the lower one.
fn level(sections: &[&TemplateSection]) -> u8 {
    let mut counts = [0_usize; 7];
    sections.iter().for_each(|section| counts[usize::from(section.level.min(6))] += 1);
    let levels = sections.iter().map(|section| section.level);
    levels.max_by_key(|level| (counts[usize::from((*level).min(6))], u8::MAX - level)).unwrap_or(2)
}

#[cfg(test)]
mod tests {
    use crate::template::Template;

    #[test]
    fn sections_stand_at_the_level_of_most_else_at_the_lower() {
        for (template, expected) in [
            ("# T\n\n### A\n\n## B\n\n## C\n", 2),
            ("# T\n\n### A\n\n## B\n", 2),
            ("# T\n\n### A\n\n### B\n\n## C\n", 3),
        ] {
            assert_eq!(Template::derive(template, None).section_level(), expected, "{template}");
        }
    }
}
