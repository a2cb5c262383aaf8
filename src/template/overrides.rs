//! Settings of a team that change its template.

use std::collections::BTreeMap;

use super::{BodyDemands, Condition, Constraint, LifeCycle, ReferenceDemands, Template, TemplateSection};
use crate::syntax::{Origin, fold};
use crate::terms::{self, Meaning};

/// The statuses that require a release, unless the settings list others.
pub const RELEASED_STATUS: [&str; 3] = ["Adopted", "Implemented", "Released"];

/// The statuses past discussion, at which no instructions or placeholders of the template may remain, unless the settings list
/// others.
pub const ACCEPTED_STATUS: [&str; 8] =
    ["Accepted", "Approved", "Adopted", "Implemented", "Released", "Final", "Completed", "Active"];

/// The metadata key whose values [`Overrides::status`] lists.
pub const STATUS: &str = "Status";

/// Changes to a template. A field that is `None` leaves the template unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The changes to sections, by their names folded by [`fold`].
    pub sections: BTreeMap<String, SectionOverrides>,
    /// What the values of metadata keys must be, by the keys' names folded by [`fold`].
    pub metadata: BTreeMap<String, Constraint>,
    /// The name of the file of metadata beside each document.
    pub sidecar: Option<String>,
    /// See [`Demands::key_order`](super::Demands::key_order).
    pub key_order: Option<Vec<String>>,
    /// See [`Demands::references`](super::Demands::references).
    pub references: Option<ReferenceDemands>,
    /// See [`Demands::body`](super::Demands::body).
    pub body: Option<BodyDemands>,
    /// The values of the metadata key [`STATUS`]; empty if any is allowed.
    pub status: Option<Vec<String>>,
    /// See [`Template::released_status`].
    pub released_status: Option<Vec<String>>,
    /// See [`Template::accepted_status`].
    pub accepted_status: Option<Vec<String>>,
    /// See [`Template::life_cycle`].
    pub life_cycle: Option<LifeCycle>,
}

/// Changes to one section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionOverrides {
    /// The section's name as the team writes it.
    pub name: String,
    /// Other names of the section; see [`Template::nearly`].
    pub aliases: Option<Vec<String>>,
    /// Whether a proposal may leave it out.
    pub is_optional: Option<bool>,
    /// The maximum number of words.
    pub word_limit: Option<usize>,
    /// A proposal must have it if all of these hold.
    pub required_when: Option<Vec<Condition>>,
    /// A proposal must not have it unless all of these hold.
    pub only_when: Option<Vec<Condition>>,
    /// What the section must say.
    pub text: Option<String>,
    /// Whether it must be the last one.
    pub is_last: Option<bool>,
}

impl Overrides {
    /// Adds changes to a section, on top of earlier changes to it.
    pub fn add(&mut self, section: SectionOverrides) {
        let known = self.sections.entry(fold(&section.name)).or_default();
        *known = section.over(known);
    }

    /// Adds what the values of a key must be, on top of earlier constraints on it.
    pub fn constrain(&mut self, constraint: Constraint) {
        let known = self.metadata.entry(fold(&constraint.name)).or_default();
        *known = constraint.over(known);
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        *self == Overrides::default()
    }

    /// Returns these changes on top of those in `below`.
    pub fn over(&self, below: &Overrides) -> Overrides {
        let mut sections = below.sections.clone();
        for (key, section) in &self.sections {
            let below = sections.entry(key.clone()).or_default();
            *below = section.over(below);
        }
        let mut metadata = below.metadata.clone();
        for (key, constraint) in &self.metadata {
            let below = metadata.entry(key.clone()).or_default();
            *below = constraint.over(below);
        }
        Overrides {
            sections,
            metadata,
            sidecar: self.sidecar.clone().or_else(|| below.sidecar.clone()),
            key_order: self.key_order.clone().or_else(|| below.key_order.clone()),
            references: self.references.clone().or_else(|| below.references.clone()),
            body: self.body.clone().or_else(|| below.body.clone()),
            status: self.status.clone().or_else(|| below.status.clone()),
            released_status: self.released_status.clone().or_else(|| below.released_status.clone()),
            accepted_status: self.accepted_status.clone().or_else(|| below.accepted_status.clone()),
            life_cycle: self.life_cycle.clone().or_else(|| below.life_cycle.clone()),
        }
    }
}

