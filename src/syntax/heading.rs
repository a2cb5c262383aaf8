//! The text of a heading: its name, and the note that a template or an author put after the name.

use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Tag, TagEnd};

use super::events::inline_events;
use super::fold::fold;
use super::prose::fold_space;
use super::{Block, BlockKind, Origin};
use crate::letters::{WIDE_BRACKETS, is_dense};
use crate::terms::{KeyKind, names_value};
use crate::text::{Offset, Span, Text};

/// One top-level heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The lines of the heading.
    pub span: Span,
    /// The text of the heading without its marks; empty if it has no text.
    pub content: Span,
    /// The name, which does not depend on the place of the heading.
    name: Arc<HeadingName>,
}

/// The text of a heading, parsed.
#[derive(Clone, Debug, Default)]
pub struct HeadingName {
    /// The text as rendered, on one line.
    pub text: String,
    /// The text without its tail, or the whole text if there is no tail.
    pub core: String,
    /// The core as [`fold`] normalizes it. Headings with the same key have the same name.
    pub key: String,
    /// The tail, if there is one.
    pub tail: Option<Tail>,
    value: OnceLock<Option<KeyKind>>,
    keys: OnceLock<Vec<String>>,
    section: OnceLock<(Origin, Option<usize>)>,
    near: OnceLock<(Origin, Option<usize>)>,
}

/// The name of a heading without text.
static NOTHING: LazyLock<Arc<HeadingName>> = LazyLock::new(Arc::default);

impl PartialEq for HeadingName {
    fn eq(&self, other: &HeadingName) -> bool {
        (&self.text, &self.core, &self.tail) == (&other.text, &other.core, &other.tail)
    }
}

impl Eq for HeadingName {}

impl HeadingName {
    /// Returns the kind of value that the section has by its name, as [`names_value`] determines it.
    pub fn value_kind(&self) -> Option<KeyKind> {
        *self.value.get_or_init(|| names_value(&self.key))
    }

    /// Returns the names of the heading for lookups. The first call stores the result of `make`.
    pub fn keys_or(&self, make: impl FnOnce() -> Vec<String>) -> &[String] {
        self.keys.get_or_init(make)
    }

    /// Returns the place of the section that the heading names, in the sections that `from` identifies. The result of `find` is
    /// stored for the first `from` that this is called with.
    pub fn section_or(&self, from: &Origin, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        place_or(&self.section, from, find)
    }

    /// Like [`HeadingName::section_or`], for the section that the heading may have been meant to name.
    pub fn near_or(&self, from: &Origin, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        place_or(&self.near, from, find)
    }
}

/// Returns the place in `known` if it is for `from`, else the result of `find`.
fn place_or(
    known: &OnceLock<(Origin, Option<usize>)>,
    from: &Origin,
    find: impl FnOnce() -> Option<usize>,
) -> Option<usize> {
    match known.get() {
        Some((known, place)) if known == from => *place,
        Some(_) => find(),
        None => {
            let place = find();
            _ = known.set((from.clone(), place));
            place
        }
    }
}

/// The part of a heading after its name, in parentheses, brackets or italics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// As rendered, without the parentheses or brackets.
    pub text: String,
    /// Whether the tail is in italics.
    pub is_italic: bool,
    /// The length in bytes, from the first mark of the tail to the end of the heading's text.
    length: usize,
}

impl Deref for Heading {
    type Target = HeadingName;

    fn deref(&self) -> &HeadingName {
        &self.name
    }
}

impl Heading {
    /// Returns this heading with its places counted from `base`.
    pub(super) fn relative_to(self, base: Offset) -> Heading {
        Heading { span: self.span.relative_to(base), content: self.content.relative_to(base), ..self }
    }

    /// Returns this heading in a text that has `bytes` more bytes in front of it.
    pub(super) fn behind(&self, bytes: usize) -> Heading {
        Heading { span: self.span.behind(bytes), content: self.content.behind(bytes), ..self.clone() }
    }

