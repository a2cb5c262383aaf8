//! Inlay hints: the length of each section that has a limit, behind its heading, and the successor of a proposal that is superseded,
//! behind a reference to it.

use std::collections::BTreeMap;

use crate::document::{Destination, Proposal, ReferenceKind};
use crate::template::TemplateSection;
use crate::terms::{self, Meaning, RelationKind};
use crate::text::{Offset, Span};

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The place that it follows.
    pub place: Offset,
    /// Its text, such as `143/200 words`.
    pub label: String,
}

/// Returns the hints of `proposal` in `span`, in document order.
pub fn hints(proposal: &Proposal<'_>, span: Span) -> Vec<Hint> {
    let sections = proposal.template.sections.iter();
    let mut hints: Vec<_> = sections.filter_map(|section| hint(proposal, section, span)).collect();
    hints.extend(successors(proposal, span));
    hints.sort_by_key(|hint| hint.place);
    hints
}

/// Returns a hint behind each reference in `span` to a proposal that is superseded, unless its line says so, or this is the one that
/// supersedes it.
fn successors(proposal: &Proposal<'_>, span: Span) -> Vec<Hint> {
    let hint = |(place, to): (Offset, &Destination)| {
        let surroundings = proposal.surroundings()?;
        let neighbor = surroundings.named(to).filter(|neighbor| !proposal.is_itself(neighbor))?;
        let mut stated = surroundings.stated_by(&neighbor).into_iter();
        let (_, successor) = stated.find(|(says, _)| says.kind == RelationKind::SupersededBy)?;
        let line = proposal.text().slice(proposal.text().line_span_at(place)).to_lowercase();
        let is_said = proposal.is_itself(&successor) || terms::says(&line, Meaning::Superseded);
        (!is_said).then(|| Hint { place, label: format!("superseded by {}", proposal.short_name(&successor)) })
    };
    // Fast path: in most workspaces, no proposal names its successor.
    if !proposal.surroundings().is_some_and(|around| around.has_successors()) {
        return Vec::new();
    }
    let is_shown = |place: &Offset| span.touches(*place);
    places(proposal).into_iter().filter(|(place, _)| is_shown(place)).filter_map(hint).collect()
}

/// Returns the ends of the references to other proposals, with these, unless it is an index page. Those that the metadata says to be
/// superseded are left out.
fn places<'p>(proposal: &'p Proposal<'_>) -> BTreeMap<Offset, &'p Destination> {
    if proposal.index_page().is_some() || proposal.surroundings().is_none() {
        return BTreeMap::new();
    }
    let is_link = |kind: ReferenceKind| matches!(kind, ReferenceKind::Link | ReferenceKind::Mention);
    let links = proposal.references().iter().filter(|reference| is_link(reference.kind));
    let mut places: BTreeMap<Offset, &Destination> = links.map(|link| (link.span.end, &link.to)).collect();
    for relation in proposal.relations() {
        match relation.says.kind {
            RelationKind::Supersedes | RelationKind::SupersededBy => drop(places.remove(&relation.span.end)),
            _ => drop(places.insert(relation.span.end, &relation.says.to)),
        }
    }
    places
}

fn hint(proposal: &Proposal<'_>, section: &TemplateSection, span: Span) -> Option<Hint> {
    let place = proposal.section(section)?.heading.content.end;
    // Words are counted only for sections in `span`: an editor asks for what is on the screen.
    let lengths = if span.touches(place) { proposal.lengths(section) } else { Vec::new() };
    let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
    (!lengths.is_empty()).then(|| Hint { place, label: lengths.join(", ") })
}
