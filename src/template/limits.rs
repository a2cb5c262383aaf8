//! The limits that a template sets in passing on the length of a title, a value or a section.

use super::sentences::sentences;
use crate::letters::{is_dense, is_hangul, is_ideograph};
use crate::syntax::is_digit;
use crate::terms::{self, Meaning};

/// The limits on the length of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of words.
    pub words: Option<usize>,
    /// The maximum number of characters.
    pub characters: Option<usize>,
    /// The maximum number of sentences.
    pub sentences: Option<usize>,
    /// The maximum number of lines.
    pub lines: Option<usize>,
}

/// Phrases of a sentence that sets a limit.
const LIMITING: [&str; 23] = [
    "at most",
    "no more than",
    "not more than",
    "no longer than",
    "not longer than",
    "not exceed",
    "maximum",
    "max.",
    "max ",
    "up to",
    "or less",
    "or fewer",
    "less than",
    "fewer than",
    "limited to",
    "limit of",
    "limit:",
    "limit it to",
    "limit this to",
    "limit yourself to",
    "max)",
    "under ",
    "within ",
];

/// Phrases that deny a limit, or allow more.
const LIMITLESS: [&str; 14] = [
    "if needed",
    "if necessary",
    "in contrast to",
    "longer if",
    "more if",
    "n't limited",
    "no fewer",
    "no less",
    "no limit",
    "not fewer",
    "not less",
    "not limited",
    "unlike",
    "unlimited",
];

/// Whether `sentence` sets a minimum: `do not write less than 10 words`.
fn is_least(sentence: &str) -> bool {
    let less = sentence.find("less than").or_else(|| sentence.find("fewer than"));
    let is_negated =
        less.is_some_and(|at| ["not ", "n't ", "never ", "avoid "].iter().any(|no| sentence[..at].contains(no)));
    let is_told = less.is_some_and(|_| ["rejected", "too short", "too few"].iter().any(|what| sentence.contains(what)));
    is_negated || is_told || LIMITLESS.iter().any(|phrase| sentence.contains(phrase))
}

/// Whether the limit that `sentence` sets in `unit` is for something within something else: `255 characters in a path`.
fn is_of_another(sentence: &str, unit: &str) -> bool {
    let behind = sentence.find(unit).map(|at| sentence[at..].split(' ').skip(1).take(2).collect::<Vec<_>>());
    behind.is_some_and(|words| matches!(words[..], ["in" | "of" | "for", "a" | "an" | "each" | "any" | "every"]))
}

/// Returns the number of `unit`s in `200 words at most`, `no more than 50 words`, `~200 word`, `max. 1,000 words`, `200字以内`; of a
/// range, its upper end. A minimum is not a limit.
fn most(text: &str, unit: Meaning) -> Option<usize> {
    if ["minimum", "min."].iter().any(|least| text.contains(least))
        || terms::find_within(text, Meaning::AtLeast).is_some()
    {
        return None;
    }
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let number = &rest[start..];
        let end = number.find(|sign: char| !is_digit(sign) && !matches!(sign, ',' | '_' | '.')).unwrap_or(number.len());
        let digits = number[..end]
            .chars()
            .filter_map(digit)
            .fold(0_usize, |value, digit| value.saturating_mul(10).saturating_add(digit));
        rest = &number[end..];
        if digits > 0 && starts_with_unit(rest, unit) {
            return Some(digits);
        }
    }
    None
}

/// Returns the value of `sign`, a digit of any script. The ten digits of each script are consecutive.
fn digit(sign: char) -> Option<usize> {
    let zeros = ['0', '０', '\u{660}', '\u{6f0}', '\u{966}', '\u{e50}'];
    let value = |zero: char| (sign as usize).checked_sub(zero as usize).filter(|value| *value < 10);
    zeros.into_iter().find_map(value)
}

/// Whether `text` starts with `unit`, in the singular or the plural. In scripts without spaces, the sign after the unit tells
/// whether it is part of a longer word: `3文` and `3文書`.
fn starts_with_unit(text: &str, unit: Meaning) -> bool {
    let text = text.trim_start_matches([' ', '-', '\u{a0}', '\u{202f}', '\u{3000}']);
    terms::words(unit).iter().any(|word| {
        let Some(rest) = text.strip_prefix(word) else { return false };
        let next = rest.chars().next().unwrap_or(' ');
        let is_bound = || {
            [Meaning::AtMost, Meaning::AtLeast]
                .iter()
                .any(|bound| terms::find_within(rest, *bound).is_some_and(|place| place.start == 0))
        };
        match word.starts_with(is_dense) {
            true => !is_ideograph(next) && !is_hangul(next) || is_kana(next) || is_bound(),
            false => rest.chars().take_while(|next| next.is_alphabetic()).count() <= ENDING,
        }
    })
}

fn is_kana(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{309f}')
}

/// The maximum number of letters that a plural adds to its singular.
const ENDING: usize = 2;

/// Words that make a limit apply to a part.
const OF_PARTS: [&str; 6] = ["each ", "per ", "every ", "a line", "lines ", "bullet"];

impl Limits {
    /// Returns the limits that `sentence`, in lowercase, sets.
    fn of(sentence: &str) -> Limits {
        let one = [
            "one full sentence",
            "one sentence",
            "a single sentence",
            "one (short) sentence",
            "one full (short) sentence",
        ];
        let sentences = one.iter().any(|phrase| sentence.contains(phrase)).then_some(1);
        let is_limit = LIMITING.iter().any(|phrase| sentence.contains(phrase))
            || sentence.ends_with(" max")
            || terms::find_within(sentence, Meaning::AtMost).is_some();
        let is_of_part = OF_PARTS.iter().any(|part| sentence.contains(part))
            || terms::find_within(sentence, Meaning::Each).is_some();
        if !is_limit || is_of_part || is_least(sentence) {
            return Limits { sentences, ..Limits::default() };
        }
        let of = |unit: Meaning| {
            let is_of_another = terms::words(unit).iter().any(|word| is_of_another(sentence, word));
            most(sentence, unit).filter(|_| !is_of_another)
        };
        let sentences = sentences.or(of(Meaning::Sentences));
        Limits { words: of(Meaning::Words), characters: of(Meaning::Characters), sentences, lines: None }
    }

