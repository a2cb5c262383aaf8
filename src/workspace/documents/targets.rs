//! The targets of links in the workspace.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::workspace::Workspace;
use crate::document::Document;
use crate::syntax::{AnchorNames, Origin};
use crate::workspace::files::{self, DocumentId};

impl Workspace {
    /// Returns the current [`Origin`] of the open document `id`, which tells the targets of its links from those before a change.
    pub(in crate::workspace) fn origin(&self, id: &DocumentId) -> Origin {
        let epoch = self.epoch();
        let mut known = self.origins.entry(id.clone()).or_default();
        if known.0 != epoch {
            *known = (epoch, Origin::default());
        }
        known.1.clone()
    }

    /// Returns the anchors of the Markdown file at `path`, from the editor or else from the disk; `None` if it cannot be read.
    /// They are cached until the disk changes, because this runs at every keystroke.
    pub(in crate::workspace) fn anchors_of(&self, path: &Path) -> Option<Arc<AnchorNames>> {
        if let Some(document) = self.document(&DocumentId::File(path.to_owned())) {
            return Some(document.anchor_names());
        }
        self.anchors_on_disk(path)
    }

    /// Like [`Workspace::anchors_of`], but always from the disk.
    pub(in crate::workspace) fn anchors_on_disk(&self, path: &Path) -> Option<Arc<AnchorNames>> {
        self.anchors.get_or(path, || Some(Document::closed(&files::read(path, &self.roots()).ok()?).anchor_names()))
    }

    /// Returns the file that `path` leads to: `path` itself, or the Markdown file that a site renders as a page of this name.
    pub(in crate::workspace) fn find(&self, path: &Path) -> Option<PathBuf> {
        if self.is_there(path) {
            return Some(path.to_owned());
        }
        // What looks like an extension may be part of the name, as in `v1.2`.
        let mut appended = path.as_os_str().to_owned();
        appended.push(".md");
        let is_page = path.extension().is_none_or(|extension| extension == "html");
        let replaced = is_page.then(|| path.with_extension("md"));
        [PathBuf::from(appended)].into_iter().chain(replaced).find(|path| self.is_there(path))
    }

    pub(super) fn is_there(&self, path: &Path) -> bool {
        // A target behind a link that leads outside counts as existing, because whether it does is not disclosed.
        self.paths.get_or(path, || files::look(path, &self.roots()) != files::Found::Nothing)
    }
}
