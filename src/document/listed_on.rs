//! Reading which proposals an index page lists, and inserting rows for others.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::listed::{Found, number};
use super::{Destination, Facts, IndexPage, Listed, Neighbor, Row};
use crate::text::{Edit, Span};

impl<'p> IndexPage<'p, '_> {
    /// Returns the proposals that the page lists, by folder.
    pub fn listed(self) -> &'p [Listed] {
        self.once_listed(read)
    }

    /// Returns the edit that inserts a row for the proposal in the file `name`, with these `facts`, where it belongs among the
    /// `listed` ones. `None` if the page has several lists, none of which is clearly for
    /// such a proposal, or if its rows are prose.
    pub fn insertion(self, listed: &Listed, name: &str, facts: &Facts) -> Option<Edit> {
        let path = format!("{}{name}", listed.folder);
        let list = listed.list_for(self.rows(), name, facts)?;
        let row = |place: usize| listed.rows.get(*list.get(place)?);
        let number_at = |place: usize| number(&row(place)?.1.facts);
        let is_descending = list.len() > 1 && number_at(0) > number_at(list.len() - 1);
        let own = number(facts);
        let before = match is_descending {
            true => (0..list.len()).rev().find(|place| number_at(*place) > own),
            false => (0..list.len()).rev().find(|place| number_at(*place) < own),
        };
        match before {
            Some(place) => self.rows()[row(place)?.0].followed_by(self, &path, facts),
            None => {
                let first = &self.rows()[row(0)?.0];
                let ending = self.text().line_ending().as_str();
                Some(Edit::insert(first.span.start, format!("{}{ending}", first.like(self, &path, facts)?)))
            }
        }
    }
}

/// Reads which proposals `page` lists, by folder.
fn read(page: IndexPage<'_, '_>) -> Vec<Listed> {
    let Some(surroundings) = page.surroundings() else { return Vec::new() };
    // Several paths may lead to one folder.
    let mut folders: BTreeMap<PathBuf, Vec<(usize, Neighbor)>> = BTreeMap::new();
    for (place, row) in page.rows().iter().enumerate() {
        if let Some(neighbor) = surroundings.proposal_at(&row.link.to) {
            folders.entry(folder_of(&neighbor)).or_default().push((place, neighbor));
        }
    }
    let others = page.rows().iter().flat_map(|row| &row.others);
    let others: HashSet<PathBuf> = others.filter_map(|other| Some(surroundings.proposal_at(&other.to)?.file)).collect();
    let others = Arc::new(others);
    let listed = |(found, rows): (PathBuf, Vec<(usize, Neighbor)>)| {
        let written = rows.iter().filter_map(|(row, neighbor)| Some(base(page.rows()[*row].path()?, &neighbor.name)));
        let written = written.min_by_key(|folder| folder.len()).map(str::to_owned);
        let between = || path_between(page.file()?.parent()?, &found);
        let folder = written.or_else(between)?;
        let files = rows.iter().map(|(_, neighbor)| neighbor.file.clone()).collect();
        let mut last: Vec<_> = rows.iter().map(|(_, own)| number(&own.facts)).zip(0..).collect();
        last.sort_unstable();
        let mut most = 0;
        last.iter_mut().for_each(|(_, place)| {
            most = most.max(*place);
            *place = most;
        });
        let all = surroundings.proposals_in(&folder);
        Some(Listed { folder, rows, all, files, others: others.clone(), last, found: Found::default() })
    };
    folders.into_iter().filter_map(listed).collect()
}

/// Returns the folder that the name of `neighbor` is relative to.
fn folder_of(neighbor: &Neighbor) -> PathBuf {
    let depth = Path::new(&neighbor.name).components().count();
    neighbor.file.ancestors().nth(depth).unwrap_or(Path::new("")).to_owned()
}

/// Returns the path from the folder `from` to the folder `to`: empty, or with a slash at its end.
fn path_between(from: &Path, to: &Path) -> Option<String> {
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(shared).map(|_| Some(".."));
    let name = |part: Component<'_>| part.as_os_str().to_str().map(str::to_owned);
    let up = up.map(|up| up.map(str::to_owned));
    let parts: Option<Vec<String>> = up.chain(to.components().skip(shared).map(name)).collect();
    Some(parts?.into_iter().map(|part| part + "/").collect())
}

impl Row {
    /// Returns the path from the page's folder to the file that the row leads to, or `None` if the link has another form.
    fn path(&self) -> Option<&str> {
        match &self.link.to {
            Destination::File(path, _) => Some(path),
            _ => None,
        }
    }

    /// Returns the edit of `page` that inserts a row like this one after it, for the proposal at `path` with these `facts`.
    pub fn followed_by(&self, page: IndexPage<'_, '_>, path: &str, facts: &Facts) -> Option<Edit> {
        let text = page.text();
        // Uses the ending of this row's own line, so that no other row changes; the last line has none.
        let next = text.line_at(self.span.end) + 1;
        let end = if next < text.line_count() { text.line_start(next) } else { self.span.end };
        let own = text.slice(Span::new(self.span.end, end)).into_owned();
        let ending = if own.is_empty() { text.line_ending().as_str() } else { own.as_str() };
        Some(Edit::insert(self.span.end, format!("{ending}{}", self.like(page, path, facts)?)))
    }
}

/// Returns the path to the folder of the proposal `name`, which `path` leads to.
fn base<'a>(path: &'a str, name: &str) -> &'a str {
    let of_folder = || path.trim_end_matches('/').strip_suffix(name.rsplit_once('/')?.0);
    path.strip_suffix(name).or_else(of_folder).unwrap_or_else(|| folder(path))
}

/// Returns `path` up to its last slash.
pub fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}
