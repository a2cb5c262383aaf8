//! Finding the targets of references: files by path, and proposals by number.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::template::is_markdown;
use crate::workspace::documents::Workspace;
use crate::workspace::families::{self, NumberedName};
use crate::workspace::files::{self, DocumentId};
use crate::workspace::history::Elsewhere;

impl Workspace {
    /// Returns the file at `path`, relative to the folder of the document `id`.
    pub(in crate::workspace) fn file(&self, id: &DocumentId, path: &str) -> Option<PathBuf> {
        let DocumentId::File(own) = id else { return None };
        let path = files::normalize(&own.parent()?.join(path));
        let roots = self.roots();
        let is_known = files::root_of(&path, &roots).is_some();
        let is_open = self.document(&DocumentId::File(path.clone())).is_some();
        (is_known && (is_open || files::look(&path, &roots) == files::Found::File)).then_some(path)
    }

    /// Returns the document `id` from the editor, or else from the disk if it is Markdown.
    pub(in crate::workspace) fn read_or_open(&self, id: &DocumentId) -> Option<Arc<Document>> {
        let read = |path: &Path| {
            let is_one = is_markdown(path) && files::root_of(path, &self.roots()).is_some();
            let content = is_one.then(|| files::read(path, &self.roots()).ok())??;
            Some(Arc::new(Document::closed(&content)))
        };
        self.document(id).or_else(|| match id {
            DocumentId::File(path) => read(path),
            DocumentId::Other(_) => None,
        })
    }

    /// Returns the first other proposal whose `number` conflicts with that of the proposal at `own`: one of the same family that
    /// counts in the same folder.
    pub(in crate::workspace) fn first_rival(&self, own: &Path, number: &str) -> Option<PathBuf> {
        let base = families::base(own);
        let family = OnceCell::new();
        let is_rival = |path: &Path| {
            let is_beside = path.parent() != own.parent() || base == path.parent().unwrap_or(path);
            let family = || family.get_or_init(|| self.known_family(&DocumentId::File(own.to_owned())));
            is_beside
                && families::base(path) == base
                && self.known_family(&DocumentId::File(path.to_owned())) == *family()
        };
        self.first_with_number(number, &base, own, is_rival)
    }

    /// Returns the first document with `number` that only another branch has, in the same folder as the proposal at `own`, if that is new
    /// on this one: the path from the folder, and the branch.
    pub(in crate::workspace) fn rival_on_branch(&self, own: &Path, number: &str) -> Option<(String, String)> {
        let base = families::base(own);
        let name = NumberedName::of(own)?;
        let number: u64 = number.parse().ok()?;
        if !self.is_new(own) {
            return None;
        }
        let elsewhere = self.elsewhere(&base);
        let is_rival = |other: &&Elsewhere| {
            let found = numbered(other).filter(|found| found.prefix().eq_ignore_ascii_case(name.prefix()));
            found.is_some_and(|found| found.number() == Some(number)) && !own.starts_with(base.join(&other.name))
        };
        let rival = elsewhere.iter().filter(is_rival).find(|rival| !rival.is_merged(&base))?;
        Some((rival.name.clone(), rival.branch.clone()))
    }

    /// Returns the numbers, with this `prefix`, of the documents that only other branches have in `folder`.
    pub(in crate::workspace) fn numbers_on_branches(&self, folder: &Path, prefix: &str) -> Vec<u64> {
        let elsewhere = self.elsewhere(folder);
        let names = elsewhere.iter().filter_map(numbered);
        names.filter(|name| name.prefix().eq_ignore_ascii_case(prefix)).filter_map(|name| name.number()).collect()
    }

    /// Returns the file of the proposal with `number`; if several have it, the one nearest to the document `id`.
    pub(in crate::workspace) fn proposal_with(&self, id: &DocumentId, number: &str) -> Option<PathBuf> {
        let DocumentId::File(own) = id else { return None };
        let mut found = self.with_number(number, None);
        // Of those equally near, the last one is taken, which is the first by name.
        found.sort_by(|one, other| other.cmp(one));
        let common =
            |path: &Path| path.components().zip(own.components()).take_while(|(one, other)| one == other).count();
        found.into_iter().max_by_key(|path| common(path))
    }
}

/// Returns the numbered name of a document on another branch.
fn numbered(other: &Elsewhere) -> Option<NumberedName> {
    let path = Path::new(&other.name);
    let name = NumberedName::of(&if other.is_folder { path.join("README.md") } else { path.to_owned() })?;
    // A file without a number says nothing about the number of its folder.
    (other.is_folder || name.file.is_none() && is_markdown(path)).then_some(name)
}
