//! The notations in which a template lists values.

use super::signs;
use crate::letters::is_dense;
use crate::terms::{self, Meaning};

pub(super) const QUOTES: [char; 7] = ['\'', '"', '`', '‘', '’', '“', '”'];

/// The maximum number of words in a value. A longer text is an explanation.
const VALUE_WORDS: usize = 4;

/// The maximum number of signs in a value in a script without spaces.
const VALUE_SIGNS: usize = 8;

/// Returns `value` with ASCII signs in place of the wide ones that enclose and separate values: `【草案｜已接受】`, `（草案、已接受）`.
pub(super) fn narrowed(value: &str) -> String {
    if value.is_ascii() {
        return value.to_owned();
    }
    let narrow = |sign: char| match sign {
        '（' => "(",
        '）' => ")",
        '【' | '［' | '〔' | '「' | '『' => "[",
        '】' | '］' | '〕' | '」' | '』' => "]",
        '｛' => "{",
        '｝' => "}",
        '〈' | '＜' => "<",
        '〉' | '＞' => ">",
        '｜' => "|",
        '／' => "/",
        '、' => ", ",
        '：' => ": ",
        '。' => ".",
        _ => "",
    };
    let mut narrowed = String::with_capacity(value.len());
    for sign in value.chars() {
        match narrow(sign) {
            "" => narrowed.push(sign),
            other => narrowed.push_str(other),
        }
    }
    narrowed
}

/// Returns `inside` with `or` in place of its equivalents in other languages.
fn with_or(inside: &str) -> String {
    let mut said = inside.to_owned();
    for or in terms::possible(inside, Meaning::Or) {
        said = match or.starts_with(is_dense) {
            true => said.replace(or, " or "),
            false => said.replace(&format!(" {or} "), " or "),
        };
    }
    said
}

/// Whether one of several parts of `value` has marks of its own: `*Draft* | *Final*`, `**A** or B`.
pub(super) fn has_marked_values(value: &str) -> bool {
    [" | ", "|", " or ", ", "].iter().any(|divider| {
        let mut parts = value.split(divider).map(str::trim);
        let is_marked = |part: &str| {
            ["*", "`", "_"].iter().any(|mark| part.starts_with(mark) && part.ends_with(mark) && part.len() > 2)
        };
        parts.clone().count() > 1 && parts.any(is_marked)
    })
}

/// Returns where the part of `value` to fill in starts: `superseded by ADR-0123`, `other (name it)`, `replaced by "name"`.
pub(super) fn part_to_fill_in(value: &str) -> Option<usize> {
    let is_number = |word: &str| word.contains('-') && word.chars().filter(char::is_ascii_digit).count() > 2;
    // In `由ADR-0123取代` there is no space before the number.
    let place = |word: &str| Some(value.find(word)? + word.find(|sign| !is_dense(sign)).unwrap_or(0));
    let numbered = value.split(' ').find(|word| is_number(word)).and_then(place);
    let bracket =
        value.find(|sign: char| "({<$[（".contains(sign) || QUOTES.contains(&sign) && sign != '\'' && sign != '’');
    let signed = value.split(' ').find(|word| signs::stands_for_number(word)).and_then(place);
    [numbered, bracket, signed].into_iter().flatten().min()
}

pub(super) fn unquoted(value: &str) -> String {
    let value = value.trim().trim_matches(QUOTES).trim();
    let marked = ["**", "*", "__", "_"].iter().find_map(|mark| {
        value.strip_prefix(mark)?.strip_suffix(mark).filter(|inside| !inside.is_empty() && !inside.contains(mark))
    });
    marked.unwrap_or(value).trim_matches(QUOTES).to_owned()
}

/// Reads `one of ['A', 'B']`.
pub(super) fn listed(value: &str) -> Option<Vec<String>> {
    let open = value.find('[')?;
    let close = open + value[open..].find(']')?;
    // A link is not a list.
    let is_link = value[close..].starts_with("](") || value[close..].starts_with("][");
    let inside = &value[open + 1..close];
    (!is_link && inside.contains(',')).then(|| inside.split(',').map(unquoted).collect())
}

/// Reads `A|B|C`, which may be in brackets or braces, of which one may be missing.
pub(super) fn barred(value: &str) -> Option<Vec<String>> {
    let value = inside_one_of(value).unwrap_or(value);
    let inside = value.trim_matches(['{', '}', '<', '>', '[', ']', '(', ')', ' ']);
    let values: Vec<String> = inside.split('|').map(unquoted).collect();
    let fixed = |value: &String| value[..part_to_fill_in(value).unwrap_or(value.len())].split(' ').count();
    let are_short = values.iter().all(|value| fixed(value) <= VALUE_WORDS);
    (values.len() > 1 && are_short).then_some(values)
}

/// Returns what follows `one of`.
fn inside_one_of(value: &str) -> Option<&str> {
    let start = value.to_ascii_lowercase().find("one of")?;
    Some(value[start + "one of".len()..].trim_start_matches([':', ' ']))
}

