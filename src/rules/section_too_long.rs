//! `section-too-long`: a section is longer than the template allows.

use super::{About, Docs, Finding, RelatedPlace, Rule, Several, Severity};
use crate::document::{Proposal, Unit};
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "section-too-long",
    severity: Severity::Warning,
    summary: "a section is longer than the template allows",
    docs: Docs {
        why: "A limit is a promise to the reader: the introduction takes a minute to read. Words are counted in the \
              rendered text, as a word processor does. Code blocks, HTML, comments, link destinations, images and leftover \
              template instructions do not count.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory so that reads are fast.\n\n## Design\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows in memory.\n\n## Design\n\n## Notes\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.template.sections.iter().filter_map(|section| finding(proposal, section)))
    },
    is_about_length: true,
    several: Some(Several { says: "sections are too long", about: About::Section }),
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Finding> {
    let length = proposal.lengths(section).into_iter().find(|length| length.over.is_some())?;
    let heading = &proposal.section(section)?.heading;
    let (name, unit) = (&section.name, length.unit.as_str());
    let message = format!("section \"{name}\" has {} {unit}, but at most {} are allowed", length.count, length.limit);
    let related = match length.unit {
        Unit::Words => format!("word {} is here", length.limit + 1),
        Unit::Characters | Unit::Sentences | Unit::Lines => "the first word over the limit is here".to_owned(),
    };
    let finding = Finding::of_section(heading.content, message, section);
    Some(finding.with_related(RelatedPlace::Document(length.over?), &related))
}
