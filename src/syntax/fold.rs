//! Names normalized for comparison.

use super::numbering::numbering_length;
use super::prose::fold_space;
use crate::letters::{self, WIDE_BRACKETS, is_accent, is_ideograph};

/// Returns `name` normalized for comparison: in lowercase by full case folding, composed and in plain width. White space is folded,
/// and removed next to Han or kana; `&`, `/` and commas become `and`, and a hyphen becomes a space. Brackets, a leading number,
/// punctuation at the end, and signs such as emoji around the name are removed.
pub fn fold(name: &str) -> String {
    let folded = if name.is_ascii() { fold_plain(name) } else { fold_wide(name) };
    // Fast path: few names have any of these.
    if !folded.contains(['&', '-', '/', ',', '[']) {
        return folded;
    }
    let name = folded.replace(['[', ']'], "");
    let name = fold_space(&name.replace(['&', '/', ','], " and ").replace('-', " "));
    name.replace(" and and ", " and ")
}

fn fold_plain(name: &str) -> String {
    let name = name.trim_matches(' ');
    let name = name[numbering_length(name)..].to_ascii_lowercase();
    fold_space(name.trim_end_matches(is_end))
}

/// Folds a name that has non-ASCII letters.
fn fold_wide(name: &str) -> String {
    let is_bracket = |sign: char| WIDE_BRACKETS.iter().any(|(open, close)| sign == *open || sign == *close);
    let is_mark = |sign: char| sign.is_alphanumeric() || is_bracket(sign) || is_accent(sign);
    let is_sign = |sign: char| !sign.is_ascii() && !is_mark(sign) || sign == ' ';
    let name = name.trim_matches(is_sign);
    let name = letters::folded(name[numbering_length(name)..].trim_matches(is_sign));
    let inside = |(open, close): &(char, char)| name.strip_prefix(*open)?.strip_suffix(*close);
    let name = WIDE_BRACKETS.iter().find_map(inside).unwrap_or(&name);
    let name = fold_space(name.trim_end_matches(is_end).trim_matches(is_sign)).replace(['、', '・', '·'], ",");
    let mut signs = name.chars().peekable();
    let (mut folded, mut last) = (String::with_capacity(name.len()), ' ');
    while let Some(sign) = signs.next() {
        let is_beside = is_ideograph(last) || signs.peek().is_some_and(|next| is_ideograph(*next));
        if sign != ' ' || !is_beside {
            folded.push(sign);
        }
        last = sign;
    }
    folded
}

fn is_end(character: char) -> bool {
    matches!(character, ':' | '.' | ',' | ';' | '!' | '?') || character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_folded() {
        assert_eq!(fold("7. Drawbacks & Risks: "), "drawbacks and risks");
        assert_eq!(fold("Test  Plan"), fold("test plan."));
        assert_eq!(fold("2.1 Design"), "design");
        assert_eq!(fold("High-Level Design"), fold("high level design"));
        assert_eq!([fold("💡 Design"), fold("1. ⚠\u{fe0f} Design"), fold("Design: 🧊")], ["design"; 3]);
        assert_eq!([fold("💡"), fold("設計"), fold("Größe")], ["", "設計", "grösse"]);
        assert_eq!(fold("Use of [existing SLOs]?"), "use of existing slos");
        assert_eq!(fold("3D View"), "3d view");
        assert_eq!(fold("2024"), "2024");
    }

    #[test]
    fn names_of_all_scripts_compare_folded() {
        for (one, other) in [
            ("GRÖSSE", "Größe"),
            ("İlgili", "ilgili"),
            ("RÉSUMÉ", "Re\u{301}sume\u{301}"),
            ("ＡＰＩ 设计", "API设计"),
            ("一、背景", "背景"),
            ("【背景】", "背景："),
            ("背景、动机", "背景 & 动机"),
            ("ال\u{640}خلفية", "الخلفية"),
            ("IV. Annex", "annex"),
            ("5.Annex", "annex"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }
}
