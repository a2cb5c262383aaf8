//! Whom the paragraphs of a template speak to: the author, a tool, or whoever reads the document.

use crate::letters::{WIDE_BRACKETS, is_ideograph, is_unspaced};
use crate::syntax::{Mark, Paragraph};
use crate::terms::{self, Meaning};

/// How many words a plain paragraph has at least that is taken for an instruction: a shorter one may well be what an author
/// would write, too.
const PROSE_WORDS: usize = 8;

/// What plain text that is meant to stay says: the key words of RFC 2119, and licences.
const KEPT: [&str; 7] =
    ["rfc 2119", "rfc2119", "copyright", "creative commons", "licensed under", "public domain", "spdx-license"];

/// What a comment starts with that speaks to a tool, behind signs.
const DIRECTIVES: [&str; 24] = [
    "alex ",
    "auto-generated",
    "begin ",
    "cspell",
    "doctoc",
    "end ",
    "eslint",
    "lint ",
    "lychee",
    "markdown-link-check",
    "markdownlint",
    "mdformat",
    "more",
    "omit from toc",
    "omit in toc",
    "prettier",
    "remark",
    "spell-checker",
    "spdx",
    "start ",
    "textlint",
    "toc",
    "vale ",
    "vip-lsp",
];

/// What a template has in the place of an answer, which is one already.
const ANSWERS: [&str; 3] = ["yes", "not applicable", "nothing"];

/// Whether `paragraph` of a template, which is no instruction, stands for what an author is to say.
pub(super) fn is_scaffold(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.to_lowercase();
    let is_answer =
        ANSWERS.contains(&text.trim_end_matches(['.', '!'])) || terms::is(&text, Meaning::Nothing) || is_denial(&text);
    let is_mark = paragraph.mark == Mark::Comment;
    paragraph.mark != Mark::Task && !is_mark && !is_answer && !is_kept(&text)
}

/// Whether `text`, in small letters, says that there is none: `No compatibility issues found.`
fn is_denial(text: &str) -> bool {
    ["no ", "none ", "not "].iter().any(|start| text.starts_with(start)) && text.ends_with('.')
}

/// Whether `paragraph` of a template speaks to the author: by its mark, or as a paragraph of prose.
pub(super) fn is_instruction(paragraph: &Paragraph) -> bool {
    let text = &paragraph.text;
    match paragraph.mark {
        // One of a single word is emphasis, whoever wrote it.
        Mark::Italic | Mark::Quote => has_words(text),
        Mark::Comment => has_words(text) && !is_for_tool(text) && !is_kept(text),
        Mark::None if is_bracketed(text) => has_words(text),
        // `<package>: <date>`
        Mark::None if has_tag(text) && !is_kept(text) => true,
        Mark::None => spoken(text) >= PROSE_WORDS && !is_kept(text),
        Mark::Task => false,
    }
}

/// Whether `text` has several words; in a script without blanks, as many signs as several words have.
fn has_words(text: &str) -> bool {
    text.contains(' ') || dense_signs(text) >= DENSE_SIGNS
}

/// How many signs of Han or kana, or of another script without blanks, a phrase has at least.
const DENSE_SIGNS: usize = 5;

/// How many words `text` has, as far as that tells prose: two signs of a script without blanks are about a word.
fn spoken(text: &str) -> usize {
    text.split(' ').count() + dense_signs(text) / 2
}

fn dense_signs(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|sign| is_ideograph(*sign) || is_unspaced(*sign)).count() }
}

/// Whether `text`, a comment, speaks to a tool: a mark for its output, or how it is to work.
fn is_for_tool(text: &str) -> bool {
    let start = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    DIRECTIVES.iter().any(|directive| {
        let Some(own) = start.get(..directive.len()) else { return false };
        // `START something` is a mark in capitals, `Start with …` speaks to the author.
        let is_capital = !directive.ends_with(' ') || own.to_uppercase() == own;
        own.eq_ignore_ascii_case(directive) && is_capital
    })
}

/// Whether `text` has a word in angle brackets that is to be replaced.
fn has_tag(text: &str) -> bool {
    let is_word = |tag: &str| !tag.is_empty() && tag.chars().all(|sign| sign.is_alphabetic() || " -_".contains(sign));
    let mut tags = text.split('<').skip(1).filter_map(|rest| Some(rest.split_once('>')?.0));
    tags.any(|tag| is_word(tag) && tag.starts_with(char::is_lowercase))
}

fn is_kept(text: &str) -> bool {
    let text = text.to_lowercase();
    KEPT.iter().any(|kept| text.contains(kept))
}

/// Whether all of `text`, a paragraph as rendered, is in brackets or braces.
pub fn is_bracketed(text: &str) -> bool {
    let is_within = |(open, close): &(char, char)| text.starts_with(*open) && text.ends_with(*close);
    // What looks like a tag is one, in ASCII.
    let is_wide = || is_within(&('<', '>')) || WIDE_BRACKETS.iter().any(is_within);
    is_within(&('[', ']')) || is_within(&('{', '}')) || !text.is_ascii() && is_wide()
}
