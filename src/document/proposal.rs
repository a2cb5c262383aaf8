//! A document read with a template: which heading is the title, which sections are there.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Document;
use crate::syntax::{Block, BlockKind, Entry, Outline, Paragraph, Section, SectionId, entries, paragraphs, words};
use crate::template::{Template, TemplateSection, same_key};
use crate::text::{Offset, Span, Text};

/// A document and the template that it follows.
#[derive(Debug)]
pub struct Proposal<'a> {
    /// The document.
    pub document: &'a Document,
    /// The template.
    pub template: &'a Template,
    title: Option<SectionId>,
    level: u8,
    /// By the place of a section in the template: the section of the document that it is.
    found: Vec<Option<SectionId>>,
    metadata: OnceCell<Option<Metadata>>,
}

/// The key–value entries before the first section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The list that they are the items of.
    pub list: Span,
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Metadata {
    /// The entry for `key`, however it is spelt.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| same_key(&entry.key, key))
    }
}

impl<'a> Proposal<'a> {
    /// Reads `document` with `template`.
    pub fn of(document: &'a Document, template: &'a Template) -> Proposal<'a> {
        let outline = document.outline();
        let title = title(outline, template);
        let candidates: Vec<(SectionId, u8, usize)> = outline
            .iter()
            .filter(|(id, _)| Some(*id) != title)
            .filter_map(|(id, section)| Some((id, section.heading.level, template.section_of(&section.heading)?.index)))
            .collect();
        let level = level(&candidates).unwrap_or_else(|| new_level(outline, title, template));
        let mut found = vec![None; template.sections.len()];
        for at_level in [true, false] {
            for &(id, _, index) in candidates.iter().filter(|candidate| (candidate.1 == level) == at_level) {
                found[index].get_or_insert(id);
            }
        }
        Proposal { document, template, title, level, found, metadata: OnceCell::new() }
    }

    /// The document's text.
    pub fn text(&self) -> &'a Text {
        self.document.text()
    }

    /// The section that the title heads, when there is a title.
    pub fn title(&self) -> Option<&'a Section> {
        self.title.map(|id| self.document.outline().get(id))
    }

    /// The title's place in the outline.
    pub fn title_id(&self) -> Option<SectionId> {
        self.title
    }

    /// The level of the headings of this document's sections.
    pub fn section_level(&self) -> u8 {
        self.level
    }

    /// The document's section that is the template's `section`, at whatever level it stands.
    pub fn section(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.found.get(section.index).copied().flatten().map(|id| self.document.outline().get(id))
    }

    /// The sections of the template that the document does not have.
    pub fn missing(&self) -> impl Iterator<Item = &'a TemplateSection> + '_ {
        self.template.sections.iter().filter(|section| self.section(section).is_none())
    }

    /// The template's section that the section at `id` of the document is.
    pub fn template_section(&self, id: SectionId) -> Option<&'a TemplateSection> {
        let index = self.found.iter().position(|found| *found == Some(id))?;
        self.template.sections.get(index)
    }

    /// The nearest section before the template's `section` that the document has.
    pub fn before(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.template.sections[..section.index].iter().rev().find_map(|before| self.section(before))
    }

    /// The nearest section after the template's `section` that the document has.
    pub fn after(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.template.sections[section.index + 1..].iter().find_map(|after| self.section(after))
    }

    /// The section that holds `section` at the level of the document's sections; itself, when it is at that level.
    pub fn whole(&self, section: &'a Section) -> &'a Section {
        let mut whole = section;
        while whole.heading.level > self.level {
            match whole.parent.filter(|parent| Some(*parent) != self.title) {
                Some(parent) => whole = self.document.outline().get(parent),
                None => break,
            }
        }
        whole
    }

    /// Whether it has no section at all, be it the template's or its own.
    pub fn is_stub(&self) -> bool {
        !self.template.sections.is_empty() && self.document.outline().iter().all(|(id, _)| Some(id) == self.title)
    }

    /// Where the heading text of the title is, or the first line of a document without one. Comments are passed: what is
    /// reported here is to stay in its place when a comment that suppresses it comes before it.
    pub fn title_span(&self) -> Span {
        match self.title() {
            Some(title) if !title.heading.content.is_empty() => title.heading.content,
            Some(title) => title.heading.span,
            None => {
                let blocks = &self.document.blocks().list;
                let first = blocks.iter().find(|block| block.kind != BlockKind::Html).or(blocks.last());
                self.text().line_span_at(first.map_or(Offset::ZERO, |block| block.span.start))
            }
        }
    }

    /// What comes between the title and the first section.
    pub fn preamble(&self) -> Span {
        let sections = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.title);
        let end = sections.map(|(_, section)| section.span.start).next().unwrap_or(self.text().end());
        let front_matter = self.document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
        let start = self.title().map_or(front_matter, |title| title.heading.span.end);
        Span::new(start.min(end), end)
    }

    /// The metadata: the first list of the preamble that has an entry.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.metadata.get_or_init(|| self.read_metadata()).as_ref()
    }

    /// The entries of the metadata; none where there is no metadata.
    pub fn entries(&self) -> &[Entry] {
        self.metadata().map_or(&[], |metadata| &metadata.entries)
    }

    fn read_metadata(&self) -> Option<Metadata> {
        let preamble = self.preamble();
        let in_preamble = |block: &&Block| block.kind == BlockKind::List && preamble.contains(block.span.start);
        let lists = self.document.blocks().list.iter().take_while(|block| block.span.start < preamble.end);
        let read = |block: &Block| Metadata { list: block.span, entries: entries(self.text(), block.span) };
        lists.filter(in_preamble).map(read).find(|metadata| !metadata.entries.is_empty())
    }

    /// The paragraphs that are the template's instructions, word for word.
    pub fn instructions(&self) -> Vec<Paragraph> {
        let text = self.text();
        if self.template.instructions.is_empty() {
            return Vec::new();
        }
        let blocks = self.document.blocks().list.iter().filter(|block| may_be_italic(text, block));
        let found = blocks.flat_map(|block| paragraphs(text, block.span));
        found.filter(|found| found.is_italic && self.template.instructions.contains(&found.text)).collect()
    }

    /// The words of the document's section that is the template's `section`: those of the author, not of the template.
    pub fn words(&self, section: &TemplateSection) -> Option<Vec<Span>> {
        let body = self.section(section)?.body();
        Some(words(self.text(), body, |paragraph| self.template.instructions.contains(paragraph)))
    }
}

