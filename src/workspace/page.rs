//! What the workspace keeps of a Markdown file: what others may want to know of it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::kind::Kind;
use super::refers::Refers;
use super::{families, files};
use crate::document::{Destination, Deviation, Facts, Proposal, RowFacts, SectionFacts};
use crate::template::{Template, is_markdown};

/// What other documents can see of one, besides its anchors. Those that are equal are the same to all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exports {
    pub(super) kind: Kind,
    /// Those of a proposal.
    pub(super) facts: Option<Arc<Facts>>,
    /// What an index page says of each file that it lists; of two rows for one file, the first.
    pub(super) rows: HashMap<Key, RowFacts>,
    /// By folder: how many files in it an index page lists.
    pub(super) listed: HashMap<PathBuf, usize>,
}

/// What is kept of one file, as the disk has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) exports: Arc<Exports>,
    /// Those of a proposal.
    pub(super) sections: Arc<[SectionFacts]>,
    pub(super) refers: Refers,
    /// How a proposal deviates from its template, and which that is; none of one that has a form of its own.
    pub(super) deviations: Option<(TemplateKey, Box<[Deviation]>)>,
}

/// What tells templates apart: their files' paths, or what they are learnt from, hashed, as every page has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TemplateKey(u64);

impl TemplateKey {
    /// That of `template`.
    pub(super) fn of(template: &Template) -> TemplateKey {
        let mut hasher = DefaultHasher::new();
        let learnt = template.learnt.as_ref().map(|learnt| (&learnt.folder, &learnt.prefix));
        (&template.source, learnt).hash(&mut hasher);
        TemplateKey(hasher.finish())
    }
}

/// What others refer to a document by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// Its path without the extension, which a site may leave out or replace.
    File(PathBuf),
    /// Its number, without zeros at the start.
    Number(String),
}

impl Key {
    /// The key of the file at `path`, which is normalized.
    pub(super) fn of_file(path: &Path) -> Key {
        let is_page = is_markdown(path) || path.extension().is_some_and(|extension| extension == "html");
        Key::File(if is_page { path.with_extension("") } else { path.to_owned() })
    }

    /// The key of what `to` leads to from a document in `folder`; none for places in the document itself.
    pub(super) fn of(to: &Destination, folder: &Path) -> Option<Key> {
        match to {
            Destination::File(path, _) => Some(Key::of_file(&files::normalize(&folder.join(path)))),
            Destination::Number(number) => Some(Key::Number(number.clone())),
            Destination::Anchor(_) | Destination::Above(_) | Destination::Label(_) => None,
        }
    }

    /// The keys of what a row of an index page in `folder` leads to by `to`: what a path from above leads to is one of several.
    fn of_row(to: &Destination, folder: &Path) -> Vec<Key> {
        match to {
            Destination::Above(path) => {
                folder.ancestors().map(|above| Key::of_file(&files::normalize(&above.join(path)))).collect()
            }
            to => Key::of(to, folder).into_iter().collect(),
        }
    }

    /// The folder that a file is counted in.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        match self {
            Key::File(path) => Some(families::base(path)),
            Key::Number(_) => None,
        }
    }
}

impl Exports {
    /// Those of `document`, which is of `kind`, in the file at `path`.
    pub(super) fn of(path: &Path, kind: Kind, document: &Proposal<'_>) -> Exports {
        let folder = path.parent().unwrap_or(path);
        let mut rows = if kind == Kind::Index { rows(document, folder) } else { HashMap::new() };
        let mut listed = HashMap::new();
        for folder in rows.keys().filter_map(Key::folder) {
            *listed.entry(folder).or_default() += 1;
        }
        if kind == Kind::Index {
            add_others(&mut rows, document, folder);
        }
        let facts = (kind == Kind::Proposal).then(|| Arc::new(Facts::of(document)));
        Exports { kind, facts, rows, listed }
    }

    /// The number of a proposal, without zeros at its start.
    pub(super) fn number(&self) -> Option<&str> {
        Some(self.facts.as_ref()?.number.as_ref()?.trim_start_matches('0'))
    }
}

impl Page {
    /// What is to be kept of `document`, which is of `kind`, in the file at `path`.
    pub(super) fn of(path: &Path, kind: Kind, document: &Proposal<'_>) -> Page {
        let is_proposal = kind == Kind::Proposal;
        let own = is_proposal.then(|| document.deviations()).flatten();
        Page {
            exports: Arc::new(Exports::of(path, kind, document)),
            sections: if is_proposal { SectionFacts::of(document).into() } else { [].into() },
            refers: Refers::of(path, document),
            deviations: own.map(|own| (TemplateKey::of(document.template), own.into())),
        }
    }
}

fn rows(page: &Proposal<'_>, folder: &Path) -> HashMap<Key, RowFacts> {
    let mut rows = HashMap::new();
    for row in page.rows() {
        for key in Key::of_row(&row.link.to, folder) {
            rows.entry(key).or_insert_with(|| row.facts(page.text()));
        }
    }
    rows
}

/// Adds to `rows` the files that rows of `page` link to besides their own: it says nothing of them, but it has them.
fn add_others(rows: &mut HashMap<Key, RowFacts>, page: &Proposal<'_>, folder: &Path) {
    for row in page.rows() {
        for key in row.others.iter().flat_map(|other| Key::of_row(&other.to, folder)) {
            let line = row.facts(page.text()).line;
            rows.entry(key).or_insert(RowFacts { line, title: None, status: None });
        }
    }
}
