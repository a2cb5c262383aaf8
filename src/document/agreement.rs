//! Whether the title that an index page gives a proposal agrees with the proposal's own.

use super::{Facts, Proposal};
use crate::letters::without_accents;
use crate::template::TitleForm;

/// How well the title on a page agrees with that of the proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The titles are the same, or the page adds something at the end.
    Same,
    /// The page's title is a part of the proposal's.
    Shorter,
    /// The titles differ.
    None,
}

/// The minimum number of letters of a word that is cut off.
const CUT_OFF: usize = 3;

/// Returns how well `row`, the title on a page, agrees with `own`, the title of the proposal with these `facts`, or with its other
/// title. Case, punctuation, accents, and the number with its prefix do not matter.
pub fn title_agreement(document: &Proposal<'_>, facts: &Facts, row: &str, own: &str) -> Agreement {
    let other = facts.other_title.as_deref().map(|other| agreement(document, facts, row, other));
    match (agreement(document, facts, row, own), other) {
        (_, Some(Agreement::Same)) => Agreement::Same,
        (Agreement::None, Some(other)) => other,
        (own, _) => own,
    }
}

fn agreement(document: &Proposal<'_>, facts: &Facts, row: &str, own: &str) -> Agreement {
    let number = facts.number.as_deref().unwrap_or_default();
    let is_cut = row.trim_end().ends_with('…') || row.trim_end().ends_with("...");
    let prefixes = prefixes(document, facts);
    let (all, own_all) = (words(row), words(own));
    let bare = |words: &[String]| without_number(words.to_vec(), &prefixes, number);
    let compared = |row: &[String], own: &[String]| {
        let is_same = row.concat() == own.concat() || is_cut && own.starts_with(row) || is_file_name(row, facts);
        // A remark after the title belongs to the page.
        let says_more = row.starts_with(own) && !own.is_empty();
        match is_same || says_more {
            true => Agreement::Same,
            false if !row.is_empty() && is_part(row, own) => Agreement::Shorter,
            false => Agreement::None,
        }
    };
    // The number of the proposal may be a part of its title, as in `Phase 1`.
    match (compared(&bare(&all), &bare(&own_all)), compared(&all, &own_all)) {
        (Agreement::None, with_number) => with_number,
        (Agreement::Shorter, Agreement::Same) => Agreement::Same,
        (bare, _) => bare,
    }
}

/// Whether `row` has the words of the file's name, as pages generated from file names do.
fn is_file_name(row: &[String], facts: &Facts) -> bool {
    let name = words(&facts.name);
    let rest = |words: &[String]| {
        words.iter().skip_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).cloned().collect::<Vec<_>>()
    };
    let behind = name.iter().position(|word| word.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(0);
    let own = rest(&name[behind..]);
    !own.is_empty() && rest(row) == own
}

/// Returns the words that may come before the number of the proposal with these `facts`, in lowercase.
fn prefixes(document: &Proposal<'_>, facts: &Facts) -> Vec<String> {
    let template = document.template;
    let of_title =
        facts.number.as_deref().and_then(|number| TitleForm::of(&facts.title, number)).map(|form| form.prefix);
    let of_template = template.title.as_ref().and_then(|title| title.prefix.clone());
    let of_files = template.name_patterns().filter_map(|pattern| pattern.prefix_word().map(str::to_owned));
    of_title.into_iter().chain(of_template).chain(of_files).flat_map(|prefix| words(&prefix)).collect()
}

