//! How paragraphs start: nearly all others are told from them by that.

use std::collections::{HashMap, HashSet};

/// How paragraphs start: by the first word, the second ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(HashMap<String, HashSet<String>>);

impl Starts {
    /// Adds how `text`, a paragraph as rendered, starts.
    pub(super) fn add(&mut self, text: &str) {
        if let Some((first, second)) = start(text) {
            self.0.entry(first.to_owned()).or_default().extend(second.map(str::to_owned));
        }
    }

    /// Whether a line of `block` starts as one of them does.
    pub(super) fn may_start(&self, block: &str) -> bool {
        let is_start = |(first, second): (&str, Option<&str>)| {
            self.0.get(first).is_some_and(|seconds| second.is_none_or(|second| seconds.contains(second)))
        };
        // Looking for one character is the quicker way, and enough for nearly all documents.
        match block.contains('\r') {
            true => block.split(['\n', '\r']).filter_map(start).any(is_start),
            false => block.split('\n').filter_map(start).any(is_start),
        }
    }
}

/// The first run of letters in `line`, past whatever marks and numbers stand before it, and the one that follows it after
/// white space.
fn start(line: &str) -> Option<(&str, Option<&str>)> {
    let word = |line: &str| line.find(|character: char| !character.is_alphabetic()).unwrap_or(line.len());
    // Nearly always a few ASCII marks come before it, and this runs for every line at every keystroke.
    let marks = line.bytes().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()).count();
    let line = &line[marks..];
    let line = &line[line.find(char::is_alphabetic)?..];
    let (first, rest) = line.split_at(word(line));
    // What follows otherwise, as in `[first](second)`, may not be there in the rendered text.
    let second = rest.strip_prefix(' ').map(|rest| &rest[..word(rest)]).filter(|second| !second.is_empty());
    Some((first, second))
}
