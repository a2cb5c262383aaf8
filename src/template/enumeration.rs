//! The values that a template lists where a proposal is to have one of them.

use super::{is_nothing, naming};
use crate::letters::is_dense;
use crate::syntax::fold_space;
use crate::terms::{self, Meaning};

/// The values of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Enumeration {
    pub(super) values: Vec<String>,
    /// What values begin with that have a part to fill in: `superseded by`.
    pub(super) starts: Vec<String>,
    /// What may stand in the place of such a part, where that is a list itself: `Standard (Core, Networking)`.
    pub(super) nested: Vec<String>,
    /// Whether the list goes on: it has an ellipsis, or a value that is all to fill in.
    pub(super) is_open: bool,
    /// Whether several of the values, or others, may be as good: slashes divide them.
    pub(super) is_loose: bool,
}

const QUOTES: [char; 7] = ['\'', '"', '`', '‘', '’', '“', '”'];

/// How many words a value has at most; what is longer explains.
const VALUE_WORDS: usize = 4;

/// How many signs it has at most in a script without blanks.
const VALUE_SIGNS: usize = 8;

impl Enumeration {
    /// Reads `one of ['A', 'B']`, `A|B|C`, `{A | B}`, `<A, B, or C>`, `(A / B)` and `A/B`, with whatever quotes and marks around
    /// them; empty where `value` is none of them.
    pub(super) fn of(value: &str) -> Enumeration {
        // Most values are one word, which needs no more looking at.
        if value.is_ascii() && !value.contains([',', '|', '/', ' ']) {
            return Enumeration::default();
        }
        let value = narrowed(&without_comments(&value.replace("\\|", "|")));
        let is_mark = |character: char| QUOTES.contains(&character) || " _*".contains(character);
        // The marks around all of it, not those of its first and last value.
        let value = if value.contains(['*', '`']) && has_marked_values(&value) {
            value.trim()
        } else {
            value.trim_matches(is_mark)
        };
        let closed = listed(value).or_else(|| barred(value)).or_else(|| spoken(value));
        // Where values are divided by a slash, several of them, or others, are as good.
        let is_closed = closed.is_some();
        Enumeration::from(closed.or_else(|| slashed(value)).unwrap_or_default(), is_closed)
    }

    /// Reads what a comment says of the values of the key beside it, which has `value`: `Values: a | b`, `one of a, b or c`, and
    /// `a, b, c` where `value` is one of them.
    pub(super) fn of_comment(comment: &str, value: &str) -> Enumeration {
        let comment = narrowed(&fold_space(comment.trim_start_matches(['#', ' '])));
        let said = comment.rsplit_once(": ").map_or(comment.as_str(), |(_, said)| said);
        if said.contains(". ") {
            return Enumeration::default();
        }
        let is_own = |values: &Vec<String>| values.iter().any(|known| known.eq_ignore_ascii_case(value));
        let has_none = value.is_empty() || value.starts_with(['(', '<', '{', '[']);
        let told = barred(said).or_else(|| spoken(said)).or_else(|| spoken_of(said));
        let told = told.or_else(|| slashed(said)).filter(|values| has_none || is_own(values));
        let divided = || {
            let values: Vec<String> = said.trim_end_matches('.').split(", ").map(unquoted).collect();
            let is_value = |value: &String| value.split(' ').count() <= 2;
            (values.len() > 1 && values.iter().all(is_value)).then_some(values).filter(is_own)
        };
        Enumeration::from(told.or_else(divided).unwrap_or_default(), true)
    }

    /// Reads what a sentence gives as examples: `What is the status, such as a, b, c, etc.?`
    pub(super) fn of_example(sentence: &str) -> Enumeration {
        let said = EXAMPLES.iter().find_map(|start| Some(sentence.split_once(start)?.1)).unwrap_or_default();
        let said = said.trim_end_matches(['?', '.', ')', ' ']).trim_end_matches("etc").trim_end_matches([',', ' ']);
        let listed = spoken_of(said).unwrap_or_default();
        Enumeration { is_open: true, ..Enumeration::from(listed, true) }
    }

