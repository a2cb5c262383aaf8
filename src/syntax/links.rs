//! Links, and the text around them.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, Event, LinkType, RefDefs, Tag, TagEnd};

use super::events::{events, is_block, is_block_end};
use super::html::{Html, HtmlReader, attributes, decoded};
use super::math::Math;

use crate::text::{Offset, Span};

/// A link with a target: inline, by reference, an address in angle brackets, or in HTML. An image is a link, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The kind of the link.
    pub kind: LinkKind,
    /// From its first mark to its last; for HTML, the value of the attribute.
    pub span: Span,
    /// The destination as written, with escapes and entities decoded.
    pub destination: Arc<str>,
    /// The span of the destination, between its marks. `None` if it is written elsewhere, as for a link by reference.
    pub target: Option<Span>,
    /// The label of a link by reference.
    pub label: Option<Arc<str>>,
}

/// The kind of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A link of Markdown.
    Link,
    /// An image of Markdown.
    Image,
    /// The value of `href` or `src` in HTML.
    Html,
}

/// A link reference definition: `[label]: destination`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// From its first mark to its last.
    pub span: Span,
    /// The label.
    pub label: String,
    /// The destination as written, with escapes and entities decoded.
    pub destination: String,
    /// The span of the destination, between its marks.
    pub target: Option<Span>,
}

/// A link by reference that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// From its first mark to its last.
    pub span: Span,
    /// The label.
    pub label: String,
}

/// The links of a text, and the places where the number of a proposal may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The links and images, in order. A nested one comes after the one around it.
    pub links: Vec<Link>,
    /// The definitions of labels, in order; of two for the same label, only the first.
    pub definitions: Vec<Definition>,
    /// `[text][label]` and `[label][]` whose label is not defined, in order.
    pub undefined: Vec<Undefined>,
    /// Runs of plain text with a digit outside links and code, in order.
    pub prose: Vec<Span>,
    /// Runs of plain text with a digit that are shown as links, in order.
    pub linked: Vec<Span>,
}

/// Adds `link`, which leads nowhere, to `undefined` if it is certainly a link: `[x]` alone may be a box, a footnote or a sign.
pub(super) fn note_undefined(undefined: &mut Vec<Undefined>, start: Offset, link: BrokenLink<'_>) {
    if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
        undefined.push(Undefined { span: Span::of_range(start, link.span), label: link.reference.into_string() });
    }
}

/// The state of a search for the links in `markdown`, which starts at `start` of its text.
pub(super) struct LinkReader<'a> {
    markdown: &'a str,
    start: Offset,
    found: Links,
    /// The open links, each nested in the one before it.
    open: Vec<OpenLink>,
    html: HtmlReader,
    /// Whether the open HTML may have attributes.
    has_attributes: bool,
    code: usize,
    math: Math,
}

/// An open link.
struct OpenLink {
    /// Its index among the links.
    place: usize,
    link_type: LinkType,
    /// The end of the text that the link shows, as far as it has been read.
    shown: usize,
    /// Whether the text of this link, or of one around it, is shown as a link. The text of an image by reference may be its label.
    is_linked: bool,
}

/// The attributes of HTML that have destinations.
const LEADING: [&str; 2] = ["href", "src"];

