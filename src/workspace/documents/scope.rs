//! The settings that apply to one document.

use std::path::PathBuf;
use std::sync::Arc;

use crate::workspace::families::Family;
use crate::workspace::settings::{Config, Settings};

/// The settings that apply to one document.
pub(in crate::workspace) struct Scope {
    /// The configuration file for the document.
    pub(in crate::workspace) config: Option<Arc<Config>>,
    pub(in crate::workspace) settings: Arc<Settings>,
    /// The family that the settings put it in, and the index of that among the configured families.
    pub(in crate::workspace) family: Option<Arc<Family>>,
    pub(in crate::workspace) place: Option<usize>,
    /// The template that the settings name.
    pub(in crate::workspace) template: Option<PathBuf>,
    /// Whether the settings name a template for the family that does not exist, and no other is likely, so that nothing can be
    /// checked.
    pub(in crate::workspace) is_lost: bool,
}
