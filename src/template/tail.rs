//! What a template says about a section in passing: limits, and that it may be left out.

use crate::syntax::fold_space;

/// What a heading's tail says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) word_limit: Option<usize>,
    pub(super) character_limit: Option<usize>,
    pub(super) is_optional: bool,
    /// Whether it says that the section may, or may not, be left out.
    is_of_duty: bool,
}

/// The name in `heading` without a note on whether it is asked for, before it or behind a dash: `(Optional) Security`,
/// `Optional: Security`, `Security — optional`. None without such a note.
pub(super) fn without_duty(heading: &str) -> Option<&str> {
    // Nearly no heading has one, and this is asked of every heading for every section.
    let starts = |note: &&str| heading.get(..note.len()).is_some_and(|start| start.eq_ignore_ascii_case(note));
    let ends = |note: &&str| {
        let at = heading.len().checked_sub(note.len());
        at.and_then(|at| heading.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(note))
    };
    if !heading.starts_with(['(', '[']) && !DUTIES.iter().any(|note| starts(note) || ends(note)) {
        return None;
    }
    let says = |note: &str| DUTIES.iter().any(|duty| note.trim().eq_ignore_ascii_case(duty));
    let in_brackets = || heading.strip_prefix(['(', '['])?.split_once([')', ']']);
    let before = in_brackets().or_else(|| heading.split_once(':')).filter(|(note, _)| says(note)).map(|(_, name)| name);
    let behind = || {
        let at = [" - ", " – ", " — "].iter().find_map(|dash| Some((heading.rfind(dash)?, dash.len())));
        at.filter(|(at, length)| says(&heading[at + length..])).map(|(at, _)| &heading[..at])
    };
    before.or_else(behind).map(str::trim).filter(|name| !name.is_empty())
}

/// Notes on whether a section is asked for.
const DUTIES: [&str; 5] = ["optional", "required", "mandatory", "if applicable", "if any"];

/// Whether a note in small letters says that a section may be left out.
pub(super) fn is_optional_note(note: &str) -> bool {
    let is_said =
        ["optional", "if applicable", "if any", "if needed", "where applicable"].iter().any(|word| note.contains(word));
    let is_removal = ["delete if", "remove if", "omit if", "skip if"].iter().any(|start| note.contains(start));
    (is_said || is_removal) && !["not optional", "non-optional", "n't optional"].iter().any(|no| note.contains(no))
}

impl Note {
    pub(super) fn of(tail: &str) -> Note {
        let tail = tail.to_lowercase();
        Note {
            word_limit: limit(&tail, "word"),
            character_limit: limit(&tail, "character"),
            is_optional: is_optional_note(&tail),
            is_of_duty: is_optional_note(&tail) || ["required", "mandatory", "not optional"].contains(&tail.trim()),
        }
    }

    pub(super) fn is_meaningful(self) -> bool {
        self != Note::default()
    }
}

/// The number of `unit`s in `200 words at most`, `no more than 50 words`, `~200 word`, `max. 1,000 words`; a least number is
/// no limit.
pub(super) fn limit(tail: &str, unit: &str) -> Option<usize> {
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
const OPTIONAL: [&str; 20] = [
    "omit this section if",
    "element is optional",
    "section is optional",
    "but optional for",
    "this is an optional",
    "an optional section",
    "optional section.",
    "may not be necessary",
    "feel free to remove",
    "may be omitted",
    "can be omitted",
    "remove this section if",
    "delete this section if",
    "list any ",
    "leave this section out if",
    "skip this section if",
    "remove this section when",
    "delete this section when",
    "omit this section when",
    "skip this section when",
];

/// Whether `guidance` says so.
pub(super) fn is_optional_guidance(guidance: &str) -> bool {
    let guidance = fold_space(guidance).to_lowercase();
    let start = start(&guidance).trim_start_matches('(');
    // At the very start it is said of the section; further on, of some part of it.
    let is_first = start.strip_prefix("optional").is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let sentences = sentences(&guidance);
    let is_not = |phrase: &str| sentences.iter().any(|said| said.contains(phrase) && is_forbidden(said));
    is_first
        || OPTIONAL.iter().any(|phrase| guidance.contains(phrase) && !is_not(phrase))
        || sentences.iter().any(|said| lets_go(said))
}

/// Words for taking something out.
const REMOVALS: [&str; 6] = ["remove", "delete", "omit", "skip", "drop", "leave out"];

/// Whether `sentence`, in small letters, lets the section that it speaks of go: `If there are none, remove this section`, `Omit when
/// empty`, `You may skip this section`.
fn lets_go(sentence: &str) -> bool {
    let bare = start(sentence.trim()).trim_start_matches('(');
    let removes = |text: &str| REMOVALS.iter().any(|verb| text.starts_with(verb));
    let condition = ["if ", "when ", "unless "];
    // The verb alone, with nothing between it and the condition, is about the section.
    let is_bare = REMOVALS.iter().any(|verb| {
        bare.strip_prefix(verb).map(str::trim_start).is_some_and(|rest| {
            let rest = rest.strip_prefix("it ").or_else(|| rest.strip_prefix("this ")).unwrap_or(rest);
            condition.iter().any(|word| rest.starts_with(word))
        })
    });
    let names_it = || ["this section", "the section", "this heading"].iter().any(|name| sentence.contains(name));
    let is_after = || {
        let rest = bare.split_once(", ").map_or("", |(_, rest)| rest);
        condition.iter().any(|word| bare.starts_with(word)) && removes(rest.trim_start_matches("please ")) && names_it()
    };
    let may = || {
        let verbs = ["may ", "can ", "could ", "free to "];
        verbs.iter().any(|verb| sentence.find(verb).is_some_and(|at| removes(&sentence[at + verb.len()..])))
            && names_it()
    };
    (is_bare || is_after() || may()) && !is_forbidden(sentence)
}

/// Whether `guidance` starts with it, and does not go on with a question: that asks for an answer, be it that it does not apply.
pub(super) fn is_if_applicable(guidance: &str) -> bool {
    let guidance = fold_space(guidance).to_lowercase();
    let rest = start(&guidance).strip_prefix("if applicable");
    let is_question = |rest: &str| {
        let next = start(rest).split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
        matches!(
            next,
            "how" | "what" | "which" | "who" | "when" | "where" | "why" | "will" | "does" | "do" | "is" | "are"
        )
    };
    rest.is_some_and(|rest| !is_question(rest))
}

/// `text` from its first word or opening parenthesis on.
fn start(text: &str) -> &str {
    text.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '(')
}

