//! The values that a template lists where a proposal is to have one of them.

use super::naming;
use crate::syntax::fold_space;

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
}

const QUOTES: [char; 7] = ['\'', '"', '`', '‘', '’', '“', '”'];

/// How many words a value has at most; what is longer explains.
const VALUE_WORDS: usize = 4;

impl Enumeration {
    /// Reads `one of ['A', 'B']`, `A|B|C`, `{A | B}`, `<A, B, or C>`, `(A / B)` and `A/B`, with whatever quotes and marks around
    /// them; empty where `value` is none of them.
    pub(super) fn of(value: &str) -> Enumeration {
        let value = value.replace("\\|", "|");
        let value = value.trim_matches(|character: char| QUOTES.contains(&character) || " _*".contains(character));
        let closed = listed(value).or_else(|| barred(value)).or_else(|| spoken(value));
        // Where values are divided by a slash, several of them, or others, are as good.
        let is_closed = closed.is_some();
        Enumeration::from(closed.or_else(|| slashed(value)).unwrap_or_default(), is_closed)
    }

    /// Reads what a comment says of the values of the key beside it, which has `value`: `Values: a | b`, `one of a, b or c`, and
    /// `a, b, c` where `value` is one of them.
    pub(super) fn of_comment(comment: &str, value: &str) -> Enumeration {
        let comment = fold_space(comment.trim_start_matches(['#', ' ']));
        let said = comment.rsplit_once(": ").map_or(comment.as_str(), |(_, said)| said);
        if said.contains(". ") {
            return Enumeration::default();
        }
        let is_own = |values: &Vec<String>| values.iter().any(|known| known.eq_ignore_ascii_case(value));
        let has_none = value.is_empty() || value.starts_with(['(', '<', '{', '[']);
        let told = barred(said).or_else(|| spoken(said)).filter(|values| has_none || is_own(values));
        let divided = || {
            let values: Vec<String> = said.trim_end_matches('.').split(", ").map(unquoted).collect();
            let is_value = |value: &String| value.split(' ').count() <= 2;
            (values.len() > 1 && values.iter().all(is_value)).then_some(values).filter(is_own)
        };
        Enumeration::from(told.or_else(divided).unwrap_or_default(), true)
    }

    fn from(listed: Vec<String>, is_closed: bool) -> Enumeration {
        let mut found = Enumeration { is_open: !is_closed, ..Enumeration::default() };
        for value in listed {
            match value.as_str() {
                "…" | "..." | "etc." | "etc" => found.is_open = true,
                value if value.eq_ignore_ascii_case("other") => found.is_open = true,
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
        let is_list = !found.values.is_empty() && found.values.len() + found.starts.len() > 1;
        if is_list { found } else { Enumeration::default() }
    }
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

fn is_sign(character: char) -> bool {
    !character.is_alphanumeric()
}

/// Where the part of `value` starts that is to be filled in: `superseded by ADR-0123`, `other (name it)`, `replaced by "name"`.
fn part_to_fill_in(value: &str) -> Option<usize> {
    let is_number = |word: &str| word.contains('-') && word.chars().filter(char::is_ascii_digit).count() > 2;
    let numbered = value.split(' ').find(|word| is_number(word)).and_then(|word| value.find(word));
    let bracket =
        value.find(|sign: char| "({<$[（".contains(sign) || QUOTES.contains(&sign) && sign != '\'' && sign != '’');
    let signed = value.split(' ').find(|word| naming::stands_for_number(word)).and_then(|word| value.find(word));
    [numbered, bracket, signed].into_iter().flatten().min()
}

fn unquoted(value: &str) -> String {
    value.trim().trim_matches(QUOTES).trim().to_owned()
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

/// `<A, B, or C>`
fn spoken(value: &str) -> Option<Vec<String>> {
    let inside = bracketed(value).or_else(|| inside_one_of(value))?;
    let inside = inside.trim_matches(['{', '}', '<', '>', '(', ')', ' ']);
    let (rest, last) = inside.rsplit_once(" or ")?;
    let rest = rest.trim_end_matches(',');
    let values: Vec<String> = rest.split(',').chain([last]).map(unquoted).collect();
    let is_value = |value: &String| value.split(' ').count() <= VALUE_WORDS && !value.contains(['.', '(', '@', '+']);
    (values.len() > 2 && values.iter().all(is_value)).then_some(values)
}

/// `(A / B)`, `A / B / C` and `Core/Meta`
fn slashed(value: &str) -> Option<Vec<String>> {
    let inside = bracketed(value);
    let divider = if value.contains(" / ") { " / " } else { "/" };
    let values: Vec<String> = inside.unwrap_or(value).split(divider).map(unquoted).collect();
    let is_name = |value: &String| value.starts_with(char::is_uppercase) && value.chars().count() > 2;
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
    }

    #[test]
    fn an_ellipsis_or_a_slash_leaves_a_list_open() {
        for value in ["(draft / final)", "{draft | final | …", "draft | final | other", "draft | final | <x>"] {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_open), ("draft final".to_owned(), true), "{value}");
        }
        for value in ["Core/Meta/Process", "`Core / Meta / Process`"] {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_open), ("Core Meta Process".to_owned(), true), "{value}");
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
            assert!(found.values.len() > 1 && !found.is_open, "{comment}");
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
            "Draft",
            "",
        ] {
            check(value, &[]);
        }
    }
}