/// Whether there can be a paragraph in italics: most blocks need not be read for that.
fn may_be_italic(text: &Text, block: &Block) -> bool {
    match block.kind {
        BlockKind::Paragraph => matches!(text.byte(text.skip_blanks(block.span.start)), Some(b'_' | b'*')),
        BlockKind::List | BlockKind::Quote => text.slice(block.span).lines().any(starts_in_italics),
        _ => false,
    }
}

/// Whether what stands in `line` behind the markers of quotes and list items starts with a mark of italics.
fn starts_in_italics(line: &str) -> bool {
    let is_marker = |character: char| character.is_ascii_digit() || " \t>-+.)".contains(character);
    let content = line.trim_start_matches(is_marker);
    let content = content.strip_prefix("* ").map_or(content, |item| item.trim_start_matches(is_marker));
    let is_bold = (content.starts_with("**") || content.starts_with("__")) && !content.starts_with("***");
    content.starts_with(['_', '*']) && !is_bold
}

/// The first heading, when it is the document's title and not its first section.
fn title(outline: &Outline, template: &Template) -> Option<SectionId> {
    let (id, section) = outline.first()?;
    let heading = &section.heading;
    if template.section_of(heading).is_some() {
        return None;
    }
    let is_title = match &template.title {
        Some(title) => {
            let prefix = title.prefix.as_deref().unwrap_or_default().to_lowercase();
            let has_prefix = !prefix.is_empty() && heading.text.to_lowercase().contains(&prefix);
            has_prefix
                || heading.level <= title.level
                || outline.lowest_level(Some(id)).is_none_or(|level| heading.level < level)
        }
        None => heading.level == 1,
    };
    is_title.then_some(id)
}

/// The level at which most of the template's sections stand; of two, the lower one.
fn level(candidates: &[(SectionId, u8, usize)]) -> Option<u8> {
    let mut counts: HashMap<u8, usize> = HashMap::new();
    for (_, level, _) in candidates {
        *counts.entry(*level).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(level, count)| (count, u8::MAX - level)).map(|(level, _)| level)
}

/// The level for the first section of a document that has none of the template's yet.
fn new_level(outline: &Outline, title: Option<SectionId>, template: &Template) -> u8 {
    let own = outline.lowest_level(title);
    own.unwrap_or_else(|| template.section_level())
}
