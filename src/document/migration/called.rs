//! The sections of a document that have exactly the names of the template's.

use crate::document::Proposal;
use crate::syntax::{Section, SectionId, fold};
use crate::template::TemplateSection;

/// Returns the document's section that is `section`, if it has that very name: another one is the author's own. Of several with the
/// name, it is not known which one is meant.
pub(super) fn called<'a>(proposal: &Proposal<'a>, section: &TemplateSection) -> Option<&'a Section> {
    let found = proposal.section(section)?;
    let is_named = is_called(found, section) && count_of(proposal, &section.key, found.parent) == 1;
    is_named.then_some(found)
}

/// Whether the heading of `found` has the name of `section`, with or without a number, marks or an id.
pub(super) fn is_called(found: &Section, section: &TemplateSection) -> bool {
    let (own, name) = (fold(&found.heading.core), fold(&section.name));
    found.heading.key == section.key || own == name || own.starts_with(&format!("{name} {{#"))
}

/// Returns how many headings of the document are `key`: those in `parent`, or all.
pub(super) fn count_of(proposal: &Proposal<'_>, key: &str, parent: Option<SectionId>) -> usize {
    let is_it = |section: &Section| section.heading.key == key && (parent.is_none() || section.parent == parent);
    proposal.document.outline().iter().filter(|(_, section)| is_it(section)).count()
}
