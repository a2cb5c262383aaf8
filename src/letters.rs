//! What letters are: the scripts that they belong to, and how they compare.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};

/// The marks that Latin, Greek and Cyrillic letters have above or below them (Unicode, Combining Diacritical Marks).
const ACCENTS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// `text` without accents on its letters: `numero` of `número`. Signs of other scripts keep the marks that make them others.
pub fn without_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let decomposed = DecomposingNormalizer::new_nfd().normalize(text);
    if !decomposed.contains(|letter| ACCENTS.contains(&letter)) {
        return Cow::Borrowed(text);
    }
    let bare: String = decomposed.chars().filter(|letter| !ACCENTS.contains(letter)).collect();
    Cow::Owned(ComposingNormalizer::new_nfc().normalize(&bare).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_taken_off_letters_and_no_signs_of_other_scripts() {
        for (text, expected) in [
            ("número", "numero"),
            ("nu\u{301}mero", "numero"),
            ("ё", "е"),
            ("ガイド", "ガイド"),
            ("한국어", "한국어"),
            ("plain", "plain"),
        ] {
            assert_eq!(without_accents(text), expected);
        }
    }
}
