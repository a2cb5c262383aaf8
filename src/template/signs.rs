//! Placeholders in a template, for a number or a title.

use std::ops::Range;

use crate::letters::{WIDE_BRACKETS, is_dense};
use crate::terms::{self, Meaning};

/// Whether `word`, in lowercase, is a placeholder for a number by itself: `nnnn`, `xxx`, `0000`.
fn is_number_sign(word: &str) -> bool {
    let is_all = |of: u8| word.bytes().all(|byte| byte == of);
    word.len() > 2 && (is_all(b'x') || is_all(b'n')) || word.len() > 3 && is_all(b'0')
}

/// Placeholders for a number only after a word, and before what separates the number from the title: `XIP-X: …`, `XIP 0 - …`.
const BEHIND_A_WORD: [&str; 8] = ["x", "xx", "n", "nn", "0", "00", "000", "number"];

/// The maximum number of digits in a placeholder for a number at the start of a template's title.
const MAX_DIGITS: usize = 5;

/// Whether `title`, as rendered, has a part that an author is to replace.
pub fn has_placeholder(title: &str) -> bool {
    let has_word = |is_it: fn(&str) -> bool| word_at(title, is_it).is_some();
    title.contains(['{', '$', '<'])
        || has_word(is_number_sign)
        || has_word(|word| terms::is(word, Meaning::TitleSign))
        || is_wide_sign(title)
        || word_prefix(title).is_some()
}

/// Whether `text` ends in wide brackets around what is to be filled in: `ADR-0000：【名称】`.
fn is_wide_sign(text: &str) -> bool {
    let inside =
        WIDE_BRACKETS.iter().find_map(|(open, close)| text.trim_end().strip_suffix(*close)?.rsplit_once(*open));
    let words = || inside.into_iter().flat_map(|(_, inside)| inside.split(|sign: char| !sign.is_alphanumeric()));
    words().any(|word| terms::is(&word.to_lowercase(), Meaning::TitleSign))
}

/// Returns the range of the number that is the whole of `value`, alone or after a word, perhaps as a link: `0384`, `XIP-384`,
/// `[XIP-384](…)`. `is_number` tells what may be a number.
pub fn lone_number(value: &str, is_number: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let start = value.len() - value.trim_start_matches(['[', '"', '\'', ' ']).len();
    let end = start
        + value[start..]
            .find(|sign: char| !sign.is_alphanumeric() && !"-_ ".contains(sign))
            .unwrap_or(value.len() - start);
    let word = value[start..end].trim_end();
    let at = word.rfind(['-', '_', ' ']).map_or(0, |sign| sign + 1);
    let is_word = word[..at].trim_end_matches(['-', '_', ' ']).chars().all(char::is_alphabetic);
    let behind = &value[end..];
    let is_all =
        behind.trim_matches(['"', '\'', ' ']).is_empty() || value[..start].contains('[') && behind.starts_with(']');
    (is_word && is_all && is_number(&word[at..])).then_some(start + at..start + word.len())
}

/// Returns the range of the placeholder for the number in `value`: `NNNN`, `XIP-XXX`, `[XIP-NNNN](…)`.
pub(super) fn lone_number_sign(value: &str) -> Option<Range<usize>> {
    lone_number(value, |word| is_number_sign(&word.to_lowercase()))
}

/// Whether `word` has a placeholder for a number: `XIP-XXX`, `#NNNN`, `XIP-N`.
pub(super) fn stands_for_number(word: &str) -> bool {
    let is_family = |before: &str| before.len() > 1 && before.bytes().all(|letter| letter.is_ascii_uppercase());
    let short = word.trim_end_matches([')', ']', '}', '>']).rsplit_once('-');
    let is_short = short.is_some_and(|(before, sign)| {
        matches!(sign, "N" | "NN" | "X" | "XX") && is_family(before.trim_start_matches(['(', '[', '{', '<']))
    });
    is_short || word_at(word, is_number_sign).is_some()
}

/// Whether `text`, in lowercase, is only a placeholder for a title or a name: `name`, `<short title>`, `…`.
pub(super) fn stands_for_title(text: &str) -> bool {
    let bare = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    bare.is_empty()
        || bare.split(' ').count() <= 3
            && bare.rsplit(' ').next().is_some_and(|last| terms::is(last, Meaning::TitleSign))
}

/// Whether `name` is to be replaced, as a whole or in the parts that are placeholders: `{option}`, `[Name]`, `Use of <name>`.
pub(super) fn is_sign(name: &str) -> bool {
    let is_bracketed = [('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕'), ('｛', '｝')]
        .iter()
        .any(|(open, close)| name.starts_with(*open) && name.ends_with(*close));
    let is_tag = name.find('<').is_some_and(|start| name[start..].contains('>'));
    is_bracketed || is_tag || name.contains(['{', '$'])
}

