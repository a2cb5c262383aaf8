//! Sketches of Markdown files: their headings and keys, and whether they are forms to fill in.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use crate::document::Document;
use crate::letters::{WIDE_BRACKETS, is_word_part};
use crate::syntax::{Block, BlockKind, Entry, Header, Heading, Outline, SectionId, entries, fields, fold, rows};
use crate::template::{has_placeholder, stands_for_date, title_prefix};
use crate::terms::{self, KeyKind, Meaning, names_value};
use crate::text::{Offset, Span, Text};

/// The hash of a folded name: thousands of files are compared by hundreds of names.
pub(super) type Name = u64;

/// What discovery needs to know of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::workspace) struct Sketch {
    /// The title as rendered; empty if there is none.
    pub(super) title: Box<str>,
    /// What comes before the number in the title of a template, such as `VIP-`.
    pub(super) title_prefix: Option<Box<str>>,
    /// The names of its headings except the title, each once, in order.
    pub(super) sections: Box<[Name]>,
    /// The keys of its metadata, each once, in order.
    pub(super) keys: Box<[Name]>,
    /// How many metadata values are placeholders.
    pub(super) holes: u32,
    /// How many metadata values there are.
    pub(super) values: u32,
    /// How many blocks address an author: comments, and paragraphs in italics, brackets or quotes.
    pub(super) spoken: u32,
    /// Whether it has a status or a date, in its metadata or in a section.
    pub(super) has_state: bool,
    /// Whether it has a status.
    pub(super) has_status: bool,
}

/// Sketches by path.
pub(in crate::workspace) type Sketches = BTreeMap<PathBuf, Arc<Sketch>>;

/// How many bytes of a title are kept.
const TITLE_BYTES: usize = 120;

impl Sketch {
    /// Returns the sketch of `document`.
    pub(in crate::workspace) fn of(document: &Document) -> Sketch {
        let (text, outline) = (document.text(), document.outline());
        let title = title(outline);
        let headings = outline.iter().filter(|(id, _)| Some(*id) != title);
        let mut keys = Keys::default();
        let sections = headings.filter(|(_, section)| !section.heading.key.is_empty());
        let sections = sections.map(|(_, section)| {
            keys.note_state(&section.heading.key);
            folded_name(&section.heading.key)
        });
        let sections = names(sections);
        if let Some(span) = document.blocks().front_matter {
            keys.add(text, &fields(text, span));
        }
        let end = preamble_end(outline, title).unwrap_or(text.end());
        let mut spoken = 0;
        for block in &document.blocks().list {
            if block.span.start < end {
                keys.read(text, block);
            }
            spoken += u32::from(speaks(text, block));
        }
        Sketch {
            title: title.map(|id| cut(&outline.get(id).heading.text).into()).unwrap_or_default(),
            title_prefix: title.and_then(|id| prefix_of(text, &outline.get(id).heading)),
            sections,
            keys: names(keys.names.into_iter()),
            holes: keys.holes,
            values: keys.values,
            spoken,
            has_state: keys.has_state,
            has_status: keys.has_status,
        }
    }

    /// Whether it has neither sections nor keys, so that nothing can be told from it.
    pub(super) fn is_bare(&self) -> bool {
        self.sections.is_empty() && self.keys.len() < 2
    }
}

fn cut(title: &str) -> &str {
    &title[..title.floor_char_boundary(TITLE_BYTES)]
}

fn prefix_of(text: &Text, heading: &Heading) -> Option<Box<str>> {
    let is_form = has_placeholder(&heading.text);
    let prefix = is_form.then(|| title_prefix(&text.slice(heading.content), &heading.text))??;
    (!prefix.is_empty()).then(|| prefix.into())
}

/// Returns the first heading, if it is the only one of its level or has a placeholder.
fn title(outline: &Outline) -> Option<SectionId> {
    let (id, first) = outline.first()?;
    let level = first.heading.level;
    let is_alone = outline.iter().skip(1).all(|(_, section)| section.heading.level > level);
    (is_alone || has_placeholder(&first.heading.text)).then_some(id)
}

