//! The workspace as a proposal's rules see it.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{DocumentId, Snapshot, Workspace, files};
use crate::document::{Destination, Document, Facts, Surroundings, Target};
use crate::rules::{self, Diagnostic};
use crate::syntax::anchors;
use crate::template::is_markdown;

/// The documents around one of them.
#[derive(Debug)]
pub struct Around<'a> {
    workspace: &'a Workspace,
    snapshot: &'a Snapshot,
    /// The anchors in the document itself.
    own: OnceCell<Vec<String>>,
}

impl Workspace {
    /// What the rules for `snapshot` can ask.
    pub fn around<'a>(&'a self, snapshot: &'a Snapshot) -> Around<'a> {
        Around { workspace: self, snapshot, own: OnceCell::new() }
    }

    /// The faults of the proposal `snapshot`.
    pub fn diagnostics(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let around = self.around(snapshot);
        rules::check(&snapshot.proposal().within(&around), snapshot.severities())
    }

    /// The open proposals whose numbers others in their folders have, too.
    pub fn duplicated(&self) -> BTreeSet<DocumentId> {
        let has_others = |id: &DocumentId| {
            let snapshot = self.proposal(id)?;
            let number = Facts::number_of(&snapshot.proposal())?;
            Some(!self.around(&snapshot).others_with_number(number.trim_start_matches('0')).is_empty())
        };
        self.open().into_iter().filter(|id| has_others(id) == Some(true)).collect()
    }

    /// The anchors of the Markdown file at `path`, as the editor has it, else the disk; none where it cannot be read. What was
    /// read is kept until the disk changes: this runs at every keystroke.
    fn anchors_of(&self, path: &Path) -> Option<Arc<Vec<String>>> {
        if let Some(document) = self.document(&DocumentId::File(path.to_owned())) {
            return Some(Arc::new(names(&document)));
        }
        if let Some(known) = self.anchors.get(path) {
            return known.clone();
        }
        let read = || Some(Arc::new(names(&Document::closed(&files::read(path).ok()?))));
        let found = read();
        self.anchors.insert(path.to_owned(), found.clone());
        found
    }

    fn is_there(&self, path: &Path) -> bool {
        if let Some(known) = self.paths.get(path) {
            return *known;
        }
        let is_there = path.exists();
        self.paths.insert(path.to_owned(), is_there);
        is_there
    }
}

impl Around<'_> {
    fn folder(&self) -> Option<&Path> {
        match self.snapshot.id() {
            DocumentId::File(path) => path.parent(),
            DocumentId::Other(_) => None,
        }
    }

    /// The file that `path` leads to: itself, or the Markdown that a site makes a page of this name of.
    fn find(&self, path: &Path) -> Option<PathBuf> {
        let as_page = path.with_extension("md");
        let appended = PathBuf::from(format!("{}.md", path.display()));
        let is_page = path.extension().is_none_or(|extension| extension == "html");
        let pages = [appended, as_page].into_iter().filter(|_| is_page);
        [path.to_owned()].into_iter().chain(pages).find(|path| self.workspace.is_there(path))
    }

    fn file(&self, path: &str, anchor: Option<&String>) -> Target {
        let Some(folder) = self.folder() else { return Target::Unknown };
        let path = files::normalize(&folder.join(path));
        if files::root_of(&path, &self.workspace.roots()).is_none() {
            return Target::Unknown;
        }
        let Some(found) = self.find(&path) else { return Target::NoFile };
        match anchor {
            None => Target::There,
            // What a symbolic link leads to may lie outside.
            Some(_) if !is_markdown(&found) || !files::is_inside(&found, &self.workspace.roots()) => Target::Unknown,
            Some(anchor) => {
                self.workspace.anchors_of(&found).map_or(Target::Unknown, |names| of_anchor(anchor, &names))
            }
        }
    }
}

