//! The documents that a template is learnt from if no file has it.

use std::collections::HashMap;
use std::path::PathBuf;

/// The similar documents that a template is learnt from if no file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntFrom {
    /// The folder of the documents.
    pub folder: PathBuf,
    /// The word before their numbers.
    pub prefix: String,
    /// The number of documents.
    pub documents: usize,
    /// For each folded name of a section, the number of documents that have it.
    pub sections: HashMap<String, usize>,
}

impl LearntFrom {
    /// The minimum number of documents for a learnt template to make statements about other documents.
    pub const ENOUGH: usize = 5;

    /// Returns how many of the documents have the section called `key`: `9 of 10 documents here have it`.
    pub fn told(&self, key: &str) -> Option<String> {
        let count = self.sections.get(key)?;
        Some(format!("{count} of {} documents here have it", self.documents))
    }
}
