//! The places that a document's references lead to: files of the workspace, and headings in them.

use super::references::{Goal, own_place};
use crate::document::Destination;
use crate::workspace::documents::{Snapshot, Workspace};
use crate::workspace::files::DocumentId;

/// A line in a document of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub id: DocumentId,
    /// The line, counted from 0.
    pub line: u32,
}

impl Workspace {
    /// Returns the place that `to`, a destination in the document `snapshot`, leads to. `None` if nothing is there, and for
    /// anything outside the workspace's folders. If a heading is not found, the place is the start of its document.
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

    /// Returns the line of `goal`, which is in the document `id`.
    fn line_of(&self, id: &DocumentId, goal: &Goal) -> Option<u32> {
        let snapshot = self.read_as(id, self.read_or_open(id)?);
        let span = own_place(goal, &snapshot.proposal())?;
        u32::try_from(snapshot.text().line_at(span.start)).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::Document;
    use crate::workspace::files;
    use crate::workspace::tests::Folder;

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
        let content = files::read(&folder.path("docs/vip-7.md"), &files::Roots::default()).expect("a file");
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
