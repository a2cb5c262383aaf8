//! The proposals that an index page lists, by folder, and where a row for another proposal belongs.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{Destination, Facts, IndexPage, Neighbor, Row, is_same_value};
use crate::text::{Edit, Span};

/// The proposals of one folder that an index page lists.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// The path to the folder from that of the page: empty, or with a slash at its end.
    pub folder: String,
    /// The rows that lead to proposals, in order; at least one.
    pub rows: Vec<(&'a Row, Neighbor)>,
    /// The files of the proposals that the rows lead to.
    files: HashSet<PathBuf>,
    /// The files of the proposals that rows link to in addition.
    others: Arc<HashSet<PathBuf>>,
    /// The numbers of the rows' proposals in ascending order, each with the last place of a row with a number up to it.
    last: Vec<(Option<u64>, usize)>,
}

impl<'a> Listed<'a> {
    /// Returns the proposals that the index page `page` lists, by folder.
    pub fn of(page: IndexPage<'a, '_>) -> Vec<Listed<'a>> {
        let Some(surroundings) = page.surroundings() else { return Vec::new() };
        // Several paths may lead to one folder.
        let mut folders: BTreeMap<PathBuf, Vec<(&Row, Neighbor)>> = BTreeMap::new();
        for row in page.rows() {
            if let Some(neighbor) = surroundings.proposal_at(&row.link.to) {
                folders.entry(folder_of(&neighbor)).or_default().push((row, neighbor));
            }
        }
        let others = page.rows().iter().flat_map(|row| &row.others);
        let others: HashSet<PathBuf> =
            others.filter_map(|other| Some(surroundings.proposal_at(&other.to)?.file)).collect();
        let others = Arc::new(others);
        let listed = |(found, rows): (PathBuf, Vec<(&'a Row, Neighbor)>)| {
            let written = rows.iter().filter_map(|(row, neighbor)| Some(base(row.path()?, &neighbor.name)));
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
            Some(Listed { folder, rows, files, others: others.clone(), last })
        };
        folders.into_iter().filter_map(listed).collect()
    }

    /// Returns the files that have a row of their own.
    pub fn files(&self) -> &HashSet<PathBuf> {
        &self.files
    }

    /// Whether any row links to the proposal in `file`, even one for another proposal.
    pub fn has(&self, file: &Path) -> bool {
        self.files.contains(file) || self.others.contains(file)
    }

    /// Returns the row after which one for the proposal with these `facts` belongs: the last of those with a lower number. `None`
    /// if it belongs before the first row.
    pub fn row_before(&self, facts: &Facts) -> Option<&'a Row> {
        let own = number(facts);
        let before = self.last.partition_point(|(number, _)| *number < own).checked_sub(1)?;
        Some(self.rows[self.last[before].1].0)
    }

    /// Returns the edit of `page` that inserts a row for the proposal in the file `name`, with these `facts`, where it belongs.
    /// `None` if the page has several lists, none of which is clearly for such a proposal, or if its rows are prose.
    pub fn insertion(&self, page: IndexPage<'_, '_>, name: &str, facts: &Facts) -> Option<Edit> {
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

    /// Returns the rows of the list for the proposal in the file `name`, with these `facts`. Among the lists of files with similar
    /// names, it is the only list, the one where most have the proposal's status, or the one that has most rows by far.
    fn list_for(&self, name: &str, facts: &Facts) -> Option<Vec<(&'a Row, &Neighbor)>> {
        let mut lists: BTreeMap<Span, Vec<(&Row, &Neighbor)>> = BTreeMap::new();
        for (row, neighbor) in &self.rows {
            lists.entry(row.list).or_default().push((*row, neighbor));
        }
        let mut lists: Vec<Vec<(&Row, &Neighbor)>> = lists.into_values().collect();
        // A page may list several families, each in a list of its own.
        let is_alike = |list: &Vec<(&Row, &Neighbor)>| {
            list.iter().filter(|(_, other)| lead(&other.name) == lead(name)).count() * 2 > list.len()
        };
        if lists.iter().any(is_alike) {
            lists.retain(is_alike);
        }
        // A proposal with the status of its template has no status yet, like all new ones.
        let has_status = |list: &Vec<(&Row, &Neighbor)>| {
            list.iter().filter(|(_, other)| is_same_status(&other.facts, facts)).count() * 2 > list.len()
        };
        if lists.iter().any(has_status) && !lists.iter().all(has_status) {
            return lists.into_iter().filter(has_status).max_by_key(Vec::len);
        }
        // The lists are by status, and none is for this one.
        let has_one = |list: &Vec<(&Row, &Neighbor)>| {
            let first = list.first().map(|(_, other)| &other.facts).filter(|facts| facts.status.is_some());
            first.is_some_and(|first| {
                list.iter().filter(|(_, other)| is_same_status(&other.facts, first)).count() * 2 > list.len()
            })
        };
        if lists.len() > 1 && !lists.iter().any(has_status) && lists.iter().any(has_one) {
            return None;
        }
        let all: usize = lists.iter().map(Vec::len).sum();
        lists.into_iter().max_by_key(Vec::len).filter(|list| list.len() * 3 >= all * 2)
    }
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

/// Returns what comes before the number in `name`.
fn lead(name: &str) -> &str {
    &name[..name.find(|character: char| character.is_ascii_digit()).unwrap_or(name.len())]
}

/// Whether two proposals have the same status, or both have none.
fn is_same_status(one: &Facts, other: &Facts) -> bool {
    match (&one.status, &other.status) {
        (Some(one), Some(other)) => is_same_value(one, other),
        (one, other) => one == other,
    }
}

/// Returns `path` up to its last slash.
pub fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

fn number(facts: &Facts) -> Option<u64> {
    facts.number.as_ref()?.parse().ok()
}
