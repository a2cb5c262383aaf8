//! The instructions of a template: what it says to the author, to be taken out of a proposal.

use std::collections::{HashMap, HashSet};

use super::address::{is_bracketed, is_instruction, is_scaffold};
use super::guidance;
use super::starts::Starts;
use crate::syntax::{Block, BlockKind, Blocks, Mark, Outline, Paragraph, besides_paragraphs, fold_space, paragraphs};
use crate::text::{Offset, Span, Text};

/// The maximum number of paragraphs that are instructions.
pub(super) const MAX_INSTRUCTIONS: usize = 10_000;

/// The texts of a template: its instructions, and everything else below its headings, which no author has written.
#[derive(Clone, Debug, Default)]
pub struct Instructions {
    by_text: HashMap<String, Mark>,
    /// For each text of a paragraph, what the paragraph has besides its text.
    hidden: HashMap<String, HashSet<String>>,
    /// The starts of the instructions: the first words, each with the second ones. For [`Instructions::may_have`].
    starts: Starts,
    /// The texts of the other paragraphs.
    scaffold: HashSet<String>,
    /// The starts of the instructions and of the other paragraphs.
    all_starts: Starts,
    /// For each text of a plain list item, the number of items in its list.
    items: HashMap<String, usize>,
    /// The source of code, tables and HTML: verbatim, and, by their first lines, with white space folded.
    blocks: HashSet<String>,
    folded_blocks: HashMap<String, HashSet<String>>,
    /// What lists and quotes have besides paragraphs, with white space folded.
    besides: HashSet<String>,
    /// The headings, folded as names are.
    headings: HashSet<String>,
    /// The block with the first instruction over the limit.
    pub(super) rest: Option<Span>,
}

impl Instructions {
    /// Reads the instructions of the template `text`, whose metadata is in `metadata`.
    pub(super) fn of(text: &Text, blocks: &Blocks, metadata: Option<Span>) -> Instructions {
        let mut instructions = Instructions::default();
        let outline = Outline::of(text, blocks);
        let headings = || outline.iter().map(|(_, section)| &section.heading);
        instructions.headings = headings().map(|heading| heading.key.clone()).collect();
        let first = headings().next().map_or(Offset::ZERO, |heading| heading.span.start);
        let list = || blocks.list.iter().filter(|block| metadata.is_none_or(|span| !span.contains(block.span.start)));
        let all: Vec<(&Block, Vec<Paragraph>)> = list().map(|block| (block, paragraphs(text, block.span))).collect();
        let says = |paragraph: &Paragraph| guidance::keeps_comments(&paragraph.text);
        let keeps_comments = all.iter().flat_map(|(_, paragraphs)| paragraphs).any(says);
        let starts: Vec<Offset> = headings().map(|heading| heading.span.start).collect();
        let heading_of = |place: Offset| starts.partition_point(|start| *start <= place);
        let has_task = |paragraphs: &[Paragraph]| paragraphs.iter().any(|found| found.mark == Mark::Task);
        let tasks = all.iter().filter(|(_, paragraphs)| has_task(paragraphs));
        // Text next to a checklist explains the boxes.
        let ticked: HashSet<usize> = tasks.map(|(block, _)| heading_of(block.span.start)).collect();
        for (block, paragraphs) in &all {
            let has_checklist = ticked.contains(&heading_of(block.span.start));
            for paragraph in paragraphs {
                let is_kept = paragraph.mark == Mark::Comment && keeps_comments
                    || paragraph.mark == Mark::None && !is_bracketed(&paragraph.text) && has_checklist;
                instructions.add_hidden(paragraph);
                if is_instruction(paragraph) && !is_kept {
                    instructions.add(block, paragraph);
                } else if block.span.start > first && is_scaffold(paragraph) {
                    instructions.add_scaffold(block, paragraph, paragraphs.len());
                }
            }
        }
        instructions.add_blocks(text, &all);
        let may_hold = |block: &&Block| matches!(block.kind, BlockKind::List | BlockKind::Quote);
        let holding = blocks.list.iter().filter(may_hold);
        instructions.besides = holding.flat_map(|block| besides_paragraphs(text, block.span)).collect();
        instructions
    }

    /// Adds what `paragraph` has besides its text.
    fn add_hidden(&mut self, paragraph: &Paragraph) {
        if !paragraph.hidden.is_empty() {
            let hidden = self.hidden.entry(paragraph.text.clone()).or_default();
            hidden.extend(paragraph.hidden.iter().cloned());
        }
    }

    /// Adds `paragraph` of `block`, an instruction, if the limit allows it.
    fn add(&mut self, block: &Block, paragraph: &Paragraph) {
        if self.by_text.len() >= MAX_INSTRUCTIONS {
            self.rest.get_or_insert(block.span);
            return;
        }
        self.starts.add(&paragraph.text);
        self.all_starts.add(&paragraph.text);
        self.by_text.insert(paragraph.text.clone(), paragraph.mark);
    }

    /// Adds `paragraph`, one of the `count` paragraphs of `block`, which is not an instruction.
    fn add_scaffold(&mut self, block: &Block, paragraph: &Paragraph, count: usize) {
        self.all_starts.add(&paragraph.text);
        self.scaffold.insert(paragraph.text.clone());
        if block.kind == BlockKind::List {
            self.items.insert(paragraph.text.clone(), count);
        }
    }

