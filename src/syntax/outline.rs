//! The sections of a document: every top-level heading with everything below it.

use super::{Blocks, Heading};
use crate::text::{Offset, Span, Text};

/// The sections in document order. A section comes before those that it contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    sections: Vec<Section>,
}

/// The place of a section in its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(usize);

/// A heading and what it heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// From the start of the heading to the next heading of the same or a lower level, or the end of the document.
    pub span: Span,
    /// The section around this one.
    pub parent: Option<SectionId>,
}

impl Section {
    /// Returns what comes after the lines of the heading.
    pub fn body(&self) -> Span {
        Span::new(self.heading.span.end, self.span.end)
    }
}

impl Outline {
    /// Returns the outline of `text`, whose blocks are `blocks`.
    pub fn of(text: &Text, blocks: &Blocks) -> Outline {
        Outline::of_headings(blocks.headings().map(|block| Heading::of(text, block)), text.end())
    }

    /// Returns the outline of a text that ends at `end` and has these headings.
    pub(super) fn of_headings(headings: impl Iterator<Item = Heading>, end: Offset) -> Outline {
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for heading in headings {
            while let Some(&last) = open.last() {
                if sections[last].heading.level < heading.level {
                    break;
                }
                sections[last].span = Span::new(sections[last].span.start, heading.span.start);
                open.pop();
            }
            let parent = open.last().copied().map(SectionId);
            open.push(sections.len());
            let span = Span::new(heading.span.start, end);
            sections.push(Section { heading, span, parent });
        }
        Outline { sections }
    }

    /// Returns the section at `id`, which must come from this outline.
    pub fn get(&self, id: SectionId) -> &Section {
        &self.sections[id.0]
    }

    /// Returns the sections within the one at `id`, at any level.
    pub fn within(&self, id: SectionId) -> impl DoubleEndedIterator<Item = (SectionId, &Section)> {
        let end = self.sections[id.0].span.end;
        let all = &self.sections[id.0 + 1..];
        let count = all.partition_point(|section| section.span.start < end);
        all[..count].iter().enumerate().map(move |(index, section)| (SectionId(id.0 + 1 + index), section))
    }

    /// Returns the section whose heading starts at `heading`.
    pub fn starting_at(&self, heading: Offset) -> Option<&Section> {
        let index = self.sections.binary_search_by_key(&heading, |section| section.span.start).ok()?;
        self.sections.get(index)
    }

    /// Returns the first section whose heading starts after `place`.
    pub fn after(&self, place: Offset) -> Option<&Section> {
        self.sections.get(self.sections.partition_point(|section| section.span.start <= place))
    }

    /// Returns the sections whose headings start at `place` or after it.
    pub fn starting_from(&self, place: Offset) -> impl Iterator<Item = (SectionId, &Section)> {
        let first = self.sections.partition_point(|section| section.span.start < place);
        self.sections[first..].iter().enumerate().map(move |(index, section)| (SectionId(first + index), section))
    }

    /// Returns every section with its place.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(index, section)| (SectionId(index), section))
    }

    /// Returns the section whose heading `offset` is in.
    pub fn headed_at(&self, offset: Offset) -> Option<(SectionId, &Section)> {
        let after = self.sections.partition_point(|section| section.heading.span.start <= offset);
        let index = after.checked_sub(1)?;
        let section = self.sections.get(index).filter(|section| section.heading.span.touches(offset))?;
        Some((SectionId(index), section))
    }

    /// Returns the innermost section that `offset` is in.
    pub fn around(&self, offset: Offset) -> Option<SectionId> {
        let after = self.sections.partition_point(|section| section.heading.span.start <= offset);
        after.checked_sub(1).map(SectionId)
    }

    /// Returns the first section.
    pub fn first(&self) -> Option<(SectionId, &Section)> {
        self.iter().next()
    }

    /// Returns the number of sections.
    pub fn len(&self) -> usize {
        self.sections.len()
    }

    /// Whether there are no headings.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Returns the lowest level of the headings, ignoring that of `except`.
    pub fn lowest_level(&self, except: Option<SectionId>) -> Option<u8> {
        self.iter().filter(|(id, _)| Some(*id) != except).map(|(_, section)| section.heading.level).min()
    }
}