/// Returns the placeholders in `title`, as rendered, that cannot mean anything by themselves: `$NUMBER`, `{title}`, and `XIP-XXX`
/// if `prefix` is `XIP-`.
pub(super) fn placeholders(title: &str, prefix: Option<&str>) -> Vec<String> {
    let number = prefix.and_then(|prefix| Some((prefix, number_placeholder(title, prefix)?)));
    // An author may well write a title with just digits.
    let is_word = |prefix: &str, number: &str| !prefix.is_empty() || number.contains(char::is_alphabetic);
    let word = number.filter(|(prefix, number)| number.chars().all(char::is_alphanumeric) && is_word(prefix, number));
    let mut found: Vec<String> = word.map(|(prefix, number)| format!("{prefix}{number}")).into_iter().collect();
    for (start, sign) in title.char_indices().filter(|(_, character)| matches!(character, '$' | '{')) {
        let rest = &title[start + 1..];
        let end = match sign {
            '{' => rest.find('}').map(|end| end + 1),
            _ => Some(
                rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len()),
            ),
        };
        found.extend(end.filter(|&end| end > 0).map(|end| title[start..start + 1 + end].to_owned()));
    }
    if is_wide_sign(title)
        && let Some(start) = title.rfind(is_wide_opening)
    {
        found.push(title[start..].trim_end().to_owned());
    }
    found
}

/// Returns the placeholder for the number in `title`, after `prefix`.
fn number_placeholder<'a>(title: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = title.strip_prefix(prefix)?;
    let end = sign_length(rest);
    (end > 0).then(|| &rest[..end])
}

/// Returns the length of the placeholder for a number at the start of `text`. Text in brackets is one placeholder, whatever it
/// says: `{RFC-NUMBER}`.
pub(super) fn sign_length(text: &str) -> usize {
    let brackets = [('{', '}'), ('<', '>'), ('[', ']')].into_iter().find(|(start, _)| text.starts_with(*start));
    match brackets.and_then(|(_, end)| text.find(end)) {
        Some(end) => end + 1,
        None => text.find(|character| !is_number_part(character)).unwrap_or(text.len()),
    }
}

/// Whether a placeholder for a number may have `character`.
fn is_number_part(character: char) -> bool {
    character.is_alphanumeric() && !is_dense(character) || matches!(character, '_' | '$' | '{' | '}' | '<' | '>')
}

/// Returns what separates the number in `title`, after `prefix`, from the rest.
pub(super) fn separator(title: &str, prefix: &str) -> Option<String> {
    let number = number_placeholder(title, prefix)?;
    let rest = &title[prefix.len() + number.len()..];
    let separator =
        &rest[..rest.find(|sign: char| sign.is_alphanumeric() || "${<[(`".contains(sign) || is_wide_opening(sign))?];
    (!separator.is_empty()).then(|| separator.to_owned())
}

fn is_wide_opening(sign: char) -> bool {
    WIDE_BRACKETS.iter().any(|(open, _)| *open == sign)
}

/// Returns the start of the first word for which `is_it`, given the word in lowercase, returns true.
fn word_at(title: &str, is_it: impl Fn(&str) -> bool) -> Option<usize> {
    let lower = lowered(title);
    let mut start = 0;
    for word in lower.split_inclusive(|character: char| !character.is_alphanumeric()) {
        let name = word.trim_end_matches(|character: char| !character.is_alphanumeric());
        // In `第NNN号` there are no spaces around it.
        let inside = name.find(|sign| !is_dense(sign)).filter(|at| *at > 0 || name.ends_with(is_dense));
        if let Some(at) = inside
            && is_it(name[at..].trim_end_matches(is_dense))
        {
            return Some(start + at);
        }
        if is_it(name) {
            return Some(start);
        }
        start += word.len();
    }
    None
}

/// Returns `text` in lowercase, with the same length.
fn lowered(text: &str) -> String {
    let lower = |sign: char| {
        let mut letters = sign.to_lowercase();
        let lower = letters.next().filter(|lower| letters.len() == 0 && lower.len_utf8() == sign.len_utf8());
        lower.unwrap_or(sign)
    };
    text.chars().map(lower).collect()
}

