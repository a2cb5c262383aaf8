//! What an index page lists, folder by folder, and where a row for one more proposal belongs.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::{Destination, Facts, Neighbor, Proposal, Row};
use crate::text::Edit;

/// The proposals of one folder that an index page lists.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// The path to the folder from the page's: empty, or with a slash at its end.
    pub folder: &'a str,
    /// The rows that lead to proposals, in order; there is one.
    pub rows: Vec<(&'a Row, Neighbor)>,
}

impl<'a> Listed<'a> {
    /// What the index page `page` lists, by folder.
    pub fn of(page: &'a Proposal<'_>) -> Vec<Listed<'a>> {
        let Some(surroundings) = page.surroundings() else { return Vec::new() };
        let mut folders: BTreeMap<&str, Vec<(&Row, Neighbor)>> = BTreeMap::new();
        for row in page.rows() {
            if let (Some(neighbor), Destination::File(path, _)) = (surroundings.proposal_at(&row.link.to), &row.link.to)
            {
                folders.entry(base(path, &neighbor.name)).or_default().push((row, neighbor));
            }
        }
        folders.into_iter().map(|(folder, rows)| Listed { folder, rows }).collect()
    }

    /// The files that it lists.
    pub fn files(&self) -> HashSet<&Path> {
        self.rows.iter().map(|(_, neighbor)| neighbor.file.as_path()).collect()
    }

    /// The row that one for the proposal that `facts` tell of belongs behind: the last of those with a lower number. None
    /// where it belongs before the first.
    pub fn row_before(&self, facts: &Facts) -> Option<&'a Row> {
        let is_before = |other: &&(&Row, Neighbor)| number(&other.1.facts) < number(facts);
        self.rows.iter().rev().find(is_before).map(|(row, _)| *row)
    }

    /// The edit of `page` that puts a row for the proposal in the file `name`, which `facts` tell of, where it belongs.
    pub fn insertion(&self, page: &Proposal<'_>, name: &str, facts: &Facts) -> Option<Edit> {
        let path = format!("{}{name}", self.folder);
        match self.row_before(facts) {
            Some(row) => row.followed_by(page, &path, facts),
            None => {
                let (first, _) = self.rows.first()?;
                let ending = page.text().line_ending().as_str();
                Some(Edit::insert(first.span.start, format!("{}{ending}", first.like(page, &path, facts)?)))
            }
        }
    }
}

impl Row {
    /// The edit of `page` that puts a row like this one behind it, for the proposal at `path` that `facts` tell of.
    pub fn followed_by(&self, page: &Proposal<'_>, path: &str, facts: &Facts) -> Option<Edit> {
        let ending = page.text().line_ending().as_str();
        Some(Edit::insert(self.span.end, format!("{ending}{}", self.like(page, path, facts)?)))
    }
}

/// The path to the folder that has the proposal `name`, which `path` leads to.
fn base<'a>(path: &'a str, name: &str) -> &'a str {
    let of_folder = || path.trim_end_matches('/').strip_suffix(name.rsplit_once('/')?.0);
    path.strip_suffix(name).or_else(of_folder).unwrap_or_else(|| folder(path))
}

/// `path` up to its last slash.
pub fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}
