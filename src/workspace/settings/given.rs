//! What a command line says of templates and configuration files, in place of what the folders have.

use std::path::PathBuf;

/// What holds in a workspace, whatever its folders have. Unlike what they have, it may lie outside of them.
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
    /// From the configuration file that is nearest to a document.
    #[default]
    Nearest,
    /// From this file, by its normalized path.
    File(PathBuf),
    /// From none.
    None,
}
