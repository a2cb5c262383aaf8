//! Finds the name that was most likely meant by one that does not exist.

use crate::letters::near::{MAX_DISTANCE, Names, Seek, Slip};

/// The name that is nearest to another.
pub(super) struct Nearest {
    /// The name.
    pub(super) name: String,
    /// Whether no other name is as near, and this one is near enough to be meant.
    pub(super) is_certain: bool,
}

/// Returns the nearest of `names` to `written`, if one is near; of several, the first.
pub(super) fn nearest(written: &str, names: &Names) -> Option<Nearest> {
    // Nearly always one name is very near, and few others are.
    (0..=MAX_DISTANCE).find_map(|distance| {
        let mut first = FirstTwo { count: names.len(), found: Vec::new() };
        names.near(written, distance, Slip::Letter, &mut first);
        let name = names.get(*first.found.first()?);
        let is_certain = first.found.len() == 1 && is_near(written, &name, distance);
        Some(Nearest { name, is_certain })
    })
}

/// The first two of the names that are near.
struct FirstTwo {
    count: usize,
    found: Vec<usize>,
}

impl Seek for FirstTwo {
    fn next(&mut self, from: usize) -> usize {
        if self.found.len() < 2 { from } else { self.count }
    }

    fn found(&mut self, place: usize, _: usize) {
        self.found.push(place);
    }
}

/// Whether `written`, which differs from `meant` in `distance` letters, is near enough to stand for it: most letters are the same,
/// and so are the numbers.
pub(super) fn is_near(written: &str, meant: &str, distance: usize) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(|sign| sign.is_numeric()).collect() };
    3 * distance <= written.chars().count().min(meant.chars().count()) && digits(written) == digits(meant)
}
