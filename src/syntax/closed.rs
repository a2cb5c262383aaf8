//! Reading Markdown: pulldown-cmark over a text, or over a part of one that reads the same by itself.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::events::OPTIONS;
use super::labels::Labels;
use super::links::{LinkReader, is_by_reference, note_undefined};
use super::source::{MAX_BYTES, markdown};
use super::{Block, BlockKind, Blocks, Body, Links};
use crate::text::{Offset, Span, Text};

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
    let Part { blocks, links, .. } = read_part(text, Span::new(body.start, text.end()), &Labels::default());
    Reading { blocks: Blocks { front_matter: body.front_matter, list: blocks }, links }
}

/// What is read of a part of a text.
pub(super) struct Part {
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// Which of them start where a reading can start afresh, by their places in `blocks`.
    pub(super) starts: Vec<usize>,
    /// Its links.
    pub(super) links: Links,
    /// What its labels stand for, those of footnotes among them, each with where that is said.
    pub(super) labels: Labels,
    /// Where a label is used, and how many bytes it stands for.
    pub(super) expansions: Vec<(Offset, usize)>,
}

/// What there is in `span` of `text`, which starts where a reading can start; `known` are the labels that the rest of the text
/// defines.
pub(super) fn read_part(text: &Text, span: Span, known: &Labels) -> Part {
    let markdown = markdown(text, span);
    let mut undefined = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        let found = known.get(&link.reference).map(|label| (CowStr::from(label.destination.clone()), CowStr::from("")));
        if found.is_none() {
            note_undefined(&mut undefined, span.start, link);
        }
        found
    };
    let parser = Parser::new_with_broken_link_callback(&markdown, OPTIONS, Some(callback));
    let labels = Labels::of(parser.reference_definitions(), span.start);
    let mut blocks = BlockReader {
        text,
        markdown: &markdown,
        start: span.start,
        list: Vec::new(),
        starts: Vec::new(),
        depth: 0,
        list_end: 0,
    };
    let mut links = LinkReader::new(&markdown, span.start, parser.reference_definitions());
    let mut expansions = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = &event
            && is_by_reference(*link_type)
            && let Some(label) = labels.get(id).or_else(|| known.get(id))
        {
            expansions.push((span.start + range.start, label.expands));
        }
        blocks.read(&event, range.clone());
        links.read(event, range);
    }
    let BlockReader { list, starts, .. } = blocks;
    Part { blocks: list, starts, links: links.finish(undefined), labels, expansions }
}

/// Whether the line that starts at `line` of `markdown`, with which a block starts, is one that a reading can start with: it goes on
/// with nothing above it, neither in CommonMark nor in a footnote. It stands behind a blank line, and is not indented.
pub(super) fn is_start(markdown: &str, line: usize) -> bool {
    let above = markdown[..line].trim_end_matches([' ', '\t']);
    let above = above.strip_suffix('\n').map(|above| above.strip_suffix('\r').unwrap_or(above));
    let is_below_blank = above.is_some_and(|above| above.trim_end_matches([' ', '\t']).ends_with('\n'));
    is_below_blank && !markdown[line..].starts_with([' ', '\t'])
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
    /// Which of them start where a reading can start.
    starts: Vec<usize>,
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
            if let Some(kind) = kind {
                self.add(kind, range);
            }
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

    fn add(&mut self, kind: BlockKind, range: Range<usize>) {
        let line = self.markdown[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        if let Some(block) = Block::of_lines(self.text, kind, Span::of_range(self.start, line..range.end)) {
            if is_start(self.markdown, line) {
                self.starts.push(self.list.len());
            }
            self.list.push(block);
        }
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
