//! What follows from a piece of a text, kept as long as that is.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How many values are kept of one piece: for a few questions, each of one template or two.
const MOST: usize = 8;

/// Values that follow from a piece and from something beside it, such as a template, by that.
#[derive(Default)]
pub struct Kept(Mutex<Vec<Value>>);

struct Value {
    /// What it follows from beside the piece; held, so that its place is nobody else's.
    from: Arc<dyn Any + Send + Sync>,
    value: Arc<dyn Any + Send + Sync>,
}

impl Kept {
    /// What `make` makes of the piece and of `from`; made once for this very `from`, in each type.
    pub fn get_or<F: Any + Send + Sync, T: Any + Send + Sync>(
        &self,
        from: &Arc<F>,
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        let is_from = |known: &Value| std::ptr::addr_eq(Arc::as_ptr(&known.from), Arc::as_ptr(from));
        let find = |values: &[Value]| {
            values.iter().filter(|known| is_from(known)).find_map(|known| known.value.clone().downcast::<T>().ok())
        };
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = find(&lock()) {
            return known;
        }
        let value = Arc::new(make());
        let mut values = lock();
        if values.len() == MOST {
            values.remove(0);
        }
        values.push(Value { from: from.clone(), value: value.clone() });
        value
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
        let (one, other) = (Arc::new(1), Arc::new(1));
        assert_eq!(*kept.get_or(&one, || "a"), "a");
        assert_eq!(*kept.get_or(&one, || "b"), "a");
        assert_eq!(*kept.get_or(&one, || 2), 2);
        assert_eq!(*kept.get_or(&other, || "c"), "c");
        for _ in 0..MOST {
            kept.get_or(&Arc::new(1), || "d");
        }
        assert_eq!(*kept.get_or(&one, || "e"), "e");
    }
}