impl<'a> LinkReader<'a> {
    pub(super) fn new(markdown: &'a str, start: Offset, definitions: &RefDefs<'_>) -> LinkReader<'a> {
        let mut reader = LinkReader::without_definitions(markdown, start);
        for (label, found) in definitions.iter() {
            match is_footnote(label) {
                true => reader.read_footnote(found.span.clone()),
                false => reader.found.definitions.push(reader.definition(label, found.span.clone(), &found.dest)),
            }
        }
        reader.found.definitions.sort_by_key(|definition| definition.span);
        reader
    }

    fn without_definitions(markdown: &'a str, start: Offset) -> LinkReader<'a> {
        LinkReader {
            markdown,
            start,
            found: Links::default(),
            open: Vec::new(),
            html: HtmlReader::default(),
            has_attributes: false,
            code: 0,
            math: Math::default(),
        }
    }

    /// Reads the text of the footnote at `range`. If it is one word, the parser takes it for the destination of a link.
    fn read_footnote(&mut self, range: Range<usize>) {
        let Some(at) = self.markdown[range.clone()].find("]:") else { return };
        let at = range.start + at + "]:".len();
        let source = &self.markdown[at..range.end];
        let mut reader = LinkReader::without_definitions(source, self.start + at);
        for (event, range) in events(source) {
            reader.read(event, range);
        }
        let Links { links, prose, linked, .. } = reader.finish(Vec::new());
        self.found.links.extend(links);
        self.found.prose.extend(prose);
        self.found.linked.extend(linked);
    }

    /// Reads the next event, which stands for `range` of the Markdown.
    pub(super) fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        let is_edge = match &event {
            Event::Start(tag) => is_block(tag),
            Event::End(tag) => is_block_end(*tag),
            _ => false,
        };
        if is_edge {
            self.math.end_block(self.markdown);
        }
        // Nearly all HTML is comments, which have no links.
        match event {
            Event::Start(Tag::HtmlBlock) => self.has_attributes = self.markdown[range.clone()].contains('='),
            Event::InlineHtml(_) => self.has_attributes = true,
            _ => {}
        }
        if self.has_attributes
            && let Some(html) = self.html.read(&event, &range, self.markdown)
        {
            self.read_html(&html);
        }
        match event {
            // The marks of a footnote.
            Event::Start(Tag::Link { link_type, ref id, .. }) if is_by_reference(link_type) && is_footnote(id) => {}
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                self.open(LinkKind::Link, link_type, &dest_url, &id, range);
            }
            Event::Start(Tag::Image { link_type, dest_url, id, .. }) => {
                self.open(LinkKind::Image, link_type, &dest_url, &id, range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(range),
            Event::Start(Tag::CodeBlock(_)) => self.code += 1,
            Event::End(TagEnd::CodeBlock) => self.code = self.code.saturating_sub(1),
            event => self.read_rest(matches!(event, Event::Text(_)), range),
        }
    }

    /// Reads an event that is not the start or end of a link: text, or something else that is rendered.
    fn read_rest(&mut self, is_text: bool, range: Range<usize>) {
        let span = Span::of_range(self.start, range.clone());
        let is_linked = self.open.last().is_some_and(|open| open.is_linked);
        self.show(range.end);
        if is_text && self.code == 0 && !is_linked {
            self.math.read(self.markdown, range.clone());
        }
        if is_text && self.markdown[range].bytes().any(|byte| byte.is_ascii_digit()) {
            match is_linked {
                true => self.found.linked.push(span),
                false if self.code == 0 => self.found.prose.push(span),
                false => {}
            }
        }
    }

    /// Adds the links of the tags in `html`.
    fn read_html(&mut self, html: &Html) {
        for attribute in attributes(&html.text).into_iter().filter(|attribute| attribute.is_one_of(&LEADING)) {
            let (start, end) = (html.place(attribute.value.start), html.place(attribute.value.end));
            // A value may continue on another line of a quote.
            if self.markdown.get(start..end) == html.text.get(attribute.value.clone()) {
                let span = Span::of_range(self.start, start..end);
                let destination = decoded(html.text[attribute.value].trim()).into();
                let link = Link { kind: LinkKind::Html, span, destination, target: Some(span), label: None };
                self.found.links.push(link);
            }
        }
    }

    /// Opens the link at `range`.
    fn open(&mut self, kind: LinkKind, link_type: LinkType, destination: &str, id: &str, range: Range<usize>) {
        let (destination, label) = (destination.into(), is_by_reference(link_type).then(|| id.into()));
        let span = Span::of_range(self.start, range.clone());
        let mark = if kind == LinkKind::Image { 2 } else { 1 };
        let is_linked =
            kind == LinkKind::Link || is_by_reference(link_type) || self.open.last().is_some_and(|open| open.is_linked);
        self.open.push(OpenLink { place: self.found.links.len(), link_type, shown: range.start + mark, is_linked });
        self.found.links.push(Link { kind, span, destination, target: None, label });
    }

    /// Returns all links, including the undefined ones.
    pub(super) fn finish(mut self, mut undefined: Vec<Undefined>) -> Links {
        self.math.end_block(self.markdown);
        let is_math = |span: Span| self.math.has(span.start - self.start..span.end - self.start);
        self.found.links.retain(|link| !is_math(link.span));
        undefined.retain(|undefined| !is_math(undefined.span));
        // Footnotes are read first.
        self.found.links.sort_by_key(|link| link.span);
        self.found.prose.sort();
        self.found.linked.sort();
        // The parser may try a place more than once.
        undefined.sort_by_key(|undefined| undefined.span);
        undefined.dedup();
        // `[1][x](y)` is a link after a number in brackets: one of the links that start in the undefined reference ends after it.
        let around = around(&self.found.links);
        let is_link = |span: Span| {
            let links = &self.found.links;
            let last = links.partition_point(|link| link.span.start < span.end).checked_sub(1);
            let mut ending = std::iter::successors(last, |place| around[*place]).map(|place| links[place].span);
            ending.find(|link| span.end < link.end).is_some_and(|link| span.contains(link.start))
        };
        undefined.retain(|undefined| !is_link(undefined.span));
        Links { undefined, ..self.found }
    }

    /// Notes that the open link shows something up to `end`.
    fn show(&mut self, end: usize) {
        if let Some(open) = self.open.last_mut() {
            open.shown = open.shown.max(end);
        }
    }

    /// Closes the link at `range`.
    fn close(&mut self, range: Range<usize>) {
        // The marks of a footnote open nothing.
        let is_own =
            |open: &mut OpenLink| self.found.links[open.place].span == Span::of_range(self.start, range.clone());
        let Some(OpenLink { place, link_type, shown, .. }) = self.open.pop_if(is_own) else { return };
        self.show(range.end);
        let target = match link_type {
            LinkType::Inline => {
                // The text of a link may end in a mark that is not an event, such as that of a nested emphasis.
                let rest = &self.markdown[shown..range.end];
                rest.find("](").map(|at| destination(self.markdown, shown + at + "](".len()..range.end))
            }
            LinkType::Autolink => Some(range.start + 1..range.end - 1),
            _ => None,
        };
        if link_type == LinkType::Email {
            self.found.links.truncate(place);
        } else {
            self.found.links[place].target = target.map(|target| Span::of_range(self.start, target));
        }
    }

    fn definition(&self, label: &str, range: Range<usize>, found: &str) -> Definition {
        let range = range.start..range.start + self.markdown[range.clone()].trim_end().len();
        let source = &self.markdown[range.clone()];
        let target = source.find("]:").map(|at| destination(self.markdown, range.start + at + "]:".len()..range.end));
        Definition {
            span: Span::of_range(self.start, range),
            label: label.to_owned(),
            destination: found.to_owned(),
            target: target.map(|target| Span::of_range(self.start, target)),
        }
    }
}

