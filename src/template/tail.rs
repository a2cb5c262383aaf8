//! What a template says about a section in passing: limits, and that it may be left out.

use super::Limits;
use crate::letters::is_dense;
use crate::syntax::fold_space;
use crate::terms::{self, Meaning};

/// What a heading's tail says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) limits: Limits,
    pub(super) is_optional: bool,
    /// Whether it says that the section may, or may not, be left out.
    is_of_duty: bool,
}

/// The name in `heading` without a note on whether it is asked for, before it or behind a dash: `(Optional) Security`,
/// `Optional: Security`, `Security — optional`. None without such a note.
pub(super) fn without_duty(heading: &str) -> Option<&str> {
    const OPENING: [char; 4] = ['(', '[', '（', '【'];
    const COLONS: [char; 2] = [':', '：'];
    // Nearly no heading has any of them, and this is asked of every heading for every section: bytes are quicker than signs.
    let has_dash = heading.bytes().any(|byte| byte == b'-' || !byte.is_ascii());
    if !has_dash && !heading.as_bytes().contains(&b':') && !heading.starts_with(['(', '[']) {
        return None;
    }
    let in_brackets = || heading.strip_prefix(OPENING)?.split_once([')', ']', '）', '】']);
    let before = in_brackets().or_else(|| heading.split_once(COLONS)).filter(|(note, _)| is_duty(note));
    let behind = || {
        let dashes = [" - ", " – ", " — ", "——"].iter().filter(|_| has_dash);
        let at = dashes.into_iter().find_map(|dash| Some((heading.rfind(dash)?, dash.len())));
        at.filter(|(at, length)| is_duty(&heading[at + length..])).map(|(at, _)| &heading[..at])
    };
    before.map(|(_, name)| name).or_else(behind).map(str::trim).filter(|name| !name.is_empty())
}

/// Whether `note` says that something is asked for, or may be left out, and nothing else.
fn is_duty(note: &str) -> bool {
    let note = note.trim();
    let is_one = |note: &str| {
        [Meaning::Optional, Meaning::IfApplicable, Meaning::Required].iter().any(|meaning| terms::is(note, *meaning))
    };
    note.len() <= MAX_DUTY && is_one(&note.to_lowercase())
}

/// How long a note on that is at most, in bytes.
const MAX_DUTY: usize = 48;

/// Whether a note in small letters says that a section may be left out.
pub(super) fn is_optional_note(note: &str) -> bool {
    if note.trim().is_empty() {
        return false;
    }
    let found = terms::find(note, Meaning::Optional).or_else(|| terms::find(note, Meaning::IfApplicable));
    let is_said = found.is_some_and(|place| !is_denied(note[..place.start].trim_end()));
    let is_removal = || ["delete if", "remove if", "omit if", "skip if"].iter().any(|start| note.contains(start));
    let is_no = || ["not optional", "non-optional", "n't optional"].iter().any(|no| note.contains(no));
    (is_said || is_removal() || lets_go_of_section(note)) && !is_no()
}

/// Whether `before` ends with a denial.
fn is_denied(before: &str) -> bool {
    terms::possible(before, Meaning::Not).any(|not| {
        let rest = before.strip_suffix(not);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric) || not.chars().all(is_dense))
    })
}

impl Note {
    pub(super) fn of(tail: &str) -> Note {
        let tail = tail.to_lowercase();
        let is_optional = is_optional_note(&tail);
        Note {
            limits: Limits::in_note(&tail),
            is_optional,
            is_of_duty: is_optional || terms::is(tail.trim(), Meaning::Required),
        }
    }

    pub(super) fn is_meaningful(self) -> bool {
        self != Note::default()
    }
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
    if guidance.is_empty() {
        return false;
    }
    let start = start(&guidance).trim_start_matches('(');
    // At the very start it is said of the section; further on, of some part of it.
    let is_first = start.strip_prefix("optional").is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let sentences = sentences(&guidance);
    let is_not = |phrase: &str| sentences.iter().any(|said| said.contains(phrase) && is_forbidden(said));
    is_first
        || is_optional_start(start)
        || sentences.iter().any(|said| is_section_optional(said) || lets_go_of_section(said))
        || OPTIONAL.iter().any(|phrase| guidance.contains(phrase) && !is_not(phrase))
        || sentences.iter().any(|said| lets_go(said))
}

/// Whether guidance that starts with `start`, in small letters, says at once that it is optional, or asks for something on a condition,
/// as `le cas échéant` and `如适用` do. A question asks for an answer.
fn is_optional_start(start: &str) -> bool {
    let start = start.trim_start_matches(['（', '【', '「']);
    let sentence = start.split_inclusive(['.', '。', '?', '？']).next().unwrap_or_default();
    // English is read word by word; see `is_if_applicable`.
    let is_english = ["optional", "if ", "where "].iter().any(|word| start.starts_with(word));
    let is_optional =
        || terms::behind(start, Meaning::Optional).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let is_condition = || terms::behind(start, Meaning::IfApplicable).is_some() && !sentence.ends_with(['?', '？']);
    !is_english && (is_optional() || is_condition())
}

/// Whether `sentence`, in small letters, says of its section that it is optional: `Cette section est facultative`.
fn is_section_optional(sentence: &str) -> bool {
    let Some(optional) = terms::find(sentence, Meaning::Optional) else { return false };
    let Some(section) = terms::find_within(sentence, Meaning::Section) else { return false };
    // English has phrases of its own.
    let is_english = sentence[section.clone()] == *"section" && sentence[optional.clone()] == *"optional";
    let between = sentence.get(section.end..optional.start);
    !is_english && between.is_some_and(|between| between.chars().count() <= NEAR && !is_denied(between.trim_end()))
}

