//! Groups on an index page: lists of proposals below headings that name their status.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::list_order::{ListOrder, order_key};
use super::listed_on::{Place, place_in};
use super::{IndexPage, Listed, Neighbor, is_same_value};
use crate::syntax::rendered;
use crate::text::{Edit, Span};

/// A row in the group of another status than its proposal's.
#[derive(Clone, Debug)]
pub struct Regrouped {
    /// The place of the row on the page.
    pub row: usize,
    /// The name of the proposal's file.
    pub name: String,
    /// The status of the group.
    pub listed: String,
    /// The proposal's own status.
    pub own: String,
}

impl<'p> IndexPage<'p, '_> {
    /// Returns the rows in groups of another status than their proposals', as far as the page has a group for that one, and the edits
    /// that move them there as they are.
    pub fn regrouped(self) -> (Vec<Regrouped>, Vec<Edit>) {
        let groups = self.groups();
        let candidates = self.listed().iter().flat_map(|listed| listed.rows.iter().map(move |row| (listed, row)));
        let candidate = |(listed, (row, neighbor)): (&'p Listed, &'p (usize, Neighbor))| {
            let (regrouped, list) = self.regrouping(&groups, listed, *row, neighbor)?;
            Some((regrouped, place_in(&list, &neighbor.name, &neighbor.facts)?, list.is_descending, neighbor))
        };
        let mut found: Vec<_> = candidates.filter_map(candidate).collect();
        found.sort_by_cached_key(|(.., neighbor)| order_key(&neighbor.name, &neighbor.facts));
        let moving: HashSet<usize> = found.iter().map(|(regrouped, ..)| regrouped.row).collect();
        let (mut moved, mut edits) = (BTreeMap::<Place, (bool, Vec<String>)>::new(), Vec::new());
        // A row beside one that moves, too, waits for that.
        for (Regrouped { row, .. }, place, is_descending, _) in
            found.iter().filter(|(_, at, ..)| !moving.contains(&at.row()))
        {
            let own = &self.rows()[*row];
            if let Some(removal) = own.removal(self.text()) {
                edits.push(removal);
                let source = self.text().slice(own.span).into_owned();
                moved.entry(*place).or_insert((*is_descending, Vec::new())).1.push(source);
            }
        }
        edits.extend(self.inserted_all(moved));
        (found.into_iter().map(|(regrouped, ..)| regrouped).collect(), edits)
    }

    fn regrouping(
        self,
        groups: &HashMap<Span, String>,
        listed: &Listed,
        row: usize,
        neighbor: &Neighbor,
    ) -> Option<(Regrouped, Rc<ListOrder>)> {
        let (own, status) = (&self.rows()[row], neighbor.facts.status.as_ref()?);
        let group = groups.get(&own.list).filter(|group| !is_same_value(group, status))?;
        let list = self.list_for(listed, &neighbor.name, &neighbor.facts)?;
        let other = &self.rows()[*list.places.first()?];
        let is_meant = groups.get(&other.list).is_some_and(|group| is_same_value(group, status));
        let name = neighbor.name.clone();
        let regrouped = Regrouped { row, name, listed: group.clone(), own: status.clone() };
        (is_meant && other.list != own.list && other.columns == own.columns).then_some((regrouped, list))
    }

    /// Returns the statuses that the template lists and that the headings above lists name, by list.
    fn groups(self) -> HashMap<Span, String> {
        let headings: Vec<Span> = self.document.outline().iter().map(|(_, section)| section.heading.content).collect();
        let mut groups = HashMap::new();
        for list in self.rows().iter().map(|row| row.list) {
            let above = headings.partition_point(|heading| heading.start < list.start).checked_sub(1);
            let name = above.map(|above| rendered(&self.text().slice(headings[above])));
            if let Some(name) = name.filter(|name| !groups.contains_key(&list) && self.is_status(name)) {
                groups.insert(list, name);
            }
        }
        groups
    }

    /// Whether `group` is a status that the template lists.
    fn is_status(self, group: &str) -> bool {
        let key = self.template.status_key();
        key.is_some_and(|key| key.values.iter().any(|value| is_same_value(value, group)))
    }
}
