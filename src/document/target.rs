//! The targets of references.

use std::sync::Arc;

use super::Reference;
use crate::syntax::AnchorNames;
use crate::text::{Placed, Span};

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The file exists, and so does the anchor if there is one in the reference.
    There,
    /// The file does not exist.
    NoFile,
    /// The file exists, but not the anchor; these are the anchors of the file.
    NoAnchor(Arc<AnchorNames>),
    /// Not known, as it is outside the workspace, or not Markdown.
    Unknown,
}

impl Target {
    /// Returns the target of `anchor` in a document whose anchors have these names.
    pub fn of_anchor(anchor: &str, names: &Arc<AnchorNames>) -> Target {
        // GitHub's anchors of lines.
        let is_line =
            anchor.strip_prefix('L').is_some_and(|line| line.starts_with(|first: char| first.is_ascii_digit()));
        let is_there = is_line || anchor.eq_ignore_ascii_case("top") || names.place(anchor).is_some();
        if is_there { Target::There } else { Target::NoAnchor(names.clone()) }
    }
}

/// A reference that leads to nothing.
#[derive(Clone, Debug)]
pub struct Astray {
    /// The reference.
    pub reference: Reference,
    /// What is missing.
    pub target: Target,
}

impl Placed for Astray {
    fn placed(self, place: impl Fn(Span) -> Span) -> Astray {
        let Reference { span, target, .. } = self.reference;
        Astray { reference: Reference { span: place(span), target: target.map(place), ..self.reference }, ..self }
    }
}
