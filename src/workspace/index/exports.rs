//! What other documents can see of a document, besides its anchors.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::key::Key;
use super::kind::Kind;
use crate::document::{Facts, IndexPage, Proposal, RowFacts};
use crate::terms::RelationKind;

/// What other documents can see of a document, besides its anchors. Two documents with equal exports look the same to all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::workspace) struct Exports {
    pub(in crate::workspace) kind: Kind,
    /// The facts of a proposal.
    pub(in crate::workspace) facts: Option<Arc<Facts>>,
    /// The other proposals that the metadata of a proposal names and that have to know: see [`is_asked_for`].
    pub(in crate::workspace) related: Box<[Key]>,
    /// What an index page says about each file that it lists; of two rows for one file, the first counts.
    pub(in crate::workspace) rows: HashMap<Key, RowFacts>,
    /// For each folder: the number of files in it that an index page lists.
    pub(in crate::workspace) listed: HashMap<PathBuf, usize>,
}

impl Exports {
    /// Returns the exports of `document`, which is of `kind`, in the file at `path`.
    pub(in crate::workspace) fn of(path: &Path, kind: Kind, document: &Proposal<'_>) -> Exports {
        let folder = path.parent().unwrap_or(path);
        let page = document.index_page();
        let mut rows = page.map(|page| rows(page, folder)).unwrap_or_default();
        let mut listed = HashMap::new();
        for folder in rows.keys().filter_map(Key::folder) {
            *listed.entry(folder).or_default() += 1;
        }
        if let Some(page) = page {
            add_others(&mut rows, page, folder);
        }
        let facts = (kind == Kind::Proposal).then(|| Arc::new(Facts::of(document)));
        let related = facts.iter().flat_map(|facts| facts.relations.iter());
        let related = related.filter(|says| is_asked_for(says.kind));
        let related = related.filter_map(|says| Key::of(&says.to, folder)).collect();
        Exports { kind, facts, related, rows, listed }
    }

    /// Returns the number of a proposal, without leading zeros.
    pub(in crate::workspace) fn number(&self) -> Option<&str> {
        Some(self.facts.as_ref()?.number.as_ref()?.trim_start_matches('0'))
    }
}

/// Whether a proposal asks which others say `kind` of it. What very many may say of one, such as that they require it, is only asked
/// of those who say it.
fn is_asked_for(kind: RelationKind) -> bool {
    kind.is_passive() || matches!(kind, RelationKind::Supersedes | RelationKind::Amends)
}

fn rows(page: IndexPage<'_, '_>, folder: &Path) -> HashMap<Key, RowFacts> {
    let mut rows = HashMap::new();
    for row in page.rows() {
        for key in Key::of_row(&row.link.to, folder) {
            rows.entry(key).or_insert_with(|| row.facts(page.text()));
        }
    }
    rows
}

/// Adds to `rows` the other files that the rows of `page` link to. The rows say nothing about these, but list them.
fn add_others(rows: &mut HashMap<Key, RowFacts>, page: IndexPage<'_, '_>, folder: &Path) {
    for row in page.rows() {
        for key in row.others.iter().flat_map(|other| Key::of_row(&other.to, folder)) {
            let line = row.facts(page.text()).line;
            rows.entry(key).or_insert(RowFacts { line, title: None, status: None });
        }
    }
}
