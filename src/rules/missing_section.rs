//! `missing-section`: a section that the template requires is missing.

use super::{About, Applies, Diagnostic, Docs, Finding, Fix, RelatedPlace, Rule, Several, Severity, says};
use crate::document::{Deviation, Filling, Proposal, empty_places, insert_sections};
use crate::template::TemplateSection;
use crate::text::Span;

/// A fix for all diagnostics of a kind, whose size grows with their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whole {
    /// Inserts all required sections that are missing.
    RequiredSections,
    /// Inserts all sections that are missing.
    AllSections,
}

pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    severity: Severity::Warning,
    summary: "a section that the template asks for is missing",
    docs: Docs {
        why: "Reviewers look for each part of a proposal where the template puts it. A missing section looks like a \
              question that nobody thought about. If the document has a heading of its own in that place, it may be the \
              section under another name. The finding is then information and names that heading.",
        bad: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows.\n",
        good: "# XIP-1: Cache\n\n## Summary\n\nKeep hot rows.\n\n## Design\n\nA map.\n\n## Notes\n\nNone.\n",
    },
    check: |proposal, findings| findings.extend(missing(proposal, false)),
    fixes,
    applies: Applies::Sections,
    several: Some(Several { says: "sections are missing", about: About::Section }),
    ..Rule::PLAIN
};

/// Returns findings for the missing sections: the optional ones, or the required ones.
pub(super) fn missing(proposal: &Proposal<'_>, is_optional: bool) -> Vec<Finding> {
    let is_later = |section: &TemplateSection| {
        let surroundings = proposal.surroundings();
        surroundings.is_some_and(|surroundings| surroundings.is_later(Deviation::NoSection(section.index)))
    };
    let sections = proposal.missing().filter(|section| proposal.may_lack(section) == is_optional);
    // The template asks for it, but did not when the document came in.
    let sections: Vec<_> = sections.filter(|section| !is_later(section)).collect();
    let places = empty_places(proposal, &sections);
    sections.into_iter().zip(places).map(|(section, span)| finding(proposal, section, span)).collect()
}

fn finding(proposal: &Proposal<'_>, section: &TemplateSection, span: Span) -> Finding {
    let (before, parent) = (proposal.before(section), proposal.parent(section));
    let beside = before.or(parent).map_or(proposal.title_span(), |found| found.heading.span);
    let template = |index: usize| &proposal.template.sections[index];
    let name = match section.parent.map(template) {
        Some(parent) => format!("\"{}\" of \"{}\"", section.name, parent.name),
        None => format!("\"{}\"", section.name),
    };
    let place = place(proposal, section);
    let elsewhere = proposal.elsewhere(section);
    let own = proposal.in_place_of(section).filter(|_| !proposal.may_lack(section) && elsewhere.is_none());
    let message = match (proposal.may_lack(section), elsewhere) {
        (true, _) => says(format!("optional section {name} is missing"), format!("add it {place} if it applies")),
        (false, elsewhere) => {
            let advice = match (elsewhere, own) {
                (Some(_), _) => "move the section of that name here".to_owned(),
                (None, Some(own)) => format!("add it {place}, unless \"{}\" covers it", own.heading.core),
                (None, None) => format!("add it {place}"),
            };
            says(format!("section {name} is missing"), advice)
        }
    };
    let mut finding = Finding::of_section(span, message, section)
        .beside(beside)
        .with_related(RelatedPlace::Template(section.heading), "this is the template's section");
    if let Some(found) = elsewhere {
        finding = finding.with_related(RelatedPlace::Document(found.heading.content), "a section of that name is here");
        finding.most = Some(Severity::Information);
    }
    let is_named = || section.parent.is_some() && parent.is_some_and(|parent| proposal.has_named_parts(parent));
    if own.is_some() || has_names_of_its_own(proposal) || is_named() {
        // It may well be there under a name of the author's own.
        finding.most = Some(Severity::Information);
    }
    finding.lowered(proposal, Deviation::NoSection(section.index))
}