/// What is said to be left out, or not.
const PARTS: [&str; 5] = ["section", "heading", "part", "question", "what "];

/// Whether `guidance` says of the sections below a heading that those that do not apply may be left out.
pub(super) fn are_parts_optional(guidance: &str) -> bool {
    let is_said = |sentence: &str| {
        let is_removal = any(sentence, &["remove", "delete", "omit", "skip", "drop ", "leave out"]);
        let is_unfit = any(
            sentence,
            &[
                "not apply",
                "n't apply",
                "not relevant",
                "n't relevant",
                "irrelevant",
                "not applicable",
                "not need",
                "n't need",
            ],
        );
        let is_optional = any(sentence, &["sections are optional", "headings are optional", "parts are optional"]);
        is_optional || is_removal && is_unfit && any(sentence, &PARTS) && !is_forbidden(sentence)
    };
    sentences(guidance).iter().any(|sentence| is_said(sentence))
}

/// Whether `guidance` says of the sections below a heading, or of its own, that they stay.
pub(super) fn keeps_parts(guidance: &str) -> bool {
    let is_said = |sentence: &str| {
        let is_kept = any(
            sentence,
            &["keep all", "keep every", "keep the", "keep this", "leave all", "leave the", "leave every"],
        );
        let are_all = any(sentence, &["all sections are", "all headings are", "every section is"]);
        let is_asked = any(sentence, &["required", "mandatory"]);
        let is_removal = any(sentence, &["remove", "delete", "omit", "skip"]) && is_forbidden(sentence);
        are_all && is_asked || (is_kept || is_removal) && any(sentence, &["section", "heading"])
    };
    sentences(guidance).iter().any(|sentence| is_said(sentence))
}

/// Whether `text` of a template says that its comments may stay in a proposal.
pub(super) fn keeps_comments(text: &str) -> bool {
    if !text.contains("omment") {
        return false;
    }
    let is_said = |sentence: &str| {
        let is_leave = any(
            sentence,
            &["can leave", "may leave", "can keep", "may keep", "can stay", "may stay", "can remain", "may remain"],
        );
        is_leave && sentence.contains("comment")
    };
    sentences(text).iter().any(|sentence| is_said(sentence))
}

fn any(sentence: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| sentence.contains(phrase))
}

/// Whether `sentence` forbids what it names first.
fn is_forbidden(sentence: &str) -> bool {
    any(
        sentence,
        &["not remove", "not delete", "not omit", "not skip", "n't remove", "n't delete", "n't omit", "never "],
    )
}

/// The sentences of `text`, in small letters.
pub(super) fn sentences(text: &str) -> Vec<String> {
    fold_space(text).to_lowercase().split(['.', ';', '!']).map(str::to_owned).collect()
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
        for said in [
            "If there are none, remove this section.",
            "Say why. Leave out if not applicable.",
            "_Omit when empty._",
            "You may skip this section.",
            "Delete it if there is nothing to say",
        ] {
            assert!(is_optional_guidance(said), "{said}");
        }
        for said in [
            "Remove this comment when you are done.",
            "Do not skip this section if there is nothing to say.",
            "If you remove an API, say so in this section.",
            "What may be removed?",
            "Skip the details.",
        ] {
            assert!(!is_optional_guidance(said), "{said}");
        }
        assert!(is_if_applicable("\n_If applicable, list the migrations._"));
        assert!(!is_if_applicable("- Say how.\n- If applicable, give numbers."));
        assert!(!is_if_applicable("_Cover these aspects when applicable; see if it is applicable._"));
    }
}
