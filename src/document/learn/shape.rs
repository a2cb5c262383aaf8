//! The structure of documents without a template, and how much of it they must share.

use crate::document::Document;
use crate::syntax::{Section, SectionId};
use crate::terms::{self, Meaning};

/// A document is expected to have what at least this percentage of the documents have.
pub(super) const REQUIRED: usize = 80;

/// A document may have what more than this percentage of the documents have.
pub(super) const USUAL: usize = 50;

/// Returns the title of `document`: its first heading, if all others have a higher level, or if it is at level 1.
pub(super) fn title_of(document: &Document) -> Option<(SectionId, &Section)> {
    let (id, first) = document.outline().first()?;
    let level = first.heading.level;
    let mut others = document.outline().iter().skip(1).map(|(_, section)| section.heading.level);
    let is_first = others.all(|other| other > level || level == 1);
    is_first.then_some((id, first))
}

/// Returns the sections of `document` that are below no other heading but the title.
pub(super) fn sections(document: &Document) -> impl Iterator<Item = &Section> {
    let title = title_of(document);
    let outline = document.outline().iter().filter(move |(id, _)| title.is_none_or(|(title, _)| *id != title));
    let lowest = document.outline().lowest_level(title.map(|(id, _)| id)).unwrap_or(1);
    let level = title.map_or(lowest, |(_, title)| lowest.max(title.heading.level + 1));
    let named = outline.filter(|(_, section)| !section.heading.key.is_empty());
    named.map(|(_, section)| section).filter(move |section| section.heading.level <= level)
}

/// Returns `values` as a list that allows others, or a single value as it is. A value that ends in another document's number gets a
/// placeholder for that.
pub(super) fn listed(values: &[String]) -> String {
    let whole = |value: &String| match terms::status(value) == Some(Meaning::Superseded) && value.contains(' ') {
        true => format!("{value} NNNN"),
        false => value.clone(),
    };
    let values: Vec<String> = values.iter().map(whole).collect();
    match values.as_slice() {
        [only] => only.clone(),
        _ => format!("{{{} | …}}", values.join(" | ")),
    }
}
