//! `section-level`: sections are at another level than the template's.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Severity, says};
use crate::document::{Deviation, Proposal, level_one, shift_all};
use crate::syntax::{Section, SectionId};
use crate::template::{TemplateSection, heading_keys};

pub(super) static RULE: Rule = Rule {
    id: "section-level",
    severity: Severity::Information,
    summary: "sections have another heading level than in the template",
    docs: Docs {
        why: "Tables of contents and tools treat a section of the wrong level as part of another section, or as a title. If \
              all sections are off by the same number of levels, a single finding says so.",
        bad: "# XIP-1: Cache\n\n### Summary\n\nFast.\n\n### Design\n\nA map.\n\n### Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
    },
    has_safe_fix: true,
    check: |proposal, findings| {
        findings.extend(all_shifted(proposal));
        let usual = proposal.template.section_level();
        let sections = proposal.template.top().filter(|section| section.level == usual);
        let parts = OnceCell::new();
        findings.extend(sections.filter_map(|section| one_shifted(proposal, section, &parts)));
    },
    fixes,
    ..Rule::PLAIN
};

/// Returns how many levels deeper the document's sections would have to be for the template's level.
fn shift(proposal: &Proposal<'_>) -> i8 {
    proposal.template.section_level() as i8 - proposal.section_level() as i8
}

fn all_shifted(proposal: &Proposal<'_>) -> Option<Finding> {
    if shift(proposal) == 0 {
        return None;
    }
    let level = proposal.section_level();
    let found = proposal.template.top().filter_map(|section| proposal.section(section));
    let first = found.filter(|section| section.heading.level == level).min_by_key(|section| section.span.start)?;
    let wanted = proposal.template.section_level();
    let message = says(
        format!("sections have heading level {level}, but have level {wanted} in the template"),
        format!("start them with \"{}\"", "#".repeat(wanted.into())),
    );
    Some(Finding::new(first.heading.content, message).lowered(proposal, Deviation::OtherLevel))
}

fn one_shifted<'a>(
    proposal: &Proposal<'a>,
    section: &TemplateSection,
    parts: &OnceCell<OwnParts<'a>>,
) -> Option<Finding> {
    let found = proposal.section(section)?;
    let (own, level) = (found.heading.level, proposal.section_level());
    let is_repeated_part =
        || proposal.is_part_of_own(found) && parts.get_or_init(|| own_parts(proposal)).has_another(section, found);
    if own == level || own == section.level || is_repeated_part() {
        return None;
    }
    let message = says(
        format!("section \"{}\" has heading level {own}, but the others have level {level}", section.name),
        format!("start it with \"{}\"", "#".repeat(level.into())),
    );
    let finding = Finding::of_section(found.heading.content, message, section);
    Some(finding.with_related(RelatedPlace::Template(section.heading), "this is the template's section"))
}

/// The parts of the author's own headings, by name and level: the parent of the first one, and whether others have a different
/// parent.
struct OwnParts<'a>(HashMap<(&'a str, u8), (Option<SectionId>, bool)>);

/// Returns the parts in `proposal`.
fn own_parts<'a>(proposal: &Proposal<'a>) -> OwnParts<'a> {
    let mut parts = HashMap::new();
    let sections = proposal.document.outline().iter().map(|(_, section)| section);
    for section in sections.filter(|section| proposal.is_part_of_own(section)) {
        for key in heading_keys(&section.heading) {
            let (first, are_several) =
                parts.entry((key.as_str(), section.heading.level)).or_insert((section.parent, false));
            *are_several |= *first != section.parent;
        }
    }
    OwnParts(parts)
}

impl OwnParts<'_> {
    /// Whether another heading of the author than the parent of `found` has a part with the name of `section`, at the same level.
    fn has_another(&self, section: &TemplateSection, found: &Section) -> bool {
        let level = found.heading.level;
        section.numbers().any(|name| {
            let parts = self.0.get(&(name.as_str(), level));
            parts.is_some_and(|(first, are_several)| *are_several || *first != found.parent)
        })
    }
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let section = diagnostic.subject.and_then(|index| proposal.template.sections.get(index));
    let fix = match section {
        Some(section) => {
            let edits = level_one(proposal, section);
            edits.map(|edits| Fix::new("Change the section to the level of the others", edits))
        }
        None => {
            // A section that is already at the template's level would be moved away from it.
            let usual = proposal.template.section_level();
            let mut found = proposal.template.top().filter_map(|section| proposal.section(section));
            let is_split = found.any(|found| found.heading.level == usual);
            let edits = (!is_split).then(|| shift_all(proposal, shift(proposal))).flatten();
            let fix = edits.map(|edits| Fix::new("Change the sections to the template's level", edits));
            // Below the title nothing else changes; without one, a page would have a different top heading.
            let has_title = proposal.title().is_some_and(|title| title.heading.level < usual);
            fix.map(|fix| if has_title { fix.safe() } else { fix })
        }
    };
    fix.map(Fix::preferred).into_iter().collect()
}
