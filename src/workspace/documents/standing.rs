//! What documents are by their families, and which files may be templates.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::workspace::Workspace;
use crate::document::Document;
use crate::template::is_markdown;
use crate::workspace::families::{self, Families, Sketch, Standing};
use crate::workspace::files::{self, DocumentId, Roots};

impl Workspace {
    /// Returns what `document`, whose ID is `id`, is by its family.
    pub(in crate::workspace) fn standing(&self, id: &DocumentId, document: &Document) -> Standing {
        match id {
            DocumentId::File(path) => self.families_for(path).standing(path, || Arc::new(Sketch::of(document))),
            DocumentId::Other(_) => Standing::Other,
        }
    }

    /// Returns the families that a file at `path` may belong to.
    pub(in crate::workspace) fn families_for(&self, path: &Path) -> Arc<Families> {
        let known = files::root_of(path, &self.roots()).and_then(|_| self.discovery.families());
        known.unwrap_or_else(|| self.nearby(path))
    }

    /// Returns the families found from the files around `path`.
    fn nearby(&self, path: &Path) -> Arc<Families> {
        let folder = path.parent().unwrap_or(path);
        self.discovery.nearby.get_or(folder, || Arc::new(self.families_near(path, folder)))
    }

    fn families_near(&self, path: &Path, folder: &Path) -> Families {
        let roots = self.roots();
        let root = files::root_of(path, &roots).or_else(|| files::repository(folder)).unwrap_or(folder);
        let read = |path: PathBuf| {
            let content = self.read_within(&path, root)?;
            Some((path, Arc::new(Sketch::of(&Document::closed(&content)))))
        };
        let sketches = around(path, root, &roots.with(vec![root.to_owned()])).into_iter().filter_map(read).collect();
        let inner = folder.ancestors().take_while(|folder| folder.starts_with(root));
        let repositories: Vec<PathBuf> = inner.filter_map(files::repository).map(Path::to_owned).collect();
        let repositories = families::repositories(&[root.to_owned()], repositories);
        Families::find(&sketches, &repositories, true)
    }

    /// Returns the text of the file at `path` from the editor, or else from the disk if its real path is within `root`.
    fn read_within(&self, path: &Path, root: &Path) -> Option<String> {
        match self.document(&DocumentId::File(path.to_owned())) {
            Some(document) => Some(document.text().to_string()),
            None => self.faults.read(path, &self.roots().with(vec![root.to_owned()])),
        }
    }

    /// Whether the file at `path` may be a template, by its name or because it was found to be one.
    pub(in crate::workspace) fn may_be_template(&self, path: &Path) -> bool {
        let is_named = self.discovery.named.get(path).map(|known| *known).unwrap_or_else(|| {
            let is_named = families::may_be_template(path);
            self.discovery.named.insert(path.to_owned(), is_named);
            is_named
        });
        is_named || self.is_found_template(path)
    }

    /// Whether `id` may be a template, so that changing it affects other documents.
    pub fn is_template(&self, id: &DocumentId) -> bool {
        match id {
            DocumentId::File(path) => self.may_be_template(path) || self.templates.has(path),
            DocumentId::Other(_) => false,
        }
    }

    /// Whether the file `id` has the text `content` on the disk, too.
    pub fn is_on_disk(&self, id: &DocumentId, content: &str) -> bool {
        id.path().and_then(|path| self.faults.read(path, &self.roots())).is_some_and(|saved| saved == content)
    }

    /// Returns the files that may be templates but cannot be read, and why.
    pub fn unread_templates(&self) -> Vec<(PathBuf, String)> {
        self.faults.of(|path| is_markdown(path) && self.may_be_template(path))
    }

    /// Returns the open document of the file at `path`, if it may be a template.
    pub(in crate::workspace) fn open_template(&self, path: &Path) -> Option<Arc<Document>> {
        self.document(&DocumentId::File(path.to_owned())).filter(|_| self.may_be_template(path))
    }

    /// Returns the open documents in the workspace's folders that may be templates.
    pub(in crate::workspace) fn open_templates(&self) -> Vec<(PathBuf, Arc<Document>)> {
        let roots = self.roots();
        let template = |id: DocumentId| match id {
            DocumentId::File(path) if files::root_of(&path, &roots).is_some() => {
                let document = self.open_template(&path)?;
                Some((path, document))
            }
            _ => None,
        };
        self.open().into_iter().filter_map(template).collect()
    }
}

/// How many folders above a document are examined, and how many of the files beside it.
const MAX_FOLDERS: usize = 8;
const MAX_FILES: usize = 24;

/// Returns the files around `path`, up to the folder `root`, that say the most about its family: those beside it, possible
/// templates in the folders above and in folders of templates there, and, in case its folder has the number, those in the folders
/// beside it.
fn around(path: &Path, root: &Path, roots: &Roots) -> BTreeSet<PathBuf> {
    let folder = path.parent().unwrap_or(path);
    let mut found: BTreeSet<PathBuf> = BTreeSet::new();
    let documents = |folder: &Path| files::list(folder, roots).0.into_iter().filter(|path| files::is_document(path));
    found.extend(documents(folder).take(MAX_FILES));
    let above = folder.ancestors().take_while(|folder| folder.starts_with(root)).take(MAX_FOLDERS);
    for (up, above) in above.enumerate() {
        let (files, folders) = files::list(above, roots);
        found.extend(files.into_iter().filter(|path| files::is_document(path) && families::may_be_template(path)));
        let in_templates = folders
            .iter()
            .filter(|folder| may_have_templates(folder))
            .take(MAX_FILES)
            .flat_map(|folder| documents(folder));
        found.extend(in_templates.filter(|path| families::may_be_template(path)).take(MAX_FILES));
        if up == 1 {
            let name = path.file_name().unwrap_or_default();
            found.extend(
                folders
                    .iter()
                    .take(MAX_FILES)
                    .map(|folder| folder.join(name))
                    .filter(|path| files::look(path, roots) == files::Found::File),
            );
        }
    }
    found
}

fn may_have_templates(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    files::is_forge(name) || families::may_be_template(&folder.join("README.md"))
}
