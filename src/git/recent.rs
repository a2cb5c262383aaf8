//! Objects that were read lately: in a pack, one version of a folder is stored as its difference to the next.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::object::Sort;

/// An object in a pack: the number of the pack, and the object's offset in bytes.
pub(super) type At = (usize, u64);

/// A type and content that differences build on.
type Base = (Sort, Arc<Vec<u8>>);

/// The objects that were read lately, up to a number of bytes.
#[derive(Debug, Default)]
pub(super) struct Recent {
    most: usize,
    known: Mutex<Known>,
}

/// Two generations: when the younger one is full, the older one is dropped.
#[derive(Debug, Default)]
struct Known {
    young: HashMap<At, Base>,
    old: HashMap<At, Base>,
    /// How many bytes the younger ones have.
    size: usize,
}

impl Recent {
    /// Keeps up to `most` bytes, and none for zero.
    pub(super) fn new(most: usize) -> Recent {
        Recent { most, known: Mutex::default() }
    }

    pub(super) fn get(&self, at: At) -> Option<Base> {
        if self.most == 0 {
            return None;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.young.get(&at).or_else(|| known.old.get(&at)).cloned()
    }

    pub(super) fn put(&self, at: At, sort: Sort, content: &Arc<Vec<u8>>) {
        if self.most == 0 || content.len() > self.most / 2 {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.size + content.len() > self.most / 2 {
            known.old = std::mem::take(&mut known.young);
            known.size = 0;
        }
        known.size += content.len();
        known.young.insert(at, (sort, content.clone()));
    }

    pub(super) fn forget(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_and_none_where_none_are_wanted() {
        let recent = Recent::new(8);
        let content = |text: &str| Arc::new(text.as_bytes().to_vec());
        for at in 0..4 {
            recent.put((0, at), Sort::Tree, &content("ab"));
        }
        recent.put((0, 9), Sort::Tree, &content("too long"));
        let known: Vec<u64> = (0..10).filter(|at| recent.get((0, *at)).is_some()).collect();
        assert_eq!(known, [0, 1, 2, 3]);
        recent.put((0, 4), Sort::Blob, &content("ab"));
        assert!(recent.get((0, 0)).is_none() && recent.get((0, 4)).is_some_and(|(sort, _)| sort == Sort::Blob));
        recent.forget();
        assert!(recent.get((0, 4)).is_none());
        let none = Recent::new(0);
        none.put((0, 0), Sort::Tree, &content(""));
        assert!(none.get((0, 0)).is_none());
    }
}
