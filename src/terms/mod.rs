//! What words of many languages mean where templates and their documents use them. The words are data, in `terms.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::letters::without_accents;

/// What a metadata key, or a section in the place of one, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// How far the proposal is.
    Status,
    /// A day.
    Date,
    /// Who wrote it, or answers for it.
    Author,
    /// Who decides on it, or is asked.
    Decider,
    /// Its number.
    Number,
    /// Its title.
    Title,
}

/// The kind of the key called `name`, as [`crate::syntax::fold`] leaves it, in any language: in the singular or the plural, with a
/// note behind it, with or without accents, and in two languages at once. It tells nothing of the value: `data` is a day in some
/// languages, and a subject in others.
pub fn kind_of_key(name: &str) -> Option<KeyKind> {
    let kind = |name: &str| {
        let known = |name: &str| KEYS.get(name).or_else(|| KEYS.get(without_accents(name).as_ref())).copied();
        known(name).or_else(|| known(name.strip_suffix('s')?))
    };
    let bare = name.split(['(', '（', '[', '【']).next().unwrap_or_default().trim_end();
    let halves = || bare.split(" and ").filter(|_| bare.contains(" and "));
    kind(bare).or_else(|| halves().find_map(kind))
}

/// Whether the section called `name`, folded, has a value of this `kind` by its name alone. What is a key's name in one language, or
/// in a list of keys, may well be the name of a section of prose.
pub fn names_value(name: &str) -> Option<KeyKind> {
    const OF_PROSE: [&str; 8] = ["state", "data", "stand", "stan", "zustand", "time", "updates", "contributors"];
    let kind = kind_of_key(name).filter(|kind| matches!(kind, KeyKind::Status | KeyKind::Date));
    kind.filter(|_| !OF_PROSE.contains(&name))
}

/// The data: the meaning, the language, and the words, each line for one of both.
const TERMS: &str = include_str!("terms.tsv");

static KEYS: LazyLock<HashMap<String, KeyKind>> = LazyLock::new(|| {
    let kinds = [
        ("key-status", KeyKind::Status),
        ("key-date", KeyKind::Date),
        ("key-author", KeyKind::Author),
        ("key-decider", KeyKind::Decider),
        ("key-number", KeyKind::Number),
        ("key-title", KeyKind::Title),
    ];
    let mut keys = HashMap::new();
    for (meaning, kind) in kinds {
        for word in words(meaning) {
            keys.entry(word.to_owned()).or_insert(kind);
            keys.entry(without_accents(word).into_owned()).or_insert(kind);
        }
    }
    keys
});

/// The words of all languages for `meaning`.
fn words(meaning: &str) -> impl Iterator<Item = &'static str> {
    let lines = TERMS.lines().filter(|line| !line.starts_with('#'));
    let columns = lines.filter_map(|line| line.split_once('\t'));
    let own = columns.filter(move |(own, _)| *own == meaning).filter_map(|(_, rest)| rest.split_once('\t'));
    own.flat_map(|(_, words)| words.split("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_a_kind_in_any_language() {
        for (kind, names) in [
            (KeyKind::Status, "status/statut/état/статус/状态/狀態/ステータス/상태/estado/stato/الحالة/durum"),
            (KeyKind::Date, "date/datum/fecha/data/日期/日付/날짜/дата/التاريخ/last updated/date de création"),
            (KeyKind::Author, "author/authors/author(s)/auteur/autor(en)/作者/作成者/작성자/автор/owner/المؤلف"),
            (KeyKind::Decider, "deciders/décideurs/decideurs/entscheider/决策者/決定者/결정자/decision makers"),
            (KeyKind::Number, "number/numéro/numero/nummer/编号/番号/번호/номер/id"),
            (KeyKind::Title, "title/titre/titel/título/titulo/titolo/标题/タイトル/제목/название"),
            (KeyKind::Status, "状态 (status)/状态（status）/状态 and status/durum and status"),
        ] {
            for name in names.split('/') {
                assert_eq!(kind_of_key(name), Some(kind), "{name}");
            }
        }
        for other in ["", "summary", "context", "背景", "kontext and context", "statistics", "(status)"] {
            assert_eq!(kind_of_key(other), None, "{other}");
        }
    }

    #[test]
    fn the_data_has_a_meaning_a_language_and_words_in_each_line() {
        for line in TERMS.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [_, language, words] = columns[..] else { panic!("{line}") };
            assert!(language.len() == 2 && words.split("; ").all(|word| word.trim() == word && !word.is_empty()));
            assert!(words == words.to_lowercase() && !words.contains(['-', ',']), "{line}");
        }
    }
}
