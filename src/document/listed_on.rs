//! Reading which proposals an index page lists, and inserting rows for others.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::list_order::{ListOrder, number, order_key};
use super::listed::Found;
use super::{Destination, Facts, IndexPage, Listed, Neighbor, Row};
use crate::syntax::{fold, rendered};
use crate::text::{Edit, Span};

impl<'p> IndexPage<'p, '_> {
    /// Returns the proposals that the page lists, by folder.
    pub fn listed(self) -> &'p [Listed] {
        self.once_listed(read)
    }

    /// Whether the page is the index of a folder: it lists at least half of the proposals there.
    pub fn is_of_a_folder(self) -> bool {
        self.listed().iter().any(|listed| 2 * listed.files().len() >= listed.all.len())
    }

    /// Returns the edit that inserts a row for the proposal in the file `name`, with these `facts`, where it belongs among the
    /// `listed` ones. `None` if the page has several lists, none of which is clearly for
    /// such a proposal, or if its rows are prose.
    pub fn insertion(self, listed: &Listed, name: &str, facts: &Facts) -> Option<Edit> {
        let list = self.list_for(listed, name, facts)?;
        let place = place_in(&list, name, facts)?;
        let facts = if self.has_other_titles(listed) { with_other_title(facts) } else { facts.clone() };
        let row = self.rows()[place.row()].like(self, &format!("{}{name}", listed.folder), &facts)?;
        Some(self.inserted(place, &[row]))
    }

    /// Returns the edits that insert a row for each of the `missing` proposals of these folders, those at one place as one edit, and
    /// the files of the proposals for which there is no place; see [`IndexPage::insertion`].
    pub fn insertions<'n>(self, missing: &[(&Listed, &'n Neighbor)]) -> (Vec<Edit>, HashSet<&'n Path>) {
        let mut missing: Vec<_> = missing.to_vec();
        missing.sort_by_cached_key(|(_, neighbor)| order_key(&neighbor.name, &neighbor.facts));
        let (mut places, mut left) = (BTreeMap::<Place, (bool, Vec<String>)>::new(), HashSet::new());
        let with_others: HashSet<&str> =
            self.listed().iter().filter(|listed| self.has_other_titles(listed)).map(|listed| &*listed.folder).collect();
        for (listed, Neighbor { file, name, facts }) in missing {
            let path = format!("{}{name}", listed.folder);
            let has_others = with_others.contains(&*listed.folder);
            let facts = if has_others { Cow::Owned(with_other_title(facts)) } else { Cow::Borrowed(&**facts) };
            let found = self.list_for(listed, name, &facts).and_then(|list| {
                let place = place_in(&list, name, &facts)?;
                Some((place, list.is_descending, self.rows()[place.row()].like(self, &path, &facts)?))
            });
            match found {
                Some((place, is_descending, row)) => {
                    places.entry(place).or_insert((is_descending, Vec::new())).1.push(row);
                }
                None => _ = left.insert(file.as_path()),
            }
        }
        (self.inserted_all(places), left)
    }

    /// Whether the rows of the `listed` proposals have the titles of the metadata rather than those of the headings, where they differ.
    fn has_other_titles(self, listed: &Listed) -> bool {
        let (mut of_metadata, mut of_heading) = (0, 0);
        for (row, neighbor) in &listed.rows {
            let title = self.rows()[*row].title.as_ref().map(|title| fold(&title.text));
            if let Some((title, other)) = title.zip(neighbor.facts.other_title.as_ref()) {
                of_metadata += usize::from(title == fold(&rendered(other)));
                of_heading += usize::from(title == fold(self.title_of(&neighbor.facts)));
            }
        }
        of_metadata > of_heading
    }

    /// Returns the edits that insert rows at `places`, each with whether its list is descending; the rows are in ascending order.
    pub(super) fn inserted_all(self, places: BTreeMap<Place, (bool, Vec<String>)>) -> Vec<Edit> {
        let edit = |(place, (is_descending, mut rows)): (Place, (bool, Vec<String>))| {
            if is_descending {
                rows.reverse();
            }
            self.inserted(place, &rows)
        };
        places.into_iter().map(edit).collect()
    }

    /// Returns the rows of the list for the proposal in the file `name`, with these `facts`, among the `listed` ones.
    pub(super) fn list_for(self, listed: &Listed, name: &str, facts: &Facts) -> Option<Rc<ListOrder>> {
        listed.list_for(self.rows(), self.listed(), name, facts)
    }

    /// Returns the edit that inserts `rows` at `place`, with blank lines between them if the list has some.
    fn inserted(self, place: Place, rows: &[String]) -> Edit {
        let (text, row) = (self.text(), &self.rows()[place.row()]);
        let count = if self.is_loose(place.row()) { 2 } else { 1 };
        match place {
            Place::Before(_) => {
                let ending = text.line_ending().as_str().repeat(count);
                Edit::insert(row.span.start, rows.iter().map(|row| format!("{row}{ending}")).collect::<String>())
            }
            Place::After(_) => {
                // Uses the ending of this row's own line, so that no other row changes; the last line has none.
                let whole = row.whole(text);
                let next = text.line_at(whole.end) + 1;
                let end = if next < text.line_count() { text.line_start(next) } else { whole.end };
                let own = text.slice(Span::new(whole.end, end)).into_owned();
                let ending = if own.is_empty() { text.line_ending().as_str() } else { own.as_str() }.repeat(count);
                Edit::insert(whole.end, rows.iter().map(|row| format!("{ending}{row}")).collect::<String>())
            }
        }
    }

    /// Whether blank lines separate the row at `place` from those around it.
    fn is_loose(self, place: usize) -> bool {
        let (text, rows) = (self.text(), self.rows());
        let is_apart = |one: &Row, next: &Row| {
            one.list == next.list && text.line_at(next.span.start) > text.line_at(one.whole(text).end) + 1
        };
        let around = [place.checked_sub(1).map(|before| (before, place)), Some((place, place + 1))];
        let mut pairs = around.into_iter().flatten().filter_map(|(one, next)| Some((rows.get(one)?, rows.get(next)?)));
        pairs.any(|(one, next)| one.columns.is_empty() && is_apart(one, next))
    }
}

/// Returns `facts` with the title of the metadata, if there is another one there.
fn with_other_title(facts: &Facts) -> Facts {
    match &facts.other_title {
        Some(other) => Facts { title: other.clone(), marked_title: None, ..facts.clone() },
        None => facts.clone(),
    }
}

/// Returns the place for the proposal in the file `name`, with these `facts`, in `list`.
pub(super) fn place_in(list: &ListOrder, name: &str, facts: &Facts) -> Option<Place> {
    match list.before(&order_key(name, facts)) {
        Some(row) => Some(Place::After(row)),
        None => list.places.first().copied().map(Place::Before),
    }
}

/// A place for a row among those of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Before this row.
    Before(usize),
    /// After this row.
    After(usize),
}

impl Place {
    pub(super) fn row(self) -> usize {
        match self {
            Place::Before(row) | Place::After(row) => row,
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
        let place = page.rows().iter().position(|row| row.span == self.span).map(Place::After)?;
        Some(page.inserted(place, &[self.like(page, path, facts)?]))
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
