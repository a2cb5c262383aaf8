//! What settings demand of a proposal beyond its template.

use std::sync::Arc;

use super::{Condition, Constraint, Pattern};

/// What settings demand of a proposal, except of single keys and sections.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// The order of the metadata keys. A proposal has no others.
    pub key_order: Option<Vec<String>>,
    /// What the title must be, if no key is for it.
    pub title: Option<Arc<Constraint>>,
    /// What values within others must be: the name of each is the keys to it, with full stops between them.
    pub nested: Vec<Arc<Constraint>>,
    /// How a proposal refers to others.
    pub references: ReferenceDemands,
    /// What the text must be.
    pub body: BodyDemands,
    /// The sections that the settings name and the template does not have, folded by [`fold`](crate::syntax::fold).
    pub sections: Vec<String>,
}

/// How a proposal refers to others. Empty if it may refer to them in any way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceDemands {
    /// The prefixes of numbers, each with the conditions that a proposal meets to which one refers by it. The first that fits
    /// applies, those with conditions before those without.
    pub prefixes: Vec<(String, Vec<Condition>)>,
    /// Whether the first mention of a proposal must be a link.
    pub is_linked: bool,
    /// Whether a mention must not be code.
    pub is_plain: bool,
    /// The statuses in steps, from the least to the most stable; a proposal must not refer to one that is on a lower step.
    pub stability: Vec<Vec<String>>,
    /// For metadata keys: the key that must list the proposals which their values mention.
    pub listed: Vec<Condition>,
}

/// What the text of a proposal must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyDemands {
    /// What it must not contain.
    pub forbidden: Vec<Pattern>,
    /// What addresses outside the repository must match, one of them; `None` if they may be any.
    pub links: Option<Vec<Pattern>>,
    /// The statuses in which it may have comments; `None` if it may always have some.
    pub comments: Option<Vec<String>>,
    /// Whether it must not have sections that neither the template nor the settings name.
    pub is_closed: bool,
    /// Whether a heading must come first.
    pub starts_with_heading: bool,
}

impl ReferenceDemands {
    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == ReferenceDemands::default()
    }
}

impl BodyDemands {
    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == BodyDemands::default()
    }
}
