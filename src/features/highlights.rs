//! Document highlights: everything in the document that leads to the same place as what is at the cursor.

use std::collections::HashMap;

use crate::document::{Destination, Proposal, Reference, fold_label, is_own_path};
use crate::syntax::SectionId;
use crate::text::{Offset, Span};

/// A place to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where it is.
    pub span: Span,
    /// Its kind.
    pub kind: HighlightKind,
}

/// What a highlight is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightKind {
    /// The text of the heading that the references lead to.
    Heading,
    /// A reference.
    Reference,
}

/// Returns the references of `proposal` with the same target as the reference or heading at `offset`, and the heading that is
/// their target, in document order.
pub fn highlights(proposal: &Proposal<'_>, offset: Offset) -> Vec<Highlight> {
    let (reference, heading) = (proposal.reference_at(offset), heading_at(proposal, offset));
    if reference.is_none() && heading.is_none() {
        return Vec::new();
    }
    let places = Leads::of(proposal);
    let asked = reference.map(|reference| places.place(&reference.to)).or(heading.map(Lead::Heading));
    let same = proposal.references().iter().filter(|reference| Some(places.place(&reference.to)) == asked);
    let references = same.map(|reference| Highlight { span: reference.span, kind: HighlightKind::Reference });
    let heading = match asked {
        Some(Lead::Heading(id)) => Some(proposal.document.outline().get(id).heading.content),
        Some(Lead::Elsewhere(_)) | None => None,
    };
    let heading = heading.map(|span| Highlight { span, kind: HighlightKind::Heading });
    let mut highlights: Vec<Highlight> = references.chain(heading).collect();
    highlights.sort_by_key(|highlight| highlight.span);
    highlights
}

/// Returns the heading at `offset`, unless it is empty.
fn heading_at(proposal: &Proposal<'_>, offset: Offset) -> Option<SectionId> {
    let mut sections = proposal.document.outline().iter();
    let (id, _) = sections.find(|(_, section)| {
        let heading = &section.heading;
        !heading.content.is_empty() && (heading.span.contains(offset) || heading.content.touches(offset))
    })?;
    Some(id)
}

/// Where a reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead<'a> {
    Heading(SectionId),
    /// Another document, or an anchor that no heading has.
    Elsewhere(&'a Destination),
}

/// What anchors and labels stand for in a proposal.
struct Leads<'a> {
    file: Option<&'a str>,
    headings: HashMap<String, SectionId>,
    labels: HashMap<String, &'a Destination>,
}

impl<'a> Leads<'a> {
    fn of(proposal: &'a Proposal<'_>) -> Leads<'a> {
        Leads { file: proposal.file_name(), headings: headings(proposal), labels: labels(proposal) }
    }

    fn place(&self, to: &'a Destination) -> Lead<'a> {
        let to = match to {
            Destination::Label(label) => self.labels.get(label).copied().unwrap_or(to),
            _ => to,
        };
        let anchor = match to {
            Destination::File(path, anchor) if is_own_path(path, self.file) => anchor.as_deref(),
            Destination::Anchor(anchor) => Some(anchor.as_str()),
            _ => None,
        };
        let heading = anchor.and_then(|anchor| self.headings.get(&anchor.to_lowercase()));
        heading.map_or(Lead::Elsewhere(to), |id| Lead::Heading(*id))
    }
}

/// Maps anchors to headings; of two headings with the same anchor, the first one counts.
fn headings(proposal: &Proposal<'_>) -> HashMap<String, SectionId> {
    let outline = proposal.document.outline();
    let mut headings = HashMap::new();
    for anchor in proposal.document.anchors() {
        if let Some((id, _)) = outline.headed_at(anchor.span.start) {
            for name in &anchor.names {
                headings.entry(name.to_lowercase()).or_insert(id);
            }
        }
    }
    headings
}

/// Maps labels to the destinations of their definitions, for labels that some link uses.
fn labels<'a>(proposal: &'a Proposal<'_>) -> HashMap<String, &'a Destination> {
    let references: HashMap<Span, &Reference> =
        proposal.references().iter().map(|reference| (reference.span, reference)).collect();
    let definitions = proposal.links().definitions.iter();
    definitions.filter_map(|found| Some((fold_label(&found.label), &references.get(&found.span)?.to))).collect()
}
