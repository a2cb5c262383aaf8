//! Looking anchors up by their names.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::{Anchor, Origin};
use crate::letters::near::Names;

/// The names of the anchors of a document, to look them up as a link does.
#[derive(Clone, Debug, Default)]
pub struct AnchorNames {
    of_anchors: Vec<Vec<String>>,
    /// By name: the place of the first anchor that has it.
    places: HashMap<String, usize>,
    /// The same by the names in small letters, of those that have others.
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
    /// Those of `anchors`.
    pub fn of(anchors: &[Anchor]) -> AnchorNames {
        AnchorNames::of_each(anchors.iter().map(|anchor| anchor.names.clone()))
    }

    /// Those of anchors that have these names each.
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

    /// What tells them from other names, and from those of a version of the document that has others.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The names of the anchor at `place`.
    pub fn of_anchor(&self, place: usize) -> &[String] {
        self.of_anchors.get(place).map_or(&[], Vec::as_slice)
    }

    /// All names, to find those that are nearly another.
    pub fn sorted(&self) -> &Names {
        self.sorted.get_or_init(|| Names::of(self.iter()))
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.of_anchors.iter().flatten().map(String::as_str)
    }

    /// The place of the anchor that `name` in a link leads to: of several, the first of the very name.
    pub fn place(&self, name: &str) -> Option<usize> {
        if let Some(exact) = self.places.get(name) {
            return Some(*exact);
        }
        let folded = name.to_lowercase();
        // GitHub puts this before its own names.
        let own = folded.strip_prefix("user-content-");
        let called = |name: &str| [self.places.get(name), self.folded.get(name)].into_iter().flatten().min().copied();
        called(&folded).into_iter().chain(own.and_then(called)).min()
    }

    /// Whether one of the names is `name` but for the signs between its words, which sites make in many ways.
    pub fn has_letters_of(&self, name: &str) -> bool {
        self.letters.get_or_init(|| self.iter().map(letters).collect()).contains(&letters(name))
    }
}

/// The letters and digits of `name`, in small letters.
fn letters(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
