//! The settings of a site as an index page: the proposals that its navigation lists.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::RowFacts;
use crate::syntax::Navigation;
use crate::workspace::documents::Workspace;
use crate::workspace::files;
use crate::workspace::index::{Exports, Key, Kind, Page, Refers};

/// The default folder of a site's pages.
const FOLDER: &str = "docs";

/// A page that the navigation of a site lists.
pub(in crate::workspace) struct SitePage {
    pub(in crate::workspace) file: PathBuf,
    /// The page as it is written there.
    pub(in crate::workspace) written: String,
    /// The line, from 0.
    pub(in crate::workspace) line: u32,
}

/// Returns the pages that the navigation in `settings`, the content of the file at `path`, lists, in order.
pub(in crate::workspace) fn pages_of_site(path: &Path, settings: &str) -> Vec<SitePage> {
    let Navigation { folder, pages } = Navigation::of(settings);
    let folder = path.parent().unwrap_or(path).join(folder.as_deref().unwrap_or(FOLDER));
    let page =
        |(written, line): (String, u32)| SitePage { file: files::normalize(&folder.join(&written)), written, line };
    pages.into_iter().map(page).collect()
}

impl Workspace {
    /// Returns what is kept of the settings of a site at `path`; `None` if they list no page.
    pub(in crate::workspace) fn page_of_site(&self, path: &Path) -> Option<Page> {
        let content = self.faults.read(path, &self.roots())?;
        let mut rows = HashMap::new();
        let mut listed = HashMap::new();
        for SitePage { file, line, .. } in pages_of_site(path, &content) {
            let key = Key::of_file(&file);
            if let Some(folder) = key.folder() {
                *listed.entry(folder).or_default() += 1;
            }
            // The name of a page in a menu is often shortened, so it is not compared with the title.
            rows.entry(key).or_insert(RowFacts { line, title: None, status: None });
        }
        (!rows.is_empty()).then(|| Page {
            exports: Arc::new(Exports { kind: Kind::Other, facts: None, related: [].into(), rows, listed }),
            sections: [].into(),
            refers: Refers::default(),
            deviations: None,
        })
    }
}
