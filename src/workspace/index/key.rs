//! What other documents refer to a document by.

use std::path::{Path, PathBuf};

use crate::document::Destination;
use crate::template::is_markdown;
use crate::workspace::{families, files};

/// What other documents refer to a document by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::workspace) enum Key {
    /// Its path without the extension, which a site may leave out or replace.
    File(PathBuf),
    /// Its number, without leading zeros.
    Number(String),
}

impl Key {
    /// Returns the key of the file at `path`, which is normalized.
    pub(in crate::workspace) fn of_file(path: &Path) -> Key {
        let is_page = is_markdown(path) || path.extension().is_some_and(|extension| extension == "html");
        Key::File(if is_page { path.with_extension("") } else { path.to_owned() })
    }

    /// Returns the key of the target of `to` in a document in `folder`; `None` for places in the document itself.
    pub(in crate::workspace) fn of(to: &Destination, folder: &Path) -> Option<Key> {
        match to {
            Destination::File(path, _) => Some(Key::of_file(&files::normalize(&folder.join(path)))),
            Destination::Number(number) => Some(Key::Number(number.clone())),
            Destination::Anchor(_) | Destination::Above(_) | Destination::Label(_) => None,
        }
    }

    /// Returns the keys of the targets of `to` in a row of an index page in `folder`. A path relative to an unknown folder above
    /// has several possible targets.
    pub(super) fn of_row(to: &Destination, folder: &Path) -> Vec<Key> {
        match to {
            Destination::Above(path) => {
                folder.ancestors().map(|above| Key::of_file(&files::normalize(&above.join(path)))).collect()
            }
            to => Key::of(to, folder).into_iter().collect(),
        }
    }

    /// Returns the folder that a file counts in.
    pub(in crate::workspace) fn folder(&self) -> Option<PathBuf> {
        match self {
            Key::File(path) => Some(families::base(path)),
            Key::Number(_) => None,
        }
    }
}
