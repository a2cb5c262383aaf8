//! `value-too-long`: the title or a metadata value is longer than the template allows.

use super::{Docs, Finding, Rule, Severity, says};
use crate::document::{Deviation, Length, Proposal, Unit};

pub(super) static RULE: Rule = Rule {
    id: "value-too-long",
    severity: Severity::Warning,
    summary: "the title or a metadata value is longer than the template allows",
    docs: Docs {
        why: "Index pages, tables and messages have limited room. The template states the limit in place of the value or \
              before its first section: \"The title should be 44 characters or less.\" A number before the title does not \
              count. Once the status has moved on, it is information: nobody renames what is decided. A limit of the settings \
              holds at any status.",
        bad: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Release**: 1.2.3, or else the next one\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n- **Status**: Draft\n- **Release**: 1.2.3\n\n## Summary\n\nFast.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        let long = proposal.long_values().into_iter();
        findings.extend(long.filter_map(|(key, length)| finding(proposal, key, length)));
    },
    reads_sidecars: true,
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, key: Option<usize>, length: Length) -> Option<Finding> {
    let Length { unit, count, limit, over } = length;
    let what = match key {
        Some(index) => format!("\"{}\"", proposal.template.metadata[index].name),
        None => "title".to_owned(),
    };
    let allowed = match (unit, limit) {
        (Unit::Sentences, 1) => "but one is allowed".to_owned(),
        _ => format!("but at most {limit} are allowed"),
    };
    let message = says(format!("{what} has {count} {}, {allowed}", unit.as_str()), "shorten it");
    let finding = Finding { subject: key, ..Finding::new(over?, message) };
    let template = proposal.template;
    let constraint = match key {
        Some(index) => &template.metadata[index].constraint,
        None => &template.demands.title,
    };
    if constraint.as_ref().is_some_and(|set| set.max_characters.or(set.max_words).is_some()) {
        return Some(finding);
    }
    // Nobody renames what is decided.
    let finding = if proposal.has_moved_on() { finding.severe(Severity::Information) } else { finding };
    Some(finding.lowered(proposal, Deviation::LongValue(key)))
}
