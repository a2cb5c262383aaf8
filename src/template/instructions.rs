//! What a template says to the author: instructions, which are not to stay in a proposal.

use std::collections::{HashMap, HashSet};

use crate::syntax::{Blocks, Mark, Paragraph, paragraphs};
use crate::text::{Span, Text};

/// How many words a plain paragraph has at least that is taken for an instruction: a shorter one may well be what an author
/// would write, too.
const PROSE_WORDS: usize = 8;

/// What plain text that is meant to stay says: the key words of RFC 2119, and licences.
const KEPT: [&str; 5] = ["rfc 2119", "rfc2119", "copyright", "licensed under", "spdx-license"];

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

/// The instructions of a template, by what they say.
#[derive(Clone, Debug, Default)]
pub struct Instructions {
    by_text: HashMap<String, Mark>,
    /// How they start: by the first word, the second ones. For [`Instructions::may_have`].
    starts: HashMap<String, HashSet<String>>,
}

impl Instructions {
    /// The instructions of the template `text`, whose metadata lies in `metadata`.
    pub(super) fn of(text: &Text, blocks: &Blocks, metadata: Option<Span>) -> Instructions {
        let mut instructions = Instructions::default();
        let blocks =
            blocks.list.iter().filter(|block| metadata.is_none_or(|metadata| !metadata.contains(block.span.start)));
        for paragraph in blocks.flat_map(|block| paragraphs(text, block.span)) {
            if is_instruction(&paragraph) {
                if let Some((first, second)) = start(&paragraph.text) {
                    instructions.starts.entry(first.to_owned()).or_default().extend(second.map(str::to_owned));
                }
                instructions.by_text.insert(paragraph.text, paragraph.mark);
            }
        }
        instructions
    }

    /// Whether `paragraph` is one of them, word for word and set off in the same way.
    pub fn has(&self, paragraph: &Paragraph) -> bool {
        self.by_text.get(&paragraph.text) == Some(&paragraph.mark)
    }

    /// Whether one of them says `text`, a paragraph as rendered with white space folded.
    pub fn say(&self, text: &str) -> bool {
        self.by_text.contains_key(text)
    }

    /// Whether the Markdown `block` can have one of them: a line starts as one does. Nearly all blocks need not be parsed for
    /// that.
    pub fn may_have(&self, block: &str) -> bool {
        let is_start = |(first, second): (&str, Option<&str>)| {
            let starts = self.starts.get(first);
            starts.is_some_and(|seconds| second.is_none_or(|second| seconds.contains(second)))
        };
        // Looking for one character is the quicker way, and enough for nearly all documents.
        match block.contains('\r') {
            true => block.split(['\n', '\r']).filter_map(start).any(is_start),
            false => block.split('\n').filter_map(start).any(is_start),
        }
    }

    /// What they say, in alphabetical order.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = self.by_text.keys().map(String::as_str).collect();
        texts.sort_unstable();
        texts
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_text.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_text.is_empty()
    }
}

/// Whether `paragraph` of a template speaks to the author: by its mark, or as a paragraph of prose.
fn is_instruction(paragraph: &Paragraph) -> bool {
    let text = &paragraph.text;
    match paragraph.mark {
        // One of a single word is emphasis, whoever wrote it.
        Mark::Italic | Mark::Quote => text.contains(' '),
        Mark::Comment => text.contains(' ') && !is_for_tool(text) && !is_kept(text),
        Mark::None if is_bracketed(text) => text.contains(' '),
        Mark::None => text.split(' ').count() >= PROSE_WORDS && !is_kept(text),
        Mark::Task => false,
    }
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

fn is_kept(text: &str) -> bool {
    let text = text.to_lowercase();
    KEPT.iter().any(|kept| text.contains(kept))
}

/// Whether all of `text`, a paragraph as rendered, is in brackets or braces.
pub fn is_bracketed(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') || text.starts_with('{') && text.ends_with('}')
}

/// The first run of letters in `line`, past whatever marks and numbers stand before it, and the one that follows it after
/// white space.
fn start(line: &str) -> Option<(&str, Option<&str>)> {
    let word = |line: &str| line.find(|character: char| !character.is_alphabetic()).unwrap_or(line.len());
    // Nearly always a few ASCII marks come before it, and this runs for every line at every keystroke.
    let marks = line.bytes().take_while(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()).count();
    let line = &line[marks..];
    let line = &line[line.find(char::is_alphabetic)?..];
    let (first, rest) = line.split_at(word(line));
    // What follows otherwise, as in `[first](second)`, may not be there in the rendered text.
    let second = rest.strip_prefix(' ').map(|rest| &rest[..word(rest)]).filter(|second| !second.is_empty());
    Some((first, second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::blocks;

    fn check(template: &str, expected: &[&str]) {
        let text = Text::new(template);
        let instructions = Instructions::of(&text, &blocks(&text), None);
        assert_eq!(instructions.texts(), expected);
    }

    #[test]
    fn marked_paragraphs_are_instructions() {
        check("_Say\nwhy._\n\n_No_\n\nKeep _this_.\n", &["Say why."]);
        check("<!-- Say why. -->\n\n<!-- markdownlint-disable -->\n", &["Say why."]);
        for mark in [
            "toc",
            "/toc",
            "START doctoc generated TOC",
            "END doctoc",
            "BEGIN MUNGE",
            "prettier-ignore",
            "more",
            "Copyright 2026 A. Author",
            "omit in toc",
        ] {
            check(&format!("<!-- {mark} -->\n"), &[]);
        }
        check(
            "<!-- Start with the end. -->\n\n<!-- End with a list. -->\n",
            &["End with a list.", "Start with the end."],
        );
        check("> **Note**: say\n> why.\n", &["Note: say why."]);
        check("[Say why.]\n\n{Say how.}\n\n- {first option}\n- {x}\n", &["[Say why.]", "{Say how.}", "{first option}"]);
    }

    #[test]
    fn plain_prose_is_an_instruction_when_it_is_long_and_not_meant_to_stay() {
        check(
            "Why are we doing this, and what does it cost?\n\nNo known issues so far.\n",
            &["Why are we doing this, and what does it cost?"],
        );
        check(
            "The key words MUST and MAY are to be read as RFC 2119 says.\n\n- [ ] A box that is to be ticked by the author.\n",
            &[],
        );
    }

    #[test]
    fn a_block_that_starts_otherwise_is_not_read() {
        let text = Text::new("<!--\nSay why.\n-->\n\n1. _Tell how._\n");
        let instructions = Instructions::of(&text, &blocks(&text), None);
        assert!(instructions.may_have("<!-- Say [x](y) -->") && instructions.may_have("- a\n  1. *Tell how.*"));
        assert!(
            instructions.may_have("_Say\rwhy._")
                && instructions.may_have("a\r\n_Say why._")
                && !instructions.may_have("Say something")
        );
        assert!(!instructions.may_have("Something to say"));
    }
}
