//! A cache of values derived from a piece of a text, which lives as long as the piece.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The maximum number of cached values of one type for a piece: enough for two templates.
const MOST: usize = 2;

/// The identity of something that values are derived from, such as a template. The values are valid as long as it is the same.
#[derive(Clone, Debug, Default)]
pub struct Origin(Arc<()>);

impl PartialEq for Origin {
    /// Whether both identify the same thing. The comparison of pointers is safe, as an origin that is held is never reused.
    fn eq(&self, other: &Origin) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Values derived from a piece and from something else, by the origin of the latter.
#[derive(Default)]
pub struct Kept(Mutex<Vec<Value>>);

struct Value {
    from: Origin,
    value: Arc<dyn Any + Send + Sync>,
}

impl Value {
    fn is<T: Any>(&self) -> bool {
        (*self.value).type_id() == TypeId::of::<T>()
    }
}

impl Kept {
    /// Returns the value of type `T` for `from`. Calls `make` if there is none.
    pub fn get_or<T: Any + Send + Sync>(&self, from: &Origin, make: impl FnOnce() -> T) -> Arc<T> {
        self.get(from).unwrap_or_else(|| self.put(from, make()))
    }

    /// Returns the cached value for `from`.
    pub fn get<T: Any + Send + Sync>(&self, from: &Origin) -> Option<Arc<T>> {
        let mut values = self.lock();
        let place = values.iter().position(|known| known.from == *from && known.is::<T>())?;
        // The most recently used value moves to the end, so that an origin that keeps changing does not evict the values of the
        // others.
        values[place..].rotate_left(1);
        values.last()?.value.clone().downcast::<T>().ok()
    }

    /// Caches `value`, which is derived from what `from` identifies.
    pub fn put<T: Any + Send + Sync>(&self, from: &Origin, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut values = self.lock();
        values.retain(|known| known.from != *from || !known.is::<T>());
        if values.iter().filter(|known| known.is::<T>()).count() == MOST {
            let oldest = values.iter().position(Value::is::<T>);
            oldest.into_iter().for_each(|oldest| drop(values.remove(oldest)));
        }
        values.push(Value { from: from.clone(), value: value.clone() });
        value
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Value>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Kept")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_thing_that_it_follows_from() {
        let kept = Kept::default();
        let (one, other) = (Origin::default(), Origin::default());
        assert_eq!(*kept.get_or(&one, || "a"), "a");
        assert_eq!(*kept.get_or(&one, || "b"), "a");
        assert_eq!(*kept.get_or(&one, || 2), 2);
        assert_eq!(*kept.get_or(&other, || "c"), "c");
        for _ in 0..MOST {
            kept.get_or(&Origin::default(), || "d");
            assert_eq!(*kept.get_or(&other, || "lost"), "c");
        }
        assert_eq!((*kept.get_or(&one, || "e"), *kept.get_or(&one, || 3)), ("e", 2));
    }
}
