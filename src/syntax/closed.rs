//! Reading a document once, with no tree to keep: pulldown-cmark over the whole text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::source::markdown;
use super::{Block, BlockKind, Blocks, Body, MAX_BYTES};
use crate::text::{Span, Text};

/// The extensions of GitHub's Markdown that matter for blocks and words: tables, which both parsers know, and the boxes of
/// task lists, which are no words.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS);

/// The blocks of `text`; none of one that is over [`MAX_BYTES`].
pub fn read(text: &Text) -> Blocks {
    if text.len() > MAX_BYTES {
        return Blocks::default();
    }
    let body = Body::of(text);
    let markdown = markdown(text, Span::new(body.start, text.end()));
    let mut list: Vec<Block> = Vec::new();
    let mut depth = 0_usize;
    let mut list_end = 0;
    for (event, range) in Parser::new_ext(&markdown, OPTIONS).into_offset_iter() {
        // A list's own range has the link reference definitions behind its last item, so what it holds says its end.
        match &event {
            Event::Start(Tag::List(_)) if depth == 0 => list_end = range.start,
            Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_) | TagEnd::Item) => {}
            Event::Start(Tag::Item) => list_end = list_end.max(range.start + 1),
            _ => list_end = list_end.max(range.end),
        }
        let kind = match &event {
            Event::Start(tag) => kind_of(tag, &markdown[range.clone()]),
            Event::Rule => Some(BlockKind::Break),
            _ => None,
        };
        if let (0, Some(kind)) = (depth, kind) {
            let line = markdown[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            list.extend(Block::of_lines(text, kind, Span::of_range(body.start, line..range.end)));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if let (0, TagEnd::List(_), Some(block)) = (depth, end, list.last_mut()) {
                    let last = markdown[..list_end].trim_end().len();
                    let rest = &markdown[last..];
                    let line_end = last + rest.find(['\n', '\r']).unwrap_or(rest.len());
                    let found = Span::new(block.span.start, body.start + line_end);
                    *block = Block::of_lines(text, BlockKind::List, found).unwrap_or(*block);
                }
            }
            _ => {}
        }
    }
    Blocks { front_matter: body.front_matter, list }
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
