//! The top-level blocks of a document.

use crate::text::{Offset, Span, Text};

/// The blocks of one document in order. None is inside another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// The front matter with its fences, if there is any.
    pub front_matter: Option<Span>,
    /// All other blocks. Link reference definitions are not blocks, as they render to nothing.
    pub list: Vec<Block>,
}

/// One block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of the block.
    pub kind: BlockKind,
    /// Its lines, from the start of the first to the end of the last that is not blank.
    pub span: Span,
}

/// CommonMark's blocks, and GitHub's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `# Heading`
    AtxHeading,
    /// A heading underlined with `=` or `-`.
    SetextHeading,
    /// A paragraph.
    Paragraph,
    /// A bullet or ordered list with all its items.
    List,
    /// A block quote.
    Quote,
    /// A fenced code block.
    Fence,
    /// An indented code block.
    IndentedCode,
    /// An HTML block, comments among them.
    Html,
    /// A table.
    Table,
    /// A thematic break.
    Break,
}

impl Block {
    /// Creates a block of `kind` from the range `found` that its parser reports, which starts with a line and may end in blank
    /// ones. Returns `None` if all lines are blank.
    pub(super) fn of_lines(text: &Text, kind: BlockKind, found: Span) -> Option<Block> {
        let end = text.trim_end(found).end;
        (end > found.start).then(|| Block { kind, span: Span::new(found.start, text.skip_blanks(end)) })
    }

    /// Whether the block is a heading of either style.
    pub fn is_heading(self) -> bool {
        matches!(self.kind, BlockKind::AtxHeading | BlockKind::SetextHeading)
    }

    /// Whether the block extends over everything after it because its end is missing: an unclosed fence or comment.
    pub fn is_unclosed(self, text: &Text) -> bool {
        match self.kind {
            BlockKind::Fence => fence_is_unclosed(&text.slice(self.span)),
            BlockKind::Html => html_is_unclosed(&text.slice(self.span)),
            _ => false,
        }
    }
}

impl Blocks {
    /// Returns the block that a cursor at `offset` is in. An unclosed last block includes everything after it.
    pub fn at(&self, text: &Text, offset: Offset) -> Option<Block> {
        let after = self.list.partition_point(|block| block.span.start <= offset);
        let block = *self.list.get(after.checked_sub(1)?)?;
        let is_last = after == self.list.len();
        (block.span.touches(offset) || is_last && block.is_unclosed(text)).then_some(block)
    }

    /// Returns the start of the heading at `heading` together with what belongs to it: comments directly above it, such as "this
    /// section is optional", and names that links lead to, such as `<a name="x"></a>`. Returns `heading` itself if no heading
    /// starts there.
    pub fn lead(&self, text: &Text, heading: Offset) -> Offset {
        let before = self.list.partition_point(|block| block.span.start < heading);
        let mut start = heading;
        if self.list.get(before).is_none_or(|block| block.span.start != heading) {
            return start;
        }
        for block in self.list[..before].iter().rev() {
            let is_right_above = || text.line_at(block.span.end) + 1 == text.line_at(start);
            let is_lead = match block.kind {
                BlockKind::Html if is_right_above() => text.slice(block.span).trim_start().starts_with("<!--"),
                _ => false,
            };
            if !is_lead && !is_name(text, block) {
                break;
            }
            start = block.span.start;
        }
        start
    }

    /// Returns the headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = Block> + '_ {
        self.list.iter().copied().filter(|block| block.is_heading())
    }
}

/// Whether `block` is only a name that links lead to: `<a name="x"></a>`.
fn is_name(text: &Text, block: &Block) -> bool {
    let may_be = matches!(block.kind, BlockKind::Html | BlockKind::Paragraph) && block.span.len() < MAX_NAME;
    let source = if may_be { text.slice(block.span) } else { return false };
    let inside = source.trim().strip_prefix("<a ").and_then(|source| source.strip_suffix("</a>"));
    inside.is_some_and(|inside| inside.find('>') == Some(inside.len() - 1))
}

/// The maximum length of such a name, with its marks.
const MAX_NAME: usize = 500;

/// CommonMark 4.5: a fence is closed by a line of at least as many of the same characters.
fn fence_is_unclosed(block: &str) -> bool {
    let mut lines = block.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let opening = lines.next().unwrap_or_default();
    let Some(mark) = opening.chars().next() else { return false };
    let length = opening.chars().take_while(|&character| character == mark).count();
    let Some(last) = lines.next_back() else { return true };
    !(last.chars().count() >= length && last.chars().all(|character| character == mark))
}

/// CommonMark 4.6: the kinds 1 to 5 end only at their own mark, regardless of blank lines before it.
fn html_is_unclosed(block: &str) -> bool {
    let start = block.trim_start().to_ascii_lowercase();
    let ends: &[&str] = if start.starts_with("<!--") {
        &["-->"]
    } else if start.starts_with("<?") {
        &["?>"]
    } else if start.starts_with("<![cdata[") {
        &["]]>"]
    } else if start.starts_with("<!") {
        &[">"]
    } else if ["<script", "<pre", "<style", "<textarea"].iter().any(|tag| start.starts_with(tag)) {
        &["</script>", "</pre>", "</style>", "</textarea>"]
    } else {
        return false;
    };
    !ends.iter().any(|end| start.contains(end))
}

#[cfg(test)]
mod tests {
    use super::super::{Parsed, blocks};
    use super::*;

    #[test]
    fn a_fence_is_closed_with_a_tab_or_blanks_behind_it() {
        for (fence, blanks) in [("```", "\t"), ("~~~", "\t"), ("````", " \t"), ("```", "\t \t"), ("```", "  ")] {
            for ending in ["\n", "\r\n", "\r"] {
                let source =
                    format!("{fence}\na\n{fence}{blanks}\n\n# T\n\n> {fence}\n> b\n> {fence}{blanks}\n> c\n\n## S\n");
                let text = Text::new(&source.replace('\n', ending));
                let found = blocks(&text);
                let kinds: Vec<_> = found.list.iter().map(|block| block.kind).collect();
                let expected = [BlockKind::Fence, BlockKind::AtxHeading, BlockKind::Quote, BlockKind::AtxHeading];
                assert_eq!(kinds, expected, "{source:?}");
                assert!(!found.list[0].is_unclosed(&text), "{source:?}");
                assert_eq!(Parsed::open(&text.to_string()).blocks(), found, "{source:?}");
            }
        }
    }
}
