//! `duplicate-section`: a section of the template occurs twice.

use super::{About, Docs, Finding, RelatedPlace, Rule, Several, Severity, says};
use crate::document::Proposal;
use crate::syntax::{Heading, Section, SectionId};
use crate::template::TemplateSection;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-section",
    severity: Severity::Warning,
    summary: "a section of the template appears twice",
    docs: Docs {
        why: "Readers find the first one and miss what the second says. Your own sections may repeat, and so may \
              subsections of different sections.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Design\n\nA tree.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\n### Design\n\nA map.\n\n## Notes\n",
    },
    check: |proposal, findings| findings.extend(duplicates(proposal)),
    several: Some(Several { says: "sections appear more than once", about: About::Section }),
    ..Rule::PLAIN
};

fn tail(heading: &Heading) -> Option<&str> {
    heading.tail.as_ref().filter(|tail| !tail.is_italic).map(|tail| tail.text.as_str())
}

fn duplicates<'a>(proposal: &'a Proposal<'_>) -> impl Iterator<Item = Finding> + 'a {
    let is_section = |section: &Section| section.heading.level >= proposal.section_level();
    let outline = proposal.document.outline().iter();
    let sections = outline.filter(move |(id, section)| Some(*id) != proposal.title_id() && is_section(section));
    sections.filter_map(move |(id, section)| {
        let of_template = of_template(proposal, id, section)?;
        let found = proposal.section(of_template)?;
        let first = &found.heading;
        // Parts of the author's own sections are not duplicates, nor are sections that differ in their notes or the form of the
        // name.
        let is_part =
            found.parent != section.parent && (proposal.is_part_of_own(found) || proposal.is_part_of_own(section));
        let is_same = first.level == section.heading.level
            && !is_part
            && first.key == section.heading.key
            && tail(first) == tail(&section.heading);
        if first.span == section.heading.span || !is_same {
            return None;
        }
        let message =
            says(format!("section \"{}\" appears twice", of_template.name), "merge the two, or rename this one");
        let finding = Finding::of_section(section.heading.content, message, of_template);
        Some(finding.with_related(RelatedPlace::Document(first.content), "the first one is here"))
    })
}

/// Returns the section of the template with the name of the `section` at `id`: a top-level section, or a part of the section around
/// it.
fn of_template<'a>(proposal: &Proposal<'a>, id: SectionId, section: &Section) -> Option<&'a TemplateSection> {
    if proposal.template_section(id).is_some() {
        return None;
    }
    let template = proposal.template;
    let parent = section.parent.and_then(|parent| proposal.template_section(parent));
    let part = parent.and_then(|parent| template.part_named(parent.index, &section.heading));
    let is_at_top = section.heading.level == proposal.section_level();
    part.or_else(|| is_at_top.then(|| template.section_of(&section.heading)).flatten())
}