    /// Returns the span of the tail, including its marks.
    pub fn tail_span(&self) -> Option<Span> {
        let tail = self.tail.as_ref()?;
        let start = self.content.start + self.content.len().saturating_sub(tail.length);
        Some(Span::new(start, self.content.end))
    }

    /// Returns the heading at `block`.
    pub(super) fn of(text: &Text, block: Block) -> Heading {
        let source = text.slice(block.span);
        let (level, range) = match block.kind {
            BlockKind::SetextHeading => setext(&source),
            _ => atx(&source),
        };
        let content = Span::of_range(block.span.start, range.clone());
        if range.is_empty() {
            // A text may have many of these; all share one name.
            return Heading { level, span: block.span, content, name: NOTHING.clone() };
        }
        let line = source[range].replace(['\n', '\r'], " ");
        let pieces = pieces(&line);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let (core, tail) = split(&pieces, &line);
        let name = HeadingName {
            text: fold_space(&strip_attributes(&text)),
            key: fold(&core),
            core,
            tail,
            ..HeadingName::default()
        };
        Heading { level, span: block.span, content, name: Arc::new(name) }
    }
}

/// Returns `markdown`, inline content on one line, as a reader sees it.
pub fn rendered(markdown: &str) -> String {
    fold_space(&pieces(markdown).iter().map(|piece| piece.text.as_str()).collect::<String>())
}

/// Returns the level and content of an ATX heading (CommonMark 4.2).
fn atx(line: &str) -> (u8, std::ops::Range<usize>) {
    let marks = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - marks.len();
    let content = marks.trim_start_matches('#');
    let level = (marks.len() - content.len()).clamp(1, 6) as u8;
    let start = indent + (marks.len() - content.len());
    let trimmed = content.trim_end();
    let without_marks = trimmed.trim_end_matches('#');
    let is_closed =
        without_marks.len() < trimmed.len() && (without_marks.is_empty() || without_marks.ends_with([' ', '\t']));
    let content = if is_closed { without_marks.trim_end() } else { trimmed };
    let lead = content.len() - content.trim_start().len();
    (level, start + lead..start + content.len())
}

/// Returns the level and content of a setext heading (CommonMark 4.3).
fn setext(lines: &str) -> (u8, std::ops::Range<usize>) {
    let trimmed = lines.trim_end();
    let underline = trimmed.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let level = if trimmed[underline..].trim_start().starts_with('=') { 1 } else { 2 };
    let content = trimmed[..underline].trim_end();
    let lead = content.len() - content.trim_start().len();
    (level, lead..content.len())
}

/// A run of rendered text.
struct Piece {
    text: String,
    is_italic: bool,
    range: std::ops::Range<usize>,
}

/// Returns the rendered text of `line` in its runs. The ranges count in `line`; those of italic runs include the marks.
fn pieces(line: &str) -> Vec<Piece> {
    // Fast path: most headings are plain words, which need no parser.
    if line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -,.:;?/'\"()".contains(&byte)) {
        return vec![Piece { text: line.to_owned(), is_italic: false, range: 0..line.len() }];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut italic: Option<std::ops::Range<usize>> = None;
    // A link by reference renders as its text, even if its definition is unknown here.
    let is_defined = |link: &BrokenLink<'_>| matches!(link.link_type, LinkType::Reference);
    inline_events(line, Options::ENABLE_OLD_FOOTNOTES, is_defined, |event, range| {
        let text = match event {
            Event::Start(Tag::Emphasis) if italic.is_none() => {
                italic = Some(range);
                return;
            }
            Event::End(TagEnd::Emphasis) if italic.as_ref() == Some(&range) => {
                italic = None;
                return;
            }
            Event::Text(text) | Event::Code(text) => text.into_string(),
            Event::SoftBreak | Event::HardBreak => " ".to_owned(),
            _ => return,
        };
        match (pieces.last_mut(), &italic) {
            (Some(last), Some(italic)) if last.is_italic && last.range == *italic => last.text.push_str(&text),
            _ => pieces.push(Piece { text, is_italic: italic.is_some(), range: italic.clone().unwrap_or(range) }),
        }
    });
    pieces
}

