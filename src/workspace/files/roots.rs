//! The folders of a workspace.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use super::overlay::Overlay;

/// The folders of a workspace, and the files that stand in for those on the disk there.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    list: Vec<PathBuf>,
    overlay: Arc<Overlay>,
}

impl Roots {
    /// Returns the folders `list` with the files that stand in here.
    pub(in crate::workspace) fn with(&self, list: Vec<PathBuf>) -> Roots {
        Roots { list, overlay: self.overlay.clone() }
    }

    /// Returns these folders with the files of `overlay`.
    pub(in crate::workspace) fn under(&self, overlay: Arc<Overlay>) -> Roots {
        Roots { list: self.list.clone(), overlay }
    }

    /// Returns the files that stand in for those on the disk.
    pub(in crate::workspace) fn overlay(&self) -> &Overlay {
        &self.overlay
    }
}

impl From<Vec<PathBuf>> for Roots {
    fn from(list: Vec<PathBuf>) -> Roots {
        Roots { list, overlay: Arc::default() }
    }
}

impl Deref for Roots {
    type Target = [PathBuf];

    fn deref(&self) -> &[PathBuf] {
        &self.list
    }
}
