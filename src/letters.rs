//! Properties of letters: the scripts that they belong to, how they compare, and how many there are.

pub mod near;
mod shown;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{GraphemeClusterSegmenter, WordSegmenter, WordSegmenterBorrowed};

pub use shown::{in_json, shown, shown_lines, shown_path};

/// Brackets of East Asian scripts, including the full-width ASCII ones.
pub const WIDE_BRACKETS: [(char, char); 8] =
    [('（', '）'), ('［', '］'), ('【', '】'), ('「', '」'), ('『', '』'), ('〔', '〕'), ('〖', '〗'), ('｛', '｝')];

/// Returns `text` without accents on its letters: `numero` for `número`. In other scripts, marks that make a different letter stay.
pub fn without_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let decomposed = DecomposingNormalizer::new_nfd().normalize(text);
    if !decomposed.contains(is_accent) {
        return Cow::Borrowed(text);
    }
    let bare: String = decomposed.chars().filter(|letter| !is_accent(*letter)).collect();
    Cow::Owned(ComposingNormalizer::new_nfc().normalize(&bare).into_owned())
}

/// Whether `sign` is a mark above or below Latin, Greek and Cyrillic letters (Unicode, Combining Diacritical Marks).
pub fn is_accent(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

/// Returns `text` normalized for comparison: composed and in plain width (NFKC), in one case by full case folding (`ß` is `ss`, and
/// `İ` is `i`), without invisible characters (kashida, marks of direction, joiners, soft hyphens), and in one spelling where
/// writers have a choice: with straight apostrophes, `е` for the Russian `ё`, and without the vowel signs of Arabic.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = ComposingNormalizer::new_nfkc().normalize(text);
    // Lowercasing the uppercase form gives full case folding (Unicode 3.13), except for the dot above a Turkish i.
    let folded = composed.to_uppercase().to_lowercase().replace("i\u{307}", "i");
    let is_free = |sign: char| is_hidden(sign) || is_vowel_sign(sign) || usual(sign) != sign;
    match folded.contains(is_free) {
        true => folded.chars().filter(|sign| !is_hidden(*sign) && !is_vowel_sign(*sign)).map(usual).collect(),
        false => folded,
    }
}

/// Returns the usual form of `sign`, a small letter or a mark.
fn usual(sign: char) -> char {
    match sign {
        'ё' => 'е',
        '’' | '‘' | 'ʼ' => '\'',
        _ => sign,
    }
}

/// Whether `sign` marks an Arabic vowel or double letter, which nearly all texts but schoolbooks omit (Unicode, Arabic: tashkil).
fn is_vowel_sign(sign: char) -> bool {
    matches!(sign, '\u{64b}'..='\u{652}' | '\u{670}')
}

/// Whether `sign` is invisible, or only makes a word longer.
pub fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

/// Whether word processors count `sign` as a word: Han and kana, with the CJK compatibility and extension blocks (Unicode 16,
/// `Ideographic` property and the kana blocks).
pub fn is_ideograph(sign: char) -> bool {
    matches!(sign,
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether `sign` is Hangul: a syllable or a part of one.
pub fn is_hangul(sign: char) -> bool {
    matches!(sign, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

/// Whether `sign` belongs to a South East Asian script without spaces between words: Thai, Lao, Burmese, Khmer.
pub fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether `sign` may be a part of a word: a letter, a digit, or a mark on one, as in Indic scripts and Thai.
pub fn is_word_part(sign: char) -> bool {
    let is_mark = matches!(sign, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{900}'..='\u{109f}');
    sign.is_alphanumeric() || is_mark && !matches!(sign, '\u{964}' | '\u{965}')
}

/// Whether `sign` belongs to a script in which a bracket directly follows a word.
pub fn is_dense(sign: char) -> bool {
    !sign.is_ascii() && (is_ideograph(sign) || is_hangul(sign) || is_unspaced(sign))
}

/// Whether `sign` belongs to East Asian writing in any way, including punctuation such as `，`.
pub fn is_wide(sign: char) -> bool {
    is_dense(sign) || matches!(sign, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// Returns the number of letters or signs that a reader sees in `text`: `é` is one, however it is encoded.
pub fn count(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    GraphemeClusterSegmenter::new().segment_str(text).count().saturating_sub(1)
}

/// Returns the words in `text`, a run without spaces in a script that has none between words.
pub fn unspaced_words(text: &str) -> Vec<Range<usize>> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_lstm(WordBreakInvariantOptions::default()));
    let (mut start, mut words) = (0, Vec::new());
    for end in SEGMENTER.segment_str(text) {
        if text[start..end].contains(char::is_alphanumeric) {
            words.push(start..end);
        }
        start = end;
    }
    words
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

    #[test]
    fn texts_fold_to_one_case_one_width_and_what_shows() {
        for (one, other) in [
            ("GRÖSSE", "Größe"),
            ("İLGİLİ", "ilgili"),
            ("Re\u{301}sume\u{301}", "RÉSUMÉ"),
            ("ＡＰＩ", "api"),
            ("الـعـنوان", "العنوان"),
            ("\u{200f}العنوان", "العنوان"),
            ("ΟΔΟΣ", "οδος"),
            ("ガイド", "カ\u{3099}イド"),
            ("Учёт", "УЧЕТ"),
            ("L’équipe", "l'équipe"),
            ("الملخّص", "الملخص"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("か"), folded("が"));
        assert_ne!(folded("й"), folded("и"));
    }

    #[test]
    fn letters_are_counted_as_they_show() {
        assert_eq!(["e\u{301}e\u{301}e\u{301}", "缓存和队列", "abc", ""].map(count), [3, 5, 3, 0]);
    }

    #[test]
    fn words_without_blanks_are_told_apart() {
        assert!(unspaced_words("ภาษาไทยภาษา").len() > 2);
    }
}
