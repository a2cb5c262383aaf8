//! The settings that hold for one document.

use std::path::PathBuf;
use std::sync::Arc;

use crate::workspace::families::Family;
use crate::workspace::settings::{Config, Settings};

/// The settings that hold for one document.
pub(in crate::workspace) struct Scope {
    /// The configuration file that is for it.
    pub(in crate::workspace) config: Option<Arc<Config>>,
    pub(in crate::workspace) settings: Arc<Settings>,
    /// The family that they put it in, and its place among those that are set.
    pub(in crate::workspace) family: Option<Arc<Family>>,
    pub(in crate::workspace) place: Option<usize>,
    /// The template that they name.
    pub(in crate::workspace) template: Option<PathBuf>,
    /// Whether they name a template for the family that is not there, and no other is likely: there is nothing to check by.
    pub(in crate::workspace) is_lost: bool,
}
