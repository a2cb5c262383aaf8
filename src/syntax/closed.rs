//! Reading Markdown: pulldown-cmark over a text, or over a part that reads the same by itself.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::events::OPTIONS;
use super::labels::Labels;
use super::links::{LinkReader, is_by_reference, note_undefined};
use super::source::{MAX_BYTES, markdown};
use super::{Block, BlockKind, Blocks, Body, Links};
use crate::text::{Offset, Span, Text};

/// The result of reading a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The blocks.
    pub blocks: Blocks,
    /// The links.
    pub links: Links,
}

/// Reads `text`. The result is empty if the text is over [`MAX_BYTES`].
pub fn read(text: &Text) -> Reading {
    if text.len() > MAX_BYTES {
        return Reading::default();
    }
    let body = Body::of(text);
    let Part { blocks, links, .. } = read_part(text, Span::new(body.start, text.end()), &Labels::default());
    Reading { blocks: Blocks { front_matter: body.front_matter, list: blocks }, links }
}

/// The result of reading a part of a text.
pub(super) struct Part {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// The indices in `blocks` of those blocks at which a reading can start.
    pub(super) starts: Vec<usize>,
    /// The links.
    pub(super) links: Links,
    /// The labels that the part defines, including those of footnotes.
    pub(super) labels: Labels,
    /// The places where labels are used, and how many bytes each label expands to.
    pub(super) expansions: Vec<(Offset, usize)>,
}

/// Reads `span` of `text`, which must start where a reading can start. `known` are the labels that the rest of the text defines.
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

/// Whether a reading can start at `line` of `markdown`, the start of a line that starts a block. The line must not continue
/// anything above it, neither in CommonMark nor in a footnote: it follows a blank line, and is not indented.
pub(super) fn is_start(markdown: &str, line: usize) -> bool {
    let above = markdown[..line].trim_end_matches([' ', '\t']);
    let above = above.strip_suffix('\n').map(|above| above.strip_suffix('\r').unwrap_or(above));
    let is_below_blank = above.is_some_and(|above| above.trim_end_matches([' ', '\t']).ends_with('\n'));
    is_below_blank && !markdown[line..].starts_with([' ', '\t'])
}

/// Returns the blocks of `text`.
pub fn blocks(text: &Text) -> Blocks {
    read(text).blocks
}

/// The state of a search for the blocks in `markdown`, which starts at `start` of `text`.
struct BlockReader<'a> {
    text: &'a Text,
    markdown: &'a str,
    start: Offset,
    list: Vec<Block>,
    /// The indices in `list` of those blocks at which a reading can start.
    starts: Vec<usize>,
    /// The number of open blocks.
    depth: usize,
    /// The end of the open list, as far as it has been read.
    list_end: usize,
}

impl BlockReader<'_> {
    fn read(&mut self, event: &Event<'_>, range: Range<usize>) {
        // The range of a list includes the link reference definitions after its last item, so its contents determine its end.
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

/// Whether a heading that starts with `#` is underlined, as `#5 is done` over `====`. An ATX heading has only one line.
fn is_setext(heading: &str) -> bool {
    heading.trim().lines().nth(1).is_some()
}
