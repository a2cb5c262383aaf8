//! Rows that lead nowhere, and the proposals that they are about, under another name.

use std::collections::HashMap;
use std::path::Path;

use crate::document::{Destination, IndexPage, Listed, Neighbor, Row, Writing};
use crate::syntax::fold;
use crate::text::{Edit, Span};

/// The proposals that a page does not list, by number and by title. A key that several have has none.
pub(super) struct Heirs<'p> {
    by_number: HashMap<String, Option<Heir<'p>>>,
    by_title: HashMap<String, Option<Heir<'p>>>,
}

/// A proposal that a page does not list, with the others of its folder.
type Heir<'p> = (&'p Listed, &'p Neighbor);

impl<'p> Heirs<'p> {
    /// Returns the proposals that `page` does not list.
    pub(super) fn of(page: IndexPage<'p, '_>) -> Heirs<'p> {
        let mut heirs = Heirs { by_number: HashMap::new(), by_title: HashMap::new() };
        let once = |known: &mut HashMap<String, Option<Heir<'p>>>, key: String, heir| {
            known.entry(key).and_modify(|known| *known = None).or_insert(Some(heir));
        };
        for listed in page.listed() {
            for neighbor in listed.all.iter().filter(|neighbor| !listed.has(&neighbor.file)) {
                let heir = (listed, neighbor);
                if let Some(number) = &neighbor.facts.number {
                    once(&mut heirs.by_number, number.trim_start_matches('0').to_owned(), heir);
                }
                once(&mut heirs.by_title, fold(page.title_of(&neighbor.facts)), heir);
            }
        }
        heirs
    }

    /// Returns the proposal that the row with a wrong link at `span` is about, by its number or else its title, and the edit that
    /// makes it lead there.
    pub(super) fn of_row(&self, page: IndexPage<'p, '_>, span: Span) -> Option<(&'p Neighbor, Edit)> {
        let row = page.row_at(span).filter(|row| row.link.span == span)?;
        let Destination::File(path, _) = &row.link.to else { return None };
        let number = page.template.number_of(Path::new(path));
        let by_number = || self.by_number.get(number?.trim_start_matches('0')).copied().flatten();
        let by_title = || self.by_title.get(&fold(&row.title.as_ref()?.text)).copied().flatten();
        let (listed, neighbor) = by_number().or_else(by_title)?;
        Some((neighbor, redirected(page, row, &row.path_like(&format!("{}{}", listed.folder, neighbor.name)))?))
    }
}

/// Returns the edit that makes the link of `row` lead to `path`. `None` if the link is not a path from the page.
fn redirected(page: IndexPage<'_, '_>, row: &Row, path: &str) -> Option<Edit> {
    let text = page.text();
    let span = row.link.path_span(text).filter(|span| is_local(&text.slice(*span)))?;
    Some(Edit { span, content: Writing::of(text, &row.link).write(path) })
}

/// Whether `path` leads to a file beside the page, and not to a host or from the root of a site.
fn is_local(path: &str) -> bool {
    !path.contains(':') && !path.starts_with('/')
}
