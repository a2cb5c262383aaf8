//! Where the references of a document lead: to files of the workspace, and headings in them.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::references::own_place;
use super::{DocumentId, Goal, Snapshot, Workspace, families, files};
use crate::document::{Destination, Document};
use crate::template::is_markdown;

/// A line in a document of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub id: DocumentId,
    /// The line, from 0.
    pub line: u32,
}

impl Workspace {
    /// Where `to`, which the document `snapshot` refers to, is. None where nothing is there, and for what lies outside the
    /// workspace's folders, whatever is there. A heading that is not found leaves the start of its document.
    pub fn place(&self, snapshot: &Snapshot, to: &Destination) -> Option<Place> {
        let goal = self.goal(snapshot, to)?;
        let id = goal.id()?;
        let line = match (&goal, to) {
            (Goal::File(path), Destination::Number(_)) => self.kept(path)?.facts.as_ref()?.line,
            (Goal::File(_), _) => 0,
            _ => self.line_of(&id, &goal)?,
        };
        Some(Place { id, line })
    }

    /// The line of `goal`, which is in the document `id`.
    fn line_of(&self, id: &DocumentId, goal: &Goal) -> Option<u32> {
        let snapshot = self.read_as(id, self.read_or_open(id)?);
        let span = own_place(goal, &snapshot.proposal())?;
        u32::try_from(snapshot.text().line_at(span.start)).ok()
    }

    /// The file at `path` from the folder of the document `id`.
    pub(super) fn file(&self, id: &DocumentId, path: &str) -> Option<PathBuf> {
        let DocumentId::File(own) = id else { return None };
        let path = files::normalize(&own.parent()?.join(path));
        let roots = self.roots();
        let is_known = files::root_of(&path, &roots).is_some();
        let is_open = self.document(&DocumentId::File(path.clone())).is_some();
        (is_known && (is_open || files::look(&path, &roots) == files::Found::File)).then_some(path)
    }

    /// The document `id`, as the editor has it, else the disk, if it is Markdown.
    pub(super) fn read_or_open(&self, id: &DocumentId) -> Option<Arc<Document>> {
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

    /// The first of the other proposals that should not have `number` because the one at `own` has it: those of its family that are
    /// counted with it.
    pub(super) fn first_rival(&self, own: &Path, number: &str) -> Option<PathBuf> {
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

    /// The file of the proposal with `number`, the nearest to the document `id` where several have it.
    pub(super) fn proposal_with(&self, id: &DocumentId, number: &str) -> Option<PathBuf> {
        let DocumentId::File(own) = id else { return None };
        let mut found = self.with_number(number, None);
        // The last of those that are as near is taken: the first by name.
        found.sort_by(|one, other| other.cmp(one));
        let common =
            |path: &Path| path.components().zip(own.components()).take_while(|(one, other)| one == other).count();
        found.into_iter().max_by_key(|path| common(path))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Folder;
    use super::*;

    fn check(workspace: &Workspace, folder: &Folder, to: &Destination, expected: Option<(&str, u32)>) {
        let id = DocumentId::file(&folder.path("docs/vip-7.md"));
        let expected = expected.map(|(name, line)| Place { id: DocumentId::file(&folder.path(name)), line });
        let snapshot = workspace.proposal(&id).expect("a proposal");
        assert_eq!(workspace.place(&snapshot, to), expected, "{to:?}");
    }

    #[test]
    fn references_lead_to_files_and_headings_of_the_workspace() {
        let folder = Folder::new(&[
            ("docs/vip-7.md", "# VIP-7: A\n\n## Scope\n\n## 💡 What's new?\n\n[L]: https://example.org\n"),
            ("docs/vip-008.md", "\n# VIP-8: B\n\n## Scope\n\n## Scope\n"),
            ("old/vip-8.md", "# VIP-8: Old\n\n## Scope\n"),
            ("picture.png", "x"),
        ]);
        let workspace = folder.workspace();
        workspace.read_all();
        let id = DocumentId::file(&folder.path("docs/vip-7.md"));
        let content = files::read(&folder.path("docs/vip-7.md"), &[]).expect("a file");
        workspace.put(id, Arc::new(Document::open(&content)));
        let file = |path: &str, anchor: Option<&str>| Destination::File(path.to_owned(), anchor.map(str::to_owned));
        let check = |to: Destination, expected| check(&workspace, &folder, &to, expected);
        check(Destination::Anchor("scope".to_owned()), Some(("docs/vip-7.md", 2)));
        check(Destination::Anchor("-whats-new".to_owned()), Some(("docs/vip-7.md", 4)));
        check(Destination::Anchor("no-such".to_owned()), None);
        check(file("vip-008.md", None), Some(("docs/vip-008.md", 0)));
        check(file("./vip-008.md", Some("scope-1")), Some(("docs/vip-008.md", 5)));
        check(file("vip-008.md", Some("no-such")), Some(("docs/vip-008.md", 0)));
        check(file("../picture.png", None), Some(("picture.png", 0)));
        check(file("no-such.md", None), None);
        check(file("../docs", None), None);
        check(file("../../../../../../../../etc/passwd", None), None);
        check(Destination::Number("8".to_owned()), Some(("docs/vip-008.md", 1)));
        check(Destination::Number("9".to_owned()), None);
        check(Destination::Label("l".to_owned()), Some(("docs/vip-7.md", 6)));
        check(Destination::Label("m".to_owned()), None);
    }
}