impl SectionOverrides {
    /// Returns these changes on top of those in `below`.
    pub fn over(&self, below: &SectionOverrides) -> SectionOverrides {
        SectionOverrides {
            name: self.name.clone(),
            aliases: self.aliases.clone().or_else(|| below.aliases.clone()),
            is_optional: self.is_optional.or(below.is_optional),
            word_limit: self.word_limit.or(below.word_limit),
            required_when: self.required_when.clone().or_else(|| below.required_when.clone()),
            only_when: self.only_when.clone().or_else(|| below.only_when.clone()),
            text: self.text.clone().or_else(|| below.text.clone()),
            is_last: self.is_last.or(below.is_last),
        }
    }
}

impl Template {
    /// Returns this template with `overrides`. Of sections that it does not have, only the names count.
    pub fn with(&self, overrides: &Overrides) -> Template {
        let mut template = Template { origin: Origin::default(), ..self.clone() };
        for section in overrides.sections.values() {
            template.override_section(section);
        }
        if let Some(values) = &overrides.status
            && let Some(key) = template.metadata.iter_mut().find(|key| key.is_status())
        {
            key.allow(values);
        }
        let has_sidecar = overrides.sidecar.is_some() && !self.is_sidecar;
        if let Some(order) = overrides.key_order.as_ref().filter(|_| !has_sidecar) {
            template.demands.key_order = Some(order.clone());
        }
        if let Some(references) = &overrides.references {
            template.demands.references.clone_from(references);
        }
        if let Some(body) = &overrides.body {
            template.demands.body.clone_from(body);
        }
        let is_own = |constraint: &&Constraint| !has_sidecar || self.has_key(&constraint.name);
        for constraint in overrides.metadata.values().filter(is_own) {
            template.constrain(constraint);
        }
        if let Some(values) = &overrides.released_status {
            template.released_status.clone_from(values);
        }
        if let Some(values) = &overrides.accepted_status {
            template.accepted_status.clone_from(values);
        }
        if let Some(life_cycle) = &overrides.life_cycle {
            template.life_cycle.clone_from(life_cycle);
        }
        template
    }

    /// Whether the status `said` is past discussion by its words, in any language. Always false if the settings list the accepted
    /// statuses.
    pub fn says_accepted(&self, said: &str) -> bool {
        let is_past = || matches!(terms::status(said), Some(Meaning::Accepted | Meaning::Implemented));
        self.accepted_status == ACCEPTED_STATUS && is_past()
    }

    /// Whether each new proposal has the status `said` from the start, as the template has it in place of a list of values. Always
    /// false if the settings list the accepted statuses, or if the template is learnt.
    pub fn starts_with(&self, said: &str) -> bool {
        let own = || self.status_key()?.own_status();
        self.learnt.is_none()
            && self.accepted_status == ACCEPTED_STATUS
            && own().is_some_and(|own| own.eq_ignore_ascii_case(said))
    }

    /// Whether the status `said` requires a release by its words, in any language. Always false if the settings list the released
    /// statuses.
    pub fn says_released(&self, said: &str) -> bool {
        self.released_status == RELEASED_STATUS && terms::status(said) == Some(Meaning::Implemented)
    }

    fn override_section(&mut self, overrides: &SectionOverrides) {
        let aliases = overrides.aliases.iter().flatten().map(|alias| fold(alias)).filter(|key| !key.is_empty());
        let Some(index) = self.section_called(&overrides.name) else {
            return self.demands.sections.extend(aliases.chain([fold(&overrides.name)]));
        };
        for alias in aliases {
            self.aliases.insert(alias, index);
            self.called = Origin::default();
        }
        let section = &mut self.sections[index];
        section.is_optional = overrides.is_optional.unwrap_or(section.is_optional || overrides.required_when.is_some());
        section.required_when = overrides.required_when.clone().or_else(|| section.required_when.take());
        section.only_when = overrides.only_when.clone().or_else(|| section.only_when.take());
        section.word_limit = overrides.word_limit.or(section.word_limit);
        section.required_text = overrides.text.clone().or_else(|| section.required_text.take());
        section.is_last = overrides.is_last.unwrap_or(section.is_last);
    }