/// Returns what comes before the number in a title whose Markdown is `source` and which renders as `title`: letters and a sign,
/// such as `VIP-` or `[VIP-`, or nothing, as in `NNNN. Title`. `None` if there is no placeholder for a number.
pub fn title_prefix(source: &str, title: &str) -> Option<String> {
    // `<number>` is a tag, which is not rendered.
    if starts_with_number(title) || source.starts_with('<') && starts_with_number(source) {
        return Some(String::new());
    }
    let sign = source.find(['$', '{', '<']);
    let is_first = |word: &usize| sign.is_none_or(|sign| *word < sign);
    let before = match (word_at(title, is_number_sign).filter(is_first), sign) {
        (Some(word), _) => &title[..word],
        (None, Some(sign)) => source[..sign].trim_end_matches('`'),
        (None, None) => return word_prefix(title).map(str::to_owned),
    };
    let word = before.strip_prefix('[').unwrap_or(before);
    let is_prefix = word.len() > 1
        && word.ends_with(|last: char| matches!(last, '-' | ' ' | '_' | '#') || is_dense(last))
        && word.trim_end_matches(['-', ' ', '_', '#']).chars().all(char::is_alphanumeric);
    is_prefix.then(|| before.to_owned()).or_else(|| word_prefix(title).map(str::to_owned))
}

/// Whether `title` starts with a placeholder for its number, followed by a separator: `NNNN - Title`, `1. Title`,
/// `<number>: <title>`.
fn starts_with_number(title: &str) -> bool {
    let end = match title.starts_with(is_dense) {
        true => title.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(title.len()),
        false => sign_length(title),
    };
    let (sign, rest) = title.split_at(end);
    let word = sign.trim_matches(['{', '}', '<', '>', '[', ']', '$', ' ', '#']).to_lowercase();
    let is_alike = |of: char| !word.is_empty() && word.chars().all(|character| character == of);
    let is_form = has_placeholder(rest) || rest.to_lowercase().contains("template");
    let is_digits = is_form && (1..=MAX_DIGITS).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_repeated = is_alike('n') || is_alike('x');
    let is_named = word.split([' ', '-', '_']).any(|word| terms::is(word, Meaning::KeyNumber));
    // Of two placeholders in brackets, the one before a full stop is a number in any language.
    let is_sign = sign.len() > word.len() && rest.starts_with(". ") && is_sign(rest[1..].trim());
    // `1. Store`, as in the title of the first document.
    let is_first = matches!(word.trim_start_matches('0'), "" | "1") && !word.is_empty() && rest.starts_with(". ");
    // `NNNN Title`, `0000 Title`: three such signs or more are not a word.
    let is_spaced = word.len() > 2 && (is_repeated || is_alike('0')) && rest.starts_with(' ');
    let is_number = is_digits || is_repeated || is_named || is_sign || is_first;
    is_spaced && !rest.trim().is_empty() || is_number && divided(rest).is_some_and(|rest| !rest.is_empty())
}

/// Returns what follows the separator in `rest`, which is the text after a title's number. `None` if there is no separator.
pub(super) fn divided(rest: &str) -> Option<&str> {
    let signs = rest.trim_start();
    let behind =
        signs.trim_start_matches([':', '.', ')', '-', '–', '—', '|', '：', '、', '．', '·', '）', '】', '｜', '・']);
    let has_space = behind.starts_with(char::is_whitespace) || behind.is_empty() || !behind.is_ascii();
    (behind.len() < signs.len() && has_space).then(|| behind.trim_start())
}

/// Returns what comes before the number in `title` where only the text around the number shows that it is one: `XIP0000: …`,
/// `XIP-X - …`.
fn word_prefix(title: &str) -> Option<&str> {
    let word = title.find(|character: char| !character.is_alphabetic())?;
    let start = word + title[word..].find(|character: char| !"-_ #".contains(character))?;
    let end = start + title[start..].find(|character: char| !character.is_alphanumeric())?;
    let sign = &title[start..end];
    let is_number = match start == word {
        true => sign.len() > 2 && sign.bytes().all(|digit| digit == b'0'),
        false => BEHIND_A_WORD.iter().any(|known| sign.eq_ignore_ascii_case(known)),
    };
    let is_divided =
        title[end..].trim_start().starts_with([':', '-', '–', '—', '.', '|', ']', ')', '：', '·', '】', '｜']);
    (word > 1 && is_number && is_divided).then(|| &title[..start])
}

