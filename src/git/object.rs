//! Objects: their names, and their four types.

/// The name of an object.
pub use gix_hash::ObjectId as Id;

/// The type of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Commit,
    Tree,
    Blob,
    Tag,
}

impl Sort {
    /// Parses git's name of an object type.
    pub(super) fn of(name: &[u8]) -> Option<Sort> {
        match name {
            b"commit" => Some(Sort::Commit),
            b"tree" => Some(Sort::Tree),
            b"blob" => Some(Sort::Blob),
            b"tag" => Some(Sort::Tag),
            _ => None,
        }
    }
}

/// The type of an object, and its bytes.
pub(super) type Object = (Sort, Vec<u8>);

/// Parses `bytes` as an object name.
pub(super) fn id(bytes: &[u8]) -> Option<Id> {
    gix_hash::oid::try_from_bytes(bytes).ok().map(ToOwned::to_owned)
}
