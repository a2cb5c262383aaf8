//! What a heading says about its section besides the name: limits, and whether it is optional.

use super::Limits;
use super::sentences::{is_denied, lets_go_of_section};
use crate::terms::{self, Meaning};

/// What the tail of a heading says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) limits: Limits,
    pub(super) is_optional: bool,
    /// Whether it says that the section is optional or required.
    is_of_duty: bool,
}

/// Returns the name in `heading` without a note on whether the section is required, before the name or after a dash:
/// `(Optional) Security`, `Optional: Security`, `Security — optional`. `None` if there is no such note.
pub(super) fn without_duty(heading: &str) -> Option<&str> {
    const OPENING: [char; 4] = ['(', '[', '（', '【'];
    const COLONS: [char; 2] = [':', '：'];
    // Fast path, as this runs for every heading for every section: few headings have any of these, and bytes are faster to search
    // than characters.
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

/// Whether `note` only says that something is required or optional.
fn is_duty(note: &str) -> bool {
    let note = note.trim();
    let is_one = |note: &str| {
        [Meaning::Optional, Meaning::IfApplicable, Meaning::Required].iter().any(|meaning| terms::is(note, *meaning))
    };
    note.len() <= MAX_DUTY && is_one(&note.to_lowercase())
}

/// The maximum length of such a note, in bytes.
const MAX_DUTY: usize = 48;

/// Whether a note in lowercase says that a section may be left out.
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

/// Whether the name of a section marks it as an addition to the document. A template that shows where an appendix goes does not ask
/// for one.
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
    }

    #[test]
    fn back_matter_in_any_language() {
        for name in ["appendix", "annexe", "anhang", "付録", "附录", "부록", "приложение", "anhang a"] {
            assert!(is_back_matter(name), "{name}");
        }
        assert!(!is_back_matter("annexation") && !is_back_matter("anhang der kosten"));
    }
}
