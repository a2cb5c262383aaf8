//! The values that a template lists where a proposal is to have one of them.

/// The values of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Enumeration {
    pub(super) values: Vec<String>,
    /// Whether the list goes on: it has an ellipsis, or a value with a part to fill in.
    pub(super) is_open: bool,
}

const QUOTES: [char; 7] = ['\'', '"', '`', '‘', '’', '“', '”'];

/// How many words a value has at most; what is longer explains.
const VALUE_WORDS: usize = 4;

impl Enumeration {
    /// Reads `one of ['A', 'B']`, `A|B|C`, `{A | B}`, `<A, B, or C>` and `(A / B)`, with whatever quotes and marks around them;
    /// empty where `value` is none of them.
    pub(super) fn of(value: &str) -> Enumeration {
        let value = value.replace("\\|", "|");
        let value = value.trim_matches(|character: char| QUOTES.contains(&character) || " _*".contains(character));
        let closed = listed(value).or_else(|| barred(value)).or_else(|| spoken(value));
        // Where values are divided by a slash, several of them, or others, are as good.
        let (mut known, mut is_open) = (Vec::new(), closed.is_none());
        for value in closed.or_else(|| slashed(value)).unwrap_or_default() {
            match value.as_str() {
                "…" | "..." | "etc." | "etc" => is_open = true,
                value if has_part_to_fill_in(value) => is_open = true,
                "" => {}
                value => known.push(value.to_owned()),
            }
        }
        if known.len() < 2 { Enumeration::default() } else { Enumeration { values: known, is_open } }
    }
}

/// `superseded by ADR-0123`, `other (name it)`
fn has_part_to_fill_in(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    digits > 2 && value.contains('-') || value.contains(['(', '{', '<', '$']) || value.to_lowercase() == "other"
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
    let are_short = values.iter().all(|value| value.split(' ').count() <= VALUE_WORDS);
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

/// `(A / B)`
fn slashed(value: &str) -> Option<Vec<String>> {
    let values: Vec<String> = bracketed(value)?.split(" / ").map(unquoted).collect();
    let is_value = |value: &String| value.split(' ').count() <= 2;
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
    fn an_ellipsis_a_part_to_fill_in_or_a_slash_leaves_a_list_open() {
        for value in
            ["(draft / final)", "{draft | final | …", "{draft | final | replaced by XIP-0123}", "draft | final | other"]
        {
            let found = Enumeration::of(value);
            assert_eq!((found.values.join(" "), found.is_open), ("draft final".to_owned(), true), "{value}");
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
            "Draft",
            "",
        ] {
            check(value, &[]);
        }
    }
}
