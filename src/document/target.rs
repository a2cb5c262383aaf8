//! What is at the end of a reference.

use std::sync::Arc;

use super::Reference;
use crate::syntax::AnchorNames;
use crate::text::{Placed, Span};

/// What is at the end of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The file, and the anchor where one is asked for.
    There,
    /// The file is not there.
    NoFile,
    /// The file is there, with these anchors, and none of them is the one.
    NoAnchor(Arc<AnchorNames>),
    /// It cannot be told: outside the workspace, or no Markdown.
    Unknown,
}

impl Target {
    /// What `anchor` leads to in a document whose anchors have these names.
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
