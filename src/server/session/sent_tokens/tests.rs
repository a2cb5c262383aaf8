//! What is sent, and what of it is kept.

use super::*;

/// Tokens of one letter each, a space apart.
fn tokens(count: usize) -> Vec<SemanticToken> {
    let token = SemanticToken { delta_start: 2, length: 1, ..SemanticToken::default() };
    vec![token; count]
}

fn id(name: usize) -> DocumentId {
    DocumentId::Other(format!("untitled:{name}"))
}

fn is_full(result: &SemanticTokensFullDeltaResult) -> bool {
    matches!(result, SemanticTokensFullDeltaResult::Tokens(_))
}

/// `old` and `new` are types of tokens, a digit each; `expected` is the edit's start, count and types.
fn check_edits(old: &str, new: &str, expected: Option<(u32, u32, &str)>) {
    let tokens = |types: &str| -> Vec<SemanticToken> {
        let types = types.bytes().map(|digit| u32::from(digit - b'0'));
        types.map(|token_type| SemanticToken { token_type, ..SemanticToken::default() }).collect()
    };
    let found = edits(&tokens(old), &tokens(new));
    let expected = expected.map(|(start, delete_count, types)| {
        let data = Some(tokens(types)).filter(|data| !data.is_empty());
        SemanticTokensEdit { start, delete_count, data }
    });
    assert_eq!(found, Vec::from_iter(expected), "{old} {new}");
}

#[test]
fn one_edit_leaves_what_is_the_same_before_and_behind() {
    check_edits("", "", None);
    check_edits("012", "012", None);
    check_edits("", "01", Some((0, 0, "01")));
    check_edits("01", "", Some((0, 10, "")));
    check_edits("012", "0312", Some((5, 0, "3")));
    check_edits("0312", "012", Some((5, 5, "")));
    check_edits("012", "032", Some((5, 5, "3")));
    check_edits("000", "00000", Some((15, 0, "00")));
    check_edits("00000", "000", Some((15, 10, "")));
}

#[test]
fn a_delta_counts_from_the_last_result_alone() {
    let sent = SentTokens::default();
    let first = sent.full(id(1), tokens(1)).result_id.expect("an id");
    let second = sent.full(id(1), tokens(2)).result_id.expect("an id");
    assert!(is_full(&sent.delta(id(2), tokens(1), &second)), "of another document");
    assert!(is_full(&sent.delta(id(1), tokens(1), &first)), "too old");
    let third = sent.full(id(1), tokens(2)).result_id.expect("an id");
    assert!(!is_full(&sent.delta(id(1), tokens(1), &third)));
    let fourth = sent.full(id(1), tokens(2)).result_id.expect("an id");
    sent.forget(&id(1));
    assert!(is_full(&sent.delta(id(1), tokens(2), &fourth)), "closed since");
}

#[test]
fn what_is_kept_is_bounded() {
    let sent = SentTokens::default();
    assert_eq!(sent.full(id(0), tokens(MAX_TOKENS + 1)).result_id, None);
    let ids: Vec<_> =
        (1..=MAX_DOCUMENTS + 1).map(|name| sent.full(id(name), tokens(1)).result_id.expect("an id")).collect();
    assert!(!is_full(&sent.delta(id(2), tokens(1), &ids[1])));
    assert!(is_full(&sent.delta(id(1), tokens(1), &ids[0])), "the first one went");
}