/// Reads `<A, B, or C>`, `one of: A, B`, `A, B or C` and `**A** or **B**`.
pub(super) fn spoken(value: &str) -> Option<Vec<String>> {
    let value = value.trim_end_matches('.');
    let said = bracketed(value).or_else(|| inside_one_of(value));
    let inside = said.unwrap_or(value).trim_matches(['{', '}', '<', '>', '(', ')', ' ']);
    let with_or = with_or(inside);
    let inside = with_or.strip_prefix("either ").unwrap_or(&with_or);
    let parts = inside.split(" or ").flat_map(|part| part.split(','));
    let values: Vec<String> = parts.map(unquoted).filter(|value| !value.is_empty()).collect();
    if values.iter().any(|value| value.chars().filter(|sign| is_dense(*sign)).count() > VALUE_SIGNS) {
        return None;
    }
    let fixed = |value: &str| part_to_fill_in(value).unwrap_or(value.len());
    let is_value =
        |value: &String| value[..fixed(value)].split(' ').count() <= VALUE_WORDS && !value.contains(['.', '@', '+']);
    let (has_or, is_listed) = (inside.contains(" or "), value.to_lowercase().contains("one of"));
    let is_divided = inside.contains(',') || inside.matches(" or ").count() > 1;
    // Without brackets around them, the values must start like names.
    let is_name = |value: &String| value.starts_with(char::is_uppercase) && value.split(' ').count() < VALUE_WORDS;
    let are_values = match (said.is_some(), has_marked_values(inside)) {
        (_, true) => has_or && values.len() > 2,
        (true, _) if values.iter().all(|value| value.starts_with(is_dense)) => values.len() > 2,
        (true, _) => has_or && values.len() > 2 || is_listed && (has_or || inside.contains(',')) && values.len() > 1,
        (false, _) => has_or && is_divided && values.len() > 2 && values.iter().all(is_name),
    };
    (are_values && values.iter().all(is_value) && !values.iter().any(|value| value.contains('('))).then_some(values)
}

/// Reads `a, b, or superseded by <X>`, as comments list values.
pub(super) fn spoken_of(value: &str) -> Option<Vec<String>> {
    let values: Vec<String> = value.trim_end_matches('.').replace(" or ", ", ").split(',').map(unquoted).collect();
    let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    let fixed = |value: &String| value[..part_to_fill_in(value).unwrap_or(value.len())].split(' ').count();
    (values.len() > 2 && values.iter().all(|value| fixed(value) <= 3 && !value.contains('.'))).then_some(values)
}

/// Reads `(A / B)`, `A / B / C` and `Core/Meta`.
pub(super) fn slashed(value: &str) -> Option<Vec<String>> {
    let inside = bracketed(value);
    let divider = if value.contains(" / ") { " / " } else { "/" };
    let values: Vec<String> = inside.unwrap_or(value).split(divider).map(unquoted).collect();
    let is_dense_word = |value: &String| value.starts_with(is_dense) && value.chars().count() > 1;
    let is_name =
        |value: &String| value.starts_with(char::is_uppercase) && value.chars().count() > 2 || is_dense_word(value);
    let is_word = |value: &String| value.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '-'));
    let is_value = |value: &String| match (inside, divider) {
        (Some(_), " / ") => value.split(' ').count() <= 2,
        (None, " / ") => {
            values.len() > 2 && is_name(value) && is_word(value) && value.split(' ').count() <= VALUE_WORDS
        }
        _ => is_name(value) && is_word(value) && !value.contains(' '),
    };
    (values.len() > 1 && values.iter().all(is_value)).then_some(values)
}

fn bracketed(value: &str) -> Option<&str> {
    let pairs = [('{', '}'), ('<', '>'), ('(', ')'), ('[', ']')];
    pairs.iter().find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_marks_of_their_own_at_both_ends() {
        for (value, expected) in [
            ("*Draft* | *Final*", true),
            ("**A** or **B**", true),
            ("`a`, `b`", true),
            ("*Draft | *Final", false),
            ("Draft* | Final*", false),
            ("*Draft | Final*", false),
            ("*Draft*", false),
        ] {
            assert_eq!(has_marked_values(value), expected, "{value}");
        }
    }

    #[test]
    fn the_part_to_fill_in_has_a_number_of_a_document_a_bracket_or_a_sign() {
        for (value, expected) in [
            ("superseded by ADR-0123", Some("ADR-0123")),
            ("由ADR-0123取代", Some("ADR-0123取代")),
            ("other (name it)", Some("(name it)")),
            ("replaced by \"name\"", Some("\"name\"")),
            ("superseded by NNNN", Some("NNNN")),
            ("tier-12", None),
            ("Draft", None),
        ] {
            assert_eq!(part_to_fill_in(value).map(|start| &value[start..]), expected, "{value}");
        }
    }
}
