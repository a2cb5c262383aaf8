//! Inlay hints: the length of each section that has a limit, behind its heading.

use crate::document::Proposal;
use crate::template::TemplateSection;
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
    hints.sort_by_key(|hint| hint.place);
    hints
}

fn hint(proposal: &Proposal<'_>, section: &TemplateSection, span: Span) -> Option<Hint> {
    let place = proposal.section(section)?.heading.content.end;
    // Words are counted only for sections in `span`: an editor asks for what is on the screen.
    let lengths = if span.touches(place) { proposal.lengths(section) } else { Vec::new() };
    let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
    (!lengths.is_empty()).then(|| Hint { place, label: lengths.join(", ") })
}