    /// Returns the place of the section called `name`, from 0; a top-level section comes before others.
    pub fn section_called(&self, name: &str) -> Option<usize> {
        let key = fold(name);
        let is_called = |section: &&TemplateSection| section.key == key || fold(&section.name) == key;
        let section = self.top().find(is_called).or_else(|| self.sections.iter().find(is_called));
        section.map(|section| section.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Outline, blocks};
    use crate::text::Text;

    const TEMPLATE: &str = "# T\n\n- **Status**: _one of ['A', 'B']_\n\n## Summary\n\n## Design _(9 words at most)_\n";

    fn overrides() -> Overrides {
        let section = |name: &str| SectionOverrides { name: name.to_owned(), ..SectionOverrides::default() };
        let summary = SectionOverrides { aliases: Some(vec!["1. TL;DR".into(), "💡".into()]), ..section("summary") };
        let design = SectionOverrides { is_optional: Some(true), word_limit: Some(3), ..section("Design") };
        let sections = [summary, design, section("No such")].map(|section| (fold(&section.name), section));
        Overrides { sections: sections.into(), status: Some(vec!["C".into()]), ..Overrides::default() }
    }

    /// Returns the section that `heading` names, and the one that it nearly names.
    fn found(template: &Template, heading: &str) -> (Option<usize>, Option<usize>) {
        let text = Text::new(heading);
        let outline = Outline::of(&text, &blocks(&text));
        let (_, section) = outline.first().expect("a heading");
        let named = template.section_of(&section.heading).map(|section| section.index);
        let near = template.nearly(&section.heading).map(|section| section.index);
        (named, near.filter(|_| named.is_none()))
    }

    #[test]
    fn overrides_change_what_they_name_and_nothing_else() {
        let template = Template::derive(TEMPLATE, None).with(&overrides());
        for (heading, section) in [
            ("# Summary", (Some(0), None)),
            ("# tl;dr", (None, Some(0))),
            ("# TL;DR (new)", (None, Some(0))),
            ("# 💡", (None, None)),
            ("# Own", (None, None)),
        ] {
            assert_eq!(found(&template, heading), section, "{heading}");
        }
        assert_eq!((template.sections[0].is_optional, template.sections[0].word_limit), (false, None));
        assert_eq!((template.sections[1].is_optional, template.sections[1].word_limit), (true, Some(3)));
        assert_eq!(template.metadata[0].values, ["C"]);
        let plain = Template::derive(TEMPLATE, None);
        let status = Overrides { status: Some(vec!["C".into()]), ..Overrides::default() };
        assert!(plain.with(&overrides()).called() != plain.called());
        assert!(plain.with(&status).called() == plain.called() && plain.with(&status).origin() != plain.origin());
        assert_eq!(template.released_status, RELEASED_STATUS);
    }

    #[test]
    fn a_name_in_the_template_wins_over_an_alias() {
        let mut overrides = overrides();
        let design = overrides.sections.get_mut("design").expect("it is there");
        design.aliases = Some(vec!["Summary".into()]);
        assert_eq!(found(&Template::derive(TEMPLATE, None).with(&overrides), "# Summary"), (Some(0), None));
    }

    #[test]
    fn layers_merge_section_by_section_and_key_by_key() {
        let section = SectionOverrides { name: "DESIGN".into(), word_limit: Some(5), ..SectionOverrides::default() };
        let above = Overrides { sections: [("design".to_owned(), section)].into(), ..Overrides::default() };
        let merged = above.over(&overrides());
        assert_eq!(merged.sections.len(), 3);
        assert_eq!(merged.sections["design"].is_optional, Some(true));
        assert_eq!(merged.sections["design"].word_limit, Some(5));
        assert_eq!(merged.status, Some(vec!["C".to_owned()]));
        assert!(Overrides::default().is_empty() && !merged.is_empty());
    }
}
