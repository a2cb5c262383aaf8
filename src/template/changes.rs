//! What has changed from one version of a template to another.

use std::collections::HashSet;

use super::{MetadataKey, Template, TemplateSection};

/// What has changed from one version of a template to another. Sections and keys are given by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateChanges {
    /// The sections that are the same question under another name, or in another place: before and after.
    pub renamed: Vec<(usize, usize)>,
    /// The sections that are new.
    pub new: Vec<usize>,
    /// The sections that are gone.
    pub dropped: Vec<usize>,
    /// The sections whose guidance is another: before and after.
    pub guidance: Vec<(usize, usize)>,
    /// The keys with another name: before and after.
    pub renamed_keys: Vec<(usize, usize)>,
    /// The keys that are new.
    pub new_keys: Vec<usize>,
    /// The keys that are gone.
    pub dropped_keys: Vec<usize>,
    /// The listed values that are written otherwise: the place of the key after, the value before and after.
    pub values: Vec<(usize, String, String)>,
}

/// How much of the words of two sections is the same if they are one, in percent of the shorter one.
const ALIKE: usize = 60;

/// The minimum number of words for guidance to tell.
const TELLING: usize = 6;

impl TemplateChanges {
    /// Compares the version `old` with the later version `new`.
    pub fn between(old: &Template, new: &Template) -> TemplateChanges {
        let mut changes = TemplateChanges::default();
        let pairs = changes.of_sections(old, new);
        for (before, after) in pairs {
            if old.sections[before].guidance != new.sections[after].guidance {
                changes.guidance.push((before, after));
            }
        }
        changes.of_keys(old, new);
        changes
    }

    /// Pairs the sections, and notes those that have no other. Returns the pairs.
    fn of_sections(&mut self, old: &Template, new: &Template) -> Vec<(usize, usize)> {
        let mut partner: Vec<Option<usize>> = old.sections.iter().map(|section| same(old, section, new)).collect();
        let mut taken: HashSet<usize> = partner.iter().flatten().copied().collect();
        // The most similar ones first.
        let mut pairs = Vec::new();
        for before in (0..old.sections.len()).filter(|before| partner[*before].is_none()) {
            for after in (0..new.sections.len()).filter(|after| !taken.contains(after)) {
                let likeness = likeness(old, before, new, after, &partner);
                pairs.extend((likeness >= ALIKE).then_some((std::cmp::Reverse(likeness), before, after)));
            }
        }
        pairs.sort_unstable();
        for (_, before, after) in pairs {
            if partner[before].is_none() && taken.insert(after) {
                partner[before] = Some(after);
                self.renamed.push((before, after));
            }
        }
        self.renamed.sort_unstable();
        self.new = (0..new.sections.len()).filter(|after| !taken.contains(after)).collect();
        self.dropped = (0..old.sections.len()).filter(|before| partner[*before].is_none()).collect();
        partner.into_iter().enumerate().filter_map(|(before, after)| Some((before, after?))).collect()
    }

    fn of_keys(&mut self, old: &Template, new: &Template) {
        let same = |key: &MetadataKey| Some(new.key_called(key.form, key.called())?.0);
        let partner: Vec<Option<usize>> = old.metadata.iter().map(same).collect();
        let taken: HashSet<usize> = partner.iter().flatten().copied().collect();
        self.new_keys = (0..new.metadata.len()).filter(|after| !taken.contains(after)).collect();
        self.dropped_keys = (0..old.metadata.len()).filter(|before| partner[*before].is_none()).collect();
        // A key in the same place, with the same kind or the same values, has another name.
        let before = |keys: &[Option<usize>], at: usize| keys[..at].iter().rev().flatten().next().copied();
        let (mut renamed, mut used) = (Vec::new(), HashSet::new());
        for at in self.dropped_keys.iter().copied() {
            let own = &old.metadata[at];
            let place = before(&partner, at).map_or(0, |place| place + 1);
            let is_it = |after: &&usize| {
                let key = &new.metadata[**after];
                let is_alike = own.kind().is_some() && own.kind() == key.kind()
                    || !own.values.is_empty() && own.values == key.values
                    || words(&own.name).intersection(&words(&key.name)).next().is_some();
                key.form == own.form && **after == place && is_alike
            };
            if let Some(after) = self.new_keys.iter().find(is_it).copied().filter(|after| used.insert(*after)) {
                renamed.push((at, after));
            }
        }
        self.dropped_keys.retain(|at| !renamed.iter().any(|(before, _)| before == at));
        self.new_keys.retain(|at| !used.contains(at));
        let kept = partner.iter().enumerate().filter_map(|(before, after)| Some((before, (*after)?)));
        for (before, after) in kept.chain(renamed.iter().copied()) {
            self.of_values(&old.metadata[before], &new.metadata[after], after);
        }
        self.renamed_keys = renamed;
    }

    /// Notes the values that one key writes otherwise than the other: in other letters, or as the only other one that means the same.
    fn of_values(&mut self, old: &MetadataKey, new: &MetadataKey, place: usize) {
        let gone = old.values.iter().filter(|value| !new.values.contains(value));
        for value in gone {
            let is_same = |other: &&String| other.to_lowercase() == value.to_lowercase();
            if let Some(other) = new.values.iter().find(is_same) {
                self.values.push((place, value.clone(), other.clone()));
            }
        }
    }

    /// Whether a document of the one version has to be changed for the other.
    pub fn is_empty(&self) -> bool {
        *self == TemplateChanges::default()
    }
}

/// Returns the place in `new` of the section of the same name as `section` of `old`: in the same section, or the only one.
fn same(old: &Template, section: &TemplateSection, new: &Template) -> Option<usize> {
    let above = |of: &Template, section: &TemplateSection| section.parent.map(|parent| of.sections[parent].key.clone());
    let named: Vec<&TemplateSection> = new.sections.iter().filter(|other| other.key == section.key).collect();
    let is_beside = |other: &&&TemplateSection| above(new, other) == above(old, section);
    let found = named.iter().find(is_beside).or(if named.len() == 1 { named.first() } else { None });
    let count = old.sections.iter().filter(|other| other.key == section.key).count();
    found.filter(|found| is_beside(found) || count == 1).map(|found| found.index)
}

/// Returns how much the sections at `before` and `after` are alike, in percent: by their guidance or, for neighbors of the same
/// sections, by their names.
fn likeness(old: &Template, before: usize, new: &Template, after: usize, partner: &[Option<usize>]) -> usize {
    let (own, other) = (&old.sections[before], &new.sections[after]);
    let guidance = (words(&own.guidance), words(&other.guidance));
    let by_guidance = match guidance.0.len().min(guidance.1.len()) >= TELLING {
        true => shared(&guidance.0, &guidance.1),
        false => 0,
    };
    let previous = partner[..before].iter().rev().flatten().next().copied();
    let next = partner[before + 1..].iter().flatten().next().copied();
    let is_between = previous.is_none_or(|previous| previous < after) && next.is_none_or(|next| after < next);
    let names = (words(&own.name), words(&other.name));
    let by_name = if is_between { shared(&names.0, &names.1) } else { 0 };
    by_guidance.max(by_name)
}

/// Returns how many percent of the smaller set both have.
fn shared(one: &HashSet<String>, other: &HashSet<String>) -> usize {
    match one.len().min(other.len()) {
        0 => 0,
        least => one.intersection(other).count() * 100 / least,
    }
}

/// Returns the words of `text` with at least four letters, in lowercase and without the ending of a plural.
fn words(text: &str) -> HashSet<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.to_lowercase().trim_end_matches('s').to_owned()).collect()
}