/// How far two words are apart at most that belong together, in signs.
const NEAR: usize = 9;

/// Whether `sentence`, in small letters, tells in another language to take its section out, on a condition.
fn lets_go_of_section(sentence: &str) -> bool {
    let found = |meaning| terms::find_within(sentence, meaning);
    let Some(removal) = found(Meaning::Remove).filter(|_| found(Meaning::If).is_some()) else { return false };
    let Some(section) = found(Meaning::Section) else { return false };
    let between = sentence.get(section.end..removal.start).or_else(|| sentence.get(removal.end..section.start));
    let is_near = between.is_some_and(|between| {
        let most = if between.contains(is_dense) { NEAR / 2 } else { NEAR };
        between.chars().count() <= most && !between.contains([',', '，', '、'])
    });
    let behind: String = sentence[removal.end..].chars().take(NEAR).collect();
    is_near && !is_denied(sentence[..removal.start].trim_end()) && !denies(&behind)
}

/// Whether `behind`, what follows an order, denies it, as in Japanese and Korean: `削除しないで`.
fn denies(behind: &str) -> bool {
    let is_behind = |not: &&&str| not.starts_with(is_dense) && behind.contains(**not);
    terms::words(Meaning::Not).iter().any(|not| is_behind(&not))
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
    let text = fold_space(text).to_lowercase();
    let is_end = |(at, sign): &(usize, char)| match sign {
        // `max. 200 words` and `1.000` go on.
        '.' => !text[at + 1..].trim_start().starts_with(|next: char| next.is_ascii_digit()),
        _ => matches!(sign, ';' | '!' | '。' | '；' | '！' | '؛'),
    };
    let mut start = 0;
    let mut sentences = Vec::new();
    for (at, sign) in text.char_indices().filter(is_end) {
        sentences.push(text[start..at].to_owned());
        start = at + sign.len_utf8();
    }
    sentences.push(text[start..].to_owned());
    sentences
}

/// Whether a section is by its very name additional to the document: a template that shows where an appendix goes does
/// not ask for one.
pub(super) fn is_back_matter(key: &str) -> bool {
    // `Annexe A` is one of several.
    let first = || key.split(' ').next().filter(|first| key.chars().count() - first.chars().count() <= 2);
    terms::is(key, Meaning::BackMatter) || first().is_some_and(|first| terms::is(first, Meaning::BackMatter))
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
            assert_eq!(Note::of(tail).limits.words, limit, "{tail}");
        }
        assert_eq!(Note::of("44 characters or less").limits.characters, Some(44));
    }

    #[test]
    fn limits_in_any_language() {
        let limits = |tail: &str| Note::of(tail).limits;
        let words = |count| Limits { words: Some(count), ..Limits::default() };
        for tail in ["máximo 200 palabras", "200 mots maximum", "не более 200 слов", "höchstens 200 Wörter", "200 كلمة"]
        {
            assert_eq!(limits(tail), words(200), "{tail}");
        }
        for tail in ["200字以内", "200자 이내", "≤ 200 字", "最大２００文字", "max. 200 Zeichen"] {
            assert_eq!(limits(tail), Limits { characters: Some(200), ..Limits::default() }, "{tail}");
        }
        assert_eq!(limits("2-3 sentences").sentences, Some(3));
        assert_eq!(limits("3～5 句话").sentences, Some(5));
        assert_eq!(limits("at most 20 lines").lines, Some(20));
        for tail in ["至少200字", "mínimo 200 palabras", "3文書", "3 motivations", "2 字段"] {
            assert_eq!(limits(tail), Limits::default(), "{tail}");
        }
    }

    #[test]
    fn notes_that_make_a_section_optional_in_any_language() {
        for note in
            ["可选", "选填", "任意", "선택사항", "facultatif", "opcional", "falls zutreffend", "по желанию", "اختياري"]
        {
            assert!(Note::of(note).is_optional, "{note}");
        }
        for note in ["必填", "必須", "obligatorio", "не опционально", "nicht optional", "beta"] {
            assert!(!Note::of(note).is_optional, "{note}");
        }
        for said in [
            "可选。说明迁移的步骤。",
            "（可选）说明迁移的步骤。",
            "如适用，说明迁移的步骤。",
            "若无则删除本节。",
            "Le cas échéant, décrire la migration.",
            "Cette section est facultative.",
            "Si no hay ninguna, elimine esta sección.",
            "Abschnitt löschen, falls nicht zutreffend.",
            "該当しない場合はこのセクションを削除してください。",
            "해당 사항이 없으면 이 섹션을 삭제한다.",
            "Если не применимо, удалите этот раздел.",
        ] {
            assert!(is_optional_guidance(said), "{said}");
        }
        for said in [
            "列出可选方案。",
            "任意のユーザーが使える機能を書く。",
            "请勿删除本节。",
            "このセクションは削除しないでください。",
            "Ne supprimez pas cette section.",
            "Dieser Abschnitt beschreibt die Kosten.",
            "Décrire la migration.",
        ] {
            assert!(!is_optional_guidance(said), "{said}");
        }
    }

    #[test]
    fn back_matter_in_any_language() {
        for name in ["appendix", "annexe", "anhang", "付録", "附录", "부록", "приложение", "anhang a"] {
            assert!(is_back_matter(name), "{name}");
        }
        assert!(!is_back_matter("annexation") && !is_back_matter("anhang der kosten"));
    }

    #[test]
    fn sentences_end_where_they_do_in_their_script() {
        assert_eq!(
            sentences("先说背景。再说方案！ Max. 3 Wörter. Ende"),
            ["先说背景", "再说方案", " max. 3 wörter", " ende"]
        );
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
