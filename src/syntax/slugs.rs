//! The names that sites make of headings' texts, and how they number those of the same name.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizer;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// `name`, or with the first number behind it that makes it new; `seen` has how far each name has been counted.
pub(super) fn numbered_on_github(name: String, seen: &mut HashMap<String, usize>) -> String {
    let mut numbered = name.clone();
    while seen.contains_key(&numbered) {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        numbered = format!("{name}-{count}");
    }
    seen.insert(numbered.clone(), 0);
    numbered
}

/// The names that MkDocs has given.
#[derive(Default)]
pub(super) struct OnMkdocs {
    seen: HashSet<String>,
    /// By what stands before a number, and a number that is taken there: a later one, before which all are taken.
    later: HashMap<String, HashMap<usize, usize>>,
}

impl OnMkdocs {
    /// `name`, or with the first number behind it that makes it new; a number that it has counts on.
    pub(super) fn numbered(&mut self, name: String) -> String {
        if !name.is_empty() && self.seen.insert(name.clone()) {
            return name;
        }
        let number = |name: &str| {
            let (stem, digits) = name.rsplit_once('_')?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            Some((stem.to_owned(), digits.parse::<usize>().ok().filter(|_| is_number)?))
        };
        let (stem, first) = number(&name).unwrap_or((name, 0));
        let later = self.later.entry(stem.clone()).or_default();
        let (mut passed, mut count) = (Vec::new(), first);
        let numbered = loop {
            passed.push(count);
            count = later.get(&count).copied().unwrap_or_else(|| count.saturating_add(1));
            let numbered = format!("{stem}_{count}");
            if self.seen.insert(numbered.clone()) || count == usize::MAX {
                break numbered;
            }
        };
        passed.into_iter().for_each(|before| _ = later.insert(before, count));
        numbered
    }
}

/// Small letters; what belongs to no word goes but for `-`, and each space becomes a hyphen.
pub(super) fn github(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|character| is_of_word(*character) || " -".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect()
}

/// Whether `character` counts as part of a word in regular expressions with Unicode (`\p{Word}` in Ruby, which GitHub uses):
/// digits and marks, but no fractions, circled numbers or joiners.
fn is_of_word(character: char) -> bool {
    const OTHERS: GeneralCategoryGroup = GeneralCategoryGroup::Mark
        .union(GeneralCategoryGroup::DecimalNumber)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let category = || CodePointMapData::<GeneralCategory>::new().get(character);
    character.is_alphabetic() || OTHERS.contains(category())
}

/// ASCII alone, letters without their accents; punctuation but `-` and `_` goes, runs of spaces and hyphens become one hyphen.
pub(super) fn mkdocs(heading: &str) -> String {
    let plain = DecomposingNormalizer::new_nfkd().normalize(heading).to_lowercase();
    let is_kept = |character: &char| character.is_ascii_alphanumeric() || " -_\n".contains(*character);
    let kept: String = plain.chars().filter(is_kept).collect();
    let mut name = String::new();
    for character in kept.trim().chars().map(|character| if matches!(character, ' ' | '\n') { '-' } else { character })
    {
        if character != '-' || !name.ends_with('-') {
            name.push(character);
        }
    }
    name
}
