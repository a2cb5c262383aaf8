//! What stands around the template's sections, and headings of the author's own.

use std::collections::HashMap;

use crate::syntax::SectionId;

/// What stands around the template's sections, by their places there.
#[derive(Debug, Default)]
pub(super) struct SectionsAround {
    /// The nearest section before each, with the same parent, that the document has.
    pub(super) before: Vec<Option<SectionId>>,
    /// The same behind it.
    pub(super) after: Vec<Option<SectionId>>,
    /// How many sections with the same parent are missing right before each that may not be left out.
    pub(super) missing: Vec<usize>,
}

/// The author's own headings.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// By level: those that may stand in the place of a section of the template, in order.
    pub(super) by_level: HashMap<u8, Vec<SectionId>>,
}

/// The author's own headings by name: the first that is so called.
#[derive(Debug, Default)]
pub(super) struct OwnNames(pub(super) HashMap<String, SectionId>);
