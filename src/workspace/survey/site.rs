//! The settings of a site as an index page: the proposals that its navigation lists.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::document::RowFacts;
use crate::syntax::Navigation;
use crate::workspace::documents::Workspace;
use crate::workspace::files;
use crate::workspace::index::{Exports, Key, Kind, Page, Refers};

/// The default folder of a site's pages.
const FOLDER: &str = "docs";

impl Workspace {
    /// Returns what is kept of the settings of a site at `path`; `None` if they list no page.
    pub(in crate::workspace) fn page_of_site(&self, path: &Path) -> Option<Page> {
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
            // The name of a page in a menu is often shortened, so it is not compared with the title.
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