/// Returns where the first section ends: metadata may be below a heading of its own.
fn preamble_end(outline: &Outline, title: Option<SectionId>) -> Option<Offset> {
    let mut sections = outline.iter().filter(|(id, _)| Some(*id) != title);
    sections.nth(1).map(|(_, section)| section.heading.span.start)
}

/// Whether `block` addresses an author, judging by its markup.
fn speaks(text: &Text, block: &Block) -> bool {
    match block.kind {
        BlockKind::Quote => true,
        BlockKind::Html => {
            let source = text.slice(block.span);
            let source = source.trim();
            // `<what changes>` is not HTML, though it looks like it.
            let is_sign = || source.matches('<').count() == 1 && source.ends_with('>') && !source.contains(['/', '=']);
            source.starts_with("<!--") || is_sign()
        }
        BlockKind::Paragraph => is_set_off(text.slice(block.span).trim()),
        _ => false,
    }
}

/// Whether all of `paragraph` is in italics, brackets or braces.
fn is_set_off(paragraph: &str) -> bool {
    let within = |start: &str, end: &str| paragraph.starts_with(start) && paragraph.ends_with(end);
    let is_italic = ["_", "*"].iter().any(|mark| within(mark, mark)) && !paragraph.starts_with("**");
    let is_wide =
        || WIDE_BRACKETS.iter().any(|(open, close)| paragraph.starts_with(*open) && paragraph.ends_with(*close));
    is_italic
        || [("[", "]"), ("{", "}"), ("<", ">"), ("(", ")")].iter().any(|(start, end)| within(start, end))
        || is_wide()
}

