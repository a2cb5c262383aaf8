//! What a template says about a section in passing: limits, and that it may be left out.

use crate::syntax::fold_space;

/// What a heading's tail says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) word_limit: Option<usize>,
    pub(super) character_limit: Option<usize>,
    pub(super) is_optional: bool,
}

impl Note {
    pub(super) fn of(tail: &str) -> Note {
        let tail = tail.to_lowercase();
        Note {
            word_limit: limit(&tail, "word"),
            character_limit: limit(&tail, "character"),
            is_optional: ["optional", "if applicable", "if any"].iter().any(|word| tail.contains(word)),
        }
    }

    pub(super) fn is_meaningful(self) -> bool {
        self != Note::default()
    }
}

/// The number of `unit`s in `200 words at most`, `no more than 50 words`, `~200 word`, `max. 1,000 words`; a least number is
/// no limit.
fn limit(tail: &str, unit: &str) -> Option<usize> {
    if ["at least", "minimum", "min.", "or more"].iter().any(|least| tail.contains(least)) {
        return None;
    }
    let words: Vec<&str> = tail.split(|character: char| character.is_whitespace() || character == '-').collect();
    let number = |word: &str| {
        let digits = word.trim_matches(|character: char| !character.is_ascii_digit()).replace([',', '_'], "");
        digits.parse::<usize>().ok().filter(|&limit| limit > 0)
    };
    let is_unit = |word: &str| word.trim_matches(|character: char| !character.is_alphabetic()).starts_with(unit);
    words.windows(2).find(|pair| is_unit(pair[1])).and_then(|pair| number(pair[0]))
}

/// Said of a section in its guidance when it may be left out.
const OPTIONAL: [&str; 14] = [
    "omit this section if",
    "this element is optional",
    "this section is optional",
    "this is an optional",
    "optional section",
    "may not be necessary",
    "feel free to remove",
    "may be omitted",
    "can be omitted",
    "remove this section if",
    "delete this section if",
    "list any ",
    "leave this section out if",
    "skip this section if",
];

/// Said at the very start of the guidance, it is of the section; further on, of some part of it.
const OPTIONAL_AT_START: [&str; 3] = ["if applicable", "optional", "(optional"];

/// Whether `guidance` says so.
pub(super) fn is_optional_guidance(guidance: &str) -> bool {
    let guidance = fold_space(guidance).to_lowercase();
    let start = guidance.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '(');
    OPTIONAL_AT_START.iter().any(|phrase| start.starts_with(phrase))
        || OPTIONAL.iter().any(|phrase| guidance.contains(phrase))
}

/// Whether a section is by its very name additional to the document: a template that shows where an appendix goes does
/// not ask for one.
pub(super) fn is_back_matter(key: &str) -> bool {
    matches!(key, "appendix" | "appendices" | "annex" | "annexes" | "acknowledgements" | "acknowledgments")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_in_words() {
        for (tail, limit) in [
            ("200 words at most", Some(200)),
            ("no more than 50 words", Some(50)),
            ("~200 word", Some(200)),
            ("200-word limit", Some(200)),
            ("max. 1,000 words", Some(1000)),
            ("at least 50 words", None),
            ("44 characters or less", None),
            ("a few words", None),
            ("0 words", None),
            ("optional", None),
        ] {
            assert_eq!(Note::of(tail).word_limit, limit, "{tail}");
        }
        assert_eq!(Note::of("44 characters or less").character_limit, Some(44));
    }

    #[test]
    fn guidance_that_makes_a_section_optional() {
        assert!(is_optional_guidance("_For small projects, this may\nnot be necessary._"));
        assert!(is_optional_guidance("<!-- This is an optional element. -->"));
        assert!(is_optional_guidance("\n_If applicable, list the migrations._"));
        assert!(!is_optional_guidance("- Say how.\n- If applicable, give numbers."));
        assert!(!is_optional_guidance("_Cover these aspects when applicable; see if it is applicable._"));
    }
}
