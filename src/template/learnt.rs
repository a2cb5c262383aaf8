//! What a template is learnt from where no file has it.

use std::collections::HashMap;
use std::path::PathBuf;

/// What a template is learnt from that no file has: documents that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearntFrom {
    /// The folder that has them.
    pub folder: PathBuf,
    /// The word before their numbers.
    pub prefix: String,
    /// How many they are.
    pub documents: usize,
    /// By the name of a section, folded: how many of them have it.
    pub sections: HashMap<String, usize>,
}

impl LearntFrom {
    /// How many documents there are at least for a learnt template to say anything of others.
    pub const ENOUGH: usize = 5;

    /// How many of the documents have the section called `key`: `9 of 10 documents here have it`.
    pub fn told(&self, key: &str) -> Option<String> {
        let count = self.sections.get(key)?;
        Some(format!("{count} of {} documents here have it", self.documents))
    }
}
