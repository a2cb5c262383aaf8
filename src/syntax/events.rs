//! Markdown as events: the one walk on which blocks, links, anchors, words, paragraphs and comments are based.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

/// The extensions of GitHub's Markdown that matter for blocks and words: tables, and the boxes of task lists, which are not words.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS);

/// Returns the events of `markdown`, each with its place.
pub(super) fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(markdown, OPTIONS).into_offset_iter()
}

/// Passes `read` the events of `inline`, in which nothing starts a block, each with its place. As labels are defined elsewhere,
/// `is_defined` decides whether a link by reference is a link.
pub(super) fn inline_events(
    inline: &str,
    options: Options,
    is_defined: impl Fn(&BrokenLink<'_>) -> bool,
    mut read: impl FnMut(Event<'_>, Range<usize>),
) {
    // After the mark of a heading, what would start a block is text.
    const MARK: &str = "# ";
    let source = format!("{MARK}{inline}");
    let defined = |link: BrokenLink<'_>| is_defined(&link).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let parser = Parser::new_with_broken_link_callback(&source, options, Some(defined));
    for (event, range) in parser.into_offset_iter() {
        read(event, range.start.saturating_sub(MARK.len())..range.end.saturating_sub(MARK.len()));
    }
}

/// Whether `tag` starts a block.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Whether `tag` ends a block.
pub(super) fn is_block_end(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