    /// Returns the limits that a note after a name sets, in lowercase. A number with a unit is a limit, whatever else the note
    /// says.
    pub(super) fn in_note(note: &str) -> Limits {
        Limits {
            words: most(note, Meaning::Words),
            characters: most(note, Meaning::Characters),
            sentences: most(note, Meaning::Sentences),
            lines: most(note, Meaning::Lines),
        }
    }

    /// Returns, for each unit, the first limit that a sentence of `text` sets, among the sentences for which `is_meant` returns
    /// true.
    pub(super) fn said_in(text: &str, is_meant: impl Fn(&str) -> bool) -> Limits {
        let sentences = sentences(text);
        let limits = sentences.iter().filter(|sentence| is_meant(sentence)).map(|sentence| Limits::of(sentence));
        limits.fold(Limits::default(), Limits::or)
    }

    /// Returns the sentences of `text`, in lowercase, that set limits, each with its limits.
    pub(super) fn all_in(text: &str) -> Vec<(String, Limits)> {
        let sentences = sentences(text).into_iter().map(|sentence| (Limits::of(&sentence), sentence));
        sentences
            .filter(|(limits, _)| *limits != Limits::default())
            .map(|(limits, sentence)| (sentence, limits))
            .collect()
    }

    /// Returns these limits, with those of `other` where there is none.
    pub(super) fn or(self, other: Limits) -> Limits {
        Limits {
            words: self.words.or(other.words),
            characters: self.characters.or(other.characters),
            sentences: self.sentences.or(other.sentences),
            lines: self.lines.or(other.lines),
        }
    }

    /// Whether `sentence`, in lowercase, is about the thing called `name`: `The title should be …`, `标题不超过 20 字`.
    pub(super) fn are_of(name: &str, sentence: &str) -> bool {
        let is_foreign = terms::words(Meaning::AtMost).iter().any(|most| !most.is_ascii() && sentence.contains(most));
        let is_title = || name == "title" && terms::find_within(sentence, Meaning::TitleSign).is_some();
        if is_foreign && (is_title() || !name.is_ascii() && sentence.contains(name)) {
            return true;
        }
        let about = |verb: &str| sentence.contains(&format!("{name} {verb}"));
        ["should ", "must ", "may ", "can ", "shall ", "is ", "has ", "in ", "of ", "to "]
            .iter()
            .any(|verb| about(verb))
            && !sentence.contains(&format!("in {name} "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn limits_are_read_in_sentences() {
        for (sentence, words, characters, sentences) in [
            ("use no more than 50 words (this is one)", Some(50), None, None),
            ("the title should be 44 characters or less", None, Some(44), None),
            ("a title in no more than 4-5 words", Some(5), None, None),
            ("max. 140 chars", None, Some(140), None),
            ("description is one full (short) sentence", None, None, Some(1)),
            ("each bullet has at most 10 words", None, None, None),
            ("say it in a few words, not a complete sentence", None, None, None),
            ("at least 50 words", None, None, None),
            ("about 200 words", None, None, None),
            ("keep it under 100 words", Some(100), None, None),
            ("(100 words max)", Some(100), None, None),
            ("limit yourself to 200 words", Some(200), None, None),
            ("no more than 3 sentences", None, None, Some(3)),
            ("do not write less than 10 words", None, None, None),
            ("must be no fewer than 50 words", None, None, None),
            ("it is not limited to 20 words", None, None, None),
            ("can be up to 20 words, or longer if needed", None, None, None),
            ("the tool supports at most 255 characters in a path", None, None, None),
            ("in contrast to the abstract (max 100 words)", None, None, None),
            ("there is no limit of 100 words here", None, None, None),
            ("proposals with fewer than 500 words are often rejected", None, None, None),
            ("标题不超过20字", None, Some(20), None),
            ("de 100 palabras como máximo", Some(100), None, None),
            ("höchstens zwei Sätze, maximal 50 wörter", Some(50), None, None),
            ("每项不超过20字", None, None, None),
            ("至少200字", None, None, None),
            ("约200字", None, None, None),
        ] {
            assert_eq!(Limits::of(sentence), Limits { words, characters, sentences, lines: None }, "{sentence}");
        }
    }

    #[test]
    fn limits_are_of_the_title_a_key_or_a_section() {
        let template = Template::derive(
            "---\ntitle: <The title is short>\ndescription: <One full (short) sentence>\n---\n\n<!-- Read all of it.\nThe title should be 44 characters or less. -->\n\n\
             ## Summary\n\nWhat is it? **Use no more than 50 words.**\n\n### Part\n\nAt most 9 words.\n\n## Design\n\nEach part has at most 5 words.\n",
            None,
        );
        let limits = |index: usize| template.value_limits(Some(index));
        assert_eq!(limits(0), Limits { characters: Some(44), ..Limits::default() });
        assert_eq!(limits(1), Limits { sentences: Some(1), ..Limits::default() });
        let words: Vec<_> = template.sections.iter().map(|section| section.word_limit).collect();
        assert_eq!(words, [Some(50), Some(9), None]);
        let template = Template::derive("# XIP-NNN: Title\n\nThe title must not exceed 6 words.\n\n## Summary\n", None);
        assert_eq!(template.value_limits(None).words, Some(6));
    }
}
