//! The metadata of a proposal, and its status.

use super::{Metadata, Proposal, Status, allows, is_value};
use crate::syntax::{Entry, Section};
use crate::template::{Form, STATUS, heads_metadata};
use crate::terms::KeyKind;
use crate::text::{Offset, Span};

impl<'a> Proposal<'a> {
    /// Returns the metadata in the form of the template, or else in another form.
    pub fn metadata(&self) -> Option<&Metadata> {
        // If the template has no keys, a list before the first section may be a table of contents.
        let form = self.template.form?;
        let read = || self.metadata_in(form).or_else(|| self.metadata_elsewhere(form).next());
        self.metadata.get_or_init(read).as_ref()
    }

    /// Returns the front matter, if the metadata has another form.
    pub fn front_matter(&self) -> Option<&Metadata> {
        let is_metadata = |found: &Metadata| found.form == Form::FrontMatter;
        if self.template.form == Some(Form::FrontMatter) || self.metadata().is_some_and(is_metadata) {
            return None;
        }
        self.front_matter.get_or_init(|| self.metadata_in(Form::FrontMatter)).as_ref()
    }

    /// Returns all metadata that the template has keys for: the front matter, the other metadata, and sections with
    /// values.
    pub fn all_metadata(&self) -> impl Iterator<Item = &Metadata> {
        self.front_matter().into_iter().chain(self.metadata()).chain(self.section_metadata())
    }

    /// Returns metadata with the template's keys in other forms than that of [`Proposal::metadata`].
    pub fn other_metadata(&self) -> &[Metadata] {
        self.other_metadata.get_or_init(|| {
            // If there are only sections with values, or no metadata at all, any form is another one.
            let own = self.metadata().map_or(Form::Section, |metadata| metadata.form);
            self.metadata_elsewhere(own).chain(self.own_section_metadata()).collect()
        })
    }

    /// Returns the status, if there is one that is not the template's placeholder.
    pub fn status(&self) -> Option<&Status> {
        self.status.get_or_init(|| self.everywhere().find_map(|metadata| self.status_in(metadata))).as_ref()
    }

    /// Returns all metadata, in order of precedence.
    pub(super) fn everywhere(&self) -> impl Iterator<Item = &Metadata> {
        let own = self.metadata().into_iter().chain(self.section_metadata());
        // Some documents have front matter that the template does not mention.
        let other = std::iter::once_with(|| self.other_metadata()).flatten();
        own.chain(other).chain(std::iter::once_with(|| self.front_matter()).flatten())
    }

    fn status_in(&self, metadata: &Metadata) -> Option<Status> {
        let entry = metadata.entry(STATUS).or_else(|| metadata.entry_of(KeyKind::Status))?;
        let (text, span) = self.said_of(metadata, entry);
        // A value of the template that is not a placeholder is a status.
        let is_kept = self
            .template
            .metadata_key(metadata.form, &entry.key)
            .is_some_and(|(_, key)| key.has_placeholder() && metadata.value(self.text(), entry) == key.placeholder);
        let is_filled = !text.is_empty() && !is_kept;
        is_filled.then_some(Status { text, span })
    }

    /// Whether the document has a key for its status, even without a value.
    pub(super) fn has_status_key(&self) -> bool {
        self.everywhere()
            .any(|metadata| metadata.entry(STATUS).or_else(|| metadata.entry_of(KeyKind::Status)).is_some())
    }

    /// Whether the status is a later one than the first of the template's.
    pub fn is_past_first_status(&self) -> bool {
        let Some((key, status)) = self.template.status_key().zip(self.status()) else { return false };
        // A status that the template does not know does not count, as it has to be fixed first.
        let is_known = allows(key, &status.text);
        let first = key.first_status().or_else(|| key.values.first().map(String::as_str));
        is_known && first.is_some_and(|first| !is_value(&status.text, first))
    }

    /// Whether the status differs from the one that the template gives a new proposal.
    pub fn has_moved_on(&self) -> bool {
        let Some((key, status)) = self.template.status_key().zip(self.status()) else { return false };
        let is_literal = key.values.is_empty() && !key.has_placeholder() && !key.placeholder.is_empty();
        self.is_past_first_status() || is_literal && !is_value(&status.text, &key.placeholder)
    }

    /// Returns the document's metadata in `form`.
    pub fn metadata_in(&self, form: Form) -> Option<Metadata> {
        let is_known = |key: &str| self.template.metadata_key(form, key).is_some();
        let read = |place: Span| {
            let read = || Metadata::read(self.document, form, place, is_known);
            match form {
                Form::FrontMatter => read(),
                _ => self.document.kept_in(place, self.template.origin(), form, read),
            }
        };
        // Some documents have it above the title, or below a heading at the level of the sections.
        let before = || read(self.before_sections()).filter(|found| self.knows(found));
        let inside = || read(self.metadata_section()?.body());
        read(self.preamble()).or_else(before).or_else(inside)
    }

    /// Returns the metadata before the sections in other forms than `form`, if it has a key of the template.
    fn metadata_elsewhere(&self, form: Form) -> impl Iterator<Item = Metadata> {
        let end = self.metadata_section().map_or(self.preamble().end, |section| section.body().end);
        let place = Span::new(self.before_sections().start, end);
        let front_matter = (form != Form::FrontMatter).then(|| Metadata::front_matter(self.document)).flatten();
        let is_known = |key: &str| self.template.has_key(key);
        let read = || Metadata::in_body(self.document, place, None, is_known).collect::<Vec<_>>();
        let body = self.document.kept_in(place, self.template.origin(), (), read);
        front_matter
            .into_iter()
            .chain(body.into_iter().filter(move |found| found.form != form))
            .filter(|found| self.knows(found))
    }

    /// Returns the first section, if it is for the metadata.
    pub fn metadata_section(&self) -> Option<&'a Section> {
        let (_, first) = self.document.outline().iter().find(|(id, _)| Some(*id) != self.matching.title)?;
        Some(first).filter(|first| heads_metadata(&first.heading.key))
    }

    /// Whether `metadata` has a key of the template or, if the template has no keys, the status.
    fn knows(&self, metadata: &Metadata) -> bool {
        if self.template.metadata.is_empty() {
            return metadata.entry_of(KeyKind::Status).is_some();
        }
        metadata.entries.iter().any(|entry| self.template.metadata_key(metadata.form, &entry.key).is_some())
    }

    /// Returns the span before the first section of the template, or the whole document if it has none of these
    /// sections.
    fn before_sections(&self) -> Span {
        let sections = self.matching.found.all().map(|id| self.document.outline().get(id).span.start);
        let start = self.document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
        Span::new(start, sections.min().unwrap_or(self.text().end()))
    }

    /// Returns the entries of the metadata; empty if there is no metadata.
    pub fn entries(&self) -> &[Entry] {
        self.metadata().map_or(&[], |metadata| &metadata.entries)
    }
}
