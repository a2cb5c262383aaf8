//! The text of an open document, with a block tree kept in step edit by edit where that pays.
//!
//! Reading a document afresh with pulldown-cmark takes time in proportion to its size: 0.03 ms for a proposal of 20 KB, 2 ms
//! for 1 MB. An edit of the tree takes 0.1 to 0.9 ms in documents of any size, for the grammar parses again much of the
//! section that the edit is in; and a tree takes 3 ms (20 KB) to 250 ms (1 MB) to get there. So small documents are read
//! afresh, and a large one gets its tree off the path of a keystroke ([`Parsed::with_tree`]) and is read afresh until then.
//!
//! tree-sitter reads past its buffers when an edit does not match the text, so rope and tree are only ever changed
//! together, in [`Editing::apply`], with the edit's bytes and points taken from the rope itself.
//!
//! The grammar does not see the text as it is. It is fed the Markdown after byte order mark and front matter, with a
//! line feed before it (so that its own reading of front matter never starts) and one after it (without which a heading
//! in the last line is an error), every lone CR as a line feed, and every NUL, which would end it, as a space: the same
//! number of bytes, and lines that are LSP's lines.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tree_sitter::{InputEdit, Node, ParseOptions, Parser, Point, Tree};

use super::source::needs_change;
use super::{Block, BlockKind, Blocks, Body, closed};
use crate::text::{Edit, Offset, Span, Text};

/// From how many bytes on an edit of the tree is cheaper, in the median, than reading the text afresh.
const INCREMENTAL_FROM: usize = 128 * 1024;

/// How long each of the first two parses of a tree may take, off the path of a keystroke. A document that takes longer is
/// read without a tree from then on.
const GROWING: Duration = Duration::from_millis(1000);

/// How long the parse after an edit may take; likewise.
const KEEPING: Duration = Duration::from_millis(50);

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(new_parser());
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_md::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// How large a text may be, in bytes, to be parsed at all.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A text and what its blocks are.
#[derive(Clone, Debug)]
pub struct Parsed {
    text: Text,
    body: Body,
    tree: State,
}

/// The block tree of an open document.
#[derive(Clone, Debug)]
enum State {
    /// In step with the text.
    Tree(Tree),
    /// Not there.
    None,
    /// Given up on after a parse that took too long.
    TooSlow,
}

impl Parsed {
    /// The text `content`, without a tree.
    pub fn open(content: &str) -> Parsed {
        let text = Text::new(content);
        Parsed { body: Body::of(&text), text, tree: State::None }
    }

    /// Whether a tree would make edits cheaper.
    pub fn wants_tree(&self) -> bool {
        matches!(self.tree, State::None) && (INCREMENTAL_FROM..=MAX_BYTES).contains(&self.text.len())
    }

    /// The same text with a tree that the next edits are cheap on. The first incremental parse after a fresh one costs as
    /// much as the fresh one, so that it is done here, too.
    pub fn with_tree(&self) -> Parsed {
        let mut tree = parse(&self.text, self.body, None, GROWING);
        if let State::Tree(fresh) = &tree {
            tree = parse(&self.text, self.body, Some(fresh), GROWING);
        }
        Parsed { tree, ..self.clone() }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Whether a tree stands behind it; otherwise [`Parsed::blocks`] reads the text as a closed one.
    pub fn has_tree(&self) -> bool {
        matches!(self.tree, State::Tree(_))
    }

    /// Starts a series of edits.
    pub fn edit(&self) -> Editing {
        Editing(self.clone())
    }

    /// The blocks: from the tree, or read afresh.
    pub fn blocks(&self) -> Blocks {
        // How the parser gets over what the grammar does not have depends on where it came from.
        let State::Tree(tree) = &self.tree else { return closed::blocks(&self.text) };
        if tree.root_node().has_error() {
            return closed::blocks(&self.text);
        }
        let mut list = Vec::new();
        let mut cursor = tree.walk();
        let mut descend = cursor.goto_first_child();
        while descend {
            let node = cursor.node();
            if node.kind() == "section" && cursor.goto_first_child() {
                continue;
            }
            list.extend(self.block(node));
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    descend = false;
                    break;
                }
            }
        }
        Blocks { front_matter: self.body.front_matter, list }
    }

    fn block(&self, node: Node<'_>) -> Option<Block> {
        let kind = match node.kind() {
            "atx_heading" => BlockKind::AtxHeading,
            "setext_heading" => BlockKind::SetextHeading,
            "paragraph" => BlockKind::Paragraph,
            "list" => BlockKind::List,
            "block_quote" => BlockKind::Quote,
            "fenced_code_block" => BlockKind::Fence,
            "indented_code_block" => BlockKind::IndentedCode,
            "html_block" => BlockKind::Html,
            "pipe_table" => BlockKind::Table,
            "thematic_break" => BlockKind::Break,
            _ => return None,
        };
        let place = |byte: usize| (self.body.start + byte.saturating_sub(1)).min(self.text.end());
        let line_start = node.start_byte() - node.start_position().column.min(node.start_byte());
        Block::of_lines(&self.text, kind, Span::new(place(line_start), place(node.end_byte())))
    }
}

