//! Metadata in sections of its own: `## Status` with the value below it.

use super::{Metadata, Proposal, said_in};
use crate::syntax::{Block, BlockKind, Entry, Header, Section, entries, fold, item_content, rows, said, split_key};
use crate::template::{Form, MetadataKey, TemplateSection, is_date};
use crate::terms::{self, KeyKind, Meaning, kind_of_key, names_value};
use crate::text::{Offset, Span, Text};

/// The number of lines below the first one of a status that are read.
const MAX_BELOW: usize = 8;

/// The maximum length of the name of a section that is a key, in bytes.
const MAX_NAME: usize = 40;

/// The maximum number of lines of a value in the author's own section.
const MAX_LINES: usize = 3;

impl<'a> Proposal<'a> {
    /// Returns the metadata in the sections whose text is a value by the template.
    pub fn section_metadata(&self) -> Option<&Metadata> {
        self.section_metadata.get_or_init(|| self.read_section_metadata()).as_ref()
    }

    fn read_section_metadata(&self) -> Option<Metadata> {
        let keys = self.template.metadata.iter().filter_map(|key| Some((key, key.section?)));
        let entry = |(key, index): (&MetadataKey, usize)| {
            let found = self.section(&self.template.sections[index])?;
            Some(self.section_entry(found, key.name.clone()))
        };
        Metadata::of_sections(keys.filter_map(entry).collect())
    }

    /// Returns the metadata in the author's own sections that have the name of a key, and a value.
    pub(super) fn own_section_metadata(&self) -> Option<Metadata> {
        let outline = self.document.outline().iter();
        let is_own = |(id, section): &(_, &Section)| {
            Some(*id) != self.title_id()
                && self.template_section(*id).is_none_or(|own| self.template.key_of_section(own.index).is_none())
                && section.heading.level <= self.section_level()
                && section.heading.key.len() <= MAX_NAME
                && (section.heading.value_kind().is_some() || self.heading_entry(section).is_some())
        };
        let entry = |(_, section): (_, &'a Section)| {
            let own = self.heading_entry(section);
            let entry = own.unwrap_or_else(|| self.section_entry(section, section.heading.core.clone()));
            let text = self.text();
            let lines = text.line_at(entry.value.end) - text.line_at(entry.value.start) + 1;
            (!entry.value.is_empty() && lines <= MAX_LINES).then_some(entry)
        };
        let own: Vec<Entry> = outline.filter(is_own).filter_map(entry).collect();
        // A section with the status may also have the date, with a label of its own.
        let is_status = |section: &&Section| section.heading.value_kind() == Some(KeyKind::Status);
        let sections = self.document.outline().iter().map(|(_, section)| section);
        let blocks = sections.filter(is_status).flat_map(|section| self.blocks_of(section));
        let labelled = blocks.take(MAX_BELOW).flat_map(|block| labelled(self.text(), block));
        let labelled = labelled.filter(|entry| names_value(&fold(&entry.key)) == Some(KeyKind::Date));
        Metadata::of_sections(own.into_iter().chain(labelled).collect())
    }

    /// Returns the entry that a heading is by itself: `## Status: Accepted`.
    fn heading_entry(&self, section: &Section) -> Option<Entry> {
        let start = section.heading.content.start;
        let source = self.text().slice(section.heading.content);
        let (key, after) = split_key(&source)?;
        names_value(&fold(&source[key.clone()]))?;
        let value = after + (source[after..].len() - source[after..].trim_start().len());
        (value < source.len()).then(|| Entry {
            key: source[key.clone()].to_owned(),
            content: start,
            key_span: Span::of_range(start, key),
            value: Span::of_range(start, value..source.len()),
            scalar: None,
            span: section.heading.span,
        })
    }

