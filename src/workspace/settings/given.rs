//! The template and configuration given on the command line in place of those in the folders.

use std::path::PathBuf;

/// What applies to a workspace whatever its folders have. Unlike that, it may be outside the folders.
#[derive(Debug, Default)]
pub struct Given {
    /// The template of all documents, by its normalized path.
    pub template: Option<PathBuf>,
    /// Where settings come from.
    pub config: ConfigSource,
}

/// Where settings come from.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum ConfigSource {
    /// The configuration file nearest to a document.
    #[default]
    Nearest,
    /// This file, by its normalized path.
    File(PathBuf),
    /// No configuration file.
    None,
}