/// Returns the words of `title` in lowercase, without accents; `PrivValidator` is two words.
fn words(title: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_low = false;
    for character in without_accents(title).chars() {
        let starts = was_low && character.is_uppercase();
        was_low = character.is_lowercase();
        if !character.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if character.is_alphanumeric() {
            words.last_mut().into_iter().for_each(|word| word.extend(character.to_lowercase()));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns `words` without the number at their start, and the words before it.
fn without_number(words: Vec<String>, prefixes: &[String], number: &str) -> Vec<String> {
    let is_number = |word: &str| {
        let bare = word.trim_start_matches('0');
        word.bytes().all(|byte| byte.is_ascii_digit()) && bare == number.trim_start_matches('0')
    };
    let prefix = match &words[..] {
        // Any single word may come before the number: `ADR-0028 Warm caches`.
        [word, next, _, ..] if word.chars().all(char::is_alphabetic) && !number.is_empty() && is_number(next) => 1,
        _ => words.iter().take_while(|word| prefixes.contains(word)).count(),
    };
    let number = words[prefix..].first().is_some_and(|word| is_number(word));
    let rest = words[prefix + usize::from(number)..].to_vec();
    // A title of just a number keeps it.
    if rest.is_empty() { words } else { rest }
}

/// Whether `row` has only words of `own`, in their order. Words may be cut off or in the singular.
fn is_part(row: &[String], own: &[String]) -> bool {
    let mut rest = own.iter();
    row.iter().all(|word| {
        let is_word = |own: &String| {
            let stem = word.strip_suffix('s').unwrap_or(word);
            own == word || own == stem || own.starts_with(word.as_str()) && word.chars().count() >= CUT_OFF
        };
        rest.any(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::template::Template;

    fn check(row: &str, own: &str, expected: Agreement) {
        let (template, document) = (Template::derive("# XIP-NNN: Title\n\n## A\n", None), Document::closed(""));
        let facts = Facts { number: Some("07".to_owned()), title: format!("XIP-7: {own}"), ..Facts::default() };
        assert_eq!(title_agreement(&Proposal::of(&document, &template), &facts, row, own), expected, "{row}");
    }

    #[test]
    fn titles_compare_as_people_read_them() {
        for (row, own) in [
            ("Cache: `A`", "cache – A"),
            ("A long…", "A long title"),
            ("Größe à part", "grosse a part"),
            ("Voila", "Voilà"),
            ("XIP-7: Cache", "Cache"),
            ("XIP Purpose and more", "Purpose and more"),
            ("0007-warm-caches", "Warm caches"),
            ("7. Warm caches", "Warm caches"),
            ("ADR 0007 Warm caches", "Warm caches"),
            ("Warm caches", "XIP 007 – Warm caches"),
            ("Priv-Validator", "PrivValidator"),
            ("Peer Transport", "Peertransport"),
            ("7", "7"),
        ] {
            let expected = if row.starts_with('G') { Agreement::None } else { Agreement::Same };
            check(row, own, expected);
        }
    }

    #[test]
    fn a_row_may_have_the_files_name_or_more_than_the_title() {
        let (template, document) = (Template::derive("# T\n\n## A\n", None), Document::closed(""));
        let facts =
            Facts { name: "adr-007-warm-caches".to_owned(), number: Some("007".to_owned()), ..Facts::default() };
        let check = |row| title_agreement(&Proposal::of(&document, &template), &facts, row, "Caches that are warm");
        assert_eq!([check("warm-caches"), check("adr-007-warm-caches")], [Agreement::Same, Agreement::Same]);
        assert_eq!(
            [check("Caches that are warm (withdrawn)"), check("cold-caches")],
            [Agreement::Same, Agreement::None]
        );
    }

    #[test]
    fn a_proposal_may_have_another_title() {
        let (template, document) = (Template::derive("# T\n\n## A\n", None), Document::closed(""));
        let other_title = Some("A cache for all".to_owned());
        let facts = Facts { title: "Cache".to_owned(), other_title, ..Facts::default() };
        let check = |row| title_agreement(&Proposal::of(&document, &template), &facts, row, "Cache");
        assert_eq!(
            [check("A cache for all"), check("Cache"), check("Map")],
            [Agreement::Same, Agreement::Same, Agreement::None]
        );
        assert_eq!(check("A cache"), Agreement::Shorter);
    }

    #[test]
    fn a_title_may_be_shortened() {
        for (row, own) in [
            ("A long", "A long title"),
            ("Kernel Gateway", "Run the kernel gateway 💡"),
            ("API Spec", "Tekton API Specification"),
            ("Input events", "Immutable input event"),
            ("Hermetic builds", "H: Hermetic Builds in it"),
        ] {
            check(row, own, Agreement::Shorter);
        }
    }

    #[test]
    fn other_words_or_another_order_are_another_title() {
        for (row, own) in [
            ("Cold caches", "Warm caches"),
            ("caches warm", "Warm caches"),
            ("Run the cache", "Cache"),
            ("", "A"),
            ("XIP-8", "Warm caches"),
            ("In", "Input"),
        ] {
            check(row, own, Agreement::None);
        }
    }
}
