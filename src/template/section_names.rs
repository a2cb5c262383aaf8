//! The sections of a template by their names.

use std::collections::HashMap;

use super::TemplateSection;
use super::nearly::NearNames;

/// What sections are called.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionNames {
    /// By the section that they are parts of and a name as [`crate::syntax::fold`] leaves it, in the singular or the plural.
    by_key: HashMap<Option<usize>, HashMap<String, usize>>,
    /// By the section that they are parts of.
    near: HashMap<Option<usize>, NearNames>,
    /// What [`super::Template::section_level`] says.
    pub(super) level: u8,
}

impl SectionNames {
    /// Those of `sections`.
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

    /// The place of the part of the section at `parent`, else of the section at the top, that has the name `key`.
    pub(super) fn keyed(&self, parent: Option<usize>, key: &str) -> Option<usize> {
        self.by_key.get(&parent)?.get(key).copied()
    }

    /// The names of the parts of the section at `parent`, else of those at the top; none where there are none.
    pub(super) fn near(&self, parent: Option<usize>) -> Option<&NearNames> {
        self.near.get(&parent)
    }
}

/// The places of `sections` at the top by their names: of two with one name that of the first, and in the singular and the
/// plural, where no other is called so.
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

/// The places of `parts` by their names, in the singular and the plural: the first that may be called so.
fn by_any_name(parts: &[&TemplateSection]) -> HashMap<String, usize> {
    let mut found: HashMap<String, usize> = HashMap::new();
    for part in parts {
        for name in part.numbers() {
            found.entry(name).or_insert(part.index);
        }
    }
    found
}

/// The plural of a name in the singular, and the other way round.
fn other_number(key: &str) -> String {
    key.strip_suffix('s').map_or_else(|| format!("{key}s"), str::to_owned)
}

/// The level that most of `sections` have; of two, the lower one.
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