    /// Adds those of the blocks `all` of `text` that are code, tables or HTML.
    fn add_blocks(&mut self, text: &Text, all: &[(&Block, Vec<Paragraph>)]) {
        let is_own = |(block, paragraphs): &&(&Block, Vec<Paragraph>)| match block.kind {
            BlockKind::Fence | BlockKind::IndentedCode | BlockKind::Table => true,
            BlockKind::Html => paragraphs.iter().all(|paragraph| self.has(paragraph)),
            _ => false,
        };
        let mut own = HashSet::new();
        let mut folded: HashMap<String, HashSet<String>> = HashMap::new();
        for (block, _) in all.iter().filter(is_own) {
            let source = text.slice(block.span);
            own.insert(source.trim().to_owned());
            folded.entry(first_line(&source)).or_default().insert(fold_space(&source));
        }
        (self.blocks, self.folded_blocks) = (own, folded);
    }

    /// Whether all text in `block` of `text` is the template's, and there is some.
    pub fn say_all(&self, text: &Text, block: &Block) -> bool {
        let source = text.slice(block.span);
        match block.kind {
            BlockKind::Paragraph | BlockKind::List | BlockKind::Quote => {
                let is_said = |found: &Paragraph| self.scaffold.contains(&found.text) || self.say(&found.text);
                let is_own = |found: &Paragraph| is_said(found) && self.has_hidden(found);
                // If the first line is not the template's, the block is not, either.
                let first = source.trim_start().split(['\n', '\r']).next().unwrap_or_default();
                let may_be = self.all_starts.may_start(first);
                let found = if may_be { paragraphs(text, block.span) } else { Vec::new() };
                let are_own = !found.is_empty() && found.iter().all(|found| found.mark != Mark::Task && is_own(found));
                // A list may have code, too.
                let is_rest_own =
                    || besides_paragraphs(text, block.span).iter().all(|rest| self.besides.contains(rest));
                are_own && (block.kind == BlockKind::Paragraph || is_rest_own()) && !self.is_choice(&found)
            }
            BlockKind::Break | BlockKind::AtxHeading | BlockKind::SetextHeading => false,
            _ => {
                let folded = || self.folded_blocks.get(&first_line(&source));
                // The text may be wrapped differently.
                let is_rewrapped = || {
                    let found = paragraphs(text, block.span);
                    !found.is_empty() && found.iter().all(|found| self.has(found))
                };
                self.blocks.contains(source.trim())
                    || folded().is_some_and(|blocks| blocks.contains(&fold_space(&source)))
                    || block.kind == BlockKind::Html && self.may_have(&source) && is_rewrapped()
            }
        }
    }

    /// Whether `items` are only some of the items of one list of the template, so that the author has chosen them.
    fn is_choice(&self, items: &[Paragraph]) -> bool {
        let all = |item: &Paragraph| self.items.get(&item.text).copied();
        !items.is_empty() && items.iter().all(|item| all(item).is_some_and(|all| all > items.len()))
    }

    /// Whether a heading with the folded name `key` is the template's.
    pub fn has_heading(&self, key: &str) -> bool {
        self.headings.contains(key)
    }

    /// Whether `paragraph` is an instruction, verbatim and with the same mark.
    pub fn has(&self, paragraph: &Paragraph) -> bool {
        self.by_text.get(&paragraph.text) == Some(&paragraph.mark) && self.has_hidden(paragraph)
    }

    /// Whether what `paragraph` has besides its text is the template's, too. An author may have added a picture, a link or a
    /// comment.
    fn has_hidden(&self, paragraph: &Paragraph) -> bool {
        let known = self.hidden.get(&paragraph.text);
        paragraph.hidden.iter().all(|own| known.is_some_and(|known| known.contains(own)))
    }

    /// Whether an instruction has `text`, a rendered paragraph with white space folded.
    pub fn say(&self, text: &str) -> bool {
        self.by_text.contains_key(text)
    }

    /// Whether the Markdown `block` may contain an instruction, because a line starts like one. This saves the parsing of nearly
    /// all blocks.
    pub fn may_have(&self, block: &str) -> bool {
        self.starts.may_start(block)
    }

    /// Returns the texts of the instructions, in alphabetical order.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = self.by_text.keys().map(String::as_str).collect();
        texts.sort_unstable();
        texts
    }

    /// Returns the number of instructions.
    pub fn len(&self) -> usize {
        self.by_text.len()
    }

    /// Whether there are no instructions.
    pub fn is_empty(&self) -> bool {
        self.by_text.is_empty()
    }
}

/// Returns the first line of `source`, with white space folded.
fn first_line(source: &str) -> String {
    fold_space(source.trim_start().split(['\n', '\r']).next().unwrap_or_default())
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
    fn instructions_are_told_by_their_signs_where_words_have_no_blanks() {
        check("_用一段话概括提案。_\n\n*重点*\n", &["用一段话概括提案。"]);
        check("<Почему это нужно сейчас?>\n", &["<Почему это нужно сейчас?>"]);
        check("<!-- 说明为什么需要它 -->\n\n> 说明为什么需要它吧\n", &["说明为什么需要它", "说明为什么需要它吧"]);
        check(
            "（用一段话概括提案）\n\n【说明背景和动机】\n\n［名称］\n",
            &["【说明背景和动机】", "（用一段话概括提案）"],
        );
        check(
            "请说明我们为什么要做这件事，以及它的代价是什么。\n\n暂无已知问题。\n",
            &["请说明我们为什么要做这件事，以及它的代价是什么。"],
        );
        check(
            "なぜこの決定が必要なのかを、背景とともに説明してください。\n",
            &["なぜこの決定が必要なのかを、背景とともに説明してください。"],
        );
    }

    #[test]
    fn plain_prose_is_an_instruction_when_it_is_long_and_not_meant_to_stay() {
        check(
            "Why are we doing this, and what does it cost?\n\nNo known issues so far.\n",
            &["Why are we doing this, and what does it cost?"],
        );
        check(
            "The key words MUST and MAY are to be read as RFC 2119 says.\n\nThis document is placed in the public domain, all of it.\n\n- [ ] A box that is to be ticked by the author.\n",
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
