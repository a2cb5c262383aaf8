//! What documents without a template look like, and how much of it is theirs in common.

use crate::document::Document;
use crate::syntax::{Section, SectionId};
use crate::terms::{self, Meaning};

/// What more than this share of the documents have, in percent, a document is expected to have.
pub(super) const REQUIRED: usize = 80;

/// What more than this share of them have, in percent, a document may well have.
pub(super) const USUAL: usize = 50;

/// The title of `document`: its first heading, where none has a lower level, and none the same, unless all start at the first.
pub(super) fn title_of(document: &Document) -> Option<(SectionId, &Section)> {
    let (id, first) = document.outline().first()?;
    let level = first.heading.level;
    let mut others = document.outline().iter().skip(1).map(|(_, section)| section.heading.level);
    let is_first = others.all(|other| other > level || level == 1);
    is_first.then_some((id, first))
}

/// The sections of `document` that have no other above them but the title's.
pub(super) fn sections(document: &Document) -> impl Iterator<Item = &Section> {
    let title = title_of(document);
    let outline = document.outline().iter().filter(move |(id, _)| title.is_none_or(|(title, _)| *id != title));
    let lowest = document.outline().lowest_level(title.map(|(id, _)| id)).unwrap_or(1);
    let level = title.map_or(lowest, |(_, title)| lowest.max(title.heading.level + 1));
    let named = outline.filter(|(_, section)| !section.heading.key.is_empty());
    named.map(|(_, section)| section).filter(move |section| section.heading.level <= level)
}

/// `values` as a list that may go on; the only one as it is. What goes on with another document's number has a sign for it.
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
