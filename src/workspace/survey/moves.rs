//! What the statuses of a family's documents did, from git.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::document::is_value;
use crate::parallel;
use crate::workspace::documents::Workspace;
use crate::workspace::files::DocumentId;

/// The maximum number of words in a status of a template that lists none.
const MAX_WORDS: usize = 3;

/// Words that start a remark behind a status.
const REMARKS: [&str; 7] = ["by", "on", "in", "since", "as", "for", "at"];

/// The states of a family's documents, and how they followed one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// The states: those that the template lists, in its order, or else those that several documents had.
    pub states: Vec<String>,
    /// Whether the template lists them.
    pub is_listed: bool,
    /// The number of documents that git knows a status of.
    pub documents: usize,
    /// For each state: how many documents started in it, without those that came in together with many others.
    pub starts: Vec<usize>,
    /// How often a state followed another one, by their places.
    pub counts: BTreeMap<(usize, usize), usize>,
}

impl Workspace {
    /// Returns what the statuses of `documents`, which belong to one family, did as far as git knows.
    pub fn moves_of(&self, documents: &[PathBuf]) -> Moves {
        let Some(first) = documents.first() else { return Moves::default() };
        let template = self.template(&DocumentId::File(first.clone()));
        let key = template.status_key();
        let listed: Vec<String> = key.map(|key| key.values.clone()).unwrap_or_default();
        let histories = parallel::map(documents, |path| self.statuses(path, &template));
        let is_single = self.came_alone(documents);
        let is_listed = !listed.is_empty();
        let states = if is_listed { listed } else { several(&histories) };
        let mut moves = Moves { starts: vec![0; states.len()], states, is_listed, ..Moves::default() };
        for (history, is_single) in histories.iter().zip(is_single) {
            moves.add(history, is_single);
        }
        moves
    }
}

impl Moves {
    /// Adds the statuses of a document, the oldest first. What is none of the states is left out, as if it had not been. The first one
    /// counts as a start if the document `came_alone`.
    fn add(&mut self, statuses: &[String], came_alone: bool) {
        let mut places: Vec<usize> = statuses.iter().filter_map(|status| self.place(status)).collect();
        places.dedup();
        let Some(first) = places.first() else { return };
        self.documents += 1;
        self.starts[*first] += usize::from(came_alone);
        for pair in places.windows(2) {
            *self.counts.entry((pair[0], pair[1])).or_default() += 1;
        }
    }

    fn place(&self, status: &str) -> Option<usize> {
        let met = self.states.iter().enumerate().filter(|(_, state)| is_value(status, state));
        met.max_by_key(|(_, state)| state.len()).map(|(place, _)| place)
    }
}

/// Returns the statuses without remarks that more than one of `histories` has, those that come first in most of them first.
fn several(histories: &[Vec<String>]) -> Vec<String> {
    // For each status in small letters: its first spelling, how many documents have it, and the sum of its places there.
    let mut found: BTreeMap<String, (String, usize, usize)> = BTreeMap::new();
    for history in histories {
        let mut bare: Vec<String> = history.iter().map(|status| without_remark(status)).collect();
        bare.dedup();
        for (place, status) in bare.into_iter().enumerate().filter(|(_, status)| !status.is_empty()) {
            let known = found.entry(status.to_lowercase()).or_insert((status, 0, 0));
            (known.1, known.2) = (known.1 + 1, known.2 + place);
        }
    }
    let mut states: Vec<(String, usize, usize)> = found.into_values().filter(|(_, count, _)| *count > 1).collect();
    // By the mean of the places, in whole numbers.
    states.sort_by_key(|(name, count, places)| (places * 1000 / count, std::cmp::Reverse(*count), name.clone()));
    states.into_iter().map(|(name, ..)| name).collect()
}

fn without_remark(status: &str) -> String {
    let end = status.find(|sign: char| !sign.is_alphanumeric() && !" -_/".contains(sign)).unwrap_or(status.len());
    let words = status[..end].split_whitespace().take(MAX_WORDS);
    let is_word = |word: &&str| !REMARKS.contains(word) && !word.starts_with(|sign: char| sign.is_ascii_digit());
    words.take_while(is_word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_that_the_template_does_not_list_are_those_of_several_documents() {
        let of = |statuses: &[&str]| statuses.iter().map(|status| (*status).to_owned()).collect::<Vec<_>>();
        let histories = [
            of(&["Proposed", "Accepted (2024)", "Superseded by 7"]),
            of(&["proposed", "accepted", "superseded by [8](8.md)"]),
            of(&["Accepted", "Lost"]),
        ];
        assert_eq!(several(&histories), ["Proposed", "Accepted", "Superseded"]);
    }

    #[test]
    fn each_document_counts_where_it_starts_and_how_it_goes_on() {
        let states = ["Draft", "Review", "Final"].map(str::to_owned).to_vec();
        let mut moves = Moves { starts: vec![0; 3], states, is_listed: true, ..Moves::default() };
        for history in [&["Draft", "Review", "Odd", "Review (2)", "Final"][..], &["draft", "final"], &["Odd"]] {
            moves.add(&history.iter().map(|status| (*status).to_owned()).collect::<Vec<_>>(), history[0] == "Draft");
        }
        assert_eq!((moves.documents, moves.starts), (2, vec![1, 0, 0]));
        assert_eq!(moves.counts, BTreeMap::from([((0, 1), 1), ((1, 2), 1), ((0, 2), 1)]));
    }
}
