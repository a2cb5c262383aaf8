//! Where configuration files, and the files that they name, are read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::layer::Settings;
use crate::document::Document;
use crate::workspace::files::{self, Roots};

/// What is needed to find and read a configuration file.
pub(in crate::workspace) struct Lookup<'a> {
    pub(in crate::workspace) roots: &'a Roots,
    /// The editor's settings.
    pub(in crate::workspace) settings: &'a Settings,
    /// Returns the open document for a path; its text takes precedence over the file.
    pub(in crate::workspace) open: &'a dyn Fn(&Path) -> Option<Arc<Document>>,
}

impl Lookup<'_> {
    /// Whether there is a file at `path`, in the editor or within the workspace.
    pub(super) fn has(&self, path: &Path) -> bool {
        (self.open)(path).is_some() || files::look(path, self.roots) == files::Found::File
    }

    /// Returns the text of the file at `path`.
    pub(super) fn content(&self, path: &Path) -> std::io::Result<String> {
        match (self.open)(path) {
            Some(document) if document.is_too_large() => Err(std::io::Error::other("it is too large")),
            Some(document) => Ok(document.text().to_string()),
            None => files::read(path, self.roots),
        }
    }

    /// Returns the file that the path `name` in a file of `folder` names, or what is wrong with the path.
    pub(super) fn file(&self, name: &str, folder: &Path) -> Result<PathBuf, &'static str> {
        let own = self.roots.with(vec![folder.to_owned()]);
        let roots = if self.roots.is_empty() { &own } else { self.roots };
        let path = files::normalize(&folder.join(name));
        match files::root_of(&path, roots).map_or(files::Found::Outside, |_| files::look(&path, roots)) {
            files::Found::Outside => Err("points outside the workspace; name a file in it"),
            files::Found::File => Ok(path),
            _ => Err("there is no such file; give its path relative to this file's folder"),
        }
    }
}
