//! A cache of computed values, kept until something changes.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

use dashmap::DashMap;

/// Values by key. A value whose computation began before the last [`Cache::forget`] is never returned after it: it may depend on
/// what has changed.
#[derive(Debug)]
pub(super) struct Cache<K: Eq + Hash, V> {
    entries: DashMap<K, (Since, V)>,
    /// How often everything has been forgotten.
    forgotten: AtomicU64,
}

/// When the computation of a value began: the number of times that everything had been forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Since(u64);

impl<K: Eq + Hash, V> Default for Cache<K, V> {
    fn default() -> Cache<K, V> {
        Cache { entries: DashMap::new(), forgotten: AtomicU64::new(0) }
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Cache<K, V> {
    /// Returns the value for `key`, if it is cached.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let known = self.entries.get(key)?;
        (known.0 == self.now()).then(|| known.1.clone())
    }

    /// Returns the value for `key`, computing it with `make` if it is not cached. If several threads do so at once, the first
    /// value is kept.
    pub(super) fn get_or<Q>(&self, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = self.get(key) {
            return known;
        }
        let since = self.now();
        let value = make();
        let mut kept = self.entries.entry(key.to_owned()).or_insert_with(|| (since, value.clone()));
        if kept.0 < since {
            *kept = (since, value);
        }
        kept.1.clone()
    }

    /// Returns the current time. Call it before reading anything that a value depends on.
    pub(super) fn now(&self) -> Since {
        Since(self.forgotten.load(Ordering::SeqCst))
    }

    /// Caches `value` for `key`. It was begun at `since`, and replaces a value unless that was begun later.
    pub(super) fn keep(&self, since: Since, key: K, value: V) {
        let mut kept = self.entries.entry(key).or_insert_with(|| (since, value.clone()));
        if kept.0 <= since {
            *kept = (since, value);
        }
    }

    /// Forgets everything, so that it is computed again when it is needed.
    pub(super) fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forgotten_while_it_is_worked_out_is_not_kept() {
        let cache: Cache<String, u32> = Cache::default();
        let stale = cache.get_or("a", || {
            cache.forget();
            1
        });
        assert_eq!((stale, cache.get("a")), (1, None));
        assert_eq!((cache.get_or("a", || 2), cache.get_or("a", || 3)), (2, 2));
        let since = cache.now();
        cache.forget();
        cache.keep(since, "a".to_owned(), 4);
        assert_eq!(cache.get("a"), None);
        cache.keep(cache.now(), "a".to_owned(), 5);
        cache.keep(since, "a".to_owned(), 6);
        assert_eq!((cache.get("a"), cache.get_or("a", || 7)), (Some(5), 5));
    }
}
