//! The settings of a site as an index: which proposals its navigation lists.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::kind::Kind;
use super::page::{Exports, Key, Page};
use super::refers::Refers;
use super::{Workspace, files};
use crate::document::RowFacts;
use crate::syntax::Navigation;

/// The names of the settings of a site that MkDocs makes.
const NAMES: [&str; 2] = ["mkdocs.yml", "mkdocs.yaml"];

/// The folder that has its pages where the settings do not say.
const FOLDER: &str = "docs";

/// Whether the file at `path` has the settings of a site, by its name.
pub(super) fn is_site(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| NAMES.contains(&name))
}

impl Workspace {
    /// What is kept of the settings of a site at `path`; none where they list no page.
    pub(super) fn page_of_site(&self, path: &Path) -> Option<Page> {
        let content = self.faults.read(path, &self.roots())?;
        let Navigation { folder, pages } = Navigation::of(&content);
        let folder = path.parent()?.join(folder.as_deref().unwrap_or(FOLDER));
        let mut rows = HashMap::new();
        let mut listed = HashMap::new();
        for (page, line) in pages {
            let key = Key::of_file(&files::normalize(&folder.join(page)));
            if let Some(folder) = key.folder() {
                *listed.entry(folder).or_default() += 1;
            }
            // What a menu calls a page is often short.
            rows.entry(key).or_insert(RowFacts { line, title: None, status: None });
        }
        (!rows.is_empty()).then(|| Page {
            exports: Arc::new(Exports { kind: Kind::Other, facts: None, rows, listed }),
            sections: [].into(),
            refers: Refers::default(),
            deviations: None,
        })
    }
}
