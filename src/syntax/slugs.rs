//! The names that sites make of the texts of headings, and how they number equal ones.

use std::collections::{HashMap, HashSet};

use icu_normalizer::DecomposingNormalizer;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Returns `name`, followed by the first number that makes it unique if it is taken. `seen` has the last number tried for each
/// name.
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

/// The names given by MkDocs.
#[derive(Default)]
pub(super) struct OnMkdocs {
    seen: HashSet<String>,
    /// By the stem before a number, and a number taken for that stem: a later number, before which all are taken.
    later: HashMap<String, HashMap<usize, usize>>,
}

impl OnMkdocs {
    /// Returns `name`, followed by the first number that makes it unique if it is taken. A number that `name` already has is
    /// counted up.
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

/// Returns the name that GitHub makes of `heading`: in lowercase, without characters that are not part of words except `-`, and
/// with a hyphen for each space.
pub(super) fn github(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|character| is_of_word(*character) || " -".contains(*character));
    kept.map(|character| if character == ' ' { '-' } else { character }).collect()
}

/// Whether `character` is part of a word in regular expressions with Unicode (`\p{Word}` in Ruby, which GitHub uses). Digits and
/// marks are; fractions, circled numbers and joiners are not.
fn is_of_word(character: char) -> bool {
    const OTHERS: GeneralCategoryGroup = GeneralCategoryGroup::Mark
        .union(GeneralCategoryGroup::DecimalNumber)
        .union(GeneralCategoryGroup::ConnectorPunctuation);
    let category = || CodePointMapData::<GeneralCategory>::new().get(character);
    character.is_alphabetic() || OTHERS.contains(category())
}

/// Returns the name that MkDocs makes of `heading`: ASCII only, with accents removed from letters, without punctuation except `-`
/// and `_`, and with one hyphen for each run of spaces and hyphens.
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
