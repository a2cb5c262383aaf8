//! The labels that a text defines, compared as the parser does.

use std::collections::HashMap;

use pulldown_cmark::RefDefs;
use unicase::UniCase;

use crate::text::Offset;

/// The labels of link reference definitions, and of footnotes of one word, which the parser does not distinguish.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels(HashMap<UniCase<String>, Label>);

/// The definition of a label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// The destination.
    pub(super) destination: String,
    /// How many bytes each use of the label expands to.
    pub(super) expands: usize,
    /// Where the label is defined.
    pub(super) place: Offset,
}

impl Labels {
    /// Collects the labels of `definitions`, in a text that starts at `start`.
    pub(super) fn of(definitions: &RefDefs<'_>, start: Offset) -> Labels {
        let labels = definitions.iter().map(|(label, found)| {
            let expands = found.dest.len() + found.title.as_ref().map_or(0, |title| title.len());
            let place = start + found.span.start;
            (UniCase::new(label.to_owned()), Label { destination: found.dest.to_string(), expands, place })
        });
        Labels(labels.collect())
    }

    /// Returns the places of the definitions, in order.
    pub(super) fn places(&self) -> Vec<Offset> {
        let mut places: Vec<Offset> = self.0.values().map(|label| label.place).collect();
        places.sort_unstable();
        places
    }

    /// Whether there are no labels.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the definition of `label`.
    pub(super) fn get(&self, label: &str) -> Option<&Label> {
        // Fast path, as this runs for each link: few texts define labels.
        if self.0.is_empty() { None } else { self.0.get(&UniCase::new(label.to_owned())) }
    }
}
