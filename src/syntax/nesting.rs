//! The blocks within a block, by the block tree of tree-sitter, for expanding selections.
//!
//! The tree tells where the items of a list and the cells of a table are, at any depth. It is built on request and of one block
//! only, because keeping a tree of the whole document up to date takes longer than reading what an edit touches; see `incremental`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tree_sitter::{ParseOptions, Parser, Point, Tree};

use super::source::markdown;
use super::{Block, MAX_BYTES};
use crate::text::{Offset, Span, Text};

/// The time limit for the parser.
const PATIENCE: Duration = Duration::from_millis(100);

/// The parts of a block that a selection may expand to.
const PARTS: [&str; 8] = [
    "block_quote",
    "code_fence_content",
    "list",
    "list_item",
    "paragraph",
    "pipe_table_cell",
    "pipe_table_header",
    "pipe_table_row",
];

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(new_parser());
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_md::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// Returns the parts of `block` around `offset`, from the inside out: cells and rows, items and lists, quotes, paragraphs. Empty if
/// the block takes too long to parse.
pub fn parts_at(text: &Text, block: Block, offset: Offset) -> Vec<Span> {
    let span = Span::new(block.span.start, text.line_start(text.line_at(block.span.end) + 1).max(block.span.end));
    if span.len() > MAX_BYTES || !span.touches(offset) {
        return Vec::new();
    }
    let source = markdown(text, span);
    let at = offset - span.start;
    let mut found = Vec::new();
    if let Some(tree) = parse(&source) {
        let mut node = tree.root_node().descendant_for_byte_range(at, at);
        while let Some(part) = node {
            // The blank lines after a part do not belong to it.
            let range = part.start_byte().min(source.len())..part.end_byte().min(source.len());
            let inside = source.get(range.clone()).map_or("", str::trim_end);
            let lead = inside.len() - inside.trim_start().len();
            if PARTS.contains(&part.kind()) && inside.len() > lead {
                found.push(Span::of_range(span.start, range.start + lead..range.start + inside.len()));
            }
            node = part.parent();
        }
    }
    found
}

fn parse(source: &str) -> Option<Tree> {
    // The grammar stops at a NUL, and expects a line feed at the end.
    let bytes = source.as_bytes();
    let mut feed = |byte: usize, _: Point| -> Cow<'_, [u8]> {
        match bytes.get(byte..).filter(|rest| !rest.is_empty()) {
            Some(rest) => Cow::Borrowed(rest),
            None if byte == bytes.len() => Cow::Borrowed(b"\n"),
            None => Cow::Borrowed(b""),
        }
    };
    let started = Instant::now();
    let mut keep_going = |_: &tree_sitter::ParseState| match started.elapsed() > PATIENCE {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        let options = ParseOptions::new().progress_callback(&mut keep_going);
        let tree = parser.parse_with_options(&mut feed, None, Some(options));
        if tree.is_none() {
            parser.reset();
        }
        tree
    })
}

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::*;

    fn check(source: &str, at: &str, expected: &[&str]) {
        let text = Text::new(source);
        let offset = Offset::new(source.find(at).expect("it is there"));
        let block = blocks(&text).at(&text, offset).expect("a block");
        let found: Vec<_> = parts_at(&text, block, offset).into_iter().map(|span| text.slice(span)).collect();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn parts_are_found_from_the_inside_out() {
        check(
            "- a\n  - b 💡\n  - c\n- d\n",
            "b",
            &["b 💡", "- b 💡", "- b 💡\n  - c", "- a\n  - b 💡\n  - c", "- a\n  - b 💡\n  - c\n- d"],
        );
        check("# T\r\n\r\n> a\r\n> b\r\n", "b", &["a\r\n> b", "> a\r\n> b"]);
        check("| a | b |\n|---|---|\n| c | d\0 |\n", "c", &["c", "| c | d\0 |"]);
        check("```\nx\ny\n```\n", "x", &["x\ny"]);
    }
}
