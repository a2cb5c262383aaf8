//! The starts of paragraphs, which rule out nearly all other paragraphs.

use foldhash::{HashMap, HashSet};

/// The starts of paragraphs: the first words, each with the second ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(HashMap<String, HashSet<String>>);

impl Starts {
    /// Adds the start of `text`, a rendered paragraph.
    pub(super) fn add(&mut self, text: &str) {
        if let Some((first, second)) = start(text) {
            self.0.entry(first.to_owned()).or_default().extend(second.map(str::to_owned));
        }
    }

    /// Whether a line of `block` has one of the starts.
    pub(super) fn may_start(&self, block: &str) -> bool {
        let is_start = |(first, second): (&str, Option<&str>)| {
            self.0.get(first).is_some_and(|seconds| second.is_none_or(|second| seconds.contains(second)))
        };
        // Fast path: the search for a single character is faster, and sufficient for nearly all documents.
        match block.contains('\r') {
            true => block.split(['\n', '\r']).filter_map(start).any(is_start),
            false => block.split('\n').filter_map(start).any(is_start),
        }
    }
}

/// Returns the first run of letters in `line`, after any marks and numbers, and the second one if only white space separates them.
fn start(line: &str) -> Option<(&str, Option<&str>)> {
    let word = |line: &str| line.find(|character: char| !character.is_alphabetic()).unwrap_or(line.len());
    // Fast path, as this runs for every line at every keystroke: nearly always, only a few ASCII marks come first.
    let marks = line.bytes().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()).count();
    let line = &line[marks..];
    let line = &line[line.find(char::is_alphabetic)?..];
    let (first, rest) = line.split_at(word(line));
    // With anything else in between, as in `[first](second)`, the second word may not be in the rendered text.
    let second = rest.strip_prefix(' ').map(|rest| &rest[..word(rest)]).filter(|second| !second.is_empty());
    Some((first, second))
}