fn names(names: impl Iterator<Item = Name>) -> Box<[Name]> {
    let mut names: Vec<Name> = names.collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

/// Returns the name of a section or metadata key whose folded text is `key`.
pub(super) fn folded_name(key: &str) -> Name {
    name(key.strip_suffix('s').unwrap_or(key))
}

/// Returns the name for the folded `text`.
fn name(text: &str) -> Name {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The keys found, in any form of metadata.
#[derive(Default)]
struct Keys {
    names: Vec<Name>,
    holes: u32,
    values: u32,
    has_state: bool,
    has_status: bool,
}

impl Keys {
    /// Records that there is a key or section with the folded name `key`.
    fn note_state(&mut self, key: &str) {
        let kind = names_value(key);
        self.has_state |= kind.is_some();
        self.has_status |= kind == Some(KeyKind::Status);
    }

    fn add(&mut self, text: &Text, entries: &[Entry]) {
        for entry in entries {
            let value = text.slice(Span::new(entry.value.start, entry.value.end.max(entry.span.end)));
            self.entry(&entry.key, value.trim_start_matches(['-', ' ', '\n', '\r']));
        }
    }

    fn entry(&mut self, key: &str, value: &str) {
        let key = fold(key.trim_end_matches(['#', ' ']).trim_start_matches(['+', ' ']));
        self.note_state(&key);
        let key = key.strip_suffix("(s)").unwrap_or(&key);
        self.names.push(folded_name(key));
        self.values += 1;
        self.holes += u32::from(is_hole(value));
    }

    /// Adds the keys in `block`, which comes before the sections.
    fn read(&mut self, text: &Text, block: &Block) {
        match block.kind {
            BlockKind::List => self.add(text, &entries(text, block.span)),
            BlockKind::Table => {
                for cell in rows(text, block.span) {
                    self.entry(&cell.key, &text.slice(cell.value));
                }
            }
            BlockKind::Quote => {
                let header = Header::of(text, *block);
                if header.is_whole {
                    self.add(text, &header.entries);
                }
            }
            BlockKind::Paragraph => self.lines(&text.slice(block.span)),
            BlockKind::Html => self.cells(&text.slice(block.span)),
            BlockKind::IndentedCode | BlockKind::Fence => self.lines(&text.slice(block.span)),
            _ => {}
        }
    }

    /// Adds the keys in lines such as `Status: Draft` and `**Status:** Draft`.
    fn lines(&mut self, lines: &str) {
        for line in lines.lines() {
            if let Some((key, value)) = line.trim_start_matches(['*', '_', ' ']).split_once([':', '：'])
                && is_key(key.trim_end_matches(['*', '_']))
            {
                self.entry(key.trim_end_matches(['*', '_']), value.trim_matches(['*', '_', ' ']));
            }
        }
    }

    /// Adds the keys in the first cells of an HTML table's rows.
    fn cells(&mut self, html: &str) {
        for row in html.split("<tr").skip(1) {
            let mut cells = row.split("<td").skip(1).filter_map(|cell| {
                let content = cell.split_once('>')?.1;
                Some(content.split("</td").next()?.trim())
            });
            if let (Some(key), Some(value)) = (cells.next(), cells.next())
                && is_key(key)
            {
                self.entry(key, value);
            }
        }
    }
}

/// Whether `key`, which is followed by a colon, may be a key: a few words, the first of them capitalized.
fn is_key(key: &str) -> bool {
    let is_word = |character: char| is_word_part(character) || " -/()_".contains(character);
    // Most scripts have no capital letters.
    let is_first = |first: char| first.is_alphabetic() && !first.is_lowercase();
    key.chars().count() <= 32 && key.starts_with(is_first) && key.chars().all(is_word) && key.split(' ').count() <= 4
}

/// Whether `value` is a placeholder: in brackets or italics, a choice, the letters of a date, or empty.
fn is_hole(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ' ', '`']);
    let lower = value.to_lowercase();
    let is_date = lower.contains("yyyy") || stands_for_date(value);
    let is_to_come = terms::is(&lower, Meaning::LaterSign);
    let is_wide = value.starts_with(is_wide_sign);
    let is_number = ["XXX", "NNN", "TBD", "#000"].iter().any(|sign| value.contains(sign));
    let is_marked = value.starts_with(['<', '{', '$', '_', '(']) || value.starts_with('*') && !value.starts_with("**");
    let is_bracketed = value.starts_with('[') && !value.contains("](") && value.len() > 2;
    let is_choice = value.contains(" | ") || value.matches(['|', '｜']).count() > 1;
    value.is_empty() || is_to_come || is_wide || is_date || is_number || is_marked || is_bracketed || is_choice
}

fn is_wide_sign(sign: char) -> bool {
    WIDE_BRACKETS.iter().any(|(open, _)| *open == sign)
}

/// Counts the names of `one` that are also in `other`; both are in order.
pub(super) fn shared(one: &[Name], other: &[Name]) -> usize {
    let (mut at, mut count) = (0, 0);
    for name in one {
        while other.get(at).is_some_and(|other| other < name) {
            at += 1;
        }
        count += usize::from(other.get(at) == Some(name));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{is_hole, is_key};

    #[test]
    fn keys_start_with_a_capital_where_there_are_any() {
        for (key, expected) in
            [("Status", true), ("Author(s)", true), ("状态", true), ("status", false), ("1st", false), ("(s)", false)]
        {
            assert_eq!(is_key(key), expected, "{key}");
        }
    }

    #[test]
    fn a_hole_is_what_stands_for_a_value() {
        for hole in
            ["", "\"\"", "TBD", "YYYY-MM-DD", "ADR-XXX", "#000", "<name>", "_name_", "*name*", "[name]", "A | B"]
        {
            assert!(is_hole(hole), "{hole}");
        }
        for value in ["Draft", "2026-01-02", "**A. Author**", "[7](seven.md)", "[]"] {
            assert!(!is_hole(value), "{value}");
        }
    }
}
