//! What the guidance of a section says about the section itself: that it may be left out, or has to stay.

use super::sentences::{NEAR, is_denied, lets_go_of_section, sentences};
use crate::syntax::fold_space;
use crate::terms::{self, Meaning};

/// Phrases in guidance that make a section optional.
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

/// Whether `guidance` makes its section optional.
pub(super) fn is_optional_guidance(guidance: &str) -> bool {
    let guidance = fold_space(guidance).to_lowercase();
    if guidance.is_empty() {
        return false;
    }
    let start = start(&guidance).trim_start_matches('(');
    // At the very start, the word is about the section; further on, it is about some part of it.
    let is_first = start.strip_prefix("optional").is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let sentences = sentences(&guidance);
    let is_not = |phrase: &str| sentences.iter().any(|said| said.contains(phrase) && is_forbidden(said));
    is_first
        || is_optional_start(start)
        || sentences.iter().any(|said| is_section_optional(said) || lets_go_of_section(said))
        || OPTIONAL.iter().any(|phrase| guidance.contains(phrase) && !is_not(phrase))
        || sentences.iter().any(|said| lets_go(said))
}

/// Whether guidance that starts with `start`, in lowercase, says at once that it is optional, or asks for something on a condition,
/// as `le cas échéant` and `如适用` do. A question does not count, as it asks for an answer.
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

/// Whether `sentence`, in lowercase, says that its section is optional: `Cette section est facultative`.
fn is_section_optional(sentence: &str) -> bool {
    let Some(optional) = terms::find(sentence, Meaning::Optional) else { return false };
    let Some(section) = terms::find_within(sentence, Meaning::Section) else { return false };
    // English has phrases of its own.
    let is_english = sentence[section.clone()] == *"section" && sentence[optional.clone()] == *"optional";
    let between = sentence.get(section.end..optional.start);
    !is_english && between.is_some_and(|between| between.chars().count() <= NEAR && !is_denied(between.trim_end()))
}

/// Verbs for removing something.
const REMOVALS: [&str; 6] = ["remove", "delete", "omit", "skip", "drop", "leave out"];

/// Whether `sentence`, in lowercase, allows the removal of its section: `If there are none, remove this section`,
/// `Omit when empty`, `You may skip this section`.
fn lets_go(sentence: &str) -> bool {
    let bare = start(sentence.trim()).trim_start_matches('(');
    let removes = |text: &str| REMOVALS.iter().any(|verb| text.starts_with(verb));
    let condition = ["if ", "when ", "unless "];
    // A verb directly followed by the condition is about the section.
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

/// Whether `guidance` starts with `if applicable`, not followed by a question. A question asks for an answer, even if the answer is
/// that it does not apply.
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

/// Returns `text` from its first word or opening parenthesis on.
fn start(text: &str) -> &str {
    text.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '(')
}

/// Words for what may be left out, or not.
const PARTS: [&str; 5] = ["section", "heading", "part", "question", "what "];

/// Whether `guidance` says that the sections below a heading may be left out if they do not apply.
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

/// Whether `guidance` says that the sections below a heading, or its own section, have to stay.
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

/// Whether `sentence` forbids a removal.
fn is_forbidden(sentence: &str) -> bool {
    any(
        sentence,
        &["not remove", "not delete", "not omit", "not skip", "n't remove", "n't delete", "n't omit", "never "],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn guidance_that_makes_a_section_optional_in_any_language() {
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
}
