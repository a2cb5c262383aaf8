//! Readiness: how far a proposal has come, and what keeps it from its next status.

use serde::Serialize;

use crate::document::{Facts, Proposal, State, is_end, is_value};
use crate::rules::{About, Blocks, Diagnostic, Rule, Severities, Severity, check_at_status};
use crate::template::{Template, TemplateSection};

/// How far a proposal has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Readiness {
    /// The name of the proposal, such as `VIP-7`.
    pub name: String,
    /// Its status, as written.
    pub status: Option<String>,
    /// The status that follows in the template; `None` if the template lists none or this is the last.
    pub next: Option<String>,
    /// The progress of its sections.
    pub sections: Progress,
    /// The length of the first section with a limit.
    pub length: Option<SectionLength>,
    /// What keeps it from its next status.
    pub reasons: Vec<String>,
}

/// How many of the required sections are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The sections with text that is not the template's.
    pub done: usize,
    /// All required sections.
    pub required: usize,
}

/// The length of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionLength {
    /// The section's name in the template.
    pub section: String,
    /// How many words or characters it has.
    pub count: usize,
    /// How many it may have.
    pub limit: usize,
    /// The unit: words or characters.
    pub unit: &'static str,
}

impl Readiness {
    /// Returns the readiness of `proposal`, whose faults are `diagnostics` under `severities`. Faults that only count at its next
    /// status are reasons, too.
    pub fn of(proposal: &Proposal<'_>, diagnostics: &[Diagnostic], severities: &Severities) -> Readiness {
        let own = proposal.status().map(|status| status.text.clone());
        let status = own.or_else(|| proposal.facts().status.clone());
        let next = next_status(proposal);
        let then = due_at_next(proposal, diagnostics, severities);
        let all: Vec<&Diagnostic> = diagnostics.iter().chain(&then).collect();
        Readiness {
            name: name(proposal),
            next,
            status,
            sections: Progress::of(proposal),
            length: proposal.template.sections.iter().find_map(|section| length(proposal, section)),
            reasons: reasons(proposal.template, &all),
        }
    }

    /// Formats the readiness as one line: `VIP-7 is not ready for Accepted: 1 instruction of the template is left`.
    pub fn line(&self) -> String {
        format!("{} is {}", self.name, self.verdict())
    }

    /// Says whether it is ready, and why not: `not ready for Accepted: 1 instruction of the template is left`.
    pub fn verdict(&self) -> String {
        let what = self.next.as_ref().map_or("complete".to_owned(), |next| format!("ready for {next}"));
        match self.reasons.is_empty() {
            true => what,
            false => format!("not {what}: {}", self.reasons.join("; ")),
        }
    }
}

impl Progress {
    /// Returns the progress of `proposal`.
    pub fn of(proposal: &Proposal<'_>) -> Progress {
        let required = proposal.template.top().filter(|section| !section.is_optional);
        let required: Vec<&TemplateSection> = required.collect();
        let done = required.iter().filter(|section| proposal.state(section) == Some(State::Filled)).count();
        Progress { done, required: required.len() }
    }
}

/// Returns what the proposal is called: its number, or else its title.
fn name(proposal: &Proposal<'_>) -> String {
    match Facts::number_of(proposal) {
        Some(number) => format!("{}{number}", prefix(proposal.template)),
        None => Some(&*proposal.facts().title).filter(|title| !title.is_empty()).unwrap_or("the proposal").to_owned(),
    }
}

/// Returns the prefix of numbers: from the template's title, or else from the patterns of file names.
fn prefix(template: &Template) -> String {
    let of_title = template.title.as_ref().and_then(|title| title.prefix.clone());
    let of_files = || template.name_patterns().find_map(|pattern| Some(pattern.prefix_word()?.to_uppercase() + "-"));
    of_title.or_else(of_files).unwrap_or_default()
}

/// Returns the one of `values` that follows `status`; the first one for a proposal without a status.
fn next(values: &[String], status: Option<&str>) -> Option<String> {
    let behind = match status {
        None => 0,
        Some(status) if is_end(status) => return None,
        Some(status) => {
            let met = values.iter().enumerate().filter(|(_, value)| is_value(status, value));
            // Of two values that start alike, the longer one is meant.
            met.max_by_key(|(_, value)| value.len())?.0 + 1
        }
    };
    values[behind..].iter().find(|value| !is_end(value)).cloned()
}

