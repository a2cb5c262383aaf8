//! Reading a document once, with no tree to keep: pulldown-cmark over the whole text.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};

use super::links::{LinkReader, note_undefined};
use super::source::markdown;
use super::{Block, BlockKind, Blocks, Body, Links, MAX_BYTES};
use crate::text::{Offset, Span, Text};

/// The extensions of GitHub's Markdown that matter for blocks and words: tables, which both parsers know, and the boxes of
/// task lists, which are no words.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS);

/// What is read of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its blocks.
    pub blocks: Blocks,
    /// Its links.
    pub links: Links,
}

/// What there is in `text`; nothing in one that is over [`MAX_BYTES`].
pub fn read(text: &Text) -> Reading {
    if text.len() > MAX_BYTES {
        return Reading::default();
    }
    let body = Body::of(text);
    let markdown = markdown(text, Span::new(body.start, text.end()));
    let mut undefined = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        note_undefined(&mut undefined, body.start, link);
        None
    };
    let parser = Parser::new_with_broken_link_callback(&markdown, OPTIONS, Some(callback));
    let mut blocks =
        BlockReader { text, markdown: &markdown, start: body.start, list: Vec::new(), depth: 0, list_end: 0 };
    let mut links = LinkReader::new(&markdown, body.start, parser.reference_definitions());
    for (event, range) in parser.into_offset_iter() {
        blocks.read(&event, range.clone());
        links.read(event, range);
    }
    let blocks = Blocks { front_matter: body.front_matter, list: blocks.list };
    Reading { blocks, links: links.finish(undefined) }
}

/// The blocks of `text`.
pub fn blocks(text: &Text) -> Blocks {
    read(text).blocks
}

/// What has been found of the blocks in `markdown`, which starts at `start` of `text`.
struct BlockReader<'a> {
    text: &'a Text,
    markdown: &'a str,
    start: Offset,
    list: Vec<Block>,
    /// How many blocks are open.
    depth: usize,
    /// Where the list that is being read ends, as far as that was read.
    list_end: usize,
}

impl BlockReader<'_> {
    fn read(&mut self, event: &Event<'_>, range: Range<usize>) {
        // A list's own range has the link reference definitions behind its last item, so what it holds says its end.
        match event {
            Event::Start(Tag::List(_)) if self.depth == 0 => self.list_end = range.start,
            Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_) | TagEnd::Item) => {}
            Event::Start(Tag::Item) => self.list_end = self.list_end.max(range.start + 1),
            _ => self.list_end = self.list_end.max(range.end),
        }
        if self.depth == 0 {
            let kind = match event {
                Event::Start(tag) => kind_of(tag, &self.markdown[range.clone()]),
                Event::Rule => Some(BlockKind::Break),
                _ => None,
            };
            self.list.extend(kind.and_then(|kind| self.block(kind, range)));
        }
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 && matches!(end, TagEnd::List(_)) {
                    self.end_list();
                }
            }
            _ => {}
        }
    }

    fn block(&self, kind: BlockKind, range: Range<usize>) -> Option<Block> {
        let line = self.markdown[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        Block::of_lines(self.text, kind, Span::of_range(self.start, line..range.end))
    }

    fn end_list(&mut self) {
        let Some(block) = self.list.last_mut() else { return };
        let last = self.markdown[..self.list_end].trim_end().len();
        let rest = &self.markdown[last..];
        let line_end = last + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let found = Span::new(block.span.start, self.start + line_end);
        *block = Block::of_lines(self.text, BlockKind::List, found).unwrap_or(*block);
    }
}

fn kind_of(tag: &Tag<'_>, source: &str) -> Option<BlockKind> {
    Some(match tag {
        Tag::Heading { .. } if source.trim_start().starts_with('#') && !is_setext(source) => BlockKind::AtxHeading,
        Tag::Heading { .. } => BlockKind::SetextHeading,
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::List(_) => BlockKind::List,
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(_)) => BlockKind::Fence,
        Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented) => BlockKind::IndentedCode,
        Tag::HtmlBlock => BlockKind::Html,
        Tag::Table(_) => BlockKind::Table,
        _ => return None,
    })
}

/// A heading that starts with `#` and yet has an underline, as `#5 is done` over `====`: an ATX heading is one line.
fn is_setext(heading: &str) -> bool {
    heading.trim().lines().nth(1).is_some()
}
