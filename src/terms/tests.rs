//! What words mean, and that the data is in order.

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
fn the_data_has_a_known_meaning_a_language_and_words_in_each_line() {
    for line in TERMS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [meaning, language, words] = columns[..] else { panic!("{line}") };
        assert!(NAMES.contains(&meaning), "{line}");
        assert!(language.len() == 2 && words.split("; ").all(|word| word.trim() == word && !word.is_empty()), "{line}");
        assert_eq!(words, words.to_lowercase(), "{line}");
    }
    assert!(NAMES.len() <= 64 && INDEX.lists.iter().all(|list| !list.is_empty()));
}

#[test]
fn words_are_found_on_their_own() {
    for text in ["（可选）", "可选。说明", "falls zutreffend", "선택사항입니다", "c'est facultatif.", "任意"]
    {
        assert!(says(text, Meaning::Optional) || says(text, Meaning::IfApplicable), "{text}");
    }
    for text in ["可选方案", "任意文本", "optionals", "noopcional", "facultatifment"] {
        assert!(!says(text, Meaning::Optional), "{text}");
    }
}

#[test]
fn a_status_says_how_far_the_proposal_is() {
    for (text, expected) in [
        ("已接受", Some(Meaning::Accepted)),
        ("承認済み（2026年）", Some(Meaning::Accepted)),
        ("Aceptada", Some(Meaning::Accepted)),
        ("Akzeptiert am 1. Mai", Some(Meaning::Accepted)),
        ("Umgesetzt", Some(Meaning::Implemented)),
        ("Отклонено", Some(Meaning::Rejected)),
        ("remplacé par ADR-0007", Some(Meaning::Superseded)),
        ("nicht akzeptiert", None),
        ("承認待ち", None),
    ] {
        assert_eq!(status(text), expected, "{text}");
    }
}

#[test]
fn gender_and_number_make_no_other_word() {
    for (one, other) in [
        ("aceptada", "aceptado"),
        ("accepté", "acceptée"),
        ("отклонена", "отклонено"),
        ("утвержден", "утверждена"),
        ("accettato", "accettata"),
        ("مقبول", "مقبولة"),
    ] {
        assert!(is_inflected(one, other) && is_inflected(other, one), "{one} {other}");
    }
    for (one, other) in [("beta", "beto"), ("draft", "drafts"), ("aceptado", "aceptando"), ("принято", "отклонено")]
    {
        assert!(!is_inflected(one, other), "{one} {other}");
    }
}

#[test]
fn words_that_a_text_has_are_possible_in_it() {
    let text = "cette section est facultative, 可选 по желанию; n/a - opcional";
    for meaning in [Meaning::Optional, Meaning::Section, Meaning::Not, Meaning::Or, Meaning::AtMost, Meaning::Nothing] {
        let there = words(meaning).iter().filter(|word| text.contains(**word));
        let possible: Vec<&str> = possible(text, meaning).collect();
        assert!(there.clone().all(|word| possible.contains(word)), "{meaning:?}");
        assert_eq!(words(meaning).iter().filter(|word| possible.contains(word)).count(), possible.len());
    }
    assert_eq!(possible("", Meaning::Optional).count(), 0);
}
