//! What rules about the relations between proposals have in common.

use crate::document::{Neighbor, Proposal, Relation};

/// A proposal that another one names in its metadata.
pub(super) struct Named<'p> {
    /// What the other one says.
    pub(super) relation: &'p Relation,
    /// The proposal that it names.
    pub(super) neighbor: Neighbor,
}

/// Returns the proposals of the family that the metadata of `proposal` names, as far as `is_meant` holds for what it says.
pub(super) fn named<'p>(
    proposal: &'p Proposal<'_>,
    is_meant: impl Fn(&Relation) -> bool,
) -> impl Iterator<Item = Named<'p>> {
    let surroundings = proposal.surroundings();
    let meant = proposal.relations().iter().filter(move |relation| is_meant(relation));
    meant.filter_map(move |relation| Some(Named { relation, neighbor: surroundings?.named(&relation.says.to)? }))
}
