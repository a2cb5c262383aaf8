//! The forms of metadata in Markdown, and the groups of keys and values in one of these forms.

use std::sync::LazyLock;

use super::{KeyName, is_date, stands_for_date};
use crate::syntax::{Block, BlockKind, Entry, Header, entries, fold, html_rows, html_table, rows, without_break};
use crate::terms::{self, KeyKind};
use crate::text::{Span, Text};

/// The forms of metadata in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// YAML front matter.
    FrontMatter,
    /// A list, `- **Key**: value`.
    Bullets,
    /// A table, `| Key | value |`.
    Table,
    /// Lines of a paragraph, or paragraphs of one line each: `Key: value`.
    Lines,
    /// Such lines in `<pre>` or a code block.
    Preformatted,
    /// An HTML table, `<tr><td>Key</td><td>value</td></tr>`.
    HtmlTable,
    /// Sections of their own, with the key as the heading and the value below it.
    Section,
}

impl Form {
    /// Returns the name of the form in `vip-lsp template`.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::FrontMatter => "front matter",
            Form::Bullets => "list",
            Form::Table => "table",
            Form::Lines => "lines",
            Form::Preformatted => "preformatted text",
            Form::HtmlTable => "HTML table",
            Form::Section => "sections",
        }
    }

    /// Returns the form of the metadata that `block` may have.
    fn of_block(text: &Text, block: &Block) -> Option<Form> {
        Some(match block.kind {
            BlockKind::List => Form::Bullets,
            BlockKind::Table => Form::Table,
            BlockKind::Paragraph | BlockKind::Quote => Form::Lines,
            BlockKind::Fence | BlockKind::IndentedCode => Form::Preformatted,
            BlockKind::Html if html_table(text, block.span).is_some() => Form::HtmlTable,
            BlockKind::Html if !is_comment(text, block) => Form::Preformatted,
            _ => return None,
        })
    }
}

/// Keys and values that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their form.
    pub form: Form,
    /// The span of all blocks that have them.
    pub span: Span,
    /// The keys and values, at least one.
    pub entries: Vec<Entry>,
    /// Whether the group is metadata regardless of the names of the keys.
    is_plain: bool,
}

/// Keys that are metadata even if only one of them is present.
const WELL_KNOWN: [&str; 14] = [
    "author",
    "created",
    "creation date",
    "date",
    "decider",
    "feature name",
    "last updated",
    "number",
    "owner",
    "start date",
    "status",
    "title",
    "updated",
    "version",
];

fn is_well_known(key: &str) -> bool {
    static NAMES: LazyLock<Vec<KeyName>> = LazyLock::new(|| WELL_KNOWN.iter().copied().map(KeyName::of).collect());
    let name = KeyName::of(key);
    // Words of other languages that are also English words are not certain to be keys.
    let kind = || terms::kind_of_key(&fold(key));
    let is_of_kind = || match kind() {
        Some(KeyKind::Status) => true,
        kind => kind.is_some() && !key.is_ascii(),
    };
    NAMES.iter().any(|known| known.is(&name)) || is_of_kind()
}

/// Returns the groups among `blocks` of `text`, only those of `form` if it is given. If only colons set keys off, there must be a
/// key that `is_known` knows, or else there must be several keys, or a single one that is well known or has a date, or a
/// placeholder for one.
pub fn groups<'a>(
    text: &'a Text,
    blocks: &'a [Block],
    form: Option<Form>,
    is_known: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Group> + 'a {
    let mut at = 0;
    let next = move || {
        let block = blocks.get(at)?;
        let own = Form::of_block(text, block).filter(|own| form.is_none_or(|form| form == *own));
        // An example in a code block follows what it is an example of.
        let is_code = matches!(block.kind, BlockKind::Fence | BlockKind::IndentedCode);
        let is_first = || blocks[..at].iter().all(|before| before.is_heading() || is_comment(text, before));
        let group = own.filter(|_| !is_code || is_first()).and_then(|own| read(text, &blocks[at..], own));
        at += group.as_ref().map_or(1, |(_, count)| *count);
        Some(group.map(|(group, _)| group))
    };
    std::iter::from_fn(next).flatten().filter(move |group| group.is_metadata(text, &is_known))
}

impl Form {
    /// Returns the whole span of the value of `entry` in this form. In a list or in lines, a value may continue on the lines below.
    pub fn value_span(self, text: &Text, entry: &Entry) -> Span {
        let whole = Span::new(entry.value.start, entry.span.end);
        match self {
            Form::Bullets => whole,
            Form::Lines | Form::Preformatted => {
                let value = without_break(&text.slice(whole)).len();
                Span::new(whole.start, whole.start + value)
            }
            Form::FrontMatter | Form::Table | Form::HtmlTable | Form::Section => entry.value,
        }
    }
}

