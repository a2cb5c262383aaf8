//! Adds to a template what settings say about the values of its metadata keys.

use std::sync::Arc;

use super::{Constraint, Form, KeyName, KeyNames, Limits, MetadataKey, Template};
use crate::syntax::fold;
use crate::terms::KeyKind;

impl Template {
    /// Adds `constraint` to the key that it names, which the template gets if it has none. The title of a document counts as a key
    /// if there is none for it.
    pub(super) fn constrain(&mut self, constraint: &Constraint) {
        let name = KeyName::of(&constraint.name);
        let found = self.form.and_then(|form| self.key_called(form, &name)).map(|(place, _)| place);
        let is_heading = found.is_none() && name.kind() == Some(KeyKind::Title) && self.title.is_some();
        let constraint = Arc::new(constraint.clone());
        if is_heading {
            self.limit(None, constraint.limits());
            self.demands.title = Some(constraint);
            return;
        }
        if found.is_none() && constraint.name.contains('.') && self.form == Some(Form::FrontMatter) {
            self.demands.nested.push(constraint);
            return;
        }
        let Some(place) = found.or_else(|| self.add_key(&constraint.name)) else { return };
        self.limit(Some(place), constraint.limits());
        let key = &mut self.metadata[place];
        if let Some(values) = &constraint.values {
            key.allow(values);
        }
        key.is_optional = constraint.is_required.map_or(key.is_optional, |is_required| !is_required);
        if constraint.required_when.is_some() {
            key.required_when.clone_from(&constraint.required_when);
        }
        if constraint.only_when.is_some() {
            key.only_when.clone_from(&constraint.only_when);
        }
        key.constraint = Some(constraint);
    }

    fn limit(&mut self, place: Option<usize>, limits: Limits) {
        let limits = limits.or(self.value_limits(place));
        if limits != Limits::default() {
            self.limits.insert(place, limits);
        }
    }

    /// Adds an optional key called `name` after the others before the sections, or where the order of keys has it. Returns its
    /// place, or `None` if the template has no metadata.
    fn add_key(&mut self, name: &str) -> Option<usize> {
        let form = self.form.filter(|form| *form != Form::Section)?;
        let last = self.metadata.iter().rposition(|key| key.form == form);
        if last.is_none() && !self.is_sidecar {
            return None;
        }
        let order: Vec<String> = self.demands.key_order.iter().flatten().map(|name| fold(name)).collect();
        let at = order.iter().position(|key| *key == fold(name));
        let before = |key: &MetadataKey| {
            order.iter().position(|name| *name == fold(&key.name)).is_some_and(|own| Some(own) < at)
        };
        let previous = at.and_then(|_| self.metadata.iter().rposition(|key| key.form == form && before(key)));
        let neighbor = previous.or(last);
        let label = neighbor.map(|at| &self.metadata[at]);
        let label = label.map_or(format!("{name}:"), |neighbor| neighbor.label.replacen(&neighbor.name, name, 1));
        let mut key = MetadataKey { label, ..MetadataKey::plain(name, form) };
        key.settle();
        let place = neighbor.map_or(0, |at| at + 1);
        self.metadata.insert(place, key);
        self.keys = KeyNames::of(self.metadata.iter().map(|key| key.called.clone()));
        let moved = |index: usize| if index >= place { index + 1 } else { index };
        self.limits = self.limits.drain().map(|(index, limits)| (index.map(moved), limits)).collect();
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, ValueKind};
    use super::*;

    fn constrained(template: &str, constraints: &[Constraint]) -> Template {
        let mut overrides = Overrides::default();
        constraints.iter().for_each(|constraint| overrides.constrain(constraint.clone()));
        overrides.key_order = Some(vec!["xip".into(), "title".into(), "reason".into(), "status".into()]);
        Template::derive(template, None).with(&overrides)
    }

    fn of(name: &str) -> Constraint {
        Constraint { name: name.to_owned(), ..Constraint::default() }
    }

    #[test]
    fn a_constraint_changes_its_key_and_adds_it_where_it_belongs() {
        let template =
            "---\ntitle: <title>\nstatus: Draft\nauthor: <names> # optional\n---\n\n## Summary\n\n## Status\n\nDraft\n";
        let reason = Constraint { is_required: Some(true), max_characters: Some(9), ..of("reason") };
        let other = Constraint { values: Some(vec!["A".into()]), ..of("other") };
        let author = Constraint { is_required: Some(true), ..of("Author") };
        let title = Constraint { max_characters: Some(44), ..of("title") };
        let changed = constrained(template, &[reason, other, author, title]);
        let keys: Vec<(&str, &str, bool)> = changed
            .metadata
            .iter()
            .filter(|key| key.section.is_none())
            .map(|key| (key.name.as_str(), key.label.as_str(), key.is_optional))
            .collect();
        let expected = [
            ("title", "title:", false),
            ("reason", "reason:", false),
            ("status", "status:", false),
            ("author", "author:", false),
            ("other", "other:", true),
        ];
        assert_eq!(keys, expected);
        assert_eq!(changed.value_limits(Some(0)).characters, Some(44));
        assert_eq!(changed.value_limits(Some(1)).characters, Some(9));
        assert_eq!(changed.metadata[4].values, ["A"]);
        assert_eq!(changed.key_called(Form::FrontMatter, &KeyName::of("other")).map(|(place, _)| place), Some(4));
    }

    #[test]
    fn a_heading_that_is_the_title_has_its_constraint_and_a_template_without_metadata_gets_no_key() {
        let title = Constraint { max_words: Some(5), ..of("Title") };
        let changed =
            constrained("# XIP-NNN: Title\n\n- **Status**: Draft\n\n## Summary\n", std::slice::from_ref(&title));
        assert_eq!(changed.value_limits(None).words, Some(5));
        assert_eq!(changed.demands.title.as_deref(), Some(&title));
        let bullets = constrained("# XIP-NNN: Title\n\n- **Status**: Draft\n\n## Summary\n", &[of("Other")]);
        assert_eq!(bullets.metadata[1].label, "**Other**:");
        assert!(constrained("# XIP-NNN: Title\n\n## Summary\n", &[of("Other")]).metadata.is_empty());
    }

    #[test]
    fn a_layer_above_wins_where_it_says_something() {
        let below = Constraint { max_words: Some(1), kind: Some(ValueKind::Date), ..of("day") };
        let above = Constraint { max_words: Some(2), is_sorted: Some(true), ..of("day") };
        let both = above.over(&below);
        assert_eq!((both.max_words, both.kind, both.is_sorted), (Some(2), Some(ValueKind::Date), Some(true)));
    }
}