/// Returns a description of where `section` belongs.
fn place(proposal: &Proposal<'_>, section: &TemplateSection) -> String {
    match (proposal.before(section), proposal.after(section)) {
        (Some(before), _) => format!("after \"{}\"", before.heading.core),
        (None, Some(after)) => format!("before \"{}\"", after.heading.core),
        (None, None) => match proposal.parent(section) {
            Some(parent) => format!("to \"{}\"", parent.heading.core),
            None => "at the end".to_owned(),
        },
    }
}

/// Whether the document has none of the template's sections, but headings of its own.
fn has_names_of_its_own(proposal: &Proposal<'_>) -> bool {
    let is_by_letter = || proposal.surroundings().is_some_and(|surroundings| surroundings.is_by_letter());
    proposal.found_count() == 0 && !proposal.is_stub() && !is_by_letter()
}

/// Inserts the section alone, with or without guidance, or together with all that are missing.
pub(super) fn fixes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let whole = wholes(proposal, diagnostic).into_iter().filter_map(|whole| for_whole(proposal, whole));
    alone(proposal, diagnostic).into_iter().chain(whole).collect()
}

/// Returns the fixes for a whole kind of diagnostics that cover `diagnostic`.
pub(super) fn wholes(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Whole> {
    match diagnostic.subject.and_then(|index| proposal.template.sections.get(index)) {
        Some(section) if proposal.may_lack(section) => vec![Whole::AllSections],
        Some(_) => vec![Whole::RequiredSections, Whole::AllSections],
        None => Vec::new(),
    }
}

/// Returns the fix for a whole kind of diagnostics.
pub(super) fn for_whole(proposal: &Proposal<'_>, whole: Whole) -> Option<Fix> {
    match whole {
        Whole::RequiredSections => insert_required(proposal),
        Whole::AllSections => insert_all(proposal),
    }
}

/// Inserts the section alone, with or without guidance.
pub(super) fn alone(proposal: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(section) = diagnostic.subject.and_then(|index| proposal.template.sections.get(index)) else {
        return Vec::new();
    };
    let name = &section.name;
    let one = [section];
    let mut fixes = Vec::new();
    // If most documents lack the section, the author has to choose.
    let is_certain = diagnostic.severity <= Severity::Warning
        && !proposal.may_lack(section)
        && proposal.found_count() > 0
        && proposal.elsewhere(section).is_none()
        && proposal.in_place_of(section).is_none()
        && !proposal.repeats_sections()
        && proposal.is_in_order();
    let mut offer = |title: String, sections: &[&TemplateSection], filling| {
        let is_preferred = fixes.is_empty() && is_certain;
        let edits = insert_sections(proposal, sections, filling);
        fixes.extend(edits.map(|edits| Fix { is_preferred, ..Fix::new(title, edits).filled_next() }));
    };
    offer(format!("Insert section \"{name}\""), &one, Filling::Nothing);
    if !section.guidance.is_empty() {
        offer(format!("Insert section \"{name}\" with the template's guidance"), &one, Filling::Guidance);
    }
    fixes
}

/// Inserts the sections of a document that has none: the required ones, or all.
pub(super) fn insert_many(proposal: &Proposal<'_>) -> Vec<Fix> {
    insert_required(proposal).into_iter().chain(insert_all(proposal)).collect()
}

/// Inserts all required sections that are missing, if there are several, and optional ones are missing as well.
fn insert_required(proposal: &Proposal<'_>) -> Option<Fix> {
    let required: Vec<_> = proposal.missing().filter(|section| !proposal.may_lack(section)).collect();
    let are_some = required.len() > 1 && required.len() < proposal.missing().count();
    let edits = are_some.then(|| insert_sections(proposal, &required, Filling::Nothing))??;
    let title = format!("Insert all {} required sections that are missing", required.len());
    Some(Fix::new(title, edits).filled_next())
}

/// Inserts all missing sections, if there are several.
fn insert_all(proposal: &Proposal<'_>) -> Option<Fix> {
    let all: Vec<_> = proposal.missing().collect();
    let edits = (all.len() > 1).then(|| insert_sections(proposal, &all, Filling::Nothing))??;
    Some(Fix::new(format!("Insert all {} missing sections", all.len()), edits).filled_next())
}