    /// Returns `section` as the entry for the key `name`: its value is the first paragraph or list below the heading.
    fn section_entry(&self, section: &Section, name: String) -> Entry {
        let text = self.text();
        let heading = &section.heading;
        let is_said = |block: &&Block| {
            let is_comment = || text.slice(block.span).trim_start().starts_with("<!--");
            block.span.start >= heading.span.end && !(block.kind == BlockKind::Html && is_comment())
        };
        let first = self.blocks_of(section).find(is_said).filter(|block| !block.is_heading());
        let named = || labelled(text, first?).into_iter().find(|entry| is_of_section(entry, &name));
        let value = first.map_or(Span::new(heading.span.end, heading.span.end), |block| match block.kind {
            BlockKind::List => only_item(text, block.span),
            BlockKind::Quote => behind_mark(text, block.span),
            _ => text.trim_end(block.span),
        });
        let value = named().map_or(value, |entry| entry.value);
        let name_end = heading.tail_span().map_or(heading.content.end, |tail| tail.start);
        Entry {
            key: name,
            content: heading.content.start,
            key_span: text.trim_end(Span::new(heading.content.start, name_end)),
            value,
            scalar: None,
            span: self.region(section),
        }
    }

    /// Whether the template's `section`, whose text is the value of a key, has a value in `proposal` that is not the placeholder.
    /// `None` if it is not such a section, or has no value.
    pub(super) fn has_section_value(&self, section: &TemplateSection) -> Option<bool> {
        let key = self.template.key_of_section(section.index)?;
        let metadata = self.section_metadata()?;
        let entry = metadata.entry_called(key.called())?;
        let value = metadata.value(self.text(), entry);
        (!value.is_empty()).then(|| !(key.has_placeholder() && value == key.placeholder))
    }

    /// Whether the value of the template's `section`, which is missing, is there in another form: as a line, in a list or table.
    pub(super) fn is_said_elsewhere(&self, section: &TemplateSection) -> bool {
        let Some(key) = self.template.key_of_section(section.index) else { return false };
        let has = |metadata: &Metadata| {
            metadata.entry_called(key.called()).is_some()
                || key.kind().is_some_and(|kind| metadata.entry_of(kind).is_some())
        };
        self.metadata().is_some_and(has) || self.other_metadata().iter().any(has)
    }

    /// Returns the words of the value of `entry` of `metadata`, and their place.
    pub fn said_of(&self, metadata: &Metadata, entry: &Entry) -> (String, Span) {
        let place = (metadata.form, entry.key_span.start, entry.value);
        if let Some(known) = self.said.borrow().get(&place) {
            return known.clone();
        }
        let said = match metadata.form {
            Form::Section => self.said_in_section(entry),
            _ => said_in(self.text(), entry),
        };
        self.said.borrow_mut().entry(place).or_insert(said).clone()
    }

    /// Returns the words of the value of the section `entry`: its first line, or a later one that overrides it.
    fn said_in_section(&self, entry: &Entry) -> (String, Span) {
        let text = self.text();
        if let Some(last) = self.last_of_history(entry) {
            return last;
        }
        let first = || said_in(text, &Entry { value: line_of(text, entry.value), ..entry.clone() });
        let below = Span::new(line_of(text, entry.value).end, entry.span.end.max(entry.value.end));
        let first_line = text.line_at(below.start);
        let lines = first_line + 1..=text.line_at(below.end).min(first_line + MAX_BELOW);
        let end = |line: usize| {
            let span = text.line_span(line);
            let source = text.slice(span);
            let start = item_content(&source).unwrap_or(source.len() - source.trim_start().len());
            let (words, place) = said(&source[start..])?;
            // The end of a proposal overrides its earlier status.
            let state = terms::status(&words);
            let is_end = matches!(state, Some(Meaning::Superseded | Meaning::Deprecated | Meaning::Rejected));
            is_end.then(|| (words, Span::of_range(span.start, start + place.start..start + place.end)))
        };
        lines.filter_map(end).last().unwrap_or_else(first)
    }
}

impl Proposal<'_> {
    /// Returns the words of the newest line of the section `entry`, if it has lines that start with a day: `2026-01-02: Accepted`.
    fn last_of_history(&self, entry: &Entry) -> Option<(String, Span)> {
        let text = self.text();
        let first = text.line_at(entry.value.start);
        let last = text.line_at(entry.span.end.max(entry.value.end)).min(first + MAX_HISTORY);
        let dated = |line: usize| {
            let span = text.line_span(line);
            let source = text.slice(span);
            let start = item_content(&source).unwrap_or(source.len() - source.trim_start().len());
            let day = source[start..].split([' ', ':', '\t']).next().filter(|day| is_date(day))?;
            let rest = start + day.len();
            let signs =
                source[rest..].len() - source[rest..].trim_start_matches([' ', '\t', ':', '-', '–', '—', '|']).len();
            let (words, place) = said(&source[rest + signs..])?;
            let place = Span::of_range(span.start, rest + signs + place.start..rest + signs + place.end);
            terms::status(&words).map(|_| (day.to_owned(), words, place))
        };
        let newest = (first..=last).filter_map(dated).fold(None, |newest: Option<(String, String, Span)>, line| {
            let is_newer = newest.as_ref().is_none_or(|newest| newest.0 <= line.0);
            if is_newer { Some(line) } else { newest }
        });
        let (_, words, place) = newest?;
        Some((words, place))
    }
}