/// A document between two versions: each edit counts in the text that the one before it left.
#[derive(Debug)]
pub struct Editing(Parsed);

impl Editing {
    /// The text as it is now.
    pub fn text(&self) -> &Text {
        &self.0.text
    }

    /// Takes one edit into text and tree.
    pub fn apply(&mut self, edit: &Edit) {
        let Parsed { text, body, tree } = &mut self.0;
        let span = Span::new(text.floor(edit.span.start), text.floor(edit.span.end));
        // A CR before the edit is a line ending or half of one, as the next byte says.
        let follows_cr = span.start > body.start && text.byte(Offset::new(span.start.get() - 1)) == Some(b'\r');
        let start = if follows_cr { Offset::new(span.start.get() - 1) } else { span.start };
        let before = (tree_place(text, *body, start), tree_place(text, *body, span.end));
        text.replace(span, &edit.content);
        let new_end = span.start + edit.content.len();
        let new_body = Body::of(text);
        let shifted = new_body.start.get() as isize - body.start.get() as isize;
        let grown = edit.content.len() as isize - span.len() as isize;
        if let State::Tree(old) = tree {
            if start >= body.start && new_body.start == body.start {
                let (start, old_end) = before;
                let new_end = tree_place(text, new_body, new_end);
                old.edit(&InputEdit {
                    start_byte: start.0,
                    old_end_byte: old_end.0,
                    new_end_byte: new_end.0,
                    start_position: start.1,
                    old_end_position: old_end.1,
                    new_end_position: new_end.1,
                });
            } else if !(span.end < body.start && shifted == grown) {
                // The Markdown starts elsewhere now, and not only because what comes before it grew.
                *tree = State::None;
            }
        }
        *body = new_body;
    }

    /// Puts `content` in the place of everything.
    pub fn replace_all(&mut self, content: &str) {
        self.0.text = Text::new(content);
        self.0.body = Body::of(&self.0.text);
        self.0.tree = State::None;
    }

    /// The text that the edits left, its tree in step again where there is one.
    pub fn finish(self) -> Parsed {
        let Parsed { text, body, tree } = self.0;
        let tree = match tree {
            State::Tree(old) if text.len() <= MAX_BYTES => parse(&text, body, Some(&old), KEEPING),
            State::Tree(_) => State::None,
            other => other,
        };
        Parsed { text, body, tree }
    }
}

/// Where `offset`, at or after the body's start, is for the tree: its byte, and its row and column in bytes.
fn tree_place(text: &Text, body: Body, offset: Offset) -> (usize, Point) {
    let offset = offset.max(body.start);
    let line = text.line_at(offset);
    let row = line - text.line_at(body.start) + 1;
    let column = offset - text.line_start(line).max(body.start);
    (offset - body.start + 1, Point { row, column })
}

fn parse(text: &Text, body: Body, old: Option<&Tree>, deadline: Duration) -> State {
    let end = text.end() - body.start + 1;
    let mut feed = |byte: usize, _: Point| -> Cow<'_, [u8]> {
        match byte {
            0 => Cow::Borrowed(b"\n"),
            byte if byte < end => sanitized(text, body.start + (byte - 1)),
            byte if byte == end => Cow::Borrowed(b"\n"),
            _ => Cow::Borrowed(b""),
        }
    };
    let started = Instant::now();
    let mut keep_going = |_: &tree_sitter::ParseState| match started.elapsed() > deadline {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    PARSER.with_borrow_mut(|parser| {
        let Some(parser) = parser else { return State::TooSlow };
        let options = ParseOptions::new().progress_callback(&mut keep_going);
        match parser.parse_with_options(&mut feed, old, Some(options)) {
            // The parser looks at the clock between tokens, and there are tokens of 600 KB (`- - - …`): even one that it
            // finished may have taken too long to be parsed again.
            Some(tree) if started.elapsed() <= deadline => State::Tree(tree),
            _ => {
                parser.reset();
                State::TooSlow
            }
        }
    })
}

/// The storage from `offset` on, with each NUL as a space and each lone CR as a line feed.
fn sanitized(text: &Text, offset: Offset) -> Cow<'_, [u8]> {
    let chunk = text.chunk_from(offset).as_bytes();
    if !chunk.iter().copied().any(needs_change) {
        return Cow::Borrowed(chunk);
    }
    let next = text.byte(offset + chunk.len());
    let mut bytes = chunk.to_vec();
    for index in 0..bytes.len() {
        let following = bytes.get(index + 1).copied().or(next);
        match bytes[index] {
            0 => bytes[index] = b' ',
            b'\r' if following != Some(b'\n') => bytes[index] = b'\n',
            _ => {}
        }
    }
    Cow::Owned(bytes)
}

#[cfg(test)]
mod tests;
