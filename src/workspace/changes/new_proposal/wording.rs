//! How file names contain the words of a title.

use std::collections::BTreeMap;

use crate::letters::is_dense;

/// How many bytes of a title go into a file name.
const MAX_BYTES: usize = 60;

/// The separators of words in names.
const SIGNS: [char; 4] = ['-', '_', ' ', '.'];

/// The maximum length of the separator between a number and the words after it.
const MAX_LEAD: usize = 3;

/// How names are made of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// What comes before the first word.
    lead: String,
    /// What separates the words.
    separator: char,
    capitals: Capitals,
}

/// Which words start with a capital letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Capitals {
    #[default]
    None,
    First,
    All,
}

impl Default for Wording {
    fn default() -> Wording {
        Wording { lead: "-".to_owned(), separator: '-', capitals: Capitals::None }
    }
}

impl Wording {
    /// Determines the wording of names with `parts` after their numbers; the last one is the model. `None` if none of them has
    /// words.
    pub(super) fn of<'a>(parts: impl DoubleEndedIterator<Item = &'a str> + Clone) -> Option<Wording> {
        let with_words = parts.filter(|part| part.contains(char::is_alphanumeric));
        let last = with_words.clone().next_back()?;
        let lead = &last[..last.find(char::is_alphanumeric).unwrap_or_default()];
        let is_lead = lead.len() <= MAX_LEAD && lead.chars().all(|sign| SIGNS.contains(&sign));
        let lead = if is_lead { lead } else { "-" };
        let count = with_words.clone().count();
        let separator = most(with_words.clone().filter_map(divider), count).or(lead.chars().next_back());
        let capitals = most(with_words.filter_map(capitals), count).unwrap_or_default();
        Some(Wording { lead: lead.to_owned(), separator: separator.unwrap_or('-'), capitals })
    }

    /// Returns the words of `title`, preceded by the lead; empty if it has no words.
    pub(super) fn write(&self, title: &str) -> String {
        let words = title.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut name = String::new();
        for (index, word) in words.enumerate() {
            let word = match self.capitals {
                Capitals::None => word.to_lowercase(),
                Capitals::First if index > 0 => word.to_owned(),
                Capitals::First | Capitals::All => capitalized(word),
            };
            if name.len() + word.len() >= MAX_BYTES {
                break;
            }
            match index {
                0 => name.push_str(&self.lead),
                _ => name.push(self.separator),
            }
            name.push_str(&word);
        }
        name
    }

    /// Returns the words of `title` without the lead.
    pub(super) fn write_bare(&self, title: &str) -> String {
        Wording { lead: String::new(), ..self.clone() }.write(title)
    }
}

/// Determines which words of `part` start with a capital letter; `None` if there are too few to tell, or letters without case.
fn capitals(part: &str) -> Option<Capitals> {
    let words: Vec<&str> = part.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_capital = |word: &&&str| word.starts_with(char::is_uppercase);
    match words.iter().filter(is_capital).count() {
        _ if !part.contains(char::is_lowercase) || part.contains(is_dense) => None,
        0 => Some(Capitals::None),
        count if count == words.len() && count > 1 => Some(Capitals::All),
        _ if words[0].starts_with(char::is_uppercase) => Some(Capitals::First),
        // A proper name within: `warm-JSON-caches`.
        _ => Some(Capitals::None),
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Returns the separator of the first two words of `part`.
fn divider(part: &str) -> Option<char> {
    let words = part.trim_matches(|sign: char| !sign.is_alphanumeric());
    words.chars().find(|sign| SIGNS.contains(sign))
}

/// Returns the most frequent value of `all`, if more than half of `count` have it.
fn most<T: Ord>(all: impl Iterator<Item = T>, count: usize) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    let (one, own) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (own * 2 > count).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_in_other_names() {
        for (parts, title, expected) in [
            (&["-old-way"][..], "Warm JSON caches", "-warm-json-caches"),
            (&["_old_way", "_new-way_here"], "Warm caches", "_warm_caches"),
            (&["_Old_Way", "_New_Way"], "Warm JSON caches", "_Warm_JSON_Caches"),
            (&[" - Old way of doing"], "warm JSON caches", " - Warm JSON caches"),
            (&[" Old way", " New way"], "Warm caches: why?", " Warm caches why"),
            (&["-old-JSON-way"], "Warm caches", "-warm-caches"),
            (&["_old-way"], "Warm caches", "_warm-caches"),
            (&["_認証の設計", "_Elm構成", "_API-first設計"], "Warm caches", "_warm_caches"),
            (&["_認証の設計"], "キャッシュ 方針", "_キャッシュ_方針"),
            (&["", "-RFC"], "Warm caches", "-warm-caches"),
        ] {
            let wording = Wording::of(parts.iter().copied()).expect("there are words");
            assert_eq!(wording.write(title), expected, "{parts:?}");
        }
        assert_eq!(Wording::of(["", "-"].into_iter()), None);
        assert_eq!(Wording::default().write_bare("Warm caches"), "warm-caches");
        assert_eq!(Wording::default().write("?"), "");
    }
}
