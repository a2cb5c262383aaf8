//! The sentences of a template, and what they deny or allow to leave out.

use crate::letters::is_dense;
use crate::syntax::fold_space;
use crate::terms::{self, Meaning};

/// Returns the sentences of `text`, in lowercase.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let text = fold_space(text).to_lowercase();
    let is_end = |(at, sign): &(usize, char)| match sign {
        // `max. 200 words` and `1.000` do not end a sentence.
        '.' => !text[at + 1..].trim_start().starts_with(|next: char| next.is_ascii_digit()),
        _ => matches!(sign, ';' | '!' | '。' | '；' | '！' | '؛'),
    };
    let mut start = 0;
    let mut sentences = Vec::new();
    for (at, sign) in text.char_indices().filter(is_end) {
        sentences.push(text[start..at].to_owned());
        start = at + sign.len_utf8();
    }
    sentences.push(text[start..].to_owned());
    sentences
}

/// Whether `before` ends in a negation.
pub(super) fn is_denied(before: &str) -> bool {
    terms::possible(before, Meaning::Not).any(|not| {
        let rest = before.strip_suffix(not);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric) || not.chars().all(is_dense))
    })
}

/// The maximum distance, in signs, between two words that belong together.
pub(super) const NEAR: usize = 9;

/// Whether `sentence`, in lowercase, tells in a language other than English to remove its section on a condition.
pub(super) fn lets_go_of_section(sentence: &str) -> bool {
    let found = |meaning| terms::find_within(sentence, meaning);
    let Some(removal) = found(Meaning::Remove).filter(|_| found(Meaning::If).is_some()) else { return false };
    let Some(section) = found(Meaning::Section) else { return false };
    let between = sentence.get(section.end..removal.start).or_else(|| sentence.get(removal.end..section.start));
    let is_near = between.is_some_and(|between| {
        let most = if between.contains(is_dense) { NEAR / 2 } else { NEAR };
        between.chars().count() <= most && !between.contains([',', '，', '、'])
    });
    let behind: String = sentence[removal.end..].chars().take(NEAR).collect();
    is_near && !is_denied(sentence[..removal.start].trim_end()) && !denies(&behind)
}

/// Whether `behind`, the text after a request, negates it, as in Japanese and Korean: `削除しないで`.
fn denies(behind: &str) -> bool {
    let is_behind = |not: &&&str| not.starts_with(is_dense) && behind.contains(**not);
    terms::words(Meaning::Not).iter().any(|not| is_behind(&not))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_do_in_their_script() {
        assert_eq!(
            sentences("先说背景。再说方案！ Max. 3 Wörter. Ende"),
            ["先说背景", "再说方案", " max. 3 wörter", " ende"]
        );
    }
}
