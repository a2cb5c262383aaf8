//! The lists of values that a template offers as a choice.

use super::is_nothing;
use super::notations::{
    QUOTES, barred, has_marked_values, listed, narrowed, part_to_fill_in, slashed, spoken, spoken_of, unquoted,
};
use crate::syntax::fold_space;
use crate::terms::{self, Meaning};

/// The values of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Enumeration {
    pub(super) values: Vec<String>,
    /// The starts of values that have a part to fill in: `superseded by`.
    pub(super) starts: Vec<String>,
    /// The possible contents of such a part, if it is a list itself: `Standard (Core, Networking)`.
    pub(super) nested: Vec<String>,
    /// Whether other values are allowed: the list has an ellipsis, or a value that is a placeholder as a whole.
    pub(super) is_open: bool,
    /// Whether several of the values, or others, may do as well, as slashes separate them.
    pub(super) is_loose: bool,
}

impl Enumeration {
    /// Reads `one of ['A', 'B']`, `A|B|C`, `{A | B}`, `<A, B, or C>`, `(A / B)` and `A/B`, with any quotes and marks around them.
    /// The result is empty if `value` is none of these.
    pub(super) fn of(value: &str) -> Enumeration {
        // Fast path: most values are one word.
        if value.is_ascii() && !value.contains([',', '|', '/', ' ']) {
            return Enumeration::default();
        }
        let value = narrowed(&without_comments(&value.replace("\\|", "|")));
        let is_mark = |character: char| QUOTES.contains(&character) || " _*".contains(character);
        // Strips the marks around the whole list, but not those of its first and last value.
        let value = if value.contains(['*', '`']) && has_marked_values(&value) {
            value.trim()
        } else {
            value.trim_matches(is_mark)
        };
        let closed = listed(value).or_else(|| barred(value)).or_else(|| spoken(value));
        // Where slashes separate values, several of them, or others, may do as well.
        let is_closed = closed.is_some();
        Enumeration::from(closed.or_else(|| slashed(value)).unwrap_or_default(), is_closed)
    }

    /// Returns these values, or, if there are none, those of `A, B`, which is a list if each of them is a known status.
    pub(super) fn or_statuses(self, value: &str) -> Enumeration {
        if !self.values.is_empty() || !value.contains([',', '、', '，']) {
            return self;
        }
        let value = narrowed(&without_comments(value)).replace('，', ",");
        let values: Vec<String> = unquoted(&value).split(',').map(unquoted).collect();
        let is_status = |value: &String| terms::is_status(value) || terms::is(&value.to_lowercase(), Meaning::Waiting);
        let are_statuses = values.len() > 1 && values.iter().all(is_status);
        if are_statuses { Enumeration::from(values, true) } else { self }
    }

    /// Reads the values that a comment lists for the key next to it, which has `value`: `Values: a | b`, `one of a, b or c`, and
    /// `a, b, c` if `value` is one of them.
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

    /// Reads the values that a sentence gives as examples: `What is the status, such as a, b, c, etc.?`
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

/// Phrases that introduce examples.
const EXAMPLES: [&str; 3] = ["such as ", "e.g. ", "for example "];

/// Returns the values in parentheses at the end of `value`: `Standard (Core, Networking)`.
fn nested(value: &str) -> Vec<String> {
    let inside = value.strip_suffix(')').and_then(|value| value.split_once('('));
    let values: Vec<String> = inside.map(|(_, inside)| inside.split(',').map(unquoted).collect()).unwrap_or_default();
    if values.len() > 1 && values.iter().all(|value| !value.is_empty() && value.split(' ').count() <= 2) {
        values
    } else {
        Vec::new()
    }
}

/// Words for a kind of value, rather than for a value.
const KINDS: [&str; 14] = [
    "address", "date", "email", "handle", "id", "issue", "link", "links", "name", "names", "number", "path", "url",
    "version",
];

/// Whether `value` names the kind of thing that belongs in its place: `PR link`.
fn is_kind(value: &str) -> bool {
    value.rsplit(' ').next().is_some_and(|last| KINDS.contains(&last.to_lowercase().as_str()))
}

/// Returns `value` without its comments.
pub(super) fn without_comments(value: &str) -> String {
    let mut kept = value.to_owned();
    while let Some(start) = kept.find("<!--") {
        let end = kept[start..].find("-->").map_or(kept.len(), |at| start + at + "-->".len());
        kept.replace_range(start..end, "");
    }
    kept
}

fn is_sign(character: char) -> bool {
    !character.is_alphanumeric()
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
    fn words_with_commas_between_are_a_list_if_all_are_statuses() {
        for (value, expected) in [
            ("Proposed, Accepted", "Proposed|Accepted"),
            ("_Draft, Accepted, Superseded_", "Draft|Accepted|Superseded"),
            ("Draft, Under Review, Final", "Draft|Under Review|Final"),
            ("提议，已接受", "提议|已接受"),
            ("Accepted, superseded by XIP-7", ""),
            ("Accepted, on 2026-01-30", ""),
            ("Draft, A. Author", ""),
            ("Draft,", ""),
            ("Draft", ""),
            ("storage, caching", ""),
        ] {
            assert_eq!(Enumeration::default().or_statuses(value).values.join("|"), expected, "{value}");
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