/// Whether a word of `key`, a folded name, is one for a template; in scripts without spaces, only the last word counts.
pub(super) fn says_template(key: &str) -> bool {
    let is_last = |word: &&str| word.starts_with(is_dense) && key.ends_with(word);
    key.split(' ').any(|word| terms::is(word, Meaning::Template)) || terms::words(Meaning::Template).iter().any(is_last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_behind_the_word_of_a_family_stands_for_its_number() {
        for (word, expected) in [
            ("XIP-N", true),
            ("(EIP-X)", true),
            ("<ADR-NN>", true),
            ("XIP-XXX", true),
            ("Plan-N", false),
            ("A-N", false),
            ("XIP-1", false),
            ("N", false),
        ] {
            assert_eq!(stands_for_number(word), expected, "{word}");
        }
    }

    #[test]
    fn titles_have_placeholders_in_any_language() {
        for title in
            ["标题", "# 【名称】", "（タイトル）", "Título", "Titre court", "{название}", "제목", "ADR-0000：「标题」"]
        {
            assert!(has_placeholder(title), "{title}");
        }
        for title in ["缓存的设计", "修改文件名称的规则", "Кэш", "왜 캐시인가"] {
            assert!(!has_placeholder(title), "{title}");
        }
    }

    #[test]
    fn a_title_may_start_with_the_sign_of_a_number() {
        for (title, expected) in [
            ("NNN Title", true),
            ("0000 Title", true),
            ("NN Title", false),
            ("XX Title", false),
            ("NN: Title", true),
            ("1. Title", true),
            ("NNN", false),
        ] {
            assert_eq!(starts_with_number(title), expected, "{title}");
        }
    }

    #[test]
    fn a_value_may_be_a_number() {
        for (value, expected) in [
            ("0384", Some("0384")),
            ("XIP-7", Some("7")),
            ("'XIP 7'", Some("7")),
            ("[XIP-0451](0451-cache.md)", Some("0451")),
            ("[7][seven]", Some("7")),
            ("7, 8", None),
            ("XIP-7 and more", None),
            ("a-b-7", None),
            ("2026-01-01", None),
            ("7 days", None),
            ("", None),
            ("💡", None),
        ] {
            let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
            assert_eq!(lone_number(value, is_number).map(|range| &value[range]), expected, "{value}");
        }
        assert_eq!(lone_number_sign("[XIP-NNNN](NNNN-name.md)"), Some(5..9));
    }

    #[test]
    fn the_prefix_of_a_title() {
        for (source, title, expected) in [
            ("VIP-`$VIP_Number`: `$VIP_Title`", "VIP-$VIP_Number: $VIP_Title", Some("VIP-")),
            ("XIP-XXX: Proposal title", "XIP-XXX: Proposal title", Some("XIP-")),
            ("RFC {number}: {title}", "RFC {number}: {title}", Some("RFC ")),
            ("ADR-NNNN: <short title>", "ADR-NNNN: <short title>", Some("ADR-")),
            ("{short title of the solution}", "{short title of the solution}", None),
            ("Venice Improvement Proposal Template", "Venice Improvement Proposal Template", None),
            ("Title", "Title", None),
            ("Feature name", "Feature name", None),
            ("RFC title", "RFC title", None),
            ("XIP-X - (title)", "XIP-X - (title)", Some("XIP-")),
            ("XIP 0 - A short title", "XIP 0 - A short title", Some("XIP ")),
            ("XIP0000: Title", "XIP0000: Title", Some("XIP")),
            ("[XIP-0000] Title", "[XIP-0000] Title", Some("[XIP-")),
            ("[Draft] Title", "[Draft] Title", None),
            ("API X: Title", "API X: Title", Some("API ")),
            ("XIP 2: Title", "XIP 2: Title", None),
            ("API name", "API name", None),
            ("XIP-Number: Title", "XIP-Number: Title", Some("XIP-")),
            ("XIP-Number: {title}", "XIP-Number: {title}", Some("XIP-")),
            ("Plan X", "Plan X", None),
            ("Number 7: Title", "Number 7: Title", None),
            ("NNNN — Title", "NNNN — Title", Some("")),
            ("<number>. <title>", "<number>. <title>", Some("")),
            ("NUMBER. TITLE", "NUMBER. TITLE", Some("")),
            ("1. Title", "1. Title", Some("")),
            ("{номер}. {название}", "{номер}. {название}", Some("")),
            ("ADR-NNNN：标题", "ADR-NNNN：标题", Some("ADR-")),
            ("第NNN号 标题", "第NNN号 标题", Some("第")),
            ("第XXXX号：标题", "第XXXX号：标题", Some("第")),
            ("ADR-XXXX · Titre", "ADR-XXXX · Titre", Some("ADR-")),
            ("编号：标题", "编号：标题", Some("")),
            ("{short title}: {more}", "{short title}: {more}", None),
            ("1. Store", "1. Store", Some("")),
            ("2. Store", "2. Store", None),
            ("1 store", "1 store", None),
            ("2026: Plans", "2026: Plans", None),
            ("3 things to know", "3 things to know", None),
            ("NNNN Title", "NNNN Title", Some("")),
            ("0000 A title", "0000 A title", Some("")),
            ("N queens", "N queens", None),
            ("Name. Title", "Name. Title", None),
        ] {
            assert_eq!(title_prefix(source, title).as_deref(), expected, "{source}");
        }
    }
}
