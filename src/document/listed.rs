//! What an index page lists, folder by folder, and where a row for one more proposal belongs.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::{Destination, Facts, Neighbor, Proposal, Row};
use crate::text::{Edit, Span};

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

    /// The edit of `page` that puts a row for the proposal in the file `name`, which `facts` tell of, where it belongs. None
    /// where the page has several lists and says of none that it is for such a proposal, or where its rows are prose.
    pub fn insertion(&self, page: &Proposal<'_>, name: &str, facts: &Facts) -> Option<Edit> {
        let path = format!("{}{name}", self.folder);
        let list = self.list_for(name, facts)?;
        let number = |place: usize| list.get(place).and_then(|(_, neighbor)| number(&neighbor.facts));
        let is_descending = list.len() > 1 && number(0) > number(list.len() - 1);
        let own = self::number(facts);
        let before = match is_descending {
            true => (0..list.len()).rev().find(|place| number(*place) > own),
            false => (0..list.len()).rev().find(|place| number(*place) < own),
        };
        match before {
            Some(place) => list[place].0.followed_by(page, &path, facts),
            None => {
                let (first, _) = list.first()?;
                let ending = page.text().line_ending().as_str();
                Some(Edit::insert(first.span.start, format!("{}{ending}", first.like(page, &path, facts)?)))
            }
        }
    }

    /// The rows of the list for the proposal in the file `name` that `facts` tell of: the only one, of those with files called
    /// like it; the one where most have its status; or the one that has most rows by far.
    fn list_for(&self, name: &str, facts: &Facts) -> Option<Vec<(&'a Row, &Neighbor)>> {
        let mut lists: BTreeMap<Span, Vec<(&Row, &Neighbor)>> = BTreeMap::new();
        for (row, neighbor) in &self.rows {
            lists.entry(row.list).or_default().push((*row, neighbor));
        }
        let mut lists: Vec<Vec<(&Row, &Neighbor)>> = lists.into_values().collect();
        // A page may list several families, each in a list.
        let is_alike = |list: &Vec<(&Row, &Neighbor)>| {
            list.iter().filter(|(_, other)| lead(&other.name) == lead(name)).count() * 2 > list.len()
        };
        if lists.iter().any(is_alike) {
            lists.retain(is_alike);
        }
        // One that has its template's status has none yet, as all that are new.
        let has_status = |list: &Vec<(&Row, &Neighbor)>| {
            list.iter().filter(|(_, other)| other.facts.status == facts.status).count() * 2 > list.len()
        };
        if lists.iter().any(has_status) && !lists.iter().all(has_status) {
            return lists.into_iter().filter(has_status).max_by_key(Vec::len);
        }
        // Lists by status, of which none is for this one.
        let has_one = |list: &Vec<(&Row, &Neighbor)>| {
            let first = list.first().and_then(|(_, other)| other.facts.status.as_ref());
            first.is_some()
                && list.iter().filter(|(_, other)| other.facts.status.as_ref() == first).count() * 2 > list.len()
        };
        if lists.len() > 1 && !lists.iter().any(has_status) && lists.iter().any(has_one) {
            return None;
        }
        let all: usize = lists.iter().map(Vec::len).sum();
        lists.into_iter().max_by_key(Vec::len).filter(|list| list.len() * 3 >= all * 2)
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

/// What comes before the number in `name`.
fn lead(name: &str) -> &str {
    &name[..name.find(|character: char| character.is_ascii_digit()).unwrap_or(name.len())]
}

/// `path` up to its last slash.
pub fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}
