//! What differs between two trees, without taking them apart: most entries are the same.

use std::cmp::Ordering;

use gix_hash::Kind;

use super::decode;
use super::{Entry, Mode};

/// The entries of a tree, in its order.
struct Entries<'a> {
    rest: &'a [u8],
    hash: Kind,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a [u8], Entry);

    /// Returns the next entry. What is behind a malformed one is left out.
    fn next(&mut self) -> Option<Self::Item> {
        let (name, entry, rest) = decode::entry(self.rest, self.hash)?;
        self.rest = rest;
        Some((name, entry))
    }
}

/// Calls `differs` for each name at which `old` and `new`, the contents of two trees, differ, with the entries there. A file and a
/// folder of one name are two names.
pub(super) fn difference<'a>(
    old: &'a [u8],
    new: &'a [u8],
    hash: Kind,
    mut differs: impl FnMut(&'a [u8], Option<Entry>, Option<Entry>),
) {
    let (mut old, mut new) = (Entries { rest: old, hash }.peekable(), Entries { rest: new, hash }.peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, entry)), Some((other, another))) => sorted(one, *entry, other, *another),
        };
        let before = if order.is_gt() { None } else { old.next() };
        let after = if order.is_lt() { None } else { new.next() };
        let Some(name) = before.or(after).map(|(name, _)| name) else { return };
        let (before, after) = (before.map(|(_, entry)| entry), after.map(|(_, entry)| entry));
        if before != after && decode::is_file_name(name) {
            differs(name, before, after);
        }
    }
}

/// Compares two entries as git sorts them: the name of a folder as if it ended in a slash.
fn sorted(one: &[u8], entry: Entry, other: &[u8], another: Entry) -> Ordering {
    let end = |entry: Entry| (entry.mode == Mode::Folder).then_some(b'/');
    let common = one.len().min(other.len());
    let ends = || {
        let rest = |name: &[u8], entry: Entry| name.get(common).copied().or(end(entry)).unwrap_or(0);
        rest(one, entry).cmp(&rest(other, another)).then(one.len().cmp(&other.len()))
    };
    one[..common].cmp(&other[..common]).then_with(ends)
}