fn length(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<SectionLength> {
    let length = *proposal.lengths(section).first()?;
    let (section, unit) = (section.name.clone(), length.unit.as_str());
    Some(SectionLength { section, count: length.count, limit: length.limit, unit })
}

/// Summarizes the `diagnostics` that are in the way: one reason per rule.
fn reasons(template: &Template, diagnostics: &[&Diagnostic]) -> Vec<String> {
    let mut groups: Vec<(&Rule, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics.iter().copied().filter(|diagnostic| is_in_the_way(template, diagnostic)) {
        match groups.iter_mut().find(|(rule, _)| *rule == diagnostic.rule) {
            Some((_, group)) => group.push(diagnostic),
            None => groups.push((diagnostic.rule, vec![diagnostic])),
        }
    }
    groups.iter().map(|(rule, group)| reason(template, rule, group)).collect()
}

/// Returns the status that follows that of `proposal` in its life cycle, or else in the template.
pub(super) fn next_status(proposal: &Proposal<'_>) -> Option<String> {
    if let Some(next) = proposal.stage().and_then(|stage| stage.next.as_ref()) {
        return next.iter().find(|next| !is_end(next)).cloned();
    }
    let status = proposal.status().map(|status| status.text.as_str());
    proposal.template.status_key().and_then(|key| next(&key.values, status))
}

/// Returns what the next status of `proposal` requires in addition to its `diagnostics`.
pub(super) fn due_at_next(
    proposal: &Proposal<'_>,
    diagnostics: &[Diagnostic],
    severities: &Severities,
) -> Vec<Diagnostic> {
    let next = next_status(proposal);
    let mut due = next.map(|next| check_at_status(proposal, severities, &next)).unwrap_or_default();
    due.retain(|found| !diagnostics.iter().any(|known| known.rule == found.rule));
    due
}

/// Whether `diagnostic` keeps a proposal from its next status.
pub(super) fn is_in_the_way(template: &Template, diagnostic: &Diagnostic) -> bool {
    let section = diagnostic.subject.and_then(|index| template.sections.get(index));
    match diagnostic.rule.blocks {
        Blocks::BySeverity => diagnostic.severity <= Severity::Warning || diagnostic.is_postponed,
        Blocks::Always => true,
        // An optional section may be empty as well as missing.
        Blocks::UnlessOptional => section.is_none_or(|section| !section.is_optional),
        Blocks::Never => false,
    }
}

/// Returns the reason for `group`, the diagnostics of `rule`.
fn reason(template: &Template, rule: &Rule, group: &[&Diagnostic]) -> String {
    match (group, rule.several) {
        ([one], _) => rule.one.unwrap_or(one.message.fault()).to_owned(),
        (_, Some(several)) => {
            let mut names: Vec<&str> = group.iter().filter_map(|one| name_of(several.about, template, one)).collect();
            names.dedup();
            let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
            format!("{} {}{names}", group.len(), several.says)
        }
        (_, None) => format!("{}, and {} more like it", group[0].message.fault(), group.len() - 1),
    }
}

/// Returns the name of the section or key that `diagnostic` is about.
fn name_of<'a>(about: About, template: &'a Template, diagnostic: &Diagnostic) -> Option<&'a str> {
    let index = diagnostic.subject?;
    match about {
        About::Section => template.sections.get(index).map(|section| section.name.as_str()),
        About::Key => template.metadata.get(index).map(|key| key.name.as_str()),
        About::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_status_is_the_next_that_is_no_end() {
        let values = ["Draft", "In Review", "In Review (final)", "Rejected", "Final", "Withdrawn"].map(str::to_owned);
        for (status, expected) in [
            (None, Some("Draft")),
            (Some("draft"), Some("In Review")),
            (Some("In Review (final) since May"), Some("Final")),
            (Some("Final"), None),
            (Some("Rejected"), None),
            (Some("Superseded by 8"), None),
            (Some("Lost"), None),
        ] {
            assert_eq!(next(&values, status).as_deref(), expected, "{status:?}");
        }
        assert_eq!(next(&[], None), None);
    }
}
