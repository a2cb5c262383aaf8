//! What settings demand of a proposal beyond its template.

use std::sync::Arc;

use super::Constraint;

/// What settings demand of a proposal, except of single keys and sections.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// The order of the metadata keys. A proposal has no others.
    pub key_order: Option<Vec<String>>,
    /// What the title must be, if no key is for it.
    pub title: Option<Arc<Constraint>>,
}
