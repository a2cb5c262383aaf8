//! Looks up anchors by their names.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{Anchor, Origin};
use crate::letters::near::Names;

/// The names of the anchors of a document, for lookups with the name in a link.
#[derive(Clone, Debug, Default)]
pub struct AnchorNames {
    of_anchors: Vec<Vec<String>>,
    /// For each name, the place of the first anchor that has it.
    places: HashMap<String, usize>,
    /// For each name that has capitals, its lowercase form, with the place of the first anchor that has it.
    folded: HashMap<String, usize>,
    /// The letters and digits of the names, for [`AnchorNames::has_letters_of`].
    letters: OnceLock<HashSet<String>>,
    sorted: OnceLock<Names>,
    origin: Origin,
}

impl PartialEq for AnchorNames {
    fn eq(&self, other: &AnchorNames) -> bool {
        self.of_anchors == other.of_anchors
    }
}

impl Eq for AnchorNames {}

impl AnchorNames {
    /// Collects the names of `anchors`.
    pub fn of(anchors: &[Anchor]) -> AnchorNames {
        AnchorNames::of_each(anchors.iter().map(|anchor| anchor.names.clone()))
    }

    /// Collects `names`, which has the names of each anchor.
    pub fn of_each(names: impl IntoIterator<Item = Vec<String>>) -> AnchorNames {
        let of_anchors: Vec<Vec<String>> = names.into_iter().collect();
        let (mut places, mut folded) = (HashMap::new(), HashMap::new());
        for (place, names) in of_anchors.iter().enumerate() {
            for name in names {
                if !places.contains_key(name) {
                    places.insert(name.clone(), place);
                }
                let small = name.to_lowercase();
                if small != *name {
                    folded.entry(small).or_insert(place);
                }
            }
        }
        AnchorNames { of_anchors, places, folded, ..AnchorNames::default() }
    }

    /// Identifies these names. A version of the document with other names has another origin.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the names of the anchor at `place`.
    pub fn of_anchor(&self, place: usize) -> &[String] {
        self.of_anchors.get(place).map_or(&[], Vec::as_slice)
    }

    /// Returns all names, sorted for the search for similar ones.
    pub fn sorted(&self) -> &Names {
        self.sorted.get_or_init(|| Names::of(self.iter()))
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.of_anchors.iter().flatten().map(String::as_str)
    }

    /// Returns the place of the anchor that `name` in a link leads to. Of several, the first with exactly this name
    /// wins.
    pub fn place(&self, name: &str) -> Option<usize> {
        if let Some(exact) = self.places.get(name) {
            return Some(*exact);
        }
        let folded = name.to_lowercase();
        // GitHub puts this prefix before its own names.
        let own = folded.strip_prefix("user-content-");
        let called = |name: &str| [self.places.get(name), self.folded.get(name)].into_iter().flatten().min().copied();
        called(&folded).into_iter().chain(own.and_then(called)).min()
    }

    /// Whether one of the names is `name` except for the signs between its words, which sites choose in different ways.
    pub fn has_letters_of(&self, name: &str) -> bool {
        self.letters.get_or_init(|| self.iter().map(letters).collect()).contains(&letters(name))
    }
}

/// Returns the letters and digits of `name`, in lowercase.
fn letters(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
