//! The numbers before the names of sections: `2.1`, `(4)`, `IV.`, `一、`, `第3章`.

use crate::letters::is_dense;

/// Returns the length of the number at the start of `name`, with its separator; 0 if there is no number, or nothing after it.
pub fn numbering_length(name: &str) -> usize {
    let first = name.chars().next().unwrap_or_default();
    let rest = match first {
        '(' | '（' => bracketed(name),
        'I' | 'V' | 'X' => roman(name),
        '第' | '제' => chapter(name),
        _ if is_digit(first) => decimal(name),
        _ if is_han_number(first) => han(name),
        _ => None,
    };
    rest.map(str::trim_start).filter(|rest| !rest.is_empty()).map_or(0, |rest| name.len() - rest.len())
}

/// Whether `sign` is a digit of a decimal number, in any script.
pub fn is_digit(sign: char) -> bool {
    matches!(sign,
        '0'..='9' | '０'..='９' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}'
        | '\u{e50}'..='\u{e59}')
}

fn is_han_number(sign: char) -> bool {
    "〇零一二三四五六七八九十百".contains(sign)
}

/// The maximum number of digits in brackets.
const MAX_DIGITS: usize = 2;

/// Returns what follows `2.1 `, `2) `, `5.` and `1、`. If no space follows, the number must end with a sign that numbers have.
fn decimal(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(|sign| is_digit(sign) || matches!(sign, '.' | '．'));
    let rest = rest.strip_prefix('\u{fe0f}').unwrap_or(rest);
    let rest = rest.strip_prefix('\u{20e3}').unwrap_or(rest);
    let rest = rest.strip_prefix([')', '）']).unwrap_or(rest);
    if rest.starts_with(char::is_whitespace) {
        return Some(rest);
    }
    let is_closed = name[..name.len() - rest.len()].ends_with(['.', '．', ')', '）', '\u{20e3}']);
    match rest.strip_prefix(['、', '：']) {
        Some(rest) => Some(rest),
        None if is_closed && starts_word(rest) => Some(rest),
        None => None,
    }
}

/// Whether `text` starts with a word that may directly follow a number: `5.Annex`, but not `2.x`.
fn starts_word(text: &str) -> bool {
    let mut signs = text.chars();
    let (first, second) = (signs.next().unwrap_or(' '), signs.next().unwrap_or(' '));
    is_dense(first) || first.is_uppercase() && second.is_alphabetic() || !first.is_ascii() && first.is_alphabetic()
}

/// Returns what follows `(4)` and `（二）`.
fn bracketed(name: &str) -> Option<&str> {
    let (number, rest) = name.strip_prefix(['(', '（'])?.split_once([')', '）'])?;
    let are = |is_one: fn(char) -> bool| !number.is_empty() && number.chars().all(is_one);
    let is_short = number.chars().count() <= MAX_DIGITS;
    (is_short && are(is_digit) || are(is_han_number)).then_some(rest)
}

/// Returns what follows `IV. `.
fn roman(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(['I', 'V', 'X']);
    rest.strip_prefix(['.', ')']).filter(|rest| rest.starts_with(char::is_whitespace))
}

/// Returns what follows `一、`, `二．` and `三 `.
fn han(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(is_han_number);
    rest.strip_prefix(['、', '．', '.', '：', ' ', '\u{3000}'])
}

/// Returns what follows `第3章`, `第一节：` and `제1장 `.
fn chapter(name: &str) -> Option<&str> {
    let number = &name[name.chars().next()?.len_utf8()..];
    let rest = number.trim_start_matches(|sign| is_digit(sign) || is_han_number(sign));
    if rest.len() == number.len() {
        return None;
    }
    let rest = rest.strip_prefix(CHAPTERS).or_else(|| {
        let rest = PARTS.iter().find_map(|part| rest.strip_prefix(part))?;
        rest.starts_with(|sign: char| !sign.is_alphanumeric()).then_some(rest)
    })?;
    Some(rest.trim_start_matches(|sign: char| sign.is_whitespace() || "：:、.．-–—".contains(sign)))
}

/// The East Asian words for parts of a book that may be followed by anything.
const CHAPTERS: [char; 5] = ['章', '节', '節', '編', '장'];

/// The East Asian words for parts of a book that must not be followed by a letter or digit.
const PARTS: [&str; 11] = ["部分", "部", "条", "條", "项", "項", "回", "编", "篇", "절", "부"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_before_names() {
        for (name, expected) in [
            ("7. Drawbacks", "Drawbacks"),
            ("2.1 Design", "Design"),
            ("3) Tests", "Tests"),
            ("5.Annex", "Annex"),
            ("(4) Tests", "Tests"),
            ("（4）测试", "测试"),
            ("IV. Annex", "Annex"),
            ("一、背景", "背景"),
            ("（二）方案", "方案"),
            ("１．背景", "背景"),
            ("1、背景", "背景"),
            ("1.背景", "背景"),
            ("第3章 背景", "背景"),
            ("第一节：背景", "背景"),
            ("第二部分 背景", "背景"),
            ("제1장 배경", "배경"),
            ("٢. الخلفية", "الخلفية"),
            ("1\u{fe0f}\u{20e3} Context", "Context"),
        ] {
            assert_eq!(&name[numbering_length(name)..], expected, "{name}");
        }
        for name in [
            "3D View",
            "2024",
            "2.x plans",
            "(2024) Plans",
            "IVF costs",
            "一般",
            "三层架构",
            "第三方集成",
            "第一章",
            "",
        ] {
            assert_eq!(numbering_length(name), 0, "{name}");
        }
    }
}
