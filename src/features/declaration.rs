//! Go to declaration: from a section of a proposal to the same section of its template.

use std::iter::successors;

use crate::document::Proposal;
use crate::text::{Offset, Span};

/// Returns the place of the heading, in the template's text, of the innermost section around `offset` that the template has.
pub fn declaration(proposal: &Proposal<'_>, offset: Offset) -> Option<Span> {
    let outline = proposal.document.outline();
    let mut around = successors(outline.around(offset), |id| outline.get(*id).parent);
    around.find_map(|id| proposal.template_section(id)).map(|section| section.heading)
}