/// Splits the name from the tail of a heading whose text is `line`.
fn split(pieces: &[Piece], line: &str) -> (String, Option<Tail>) {
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let whole = strip_attributes(&whole);
    if let Some((last, before)) = pieces.split_last() {
        let core: String = before.iter().map(|piece| piece.text.as_str()).collect();
        if last.is_italic && ends_name(&core) {
            let length = line.len() - last.range.start;
            let text = fold_space(inside_brackets(last.text.trim()).unwrap_or(last.text.trim()));
            return (fold_space(&core), Some(Tail { text, is_italic: true, length }));
        }
    }
    let rendered = whole.trim_end();
    let plain = strip_attributes(line);
    let italic = || Some((unparsed_italic(rendered)?, unparsed_italic(&plain)?.0.len(), true));
    let in_brackets = || Some((bracketed(rendered)?, last_opening(line)?, false));
    if let Some(((core, inside), in_source, is_italic)) = italic().or_else(in_brackets) {
        let length = line.len() - in_source;
        return (fold_space(core), Some(Tail { text: fold_space(inside), is_italic, length }));
    }
    (fold_space(&whole), None)
}

/// Whether a tail may follow `core`: a space separates the two, or the script needs none.
fn ends_name(core: &str) -> bool {
    let is_apart = core.ends_with(|last: char| last.is_whitespace() || is_dense(last));
    is_apart && !core.trim().is_empty()
}

/// Returns the text before the last pair of brackets of `text`, and the text inside them, if they end it. Wide brackets need no
/// space before them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (core, tail) = text.split_at(last_opening(text)?);
    let is_tail = ends_name(core) || !tail.starts_with(['(', '[']) && core.contains(char::is_alphanumeric);
    Some((core, inside_brackets(tail)?)).filter(|_| is_tail)
}

/// Returns where the last opening bracket of `text` is. Brackets of footnotes do not count, as they are not rendered.
fn last_opening(text: &str) -> Option<usize> {
    let mut opening = text.rmatch_indices(is_opening).map(|(at, _)| at);
    opening.find(|at| !text[*at..].starts_with("[^"))
}

/// Returns the text before, and the text of, a tail that the author meant to be in italics but CommonMark does not parse as such
/// (CommonMark 6.2): its mark is between two signs of a script without spaces, or between such a sign and a bracket.
fn unparsed_italic(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let mark = text.chars().next_back().filter(|last| matches!(last, '_' | '*'))?;
    let (core, inside) = text[..text.len() - 1].rsplit_once(mark)?;
    let is_tail = core.ends_with(is_dense) && !inside.is_empty() && !inside.starts_with(char::is_whitespace);
    is_tail.then(|| (core, inside_brackets(inside).unwrap_or(inside)))
}

fn is_opening(sign: char) -> bool {
    matches!(sign, '(' | '[') || !sign.is_ascii() && WIDE_BRACKETS.iter().any(|(open, _)| *open == sign)
}

/// Returns the text inside a single pair of parentheses or brackets around all of `text`.
fn inside_brackets(text: &str) -> Option<&str> {
    let within = |open: &[char], close: &[char]| text.strip_prefix(open)?.strip_suffix(close);
    let wide = || WIDE_BRACKETS.iter().find_map(|(open, close)| within(&[*open], &[*close]));
    let inside = within(&['(', '（'], &[')', '）']).or_else(|| within(&['['], &[']'])).or_else(wide);
    let is_bracket = |sign: char| matches!(sign, '(' | ')' | '[' | ']' | '（' | '）');
    inside.filter(|inside| !inside.contains(is_bracket))
}

