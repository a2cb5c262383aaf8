//! References that lead to nothing. Targets are only resolved again if the piece with the reference, or the surroundings, have
//! changed.

use super::reference::{of_definitions, of_link};
use super::{Astray, Destination, Proposal, Reference, Target, is_own_path};
use crate::syntax::Links;

impl Proposal<'_> {
    /// Returns the references that lead to no file or to no anchor, in order. Empty if the surroundings are not known.
    pub fn astray(&self) -> &[Astray] {
        self.astray.get_or_init(|| read(self))
    }
}

fn read(proposal: &Proposal<'_>) -> Vec<Astray> {
    let Some(surroundings) = proposal.surroundings() else { return Vec::new() };
    let astray = |reference: Reference| {
        if matches!(reference.to, Destination::Label(_) | Destination::Number(_)) {
            return None;
        }
        let target = proposal.target(&reference.to)?;
        matches!(target, Target::NoFile | Target::NoAnchor(_)).then_some(Astray { reference, target })
    };
    // The targets of references to the document itself change with its anchors, all others with the surroundings.
    let leads_inside = |to: &Destination| match to {
        Destination::File(path, _) => is_own_path(path, proposal.file_name()),
        to => matches!(to, Destination::Anchor(_)),
    };
    let of_links = |links: &Links, is_inside: bool| {
        let links = links.links.iter().filter_map(of_link).filter(|found| leads_inside(&found.to) == is_inside);
        links.filter_map(astray).collect::<Vec<_>>()
    };
    let document = proposal.document;
    let mut found = match document.may_lead_inside() {
        true => document.by_links(document.anchor_names().origin(), |links| of_links(links, true)),
        false => Vec::new(),
    };
    found.extend(match surroundings.origin() {
        Some(origin) => document.by_links(&origin, |links| of_links(links, false)),
        None => of_links(document.links(), false),
    });
    let defined = of_definitions(&document.definitions(), || document.labels());
    found.extend(defined.into_iter().filter_map(astray));
    found.sort_by_key(|astray| astray.reference.span);
    found
}