impl Group {
    fn is_metadata(&self, text: &Text, is_known: &impl Fn(&str) -> bool) -> bool {
        let is_well_known = |entry: &Entry| is_well_known(&entry.key);
        let is_dated = |entry: &Entry| {
            let value = text.slice(entry.value);
            is_date(&value) || stands_for_date(&value)
        };
        let is_certain =
            || self.entries.len() > 1 || self.entries.iter().any(|entry| is_well_known(entry) || is_dated(entry));
        !self.entries.is_empty()
            && (!matches!(self.form, Form::Lines | Form::Preformatted)
                || self.entries.iter().any(|entry| is_known(&entry.key))
                || self.is_plain && is_certain())
    }
}

/// Returns the keys and values in the first of `blocks`, which has `form`, and the number of blocks that they span.
fn read(text: &Text, blocks: &[Block], form: Form) -> Option<(Group, usize)> {
    let block = blocks.first()?;
    let group = |span, entries, is_plain| Group { form, span, entries, is_plain };
    Some(match form {
        Form::FrontMatter | Form::Section => return None,
        Form::Bullets => (group(block.span, entries(text, block.span), true), 1),
        Form::Table => (group(block.span, rows(text, block.span), true), 1),
        Form::HtmlTable => {
            let table = html_table(text, block.span)?;
            let count = blocks.iter().take_while(|block| block.span.start < table.end).count();
            (group(table, html_rows(text, table), true), count.max(1))
        }
        Form::Preformatted => {
            let header = Header::of(text, *block);
            (group(block.span, header.entries, header.is_whole), 1)
        }
        Form::Lines if block.kind == BlockKind::Quote => (quote(text, *block)?, 1),
        Form::Lines => lines(text, blocks),
    })
}

/// Returns the keys and values in the quote `block`, if it has nothing else, and one of them is the status or the date.
fn quote(text: &Text, block: Block) -> Option<Group> {
    let Header { entries, is_whole } = Header::of(text, block);
    let is_sure =
        |entry: &Entry| matches!(terms::kind_of_key(&fold(&entry.key)), Some(KeyKind::Status | KeyKind::Date));
    let is_metadata = is_whole && entries.iter().any(is_sure);
    is_metadata.then_some(Group { form: Form::Lines, span: block.span, entries, is_plain: true })
}

/// Returns the keys and values in the first paragraph of `blocks`, and in those after it that have nothing else.
fn lines(text: &Text, blocks: &[Block]) -> (Group, usize) {
    let first = Header::of(text, blocks[0]);
    let goes_on = first.is_whole || is_wrapped(text, blocks[0], &first);
    let mut group = Group { form: Form::Lines, span: blocks[0].span, entries: first.entries, is_plain: first.is_whole };
    let mut count = 1;
    for (index, block) in blocks.iter().enumerate().skip(1).take_while(|_| goes_on) {
        if is_comment(text, block) {
            continue;
        }
        let next = if block.kind == BlockKind::Paragraph { Header::of(text, *block) } else { Header::default() };
        if !next.is_whole && !is_wrapped(text, *block, &next) {
            break;
        }
        group.is_plain |= next.is_whole;
        group.span = Span::new(group.span.start, block.span.end);
        group.entries.extend(next.entries);
        count = index + 1;
    }
    (group, count)
}

/// The maximum number of lines of a paragraph with a single key.
const MAX_WRAPPED: usize = 3;

/// Whether `header` is that of a paragraph that starts with a well-known key, whose value may continue for a line or two.
fn is_wrapped(text: &Text, block: Block, header: &Header) -> bool {
    let [entry] = header.entries.as_slice() else { return false };
    let lines = text.line_at(block.span.end) - text.line_at(block.span.start) + 1;
    let is_first = text.line_at(entry.span.start) == text.line_at(block.span.start);
    is_first && lines <= MAX_WRAPPED && is_well_known(&entry.key)
}

fn is_comment(text: &Text, block: &Block) -> bool {
    block.kind == BlockKind::Html && text.slice(block.span).trim_start().starts_with("<!--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::blocks;

    #[test]
    fn what_follows_a_group_is_read_too() {
        for first in [
            "```\nXIP: 1\nTitle: A\n```\n",
            "| XIP | 1 |\n| - | - |\n| Title | A |\n",
            "> XIP: 1\n> Status: Draft\n",
            "<table><tr><td>XIP<td>1<tr><td>Title<td>A</table>\n",
        ] {
            let text = Text::new(&format!("{first}\n- Date: 2026-01-30\n- Owner: A. Author\n"));
            let blocks = blocks(&text);
            let found: Vec<_> = groups(&text, &blocks.list, None, |_| false).map(|group| group.entries.len()).collect();
            assert_eq!(found, [2, 2], "{first}");
        }
    }
}
