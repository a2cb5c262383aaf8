//! What is where links lead, in the workspace.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::workspace::Workspace;
use crate::document::Document;
use crate::syntax::{AnchorNames, Origin};
use crate::workspace::files::{self, DocumentId};

impl Workspace {
    /// What tells what the links of the open document `id` lead to from what they led to before something changed.
    pub(in crate::workspace) fn origin(&self, id: &DocumentId) -> Origin {
        let epoch = self.epoch();
        let mut known = self.origins.entry(id.clone()).or_default();
        if known.0 != epoch {
            *known = (epoch, Origin::default());
        }
        known.1.clone()
    }

    /// The anchors of the Markdown file at `path`, as the editor has it, else the disk; none where it cannot be read. What was
    /// read is kept until the disk changes: this runs at every keystroke.
    pub(in crate::workspace) fn anchors_of(&self, path: &Path) -> Option<Arc<AnchorNames>> {
        if let Some(document) = self.document(&DocumentId::File(path.to_owned())) {
            return Some(document.anchor_names());
        }
        self.anchors_on_disk(path)
    }

    /// The same, as the disk has it.
    pub(in crate::workspace) fn anchors_on_disk(&self, path: &Path) -> Option<Arc<AnchorNames>> {
        self.anchors.get_or(path, || Some(Document::closed(&files::read(path, &self.roots()).ok()?).anchor_names()))
    }

    /// The file that `path` leads to: itself, or the Markdown that a site makes a page of this name of.
    pub(in crate::workspace) fn find(&self, path: &Path) -> Option<PathBuf> {
        if self.is_there(path) {
            return Some(path.to_owned());
        }
        // What looks like an extension may be part of a name, as in `v1.2`.
        let mut appended = path.as_os_str().to_owned();
        appended.push(".md");
        let is_page = path.extension().is_none_or(|extension| extension == "html");
        let replaced = is_page.then(|| path.with_extension("md"));
        [PathBuf::from(appended)].into_iter().chain(replaced).find(|path| self.is_there(path))
    }

    fn is_there(&self, path: &Path) -> bool {
        // What is behind a link that leads outside is taken to be there: whether it is, is not told.
        self.paths.get_or(path, || files::look(path, &self.roots()) != files::Found::Nothing)
    }
}
