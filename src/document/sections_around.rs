//! The sections around the places of the template's sections, and the author's own headings.

use foldhash::HashMap;

use crate::syntax::SectionId;

/// The sections around the places of the template's sections, by their places in the template.
#[derive(Debug, Default)]
pub(super) struct SectionsAround {
    /// The nearest section before each, with the same parent, that the document has.
    pub(super) before: Vec<Option<SectionId>>,
    /// The nearest section after each, with the same parent, that the document has.
    pub(super) after: Vec<Option<SectionId>>,
    /// How many required sections with the same parent are missing right before each.
    pub(super) missing: Vec<usize>,
}

/// The author's own headings.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// For each level, those that may take the place of a section of the template, in order.
    pub(super) by_level: HashMap<u8, Vec<SectionId>>,
}

/// For each name of the author's own headings, the first heading with it.
#[derive(Debug, Default)]
pub(super) struct OwnNames(pub(super) HashMap<String, SectionId>);
