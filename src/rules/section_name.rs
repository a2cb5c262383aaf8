//! `section-name`: a section has nearly the name that the template gives it.

use super::{About, Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Several, Severity, says};
use crate::document::{Deviation, Proposal};
use crate::syntax::{Heading, numbering_length};
use crate::template::TemplateSection;
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "section-name",
    severity: Severity::Warning,
    summary: "a section's name is almost the one in the template",
    docs: Docs {
        why: "A typo or a synonym hides a section from tools and tables of contents. Two names match only if they differ by \
              at most two letters or are known synonyms, and only if the template's section is missing. A synonym or a \
              singular is information.",
        bad: "# XIP-1: Cache\n\n## Sumary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nFast.\n\n## Design\n\nA map.\n\n## Notes\n\n## Designers\n",
    },
    check: |proposal, findings| {
        findings.extend(proposal.template.sections.iter().filter_map(|section| finding(proposal, section)));
    },
    fixes,
    several: Some(Several { says: "section names differ from the template", about: About::Section }),
    ..Rule::PLAIN
};

fn finding(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Finding> {
    let found = proposal.section(section).filter(|found| proposal.is_near_miss(found))?;
    let (own, name) = (&found.heading.core, &section.name);
    let message = says(format!("section \"{own}\" is called \"{name}\" in the template"), "rename it");
    let finding = Finding::of_section(found.heading.content, message, section);
    let finding = finding.with_related(RelatedPlace::Template(section.heading), "this is the template's section");
    // Readers recognize another usual name.
    let is_misspelt = proposal.template.is_misspelt(section, &found.heading);
    let finding = if is_misspelt { finding } else { finding.severe(Severity::Information) };
    Some(finding.lowered(proposal, Deviation::OtherName(section.index)))
}

fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let section = diagnostic.subject.and_then(|index| proposal.template.sections.get(index));
    let Some((section, found)) = section.and_then(|section| Some((section, proposal.section(section)?))) else {
        return Vec::new();
    };
    let span = name(proposal, &found.heading);
    // A link or an element in the heading would be lost.
    if proposal.text().slice(span).contains(['[', '<']) {
        return Vec::new();
    }
    // The document has numbers of its own, or none.
    let bare = &section.name[numbering_length(&section.name)..];
    let edit = Edit { span, content: bare.to_owned() };
    let fix = Fix::new(format!("Rename the section to \"{bare}\""), vec![edit]);
    // The name may be that of another section, too.
    let is_another = proposal.template.is_nearly_another(&found.heading, section.index);
    vec![if is_another { fix } else { fix.preferred() }]
}

/// Returns the span of the name in `heading`, without a number before it and the tail after it.
fn name(proposal: &Proposal<'_>, heading: &Heading) -> Span {
    let text = proposal.text();
    let end = heading.tail_span().map_or(heading.content.end, |tail| tail.start);
    let whole = text.trim_end(Span::new(heading.content.start, end));
    // A number at the start of the name belongs to the document, not to the template.
    Span::new(whole.start + numbering_length(&text.slice(whole)), whole.end)
}
