//! What an object is: its name, and which of the four sorts it is of.

/// The name of an object.
pub use gix_hash::ObjectId as Id;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Commit,
    Tree,
    Blob,
    Tag,
}

impl Sort {
    /// The sort that git calls `name`.
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

/// What an object is, and its bytes.
pub(super) type Object = (Sort, Vec<u8>);

/// The object's name that `bytes` are.
pub(super) fn id(bytes: &[u8]) -> Option<Id> {
    gix_hash::oid::try_from_bytes(bytes).ok().map(ToOwned::to_owned)
}
