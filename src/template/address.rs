//! Whom the paragraphs of a template address: the author, a tool, or the reader of the document.

use crate::letters::{WIDE_BRACKETS, is_ideograph, is_unspaced};
use crate::syntax::{Mark, Paragraph};
use crate::terms::{self, Meaning};

/// The minimum number of words in a plain paragraph for it to be an instruction. A shorter one may well be what an author would
/// write, too.
const PROSE_WORDS: usize = 8;

/// Phrases in plain text that is meant to stay: the key words of RFC 2119, and licenses.
const KEPT: [&str; 7] =
    ["rfc 2119", "rfc2119", "copyright", "creative commons", "licensed under", "public domain", "spdx-license"];

/// The starts of comments that address a tool, after any signs.
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

/// Texts in the place of an answer that are answers already.
const ANSWERS: [&str; 3] = ["yes", "not applicable", "nothing"];

/// Whether `paragraph` of a template, which is not an instruction, stands for what an author has to write.
pub(super) fn is_scaffold(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.to_lowercase();
    let is_answer =
        ANSWERS.contains(&text.trim_end_matches(['.', '!'])) || terms::is(&text, Meaning::Nothing) || is_denial(&text);
    let is_mark = paragraph.mark == Mark::Comment;
    paragraph.mark != Mark::Task && !is_mark && !is_answer && !is_kept(&text)
}

/// Whether `text`, in lowercase, says that there is none: `No compatibility issues found.`
fn is_denial(text: &str) -> bool {
    ["no ", "none ", "not "].iter().any(|start| text.starts_with(start)) && text.ends_with('.')
}

/// Whether `paragraph` of a template addresses the author: by its mark, or as a paragraph of prose.
pub(super) fn is_instruction(paragraph: &Paragraph) -> bool {
    let text = &paragraph.text;
    match paragraph.mark {
        // A single word in italics is emphasis, whoever wrote it.
        Mark::Italic | Mark::Quote => has_words(text),
        Mark::Comment => has_words(text) && !is_for_tool(text) && !is_kept(text),
        Mark::None if is_bracketed(text) => has_words(text),
        // `<package>: <date>`
        Mark::None if has_tag(text) && !is_kept(text) => true,
        Mark::None => spoken(text) >= PROSE_WORDS && !is_kept(text),
        Mark::Task => false,
    }
}

/// Whether `text` has several words or, in a script without spaces, as many signs as several words have.
fn has_words(text: &str) -> bool {
    text.contains(' ') || dense_signs(text) >= DENSE_SIGNS
}

/// The minimum number of signs in a phrase in Han, kana, or another script without spaces.
const DENSE_SIGNS: usize = 5;

/// Returns the approximate number of words in `text`: two signs of a script without spaces count as one word.
fn spoken(text: &str) -> usize {
    text.split(' ').count() + dense_signs(text) / 2
}

fn dense_signs(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|sign| is_ideograph(*sign) || is_unspaced(*sign)).count() }
}

/// Whether `text`, a comment, addresses a tool: it marks the place of the tool's output, or configures the tool.
fn is_for_tool(text: &str) -> bool {
    let start = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    DIRECTIVES.iter().any(|directive| {
        let Some(own) = start.get(..directive.len()) else { return false };
        // `START something` is a mark in capitals, `Start with …` addresses the author.
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

/// Whether all of `text`, a rendered paragraph, is in brackets or braces.
pub fn is_bracketed(text: &str) -> bool {
    let is_within = |(open, close): &(char, char)| text.starts_with(*open) && text.ends_with(*close);
    // In ASCII, what looks like a tag is one.
    let is_wide = || is_within(&('<', '>')) || WIDE_BRACKETS.iter().any(is_within);
    is_within(&('[', ']')) || is_within(&('{', '}')) || !text.is_ascii() && is_wide()
}
