//! The labels that a text defines, as the parser compares them.

use std::collections::HashMap;

use pulldown_cmark::RefDefs;
use unicase::UniCase;

use crate::text::Offset;

/// The labels of link reference definitions, and of footnotes of one word, which are the same to the parser.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels(HashMap<UniCase<String>, Label>);

/// What a label stands for.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// Where it leads.
    pub(super) destination: String,
    /// How many bytes stand in its place wherever it is used.
    pub(super) expands: usize,
    /// Where it is defined.
    pub(super) place: Offset,
}

impl Labels {
    /// Those of `definitions`, in a text that starts at `start`.
    pub(super) fn of(definitions: &RefDefs<'_>, start: Offset) -> Labels {
        let labels = definitions.iter().map(|(label, found)| {
            let expands = found.dest.len() + found.title.as_ref().map_or(0, |title| title.len());
            let place = start + found.span.start;
            (UniCase::new(label.to_owned()), Label { destination: found.dest.to_string(), expands, place })
        });
        Labels(labels.collect())
    }

    /// Where they are defined, in order.
    pub(super) fn places(&self) -> Vec<Offset> {
        let mut places: Vec<Offset> = self.0.values().map(|label| label.place).collect();
        places.sort_unstable();
        places
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What `label` stands for.
    pub(super) fn get(&self, label: &str) -> Option<&Label> {
        // Nearly no text has any, and this is asked for each link.
        if self.0.is_empty() { None } else { self.0.get(&UniCase::new(label.to_owned())) }
    }
}
