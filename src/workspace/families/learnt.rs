//! Families without a template.

use std::path::PathBuf;

/// What is known of a family without a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Learnt {
    /// The folder that contains its documents, directly or below.
    pub(in crate::workspace) folder: PathBuf,
    /// The word before the numbers of its documents.
    pub(in crate::workspace) prefix: String,
    /// Its documents, in order.
    pub(in crate::workspace) documents: Vec<PathBuf>,
    /// Changes with what its documents look like.
    pub(in crate::workspace) revision: u64,
    /// Changes with what most of its documents have in common.
    pub(in crate::workspace) consensus: u64,
}
