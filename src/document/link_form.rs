//! The form of the links on an index page: to files or to their folders, and from the page or from the root of the repository.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::{Destination, FOLDER_PAGES, IndexPage, Row, encode_path};

impl Row {
    /// Returns `path` as this row would write it: if its link leads to a folder, without the name of the page there.
    pub fn path_like<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let own = self.link.to.path().unwrap_or_default();
        let is_folder = Path::new(own).extension().is_none();
        match path.rsplit_once('/').filter(|(_, page)| is_folder && FOLDER_PAGES.contains(page)) {
            Some((folder, _)) if own.ends_with('/') => Cow::Owned(format!("{folder}/")),
            Some((folder, _)) => Cow::Borrowed(folder),
            None => Cow::Borrowed(path),
        }
    }

    /// Returns the destination of a link to `path`, from the folder of `page`, in the form of this row's.
    pub(super) fn destination_like(&self, page: IndexPage<'_, '_>, path: &str) -> String {
        self.rooted(page, path).unwrap_or_else(|| encode_path(&self.path_like(path)))
    }

    /// Returns the destination from the root of the repository, if this row's is: `/docs/a.md`, or an address with `docs/a.md` at
    /// its end.
    fn rooted(&self, page: IndexPage<'_, '_>, path: &str) -> Option<String> {
        let Destination::Above(own) = &self.link.to else { return None };
        let target = page.text().slice(self.link.target?).into_owned();
        let before = target.strip_suffix(own.as_str())?;
        let file = page.surroundings()?.proposal_at(&self.link.to)?.file;
        let root = file.ancestors().nth(Path::new(own).components().count()).filter(|_| file.ends_with(own))?;
        let to = joined(page.file()?.parent()?, path);
        Some(format!("{before}{}", encode_path(&to.strip_prefix(root).ok()?.to_str()?.replace('\\', "/"))))
    }
}

/// Returns the file at `path` from `folder`.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_owned();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = joined.pop(),
            name => joined.push(name),
        }
    }
    joined
}
