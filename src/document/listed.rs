//! The proposals that an index page lists, by folder.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::list_order::{ListOrder, number};
use super::{Facts, Neighbor, Row, is_same_value};
use crate::text::Span;

/// The proposals of one folder that an index page lists.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The path to the folder from that of the page: empty, or with a slash at its end.
    pub folder: String,
    /// The places of the rows that lead to proposals, and these proposals, in order; at least one.
    pub rows: Vec<(usize, Neighbor)>,
    /// All proposals of the folder, listed or not, in the order of their names.
    pub all: Vec<Neighbor>,
    /// The files of the proposals that the rows lead to.
    pub(super) files: HashSet<PathBuf>,
    /// The files of the proposals that rows link to in addition.
    pub(super) others: Arc<HashSet<PathBuf>>,
    /// The numbers of the rows' proposals in ascending order, each with the last place of a row with a number up to it.
    pub(super) last: Vec<(Option<u64>, usize)>,
    /// What was looked up: many proposals may be missing from one page.
    pub(super) found: Found,
}

/// What was looked up in a [`Listed`].
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The places of the proposals of the folder by file.
    files: OnceCell<HashMap<PathBuf, usize>>,
    /// The lists, by the start of a name and a status.
    lists: RefCell<HashMap<(String, Option<String>), List>>,
}

/// The list for a proposal, if there is one for it.
type List = Option<Rc<ListOrder>>;

impl Listed {
    /// Returns the files that have a row of their own.
    pub fn files(&self) -> &HashSet<PathBuf> {
        &self.files
    }

    /// Whether any row links to the proposal in `file`, even one for another proposal.
    pub fn has(&self, file: &Path) -> bool {
        self.files.contains(file) || self.others.contains(file)
    }

    /// Returns the proposal of the folder in `file`.
    pub fn proposal_in(&self, file: &Path) -> Option<&Neighbor> {
        let places = || self.all.iter().zip(0..).map(|(neighbor, place)| (neighbor.file.clone(), place)).collect();
        self.found.files.get_or_init(places).get(file).map(|place: &usize| &self.all[*place])
    }

    /// Returns the place of the row after which one for the proposal with these `facts` belongs: the last of those with a lower
    /// number. `None` if it belongs before the first row.
    pub fn row_before(&self, facts: &Facts) -> Option<usize> {
        let own = number(facts);
        let before = self.last.partition_point(|(number, _)| *number < own).checked_sub(1)?;
        Some(self.rows[self.last[before].1].0)
    }

    /// Returns the rows of the list for the proposal in the file `name`, with these `facts`; `rows` and `all` are the rows of the page,
    /// and the proposals of all folders that it lists. Among the lists of files with similar names, it is the only list, the one where most have the
    /// proposal's status, or the one that has most rows by far.
    pub(super) fn list_for(&self, rows: &[Row], all: &[Listed], name: &str, facts: &Facts) -> List {
        let key = (lead(name).to_owned(), facts.status.clone());
        let mut known = self.found.lists.borrow_mut();
        let find = || Some(Rc::new(self.order(rows, all, &self.find_list(rows, lead(name), facts)?)));
        known.entry(key).or_insert_with(find).clone()
    }

    /// Returns the order of the list that has the rows at `places` of [`Listed::rows`]: that of these rows or, if the proposals of
    /// other folders in it are in one order with them, of all its rows.
    fn order(&self, rows: &[Row], all: &[Listed], places: &[usize]) -> ListOrder {
        let own: Vec<_> = places.iter().map(|place| (self.rows[*place].0, &self.rows[*place].1)).collect();
        let list = own.first().map(|(row, _)| rows[*row].list);
        let every = all.iter().flat_map(|listed| &listed.rows).map(|(row, neighbor)| (*row, neighbor));
        let mut every: Vec<_> = every.filter(|(row, _)| Some(rows[*row].list) == list).collect();
        every.sort_by_key(|(row, _)| *row);
        let (own, every) = (ListOrder::of(&own), ListOrder::of(&every));
        if every.falls <= own.falls { every } else { own }
    }

    fn find_list(&self, all: &[Row], own_lead: &str, facts: &Facts) -> Option<Vec<usize>> {
        let mut lists: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (place, (row, _)) in self.rows.iter().enumerate() {
            lists.entry(all[*row].list).or_default().push(place);
        }
        let mut lists: Vec<Vec<usize>> = lists.into_values().collect();
        let other = |place: &usize| &self.rows[*place].1;
        let has_most = |list: &[usize], is_it: &dyn Fn(&Neighbor) -> bool| {
            list.iter().filter(|place| is_it(other(place))).count() * 2 > list.len()
        };
        // A page may list several families, each in a list of its own.
        let is_alike = |list: &Vec<usize>| has_most(list, &|other| lead(&other.name) == own_lead);
        if lists.iter().any(is_alike) {
            lists.retain(is_alike);
        }
        // A proposal with the status of its template has no status yet, like all new ones.
        let has_status = |list: &Vec<usize>| has_most(list, &|other| is_same_status(&other.facts, facts));
        if lists.iter().any(has_status) && !lists.iter().all(has_status) {
            return lists.into_iter().filter(has_status).max_by_key(Vec::len);
        }
        // The lists are by status, and none is for this one.
        let has_one = |list: &Vec<usize>| {
            let first = list.first().map(|place| &other(place).facts).filter(|facts| facts.status.is_some());
            first.is_some_and(|first| has_most(list, &|other| is_same_status(&other.facts, first)))
        };
        if lists.len() > 1 && !lists.iter().any(has_status) && lists.iter().any(has_one) {
            return None;
        }
        let count: usize = lists.iter().map(Vec::len).sum();
        lists.into_iter().max_by_key(Vec::len).filter(|list| list.len() * 3 >= count * 2)
    }
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
