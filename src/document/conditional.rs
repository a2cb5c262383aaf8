//! Metadata keys that a proposal must or must not have because of other values, and the order of keys.

use super::{Metadata, Proposal, is_value, lists};
use crate::syntax::{Entry, Section};
use crate::template::{Condition, Form, KeyName, KeyNames, TemplateSection};
use crate::text::{Edit, Span};

impl<'a> Proposal<'a> {
    /// Whether all `conditions` on the values of metadata keys hold.
    pub fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| {
            let name = KeyName::of(&condition.key);
            let found = self.everywhere().find_map(|metadata| Some((metadata, metadata.entry_called(&name)?)));
            let is_one = |said: &str| condition.values.iter().any(|value| is_value(said, value));
            found.is_some_and(|(metadata, entry)| is_one(&self.said_of(metadata, entry).0))
        })
    }

    /// Whether the keys of the conditions have values that mean something, so that it can be told whether the conditions hold.
    fn says(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| {
            let name = KeyName::of(&condition.key);
            let found = self.everywhere().find_map(|metadata| Some((metadata, metadata.entry_called(&name)?)));
            found.is_some_and(|(metadata, entry)| {
                let (said, _) = self.said_of(metadata, entry);
                let key = self.template.key_called(metadata.form, &name);
                // A value that the template does not list may be a slip.
                let is_known = key.is_none_or(|(_, key)| key.values.is_empty() || lists(key, &said));
                !said.is_empty() && is_known
            })
        })
    }

    /// Whether the proposal may leave out `section`, with the values that its metadata keys have.
    pub fn may_lack(&self, section: &TemplateSection) -> bool {
        section.required_when.as_deref().map_or(section.is_optional, |conditions| !self.holds(conditions))
    }

    /// Whether the proposal must not have `section`, as its conditions do not hold.
    pub(super) fn must_lack(&self, section: &TemplateSection) -> bool {
        section.only_when.as_deref().is_some_and(|conditions| self.says(conditions) && !self.holds(conditions))
    }

    /// Returns the sections that the proposal must not have, as their conditions do not hold, each with the template's section.
    pub fn needless_sections(&self) -> Vec<(&'a TemplateSection, &'a Section)> {
        let conditional = self.template.sections.iter().filter(|section| section.only_when.is_some());
        let needless = conditional.filter(|section| self.must_lack(section));
        needless.filter_map(|section| Some((section, self.section(section)?))).collect()
    }

    /// Returns the entries whose key the proposal must not have, as its conditions do not hold, each with the key's place.
    pub fn needless_keys(&self) -> Vec<(usize, &Entry)> {
        if self.template.metadata.iter().all(|key| key.only_when.is_none()) {
            return Vec::new();
        }
        let entries = self.all_metadata().flat_map(|all| all.named().map(move |(name, entry)| (all, name, entry)));
        let found = entries.filter_map(|(metadata, name, entry)| {
            let (index, key) = self.template.key_called(metadata.form, name)?;
            let conditions = key.only_when.as_deref()?;
            // A value that the template has for every proposal is a placeholder.
            let is_placeholder = key.has_placeholder() && metadata.value(self.text(), entry) == key.placeholder;
            (!is_placeholder && self.says(conditions) && !self.holds(conditions)).then_some((index, entry))
        });
        found.collect()
    }

    /// Returns the entries whose key is not in the order of keys of the settings.
    pub fn unlisted_keys(&self) -> Vec<&Entry> {
        let Some((metadata, order)) = self.ordered() else { return Vec::new() };
        let named = metadata.named().filter(|(name, _)| order.first(name, |_| true).is_none());
        named.map(|(_, entry)| entry).collect()
    }

    /// Returns the fewest entries that have to move so that all are in order, each with the name of the key that it has to come after;
    /// `None` if it is the first.
    pub fn misplaced_keys(&self) -> Vec<(&Entry, Option<&str>)> {
        let Some((metadata, order)) = self.ordered() else { return Vec::new() };
        let placed: Vec<(usize, &Entry)> = places(metadata, &order);
        let in_order = ascending(&placed.iter().map(|(place, _)| *place).collect::<Vec<_>>());
        let mut sorted = placed.clone();
        sorted.sort_by_key(|(place, _)| *place);
        let before = |place: usize| {
            let at = sorted.partition_point(|(other, _)| *other < place);
            at.checked_sub(1).map(|at| sorted[at].1.key.as_str())
        };
        let misplaced = placed.iter().zip(in_order).filter(|(_, is_in_order)| !is_in_order);
        misplaced.map(|((place, entry), _)| (*entry, before(*place))).collect()
    }

    /// Returns the edit that brings the keys in order. `None` if there is anything else between them, such as a comment.
    pub fn order_keys(&self) -> Option<Edit> {
        self.demanded.sorted_keys.get_or_init(|| self.sort_keys()).clone()
    }

    fn sort_keys(&self) -> Option<Edit> {
        let (metadata, order) = self.ordered()?;
        let text = self.text();
        let lines: Vec<Span> = metadata.entries.iter().map(|entry| entry.span).collect();
        let (first, last) = (lines.first()?, lines.last()?);
        let whole = Span::new(text.line_start(text.line_at(first.start)), last.end);
        let is_apart = |pair: &[Span]| {
            let between = pair[0].end.get()..pair[1].start.get();
            !between.is_empty() && text.slice(Span::new(pair[0].end, pair[1].start)).trim().is_empty()
        };
        let is_plain = matches!(metadata.form, Form::FrontMatter | Form::Bullets | Form::Lines);
        (is_plain && lines.windows(2).all(is_apart)).then_some(())?;
        let separator = text.slice(Span::new(lines[0].end, lines.get(1)?.start)).into_owned();
        let is_even = lines.windows(2).all(|pair| text.slice(Span::new(pair[0].end, pair[1].start)) == separator);
        let starts_line = text.slice(Span::new(whole.start, first.start)).is_empty();
        (is_even && starts_line).then_some(())?;
        // Keys that are not listed stay behind the one before them.
        let mut sorted: Vec<(usize, usize)> = Vec::new();
        let mut last_place = 0;
        for (index, name) in metadata.named().map(|(name, _)| name).enumerate() {
            last_place = order.first(name, |_| true).unwrap_or(last_place);
            sorted.push((last_place, index));
        }
        sorted.sort();
        let content: Vec<String> = sorted.iter().map(|(_, index)| text.slice(lines[*index]).into_owned()).collect();
        Some(Edit { span: whole, content: content.join(&separator) })
    }

    /// Returns the metadata whose keys the settings order, and the names in order.
    fn ordered(&self) -> Option<(&Metadata, KeyNames)> {
        let order = self.template.demands.key_order.as_ref().filter(|order| !order.is_empty())?;
        let metadata = self.metadata().filter(|metadata| Some(metadata.form) == self.template.form)?;
        Some((metadata, KeyNames::of(order.iter().map(|name| KeyName::of(name)))))
    }
}

/// Returns the entries of `metadata` that `order` has, each with its place there.
fn places<'m>(metadata: &'m Metadata, order: &KeyNames) -> Vec<(usize, &'m Entry)> {
    metadata.named().filter_map(|(name, entry)| Some((order.first(name, |_| true)?, entry))).collect()
}

/// Returns for each of `places` whether it is in the longest part of them that ascends.
fn ascending(places: &[usize]) -> Vec<bool> {
    // For each length: the index of the least last place of an ascending part of that length.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (index, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end] <= *place);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut is_in = vec![false; places.len()];
    let mut last = ends.last().copied();
    while let Some(index) = last {
        is_in[index] = true;
        last = before[index];
    }
    is_in
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ascending_part_stays() {
        for (places, expected) in [
            (&[][..], &[][..]),
            (&[1, 2, 3], &[true, true, true]),
            (&[9, 1, 2, 3], &[false, true, true, true]),
            (&[1, 5, 2, 3, 4], &[true, false, true, true, true]),
            (&[2, 2, 1], &[true, true, false]),
        ] {
            assert_eq!(ascending(places), expected, "{places:?}");
        }
    }
}