/// The maximum number of lines of a history that are read.
const MAX_HISTORY: usize = 32;

/// Returns the keys and values in `block`.
fn labelled(text: &Text, block: &Block) -> Vec<Entry> {
    match block.kind {
        BlockKind::Paragraph | BlockKind::Quote => Header::of(text, *block).entries,
        BlockKind::List => entries(text, block.span),
        BlockKind::Table => rows(text, block.span),
        _ => Vec::new(),
    }
}

/// Whether the key of `entry` is of the same kind as a section called `name`.
fn is_of_section(entry: &Entry, name: &str) -> bool {
    let kind = kind_of_key(&fold(name));
    kind.is_some() && kind_of_key(&fold(&entry.key)) == kind
}

/// Returns the first line of the quote at `span`, after its mark.
fn behind_mark(text: &Text, span: Span) -> Span {
    let line = line_of(text, span);
    let source = text.slice(line);
    Span::new(line.start + (source.len() - source.trim_start_matches(['>', ' ']).len()), line.end)
}

/// Returns the first line of `span`.
fn line_of(text: &Text, span: Span) -> Span {
    let end: Offset = text.line_span_at(span.start).end.min(span.end);
    text.trim_end(Span::new(span.start, end))
}

/// Returns the content of the only item of the list at `list`, or of the ticked one in a task list. Returns all of any other list
/// with several items.
fn only_item(text: &Text, list: Span) -> Span {
    let source = text.slice(list);
    let boxes = ["[ ]", "[x]", "[X]"];
    let item = |line: &str| Some(line[item_content(line)?..].to_owned());
    let are_boxes = source.lines().filter_map(item).all(|item| boxes.iter().any(|box_| item.starts_with(box_)));
    if are_boxes && item_content(&source).is_some() {
        let mut ticked = source.match_indices("[x]").chain(source.match_indices("[X]")).map(|(at, _)| at);
        let Some(at) = ticked.next() else { return Span::new(list.start, list.start) };
        let end = source[at..].find(['\n', '\r']).map_or(source.len(), |end| at + end);
        let start = at + boxes[0].len();
        let start = start + (source[start..end].len() - source[start..end].trim_start().len());
        return text.trim_end(Span::of_range(list.start, start..end));
    }
    let items = source.lines().filter(|line| item_content(line).is_some()).count();
    match item_content(&source).filter(|_| items == 1) {
        Some(start) => text.trim_end(Span::new(list.start + start, list.end)),
        None => text.trim_end(list),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Proposal};
    use crate::template::Template;

    const TEMPLATE: &str = "# NNNN. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\n{Draft | Accepted | Superseded by NNNN}\n\n## Context\n\n## Decision\n";

    /// Checks the status and the date of a document with `head` before its context.
    fn check(template: &str, head: &str, status: Option<&str>, date: Option<&str>) {
        let template = Template::derive(template, None);
        let document =
            Document::closed(&format!("# 7. Cache\n\n{head}\n\n## Context\n\nSo.\n\n## Decision\n\nThus.\n"));
        let proposal = Proposal::of(&document, &template);
        let found = proposal.status().map(|status| status.text.clone());
        assert_eq!((found.as_deref(), proposal.facts().date.as_deref()), (status, date), "{head}");
        if let Some(status) = proposal.status() {
            assert!(!status.span.is_empty());
        }
    }

    #[test]
    fn a_status_is_found_in_whatever_clothing() {
        for (head, status) in [
            ("## Status\n\nAccepted", "Accepted"),
            ("## Status\n\n**Accepted** (2026-01-02)", "Accepted (2026-01-02)"),
            ("## Status\n\n* Accepted", "Accepted"),
            ("## Status\n\n- [ ] Draft\n- [x] Accepted", "Accepted"),
            ("## Status\n\n<!-- one of these -->\n\nAccepted", "Accepted"),
            ("## Status:\nAccepted", "Accepted"),
            ("# Status\n\nAccepted", "Accepted"),
            ("Accepted\n===\n\n## Status\n\nDraft", "Draft"),
            ("## Status\n\nAccepted\nSuperseded by [9. X](0009-x.md)", "Superseded by 9. X"),
            ("## Status\n\nAccepted\n\nSuperseded by [9. X](0009-x.md)", "Superseded by 9. X"),
            ("## Status\n\nAccepted\n\nAmends [5. X](0005-x.md)", "Accepted"),
            ("**Status:** Accepted", "Accepted"),
            ("Status: Accepted", "Accepted"),
            ("- Status: Accepted", "Accepted"),
            ("| Status | Accepted |\n| --- | --- |\n| Date | today |", "Accepted"),
            ("| Status | Date |\n| --- | --- |\n| Accepted | today |", "Accepted"),
            ("## Status: Accepted\n\n## Date: today", "Accepted"),
            ("> **Status:** Accepted  \n> **Date:** today", "Accepted"),
            ("**Date:** today | **Status:** Accepted | **Owner:** A. Author", "Accepted"),
            ("Owner: A. Author · Status: Accepted", "Accepted"),
            ("- Status: Draft | **Accepted** | Final", "Accepted"),
            ("## Status\n\n**Status**: Accepted\n**Date**: today", "Accepted"),
            ("## Status\n\n- Status: Accepted\n- Date: today", "Accepted"),
            ("## Status\n\n> Accepted", "Accepted"),
            ("## Status\n\n| Status | Date |\n| --- | --- |\n| Accepted | today |", "Accepted"),
            ("## Status\n\n2025-01-02 draft\n\n2026-01-02 accepted", "accepted"),
            ("## Status\n\n- 2026-01-02: Accepted\n- 2025-01-02: Draft", "Accepted"),
            ("**Status:** Accepted<br>**Date:** today", "Accepted"),
            ("Status: Accepted; Date: today, Owner: me", "Accepted"),
            ("> [!NOTE]\n> Status: Accepted\n>\n> Date: today", "Accepted"),
        ] {
            let status = Some(status);
            for template in [TEMPLATE, "# NNNN. Title\n\n- Status: Draft\n\n## Context\n\n## Decision\n"] {
                let template = Template::derive(template, None);
                let document =
                    Document::closed(&format!("# 7. Cache\n\n{head}\n\n## Context\n\nSo.\n\n## Decision\n\nThus.\n"));
                let found = Proposal::of(&document, &template).status().map(|status| status.text.clone());
                assert_eq!(found.as_deref(), status, "{head}");
            }
        }
    }

    #[test]
    fn a_placeholder_is_no_status_and_no_date() {
        check(TEMPLATE, "Date: YYYY-MM-DD\n\n## Status\n\n{Draft | Accepted | Superseded by NNNN}", None, None);
        check(TEMPLATE, "Date:\n\n## Status", None, None);
    }

    #[test]
    fn a_date_is_found_in_whatever_clothing() {
        let date = Some("2026-01-02");
        let below = "## Status\n\nDraft\n\nDate: 2026-01-02";
        check(TEMPLATE, below, Some("Draft"), date);
        check(TEMPLATE, "## Status\n\n2026-01-02 draft", Some("draft"), date);
        for head in ["Date: 2026-01-02", "* Date: 2026-01-02", "## Date\n\n2026-01-02", "**Date**: 2026-01-02"] {
            check(TEMPLATE, &format!("{head}\n\n## Status\n\nDraft"), Some("Draft"), date);
        }
    }

    #[test]
    fn a_status_is_where_the_newest_day_has_it() {
        for head in ["- 2026-01-02 – **Accepted**\n- 2025-01-02: Draft", "2026-01-01 | Draft\n\n  2026-01-02: Accepted"]
        {
            let template = Template::derive(TEMPLATE, None);
            let document = Document::closed(&format!("# 7. Cache\n\n## Status\n\n{head}\n\n## Context\n\nSo.\n"));
            let proposal = Proposal::of(&document, &template);
            let span = proposal.status().expect("a status").span;
            assert_eq!(document.text().slice(span).trim_matches('*'), "Accepted", "{head}");
        }
    }
}