/// Returns, for each of `links`, which are in order, the index of the link around it.
fn around(links: &[Link]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let around = |(place, link): (usize, &Link)| {
        while open.last().is_some_and(|last| links[*last].span.end <= link.span.start) {
            open.pop();
        }
        let around = open.last().copied();
        open.push(place);
        around
    };
    links.iter().enumerate().map(around).collect()
}

/// Whether `label` is that of a footnote (GitHub's Markdown), and so not of a link.
fn is_footnote(label: &str) -> bool {
    label.starts_with('^')
}

/// Whether a link of this type has a label. To the parser, a label that is defined in another part of the text is unknown.
pub(super) fn is_by_reference(link_type: LinkType) -> bool {
    use LinkType::{Collapsed, CollapsedUnknown, Reference, ReferenceUnknown, Shortcut, ShortcutUnknown};
    matches!(link_type, Reference | ReferenceUnknown | Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown)
}

/// Returns the range of the link destination at the start of `range` of `markdown` (CommonMark 6.3), without angle brackets around
/// it.
fn destination(markdown: &str, range: Range<usize>) -> Range<usize> {
    let source = &markdown[range.clone()];
    let mut inside = source.trim_start();
    // In a quote, the next line starts with its mark.
    while source[..source.len() - inside.len()].contains(['\n', '\r']) && inside.starts_with('>') {
        inside = inside[1..].trim_start();
    }
    let start = range.start + (source.len() - inside.len());
    match inside.strip_prefix('<') {
        Some(inside) => start + 1..start + 1 + end_of_brackets(inside),
        None => start..start + bare_destination(inside),
    }
}

/// Returns where the destination in angle brackets at the start of `source` ends.
fn end_of_brackets(source: &str) -> usize {
    let mut is_escaped = false;
    let is_end = |character: char| {
        let is_end = character == '>' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_end
    };
    source.find(is_end).unwrap_or(source.len())
}

/// Returns the length of the destination without angle brackets at the start of `source`. It ends at white space, or at a closing
/// parenthesis that has no opening one.
fn bare_destination(source: &str) -> usize {
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, character) in source.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            _ if character.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    source.len()
}

#[cfg(test)]
mod tests;
