//! `section-level`: sections stand at another level than the template's.

use super::{Diagnostic, Docs, Finding, Fix, Place, Rule, Scope, Severity};
use crate::document::{Deviation, Proposal, level_one, shift_all};
use crate::syntax::Section;
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "section-level",
    severity: Severity::Information,
    summary: "sections stand at another level than the template's",
    docs: Docs {
        why: "Tables of contents and tools see a section of the wrong level as a part of another section, or as a title. Where \
              all sections are off by the same, one note says so.",
        bad: "# XIP-1: Cache\n\n### Summary\n\nFast.\n\n### Design\n\nA map.\n\n### Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: true,
    scope: Scope::Proposal,
    check: |proposal, findings| {
        findings.extend(all_shifted(proposal));
        let usual = proposal.template.section_level();
        let sections = proposal.template.top().filter(|section| section.level == usual);
        findings.extend(sections.filter_map(|section| one_shifted(proposal, section)));
    },
    fixes,
};

/// How much deeper the document's sections would have to be for the template's level.
fn shift(proposal: &Proposal<'_>) -> i8 {
    proposal.template.section_level() as i8 - proposal.section_level() as i8
}

fn all_shifted(proposal: &Proposal<'_>) -> Option<Finding> {
    let level = proposal.section_level();
    let found = proposal.template.top().filter_map(|section| proposal.section(section));
    let first = found.filter(|section| section.heading.level == level).min_by_key(|section| section.span.start)?;
    let wanted = proposal.template.section_level();
    let message = format!(
        "sections are headings of level {level}, in the template of level {wanted}; start them with \"{}\"",
        "#".repeat(wanted.into())
    );
    let finding = || Finding::new(first.heading.content, message).lowered(proposal, Deviation::OtherLevel);
    (shift(proposal) != 0).then(finding)
}

fn one_shifted(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Finding> {
    let found = proposal.section(section)?;
    let (own, level) = (found.heading.level, proposal.section_level());
    let message = format!(
        "section \"{}\" is a heading of level {own}, the others of level {level}; start it with \"{}\"",
        section.name,
        "#".repeat(level.into())
    );
    let finding = || Finding::of_section(found.heading.content, message, section);
    (own != level && own != section.level && !is_repeated_part(proposal, section, found))
        .then(|| finding().with_related(Place::Template(section.heading), "the template has it here"))
}

/// Whether `found` is a part of a heading of the author's, and others of the author's have a part of this name, too.
fn is_repeated_part(proposal: &Proposal<'_>, section: &TemplateSection, found: &Section) -> bool {
    let is_other = |other: &Section| {
        other.parent != found.parent
            && other.heading.level == found.heading.level
            && section.is_named_by(&other.heading)
            && proposal.is_part_of_own(other)
    };
    proposal.is_part_of_own(found) && proposal.document.outline().iter().any(|(_, other)| is_other(other))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let section = diagnostic.subject.and_then(|index| proposal.template.sections.get(index));
    let fix = match section {
        Some(section) => {
            let edits = level_one(proposal, section);
            edits.map(|edits| Fix::new("Give the section the level of the others", edits))
        }
        None => {
            // A section that is at the template's level already would leave it.
            let usual = proposal.template.section_level();
            let mut found = proposal.template.top().filter_map(|section| proposal.section(section));
            let is_split = found.any(|found| found.heading.level == usual);
            let edits = (!is_split).then(|| shift_all(proposal, shift(proposal))).flatten();
            let fix = edits.map(|edits| Fix::new("Give the sections the level of the template's", edits));
            // Below the title nothing else changes; without one, a page has another top.
            let has_title = proposal.title().is_some_and(|title| title.heading.level < usual);
            fix.map(|fix| if has_title { fix.safe() } else { fix })
        }
    };
    fix.map(Fix::preferred).into_iter().collect()
}
