//! Changes the levels of headings, to give sections the level that they should have.

use super::{Document, Proposal};
use crate::syntax::{BlockKind, Section};
use crate::template::TemplateSection;
use crate::text::{Edit, Offset, Span, apply};

/// Returns the edits that move all headings but the title `by` levels deeper, or higher if it is negative. `None` if a heading
/// would have no valid level, if headings above the sections would have to stay behind, or if another heading would become the
/// title.
pub fn shift_all(proposal: &Proposal<'_>, by: i8) -> Option<Vec<Edit>> {
    let outline = proposal.document.outline();
    let sections = outline.iter().filter(|(id, _)| Some(*id) != proposal.title_id()).map(|(_, section)| section);
    let sections: Vec<&Section> = sections.collect();
    let level = proposal.section_level();
    if sections.iter().any(|section| section.heading.level < level) {
        return None;
    }
    let edits = sections.into_iter().map(|section| shift(proposal, section, by)).collect();
    keeping_title(proposal, edits)
}

/// Returns `edits` if the title by the levels of the headings stays the title after them.
fn keeping_title(proposal: &Proposal<'_>, edits: Option<Vec<Edit>>) -> Option<Vec<Edit>> {
    let edits = edits?;
    let after = Document::closed(&apply(proposal.text(), &edits).to_string());
    let is_kept = proposal.reread(&after).title_id() == proposal.title_id();
    is_kept.then_some(edits)
}

/// Returns the edits that move the document's section that is the template's `section`, and its parts, to the level of the others.
/// `None` if another section would come into it, or stay behind in it, if it would be out of order there, or if another heading
/// would become the title.
pub fn level_one(proposal: &Proposal<'_>, section: &TemplateSection) -> Option<Vec<Edit>> {
    if !is_in_order(proposal, section) {
        return None;
    }
    let section = proposal.section(section)?;
    let level = proposal.section_level();
    let by = level as i8 - section.heading.level as i8;
    let headings = || proposal.document.outline().iter().map(|(_, other)| other);
    let after = |start: Offset| headings().find(move |other| other.heading.span.start >= start);
    let is_section = |next: Option<&Section>| next.is_none_or(|next| next.heading.level <= level);
    let parts: Vec<&Section> = match by {
        ..=-1 if is_section(after(section.span.end)) => {
            headings().filter(|other| section.span.contains(other.heading.span.start)).collect()
        }
        1.. if is_section(after(section.heading.span.end)) => vec![section],
        _ => return None,
    };
    keeping_title(proposal, parts.into_iter().map(|part| shift(proposal, part, by)).collect())
}

/// Whether the template's `section` is in the template's order among the sections at their level.
fn is_in_order(proposal: &Proposal<'_>, section: &TemplateSection) -> bool {
    let Some(own) = proposal.section(section) else { return false };
    proposal.template.top().all(|other| match proposal.section(other) {
        Some(found) if found.heading.level == proposal.section_level() => {
            (found.span.start < own.span.start) == (other.index < section.index)
        }
        _ => true,
    })
}

/// Returns the edit that moves the heading of `section` `by` levels deeper.
fn shift(proposal: &Proposal<'_>, section: &Section, by: i8) -> Option<Edit> {
    let text = proposal.text();
    let heading = &section.heading;
    let level = (heading.level as i8).checked_add(by).filter(|level| (1..=6).contains(level))?;
    let marks = "#".repeat(level as usize);
    let block = proposal.document.blocks().at(text, heading.span.start)?;
    if block.kind == BlockKind::AtxHeading {
        let start = text.skip_blanks(heading.span.start);
        return Some(Edit { span: Span::new(start, start + usize::from(heading.level)), content: marks });
    }
    // An ATX heading has only one line.
    let content = text.slice(heading.content);
    (!content.contains(['\n', '\r'])).then(|| Edit { span: heading.span, content: format!("{marks} {content}") })
}