    fn from(listed: Vec<String>, is_closed: bool) -> Enumeration {
        let mut found = Enumeration { is_loose: !is_closed, ..Enumeration::default() };
        for value in listed {
            match value.as_str() {
                "…" | "..." | "etc." | "etc" => found.is_open = true,
                value if value.eq_ignore_ascii_case("other") || is_kind(value) => found.is_open = true,
                "" => {}
                value => match part_to_fill_in(value).map(|at| value[..at].trim_matches(is_sign)) {
                    Some("") => found.is_open = true,
                    Some(start) => {
                        found.starts.push(start.to_owned());
                        found.nested.extend(nested(value));
                    }
                    None => found.values.push(value.to_owned()),
                },
            }
        }
        let said = found.values.iter().filter(|value| !is_nothing(value)).count();
        let is_list = said > 0 && said + found.starts.len() > 1;
        if is_list { found } else { Enumeration::default() }
    }
}

/// What comes before examples.
const EXAMPLES: [&str; 3] = ["such as ", "e.g. ", "for example "];
/// `value` with the signs of ASCII for wide ones that set off and divide values: `【草案｜已接受】`, `（草案、已接受）`. A list of values in
/// brackets may end with any language's `or`.
fn narrowed(value: &str) -> String {
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

/// `inside` with `or` for what divides the last two values in other languages.
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

/// The values in parentheses behind `value`: `Standard (Core, Networking)`.
fn nested(value: &str) -> Vec<String> {
    let inside = value.strip_suffix(')').and_then(|value| value.split_once('('));
    let values: Vec<String> = inside.map(|(_, inside)| inside.split(',').map(unquoted).collect()).unwrap_or_default();
    if values.len() > 1 && values.iter().all(|value| !value.is_empty() && value.split(' ').count() <= 2) {
        values
    } else {
        Vec::new()
    }
}

/// Words for what a value is, and not for one.
const KINDS: [&str; 14] = [
    "address", "date", "email", "handle", "id", "issue", "link", "links", "name", "names", "number", "path", "url",
    "version",
];

/// Whether `value` says what kind of thing stands there: `PR link`.
fn is_kind(value: &str) -> bool {
    value.rsplit(' ').next().is_some_and(|last| KINDS.contains(&last.to_lowercase().as_str()))
}

/// `value` without its comments.
pub(super) fn without_comments(value: &str) -> String {
    let mut kept = value.to_owned();
    while let Some(start) = kept.find("<!--") {
        let end = kept[start..].find("-->").map_or(kept.len(), |at| start + at + "-->".len());
        kept.replace_range(start..end, "");
    }
    kept
}

/// Whether several parts of `value` have marks of their own: `*Draft* | *Final*`, `**A** or **B**`.
fn has_marked_values(value: &str) -> bool {
    [" | ", "|", " or ", ", "].iter().any(|divider| {
        let mut parts = value.split(divider).map(str::trim);
        let is_marked = |part: &str| {
            ["*", "`", "_"].iter().any(|mark| part.starts_with(mark) && part.ends_with(mark) && part.len() > 2)
        };
        parts.clone().count() > 1 && parts.all(is_marked)
    })
}

fn is_sign(character: char) -> bool {
    !character.is_alphanumeric()
}

/// Where the part of `value` starts that is to be filled in: `superseded by ADR-0123`, `other (name it)`, `replaced by "name"`.
fn part_to_fill_in(value: &str) -> Option<usize> {
    let is_number = |word: &str| word.contains('-') && word.chars().filter(char::is_ascii_digit).count() > 2;
    // In `由ADR-0123取代` no blank comes before the number.
    let place = |word: &str| Some(value.find(word)? + word.find(|sign| !is_dense(sign)).unwrap_or(0));
    let numbered = value.split(' ').find(|word| is_number(word)).and_then(place);
    let bracket =
        value.find(|sign: char| "({<$[（".contains(sign) || QUOTES.contains(&sign) && sign != '\'' && sign != '’');
    let signed = value.split(' ').find(|word| naming::stands_for_number(word)).and_then(place);
    [numbered, bracket, signed].into_iter().flatten().min()
}

fn unquoted(value: &str) -> String {
    let value = value.trim().trim_matches(QUOTES).trim();
    let marked = ["**", "*", "__", "_"].iter().find_map(|mark| {
        value.strip_prefix(mark)?.strip_suffix(mark).filter(|inside| !inside.is_empty() && !inside.contains(mark))
    });
    marked.unwrap_or(value).trim_matches(QUOTES).to_owned()
}

/// `one of ['A', 'B']`
fn listed(value: &str) -> Option<Vec<String>> {
    let open = value.find('[')?;
    let close = open + value[open..].find(']')?;
    // A link is no list.
    let is_link = value[close..].starts_with("](") || value[close..].starts_with("][");
    let inside = &value[open + 1..close];
    (!is_link && inside.contains(',')).then(|| inside.split(',').map(unquoted).collect())
}

/// `A|B|C`, perhaps in brackets or braces of which one may be missing.
fn barred(value: &str) -> Option<Vec<String>> {
    let value = inside_one_of(value).unwrap_or(value);
    let inside = value.trim_matches(['{', '}', '<', '>', '[', ']', '(', ')', ' ']);
    let values: Vec<String> = inside.split('|').map(unquoted).collect();
    let fixed = |value: &String| value[..part_to_fill_in(value).unwrap_or(value.len())].split(' ').count();
    let are_short = values.iter().all(|value| fixed(value) <= VALUE_WORDS);
    (values.len() > 1 && are_short).then_some(values)
}

/// What stands behind `one of`.
fn inside_one_of(value: &str) -> Option<&str> {
    let start = value.to_ascii_lowercase().find("one of")?;
    Some(value[start + "one of".len()..].trim_start_matches([':', ' ']))
}

/// `<A, B, or C>`, `one of: A, B`, `A, B or C` and `**A** or **B**`
fn spoken(value: &str) -> Option<Vec<String>> {
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
    // Without brackets around them, they start as names do.
    let is_name = |value: &String| value.starts_with(char::is_uppercase) && value.split(' ').count() < VALUE_WORDS;
    let are_values = match (said.is_some(), has_marked_values(inside)) {
        (_, true) => has_or && values.len() > 2,
        (true, _) if values.iter().all(|value| value.starts_with(is_dense)) => values.len() > 2,
        (true, _) => has_or && values.len() > 2 || is_listed && (has_or || inside.contains(',')) && values.len() > 1,
        (false, _) => has_or && is_divided && values.len() > 2 && values.iter().all(is_name),
    };
    (are_values && values.iter().all(is_value) && !values.iter().any(|value| value.contains('('))).then_some(values)
}

/// `a, b, or superseded by <X>`, as a comment has them
fn spoken_of(value: &str) -> Option<Vec<String>> {
    let values: Vec<String> = value.trim_end_matches('.').replace(" or ", ", ").split(',').map(unquoted).collect();
    let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    let fixed = |value: &String| value[..part_to_fill_in(value).unwrap_or(value.len())].split(' ').count();
    (values.len() > 2 && values.iter().all(|value| fixed(value) <= 3 && !value.contains('.'))).then_some(values)
}

/// `(A / B)`, `A / B / C` and `Core/Meta`
fn slashed(value: &str) -> Option<Vec<String>> {
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

    fn check(value: &str, expected: &[&str]) {
        let found = Enumeration::of(value);
        assert_eq!(found.values, expected, "{value}");
        assert!(!found.is_open, "{value}");
    }

    #[test]
    fn the_notations_of_a_list() {
        check(r#"_"one of ['Under Discussion', 'Accepted']"_"#, &["Under Discussion", "Accepted"]);
        check("Draft|Final", &["Draft", "Final"]);
        check("_one of Draft | In Review | Final_", &["Draft", "In Review", "Final"]);
        check("{Draft | Final}", &["Draft", "Final"]);
        check(r"Draft \| Final", &["Draft", "Final"]);
        check("<Core, Process, or Meta>", &["Core", "Process", "Meta"]);
        check("(Core, Process or Meta)", &["Core", "Process", "Meta"]);
        check("one of: Draft, Final", &["Draft", "Final"]);
        check("Draft, In Review, or Rejected", &["Draft", "In Review", "Rejected"]);
        check("**Draft** or **In Review** or **Final**", &["Draft", "In Review", "Final"]);
        check("*Draft* | *Final*", &["Draft", "Final"]);
        check("`Draft` | `Final`", &["Draft", "Final"]);
        check("P1 or P2 or P3", &["P1", "P2", "P3"]);
        check("Draft | Final <!-- or what you will -->", &["Draft", "Final"]);
    }

    #[test]
    fn the_notations_of_a_list_in_any_script() {
        for value in [
            "草案｜已接受｜已废弃",
            "草案 | 已接受 | 已废弃",
            "【草案 | 已接受 | 已废弃】",
            "（草案、已接受、已废弃）",
            "【草案｜已接受或已废弃】",
            "[草案、已接受 或 已废弃]",
        ] {
            let found = Enumeration::of(value);
            assert!(found.values.len() > 1 && found.values[0] == "草案", "{value} {found:?}");
        }
        check("{propuesto | aceptado | rechazado}", &["propuesto", "aceptado", "rechazado"]);
        check("<Entwurf, Akzeptiert oder Abgelehnt>", &["Entwurf", "Akzeptiert", "Abgelehnt"]);
        assert_eq!(Enumeration::of("草案／已接受／已废弃").values, ["草案", "已接受", "已废弃"]);
        assert_eq!(Enumeration::of("草案 / 已接受 / 已废弃").values, ["草案", "已接受", "已废弃"]);
        let found = Enumeration::of("草案 | 已接受 | 由ADR-XXXX取代");
        assert_eq!((found.values.join(" "), found.starts.join(" ")), ("草案 已接受".to_owned(), "由".to_owned()));
        for value in ["（用一句话说明，为什么要做）", "某人、另一个人", "背景说明"] {
            assert_eq!(Enumeration::of(value), Enumeration::default(), "{value}");
        }
    }

    #[test]
    fn an_ellipsis_or_a_slash_leaves_a_list_open() {
        for value in ["{draft | final | …", "draft | final | other", "draft | final | <x>", "draft | final | PR link"]
        {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_open), ("draft final".to_owned(), true), "{value}");
        }
        for value in ["Core/Meta/Process", "`Core / Meta / Process`", "(Core / Meta / Process)"] {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_loose), ("Core Meta Process".to_owned(), true), "{value}");
        }
    }

    #[test]
    fn a_value_may_go_on_with_what_is_to_be_filled_in() {
        for value in [
            "{draft | final | replaced by XIP-0123}",
            "draft | final | replaced by #NNNN",
            "draft | final | replaced by \"name\"",
            "draft | final | replaced by [NNN](NNN-title.md)",
            "<draft | final | replaced by (the number of the one that comes after it)>",
            "draft | final | replaced by XIP-XXX",
        ] {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_open), ("draft final".to_owned(), false), "{value}");
            assert_eq!(found.starts, ["replaced by"], "{value}");
        }
    }

    #[test]
    fn comments_may_list_the_values_of_a_key() {
        for comment in
            ["# Values: draft | final", "#draft, final", "# one of draft, late, or final", "# Either: draft, final."]
        {
            let found = Enumeration::of_comment(comment, "draft");
            assert!(found.values.len() > 1 && !found.is_open, "{comment} {found:?}");
        }
        for comment in
            ["# see a, b, c", "# draft, or what you see fit, final", "# Draft for now. Later: a | b. Or c", "#"]
        {
            assert_eq!(Enumeration::of_comment(comment, "draft"), Enumeration::default(), "{comment}");
        }
    }

    #[test]
    fn what_explains_is_no_list() {
        for value in [
            "_(Names)_",
            "[PR 1, a draft](https://example.org)",
            "<names, or names and addresses in brackets>",
            "<name of the author or of the team>",
            "(fill me in with today's date, YYYY-MM-DD)",
            "A / B",
            "UI/UX",
            "path/to/file",
            "https://example.org/A/B",
            "Name / handle",
            "**Draft** or **In Review**",
            "N/A | PR link",
            "Draft <!-- Draft | Final -->",
            "A link to the issue, or to the PR, or both",
            "Someone, or their team",
            "Draft",
            "",
        ] {
            check(value, &[]);
        }
    }
}