fn of_anchor(anchor: &str, names: &[String]) -> Target {
    // GitHub puts this before what an author calls a place.
    let anchor = anchor.strip_prefix("user-content-").unwrap_or(anchor);
    let folded = anchor.to_lowercase();
    // GitHub's anchors of lines.
    let is_line = anchor.strip_prefix('L').is_some_and(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    let is_there = is_line || folded == "top" || names.iter().any(|name| name.to_lowercase() == folded);
    if is_there { Target::There } else { Target::NoAnchor(names.to_vec()) }
}

impl Surroundings for Around<'_> {
    fn target(&self, to: &Destination) -> Target {
        match to {
            Destination::File(path, anchor) => self.file(path, anchor.as_ref()),
            Destination::Anchor(anchor) => of_anchor(anchor, self.own.get_or_init(|| names(&self.snapshot.document))),
            Destination::Number(_) | Destination::Label(_) => Target::Unknown,
        }
    }

    fn files_beside(&self) -> Vec<String> {
        let entries = self.folder().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter(|name| is_markdown(Path::new(name))).collect()
    }

    fn others_with_number(&self, number: &str) -> Vec<String> {
        let (Some(folder), DocumentId::File(own)) = (self.folder(), self.snapshot.id()) else { return Vec::new() };
        let has_number = |facts: &Facts| facts.number.as_ref().is_some_and(|own| own.trim_start_matches('0') == number);
        let found = self.workspace.facts_where(has_number);
        let others = found.into_iter().filter(|(path, _)| path != own && path.parent() == Some(folder));
        others.filter_map(|(path, _)| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }
}

/// The anchors in `document`: those of its headings, and those that its HTML names.
fn names(document: &Document) -> Vec<String> {
    let headings = || document.outline().iter().map(|(_, section)| &section.heading);
    let mut names = anchors(headings().map(|heading| heading.text.as_str())).concat();
    let text = document.text();
    let attributes = headings().filter_map(|heading| {
        let source = text.slice(heading.content);
        let attributes = source.rsplit_once('{')?.1.trim_start().strip_prefix('#')?;
        Some(attributes.split(['}', ' ']).next()?.to_owned())
    });
    names.extend(attributes);
    if text.contains("<") {
        let source = text.to_string();
        for mark in ["id=\"", "id='", "name=\"", "name='"] {
            let values = source.split(mark).skip(1).filter_map(|rest| rest.split(['"', '\'']).next());
            names.extend(values.filter(|value| value.len() < 100).map(str::to_owned));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::tests::Folder;
    use super::*;

    fn messages(workspace: &Workspace, folder: &Folder, name: &str) -> Vec<String> {
        let content = files::read(&folder.path(name)).expect("a file");
        let id = DocumentId::file(&folder.path(name));
        let snapshot = workspace.snapshot(&id, Arc::new(Document::closed(&content))).expect("a proposal");
        let found = workspace.diagnostics(&snapshot).into_iter();
        let of_references = |rule: &str| matches!(rule, "broken-link" | "broken-anchor" | "duplicate-number");
        found.filter(|found| of_references(found.rule.id)).map(|found| found.message).collect()
    }

    #[test]
    fn links_are_held_against_the_workspace() {
        let folder = Folder::new(&[
            (
                "docs/vip-7.md",
                "# VIP-7: A\n\n## Scope\n\n[1](vip-8.md) [2](vip-8.md#scope-1) [3](#scope) [4](../code.rs#L7) [5](vip-8) [6](vip-8.html)\n\
                 [7](vip-8.md#own) [8](vip-8.md#Attr) [9](../docs) [10](../../../../../../etc/none) [11](vip-8.md#L3)\n\n\
                 [a](vip-9.md) [b](vip-8.md#none) [c](#nope)\n",
            ),
            ("docs/vip-8.md", "# VIP-8: B\n\n## Scope\n\n## Scope\n\n<a id=\"own\"></a>\n\n## Other { #attr }\n"),
            ("code.rs", "x"),
        ]);
        let workspace = folder.workspace();
        workspace.read_all();
        assert_eq!(
            messages(&workspace, &folder, "docs/vip-7.md"),
            [
                "link leads to \"vip-9.md\", which is not there; correct the path",
                "link leads to \"#none\", and \"vip-8.md\" has no such heading; correct the anchor",
                "link leads to \"#nope\", and this document has no such heading; correct the anchor",
            ]
        );
        folder.write("docs/vip-9.md", "x");
        let id = DocumentId::file(&folder.path("docs/vip-8.md"));
        workspace.put(
            id,
            Arc::new(Document::open(
                "# VIP-8: B\n\n## None\n\n## Scope\n\n## Scope\n\n<a id=\"own\"></a> <b name='attr'>\n",
            )),
        );
        workspace.refresh();
        assert_eq!(messages(&workspace, &folder, "docs/vip-7.md").len(), 1);
    }

    #[test]
    fn a_number_is_taken_once_in_a_folder() {
        let folder = Folder::new(&[
            ("docs/vip-7.md", "# VIP-7: A\n\n## Scope\n"),
            ("docs/vip-007-again.md", "# VIP-7: B\n\n## Scope\n"),
            ("old/vip-7.md", "# VIP-7: Old\n\n## Scope\n"),
        ]);
        let workspace = folder.workspace();
        workspace.read_all();
        assert_eq!(messages(&workspace, &folder, "old/vip-7.md"), Vec::<String>::new());
        assert_eq!(
            messages(&workspace, &folder, "docs/vip-7.md"),
            ["\"vip-007-again.md\" has the number 7, too; take the next one that is free"]
        );
    }
}
