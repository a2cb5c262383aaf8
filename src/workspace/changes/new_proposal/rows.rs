//! The rows for a new proposal on the index pages of its folder.

use std::path::{Path, PathBuf};

use crate::document::{Facts, Listed, Proposal};
use crate::rules::FileEdits;
use crate::workspace::documents::{Workspace, is_called_index};
use crate::workspace::families::{self, is_set_apart};
use crate::workspace::files::{self, DocumentId, is_site};

/// The proposal that is made.
pub(super) struct Made<'a> {
    pub(super) folder: &'a Path,
    /// Its path in the folder.
    pub(super) name: &'a str,
    /// Its title without the number.
    pub(super) title: &'a str,
    pub(super) facts: &'a Facts,
}

impl Workspace {
    /// Returns the rows to add for `proposal`, whose file is to be at `path`, to the index pages of its folder, and the pages to
    /// which no row can be added.
    pub(super) fn rows_for(&self, path: &Path, proposal: &Proposal<'_>) -> (Vec<FileEdits>, Vec<PathBuf>) {
        let folder = families::base(path);
        let Some(name) = path.strip_prefix(&folder).ok().and_then(Path::to_str) else { return Default::default() };
        let name = name.replace('\\', "/");
        let mut facts = Facts::of(proposal);
        // A choice that is still to be made is no status.
        facts.status = facts.status.filter(|status| !status.contains(['|', '{', '<']));
        let made = Made { folder: &folder, name: &name, title: proposal.title_of(&facts), facts: &facts };
        let pages = self.index_pages(&folder);
        let (mut rows, mut unlisted) = (Vec::new(), Vec::new());
        for page in pages {
            let row = match is_site(&page) {
                true => self.entry_in(page.clone(), &made),
                false => self.row_on(page.clone(), &made),
            };
            match row {
                Some(row) => rows.push(row),
                None => unlisted.push(page),
            }
        }
        (rows, unlisted)
    }

    /// Returns the pages that list at least half of the proposals in `folder`, or else the only page that lists any of them, if
    /// it has the name of an index.
    fn index_pages(&self, folder: &Path) -> Vec<PathBuf> {
        let mut pages = self.listings(folder, None);
        pages.sort();
        let roots = self.roots();
        let is_apart = |page: &Path| {
            files::root_of(page, &roots)
                .is_none_or(|root| page.parent().is_some_and(|folder| is_set_apart(folder, root)))
        };
        pages.retain(|page| !is_apart(page));
        if pages.len() != 1 || !is_called_index(&pages[0]) {
            pages.retain(|page| self.kept(page).is_some_and(|kept| self.is_index_of(folder, &kept)));
        }
        pages
    }

    /// Returns the row on the index page at `path` for the proposal `made`.
    fn row_on(&self, path: PathBuf, made: &Made<'_>) -> Option<FileEdits> {
        let id = DocumentId::File(path.clone());
        let snapshot = self.page_of(&id, self.read_or_open(&id)?)?;
        let around = self.around(&snapshot);
        let page = snapshot.proposal().within(&around);
        let page = page.index_page()?;
        let is_here =
            |listed: &&Listed| files::normalize(&path.parent().unwrap_or(&path).join(&listed.folder)) == made.folder;
        let listed = page.listed().iter().filter(is_here).max_by_key(|listed| listed.rows.len())?;
        let edit = page.insertion(listed, made.name, made.facts)?;
        let (text, version) = (snapshot.text().clone(), snapshot.document.version());
        Some(FileEdits { text, version, edits: vec![edit], path })
    }
}
