//! Declarations: where the template has the section that the author is in.

use std::iter::successors;

use crate::document::Proposal;
use crate::text::{Offset, Span};

/// The heading in the template's text of the section that `offset` of `proposal` is in: of the innermost that is the template's.
pub fn declaration(proposal: &Proposal<'_>, offset: Offset) -> Option<Span> {
    let outline = proposal.document.outline();
    let mut around = successors(outline.around(offset), |id| outline.get(*id).parent);
    around.find_map(|id| proposal.template_section(id)).map(|section| section.heading)
}