/// Returns `text` without an attribute list at its end (`{#id}`, `{: .class}`), which MkDocs and kramdown remove.
fn strip_attributes(text: &str) -> String {
    let trimmed = text.trim_end();
    let open = trimmed.rfind('{').filter(|_| trimmed.ends_with('}'));
    match open {
        Some(open) if trimmed[open + 1..].starts_with(['#', ':', '.']) => trimmed[..open].trim_end().to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::*;

    fn check(source: &str, expected: (u8, &str, &str, Option<&str>)) {
        let text = Text::new(source);
        let block = blocks(&text).headings().next().expect("a heading");
        let heading = Heading::of(&text, block);
        let tail = heading.tail.as_ref().map(|tail| tail.text.as_str());
        assert_eq!((heading.level, &*text.slice(heading.content), heading.core.as_str(), tail), expected);
    }

    #[test]
    fn marks_of_a_heading_are_not_its_text() {
        check("#  Scope  ##", (1, "Scope", "Scope", None));
        check("  ### C#", (3, "C#", "C#", None));
        check("Scope\n===\n", (1, "Scope", "Scope", None));
        check("A long\r\ntitle\r\n---\r\n", (2, "A long\r\ntitle", "A long title", None));
        check("##", (2, "", "", None));
        check("## ##", (2, "", "", None));
        check("## #", (2, "", "", None));
    }

    #[test]
    fn the_name_ends_where_the_tail_starts() {
        check(
            "## Introduction  _(200 words at most)_",
            (2, "Introduction  _(200 words at most)_", "Introduction", Some("200 words at most")),
        );
        check("## Tests (optional)", (2, "Tests (optional)", "Tests", Some("optional")));
        check("## Tests [optional]", (2, "Tests [optional]", "Tests", Some("optional")));
        check("## (optional)", (2, "(optional)", "(optional)", None));
        check("## Cost (of it (all))", (2, "Cost (of it (all))", "Cost (of it (all))", None));
        check("## *All of it*", (2, "*All of it*", "All of it", None));
        check("## `run(x)`", (2, "`run(x)`", "run(x)", None));
    }

    #[test]
    fn text_is_as_rendered() {
        check("## **Leap** `Frog` 1 &amp; 2", (2, "**Leap** `Frog` 1 &amp; 2", "Leap Frog 1 & 2", None));
        check("## [Leap][l] Frog [new]", (2, "[Leap][l] Frog [new]", "Leap Frog", Some("new")));
        check("## 1. First {#first}", (2, "1. First {#first}", "1. First", None));
        check("## Limits[^note]", (2, "Limits[^note]", "Limits", None));
        check("## Limits (new)[^1]", (2, "Limits (new)[^1]", "Limits", Some("new")));
    }

    #[test]
    fn a_tail_may_stand_in_brackets_of_any_width() {
        for (source, core, tail) in [
            ("## 摘要（可选）", "摘要", Some("可选")),
            ("## 摘要【选填】", "摘要", Some("选填")),
            ("## 概要「任意」", "概要", Some("任意")),
            ("## 摘要(可选)", "摘要", Some("可选")),
            ("## 摘要 （可选）", "摘要", Some("可选")),
            ("## 요약(선택사항)", "요약", Some("선택사항")),
            ("## 摘要_（可选）_", "摘要", Some("可选")),
            ("## 摘要*（可选）*", "摘要", Some("可选")),
            ("## 摘要_可选_", "摘要", Some("可选")),
            ("## 摘要（Abstract）", "摘要", Some("Abstract")),
            ("## Résumé _(facultatif)_", "Résumé", Some("facultatif")),
            ("## Options（beta）", "Options", Some("beta")),
            ("## Options(server)", "Options(server)", None),
            ("## （可选）", "（可选）", None),
            ("## snake_case_", "snake_case_", None),
        ] {
            let text = Text::new(source);
            let heading = Heading::of(&text, blocks(&text).headings().next().expect("a heading"));
            let found = heading.tail.as_ref().map(|tail| tail.text.as_str());
            assert_eq!((heading.core.as_str(), found), (core, tail), "{source}");
        }
    }
}
