//! A document read with a template: what there is of it, and what it says.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::follow::has_own_links;
use super::matching::Matching;
use super::neighbours::{Neighbours, Own, OwnNames};
use super::references::{numbers_at, references};
use super::rows::{Row, rows};
use super::{
    Astray, Destination, Document, Facts, Listing, Metadata, Reference, State, Status, Surroundings, Target, Unfilled,
    allows, following, is_own_path, is_value, misplaced,
};
use crate::letters::near::Names;
use crate::syntax::{Block, BlockKind, Entry, Links, Paragraph, Section, SectionId, comment_block, paragraphs, words};
use crate::template::{Form, STATUS, Template, TemplateSection, TitleForm, heads_metadata};
use crate::terms::KeyKind;
use crate::text::{Edit, Offset, Span, Text};

/// How many sections make a form.
const SEVERAL: usize = 3;

/// A document and the template that it follows.
#[derive(Debug)]
pub struct Proposal<'a> {
    /// The document.
    pub document: &'a Document,
    /// The template.
    pub template: &'a Template,
    /// How its outline answers to the template.
    matching: Arc<Matching>,
    /// The proposal's file, as far as there is one: its name may have a number.
    file: Option<&'a Path>,
    surroundings: Option<&'a dyn Surroundings>,
    is_index: bool,
    metadata: OnceCell<Option<Metadata>>,
    pub(super) section_metadata: OnceCell<Option<Metadata>>,
    front_matter: OnceCell<Option<Metadata>>,
    other_metadata: OnceCell<Vec<Metadata>>,
    instructions: OnceCell<Vec<Paragraph>>,
    /// By the place of a section in the template.
    pub(super) states: OnceCell<Vec<Option<State>>>,
    number: OnceCell<Option<&'a str>>,
    references: OnceCell<Vec<Reference>>,
    pub(super) astray: OnceCell<Vec<Astray>>,
    facts: OnceCell<Facts>,
    status: OnceCell<Option<Status>>,
    /// By the form of metadata, and the places of a key and its value: what [`Proposal::said_of`] says.
    pub(super) said: RefCell<HashMap<(Form, Offset, Span), (String, Span)>>,
    pub(super) unfilled: OnceCell<Vec<Unfilled<'a>>>,
    listings: OnceCell<Vec<Listing>>,
    rows: OnceCell<Vec<Row>>,
    /// By the place of a key in the template: the place of the entry that its own would come behind.
    pub(super) entries_before: OnceCell<Vec<Option<usize>>>,
    pub(super) neighbours: OnceCell<Neighbours>,
    pub(super) own: OnceCell<Own>,
    pub(super) own_names: OnceCell<OwnNames>,
    found_count: OnceCell<usize>,
    has_own_form: OnceCell<bool>,
    repeats_sections: OnceCell<bool>,
    is_in_order: OnceCell<bool>,
    /// By the start of a section: what [`Proposal::has_named_parts`] says.
    pub(super) named_parts: RefCell<HashMap<Offset, bool>>,
    has_own_links: OnceCell<bool>,
    /// The names of the Markdown files beside it, and those of the images.
    beside: [OnceCell<Names>; 2],
}

impl<'a> Proposal<'a> {
    /// Reads `document` with `template`.
    pub fn of(document: &'a Document, template: &'a Template) -> Proposal<'a> {
        Proposal {
            document,
            template,
            matching: document.matching_or(template.called(), || Matching::of(document.outline(), template)),
            file: None,
            surroundings: None,
            is_index: false,
            metadata: OnceCell::new(),
            section_metadata: OnceCell::new(),
            front_matter: OnceCell::new(),
            other_metadata: OnceCell::new(),
            instructions: OnceCell::new(),
            states: OnceCell::new(),
            number: OnceCell::new(),
            references: OnceCell::new(),
            astray: OnceCell::new(),
            facts: OnceCell::new(),
            status: OnceCell::new(),
            said: RefCell::default(),
            unfilled: OnceCell::new(),
            listings: OnceCell::new(),
            rows: OnceCell::new(),
            entries_before: OnceCell::new(),
            neighbours: OnceCell::new(),
            own: OnceCell::new(),
            own_names: OnceCell::new(),
            found_count: OnceCell::new(),
            has_own_form: OnceCell::new(),
            repeats_sections: OnceCell::new(),
            is_in_order: OnceCell::new(),
            named_parts: RefCell::default(),
            has_own_links: OnceCell::new(),
            beside: Default::default(),
        }
    }

    /// The same, in the file at `file`.
    pub fn in_file(self, file: &'a Path) -> Proposal<'a> {
        Proposal { file: Some(file), ..self }
    }

    /// The same, with other documents around it.
    pub fn within(self, surroundings: &'a dyn Surroundings) -> Proposal<'a> {
        Proposal { surroundings: Some(surroundings), ..self }
    }

    /// The same, but not a proposal at all: a page that lists proposals.
    pub fn as_index(self) -> Proposal<'a> {
        Proposal { is_index: true, ..self }
    }

    /// Whether it is a page that lists proposals.
    pub fn is_index(&self) -> bool {
        self.is_index
    }

    /// What it says of the proposals that it lists, in order.
    pub fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| rows(self))
    }

    /// The title that `facts` of a proposal of this family tell of, without its number.
    pub fn title_of<'b>(&self, facts: &'b Facts) -> &'b str {
        if let Some(number) = self.template.read_number(&facts.title) {
            return &facts.title[number.rest..];
        }
        let rest = || {
            let number = facts.number.as_deref()?;
            TitleForm::of(&facts.title, number)?.rest(&facts.title, number)
        };
        rest().unwrap_or(&facts.title)
    }

    /// What index pages say of it.
    pub fn listings(&self) -> &[Listing] {
        self.listings.get_or_init(|| self.surroundings.map(Surroundings::listings).unwrap_or_default())
    }

    /// The documents around it, where they are known.
    pub fn surroundings(&self) -> Option<&'a dyn Surroundings> {
        self.surroundings
    }

    /// The names of the images, else of the Markdown files, beside it, where the documents around it are known.
    pub fn names_beside(&self, are_images: bool) -> Option<&Names> {
        let around = self.surroundings?;
        Some(self.beside[usize::from(are_images)].get_or_init(|| {
            let names = if are_images { around.images_in("") } else { around.files_in("") };
            Names::of(names.iter().map(String::as_str).filter(|file| !file.ends_with('/')))
        }))
    }

    /// `document` as the same proposal: with the same template, in the same file, among the same others.
    pub fn reread<'b>(&self, document: &'b Document) -> Proposal<'b>
    where
        'a: 'b,
    {
        let (file, surroundings, is_index) = (self.file, self.surroundings, self.is_index);
        Proposal { file, surroundings, is_index, ..Proposal::of(document, self.template) }
    }

    /// The number in the file's name, as it stands there.
    pub fn number(&self) -> Option<&'a str> {
        *self.number.get_or_init(|| self.template.number_of(self.file?))
    }

    /// The file that it is in.
    pub fn file(&self) -> Option<&'a Path> {
        self.file
    }

    /// The document's text.
    pub fn text(&self) -> &'a Text {
        self.document.text()
    }

    /// The section that the title heads, when there is a title.
    pub fn title(&self) -> Option<&'a Section> {
        self.matching.title.map(|id| self.document.outline().get(id))
    }

    /// The title's place in the outline.
    pub fn title_id(&self) -> Option<SectionId> {
        self.matching.title
    }

    /// The level of the headings of this document's sections.
    pub fn section_level(&self) -> u8 {
        self.matching.level
    }

    /// The place in the outline of the document's section that is the template's `section`.
    pub(super) fn section_id(&self, section: &TemplateSection) -> Option<SectionId> {
        self.matching.found.at(section.index)
    }

    /// The document's section that is the template's `section`, at whatever level it stands.
    pub fn section(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.section_id(section).map(|id| self.document.outline().get(id))
    }

    /// Whether the name of `section` is only nearly that of the template's section that it is taken for.
    pub fn is_near_miss(&self, section: &Section) -> bool {
        let headed = self.document.outline().headed_at(section.heading.span.start);
        headed.is_some_and(|(id, _)| self.matching.near.contains(&id))
    }

    /// The sections of the template that the document does not have; none whose parent it does not have, either.
    pub fn missing(&self) -> impl Iterator<Item = &'a TemplateSection> + '_ {
        let is_possible =
            |section: &TemplateSection| section.parent.is_none_or(|parent| self.matching.found.at(parent).is_some());
        let is_missing = move |section: &&TemplateSection| {
            self.section(section).is_none() && is_possible(section) && !self.is_said_elsewhere(section)
        };
        self.template.sections.iter().filter(is_missing)
    }

    /// The document's section that is the parent of the template's `section`.
    pub fn parent(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.section(&self.template.sections[section.parent?])
    }

    /// Whether the heading that `section` stands below is neither the title nor one of the template's.
    pub fn is_part_of_own(&self, section: &Section) -> bool {
        let is_own = |id: SectionId| Some(id) != self.matching.title && self.template_section(id).is_none();
        section.parent.is_some_and(is_own)
    }

    /// The template's section that the section at `id` of the document is.
    pub fn template_section(&self, id: SectionId) -> Option<&'a TemplateSection> {
        let index = self.matching.found.place(id)?;
        self.template.sections.get(index)
    }

    /// The level that the heading of the template's `section` has in this document, or would have.
    pub fn level_of(&self, section: &TemplateSection) -> u8 {
        let Some(index) = section.parent else {
            let level =
                i16::from(self.matching.level) + i16::from(section.level) - i16::from(self.template.section_level());
            return level.clamp(1, 6) as u8;
        };
        let of_others = self.before(section).or(self.after(section)).map(|other| other.heading.level);
        of_others.unwrap_or_else(|| {
            let parent = &self.template.sections[index];
            let above = self.section(parent).map_or_else(|| self.level_of(parent), |found| found.heading.level);
            (above + section.level.saturating_sub(parent.level).max(1)).min(6)
        })
    }

    /// The section that holds `section` at the level of the document's sections; itself, when it is at that level.
    pub fn whole(&self, section: &'a Section) -> &'a Section {
        let mut whole = section;
        while whole.heading.level > self.matching.level {
            match whole.parent.filter(|parent| Some(*parent) != self.matching.title) {
                Some(parent) => whole = self.document.outline().get(parent),
                None => break,
            }
        }
        whole
    }

    /// Whether it has no section at all, be it the template's or its own.
    pub fn is_stub(&self) -> bool {
        !self.template.sections.is_empty()
            && self.document.outline().iter().all(|(id, _)| Some(id) == self.matching.title)
    }

    /// Whether it has headings of its own, and few of the template's sections or none, though both have several.
    pub fn has_own_form(&self) -> bool {
        *self.has_own_form.get_or_init(|| self.is_of_own_form())
    }

    fn is_of_own_form(&self) -> bool {
        let required: Vec<_> = self.template.top().filter(|section| !section.is_optional).collect();
        let found = self.found_count();
        if found == 0 {
            let own = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.matching.title).count();
            return self.template.top().count() >= SEVERAL && own >= SEVERAL;
        }
        let is_own = |(id, section): &(SectionId, &Section)| {
            section.heading.level == self.matching.level
                && Some(*id) != self.matching.title
                && !self.matching.found.has(*id)
        };
        let is_by_letter = || self.surroundings.is_some_and(|surroundings| surroundings.is_by_letter());
        // One that is being written may have the rest still to come.
        required.len() > SEVERAL
            && found * 3 <= required.len()
            && self.document.outline().iter().filter(is_own).count() >= SEVERAL
            && !is_by_letter()
    }

    /// How many of the template's sections at the top it has.
    pub fn found_count(&self) -> usize {
        *self.found_count.get_or_init(|| self.template.top().filter(|section| self.section(section).is_some()).count())
    }

    /// Whether one of the template's sections is there more than once: the document may have parts that repeat.
    pub fn repeats_sections(&self) -> bool {
        let is_again = |(id, section): (SectionId, &Section)| {
            let is_named = || self.template.section_of(&section.heading).is_some_and(|own| own.parent.is_none());
            Some(id) != self.matching.title && self.template_section(id).is_none() && is_named()
        };
        *self.repeats_sections.get_or_init(|| self.document.outline().iter().any(is_again))
    }

    /// Whether no section is out of the template's order; see [`misplaced`].
    pub fn is_in_order(&self) -> bool {
        *self.is_in_order.get_or_init(|| misplaced(self).is_none())
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
        let sections = self.document.outline().iter().filter(|(id, _)| Some(*id) != self.matching.title);
        let end = sections.map(|(_, section)| section.span.start).next().unwrap_or(self.text().end());
        let front_matter = self.document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
        let start = self.title().map_or(front_matter, |title| title.heading.span.end);
        Span::new(start.min(end), end)
    }

    /// The metadata, in the form that the template has it; where there is none in it, in another one.
    pub fn metadata(&self) -> Option<&Metadata> {
        // Without keys in the template, a list before the first section is a table of contents at most.
        let form = self.template.form?;
        let read = || self.metadata_in(form).or_else(|| self.metadata_elsewhere(form).next());
        self.metadata.get_or_init(read).as_ref()
    }

    /// The front matter, beside metadata that has another form.
    pub fn front_matter(&self) -> Option<&Metadata> {
        let is_metadata = |found: &Metadata| found.form == Form::FrontMatter;
        if self.template.form == Some(Form::FrontMatter) || self.metadata().is_some_and(is_metadata) {
            return None;
        }
        self.front_matter.get_or_init(|| self.metadata_in(Form::FrontMatter)).as_ref()
    }

    /// All that the template has keys for: the front matter, the other metadata, and sections with values.
    pub fn all_metadata(&self) -> impl Iterator<Item = &Metadata> {
        self.front_matter().into_iter().chain(self.metadata()).chain(self.section_metadata())
    }

    /// What has the template's keys in other forms than [`Proposal::metadata`].
    pub fn other_metadata(&self) -> &[Metadata] {
        self.other_metadata.get_or_init(|| {
            // With nothing but sections that have values, or none, any form is another.
            let own = self.metadata().map_or(Form::Section, |metadata| metadata.form);
            self.metadata_elsewhere(own).chain(self.own_section_metadata()).collect()
        })
    }

    /// The status, where one is named and is not the template's placeholder.
    pub fn status(&self) -> Option<&Status> {
        self.status.get_or_init(|| self.everywhere().find_map(|metadata| self.status_in(metadata))).as_ref()
    }

    /// All metadata, in the order in which it counts.
    pub(super) fn everywhere(&self) -> impl Iterator<Item = &Metadata> {
        let own = self.metadata().into_iter().chain(self.section_metadata());
        // Some have front matter that the template says nothing of.
        let other = std::iter::once_with(|| self.other_metadata()).flatten();
        own.chain(other).chain(std::iter::once_with(|| self.front_matter()).flatten())
    }

    fn status_in(&self, metadata: &Metadata) -> Option<Status> {
        let entry = metadata.entry(STATUS).or_else(|| metadata.entry_of(KeyKind::Status))?;
        let (text, span) = self.said_of(metadata, entry);
        // A value of the template's that stands for nothing else is a status.
        let is_kept = self
            .template
            .metadata_key(metadata.form, &entry.key)
            .is_some_and(|(_, key)| key.has_placeholder() && metadata.value(self.text(), entry) == key.placeholder);
        let is_filled = !text.is_empty() && !is_kept;
        is_filled.then_some(Status { text, span })
    }

    /// Whether the status is a later one than the first of the template's.
    pub fn is_past_first_status(&self) -> bool {
        let Some((key, status)) = self.template.status_key().zip(self.status()) else { return false };
        // One that the template does not know is to be mended first.
        let is_known = allows(key, &status.text);
        is_known && key.values.first().is_some_and(|first| !is_value(&status.text, first))
    }

    /// Whether the status is another than the one that the template has for a new proposal.
    pub fn has_moved_on(&self) -> bool {
        let Some((key, status)) = self.template.status_key().zip(self.status()) else { return false };
        let is_literal = key.values.is_empty() && !key.has_placeholder() && !key.placeholder.is_empty();
        self.is_past_first_status() || is_literal && !is_value(&status.text, &key.placeholder)
    }

    /// What the document has in `form`.
    pub fn metadata_in(&self, form: Form) -> Option<Metadata> {
        let is_known = |key: &str| self.template.metadata_key(form, key).is_some();
        let read = |place: Span| {
            let read = || Metadata::read(self.document, form, place, is_known);
            match form {
                Form::FrontMatter => read(),
                _ => self.document.kept_in(place, self.template.origin(), form, read),
            }
        };
        // Some have it above the title, or below a heading that is as deep as the sections.
        let before = || read(self.before_sections()).filter(|found| self.knows(found));
        let inside = || read(self.metadata_section()?.body());
        read(self.preamble()).or_else(before).or_else(inside)
    }

    /// What it has before its sections in other forms than `form`, if the template has a key of it.
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

    /// The first section, where it is there for the metadata.
    pub fn metadata_section(&self) -> Option<&'a Section> {
        let (_, first) = self.document.outline().iter().find(|(id, _)| Some(*id) != self.matching.title)?;
        Some(first).filter(|first| heads_metadata(&first.heading.key))
    }

    /// Whether the template has a key of `metadata`, or none at all where that names the status.
    fn knows(&self, metadata: &Metadata) -> bool {
        if self.template.metadata.is_empty() {
            return metadata.entry_of(KeyKind::Status).is_some();
        }
        metadata.entries.iter().any(|entry| self.template.metadata_key(metadata.form, &entry.key).is_some())
    }

    /// What comes before the first section of the template; all of a document without any.
    fn before_sections(&self) -> Span {
        let sections = self.matching.found.all().map(|id| self.document.outline().get(id).span.start);
        let start = self.document.blocks().front_matter.map_or(Offset::ZERO, |span| span.end);
        Span::new(start, sections.min().unwrap_or(self.text().end()))
    }

    /// The entries of the metadata; none where there is no metadata.
    pub fn entries(&self) -> &[Entry] {
        self.metadata().map_or(&[], |metadata| &metadata.entries)
    }

    /// The paragraphs, quotes and comments that are the template's instructions, word for word.
    pub fn instructions(&self) -> &[Paragraph] {
        self.instructions.get_or_init(|| self.read_instructions())
    }

    /// Its links.
    pub fn links(&self) -> &Links {
        self.document.links()
    }

    /// The numbers of proposals in what is shown as links, in order.
    pub fn linked_numbers(&self) -> Vec<Reference> {
        numbers_at(self, &self.links().linked)
    }

    /// What it is known by from afar.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::of(self))
    }

    /// What it refers to, in order.
    pub fn references(&self) -> &[Reference] {
        self.references.get_or_init(|| references(self))
    }

    /// What is where `to` leads; none where nothing is known of what is around it.
    pub fn target(&self, to: &Destination) -> Option<Target> {
        let surroundings = self.surroundings?;
        let own = match to {
            Destination::Anchor(anchor) => Some(anchor),
            Destination::File(path, anchor) => anchor.as_ref().filter(|_| is_own_path(path, self.file_name())),
            _ => None,
        };
        Some(match own {
            Some(anchor) => Target::of_anchor(anchor, &self.document.anchor_names()),
            None => surroundings.target(to),
        })
    }

    /// `edits` of it together with those that let its own links lead where they do.
    pub fn following(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let has_links = || has_own_links(self.document, self.file_name());
        if !*self.has_own_links.get_or_init(has_links) {
            return edits;
        }
        following(self.document, self.file_name(), edits)
    }

    /// The name of its file.
    pub fn file_name(&self) -> Option<&'a str> {
        self.file.and_then(|file| file.file_name()?.to_str())
    }

    /// The reference at `span`.
    pub fn reference_with(&self, span: Span) -> Option<&Reference> {
        let references = self.references();
        let first = references.partition_point(|reference| reference.span < span);
        references.get(first).filter(|reference| reference.span == span)
    }

    /// The reference that a cursor at `offset` is in.
    pub fn reference_at(&self, offset: Offset) -> Option<&Reference> {
        // An image may be within a link.
        let touching = self.references().iter().filter(|reference| reference.span.touches(offset));
        touching.min_by_key(|reference| reference.span.len())
    }

    fn read_instructions(&self) -> Vec<Paragraph> {
        let text = self.text();
        let instructions = &self.template.instructions;
        if instructions.is_empty() {
            return Vec::new();
        }
        let is_prose = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Quote | BlockKind::Html)
        };
        self.document.by_piece(self.template.origin(), |blocks| {
            let blocks = blocks.iter().filter(is_prose);
            let blocks = blocks.filter(|block| instructions.may_have(&text.slice(block.span)));
            // Nearly all instructions of some templates are comments, which need not be parsed.
            let found = blocks.flat_map(|block| match block.kind {
                BlockKind::Html => comment_block(text, block.span).into_iter().collect(),
                _ => paragraphs(text, block.span),
            });
            found.filter(|found| instructions.has(found)).collect()
        })
    }

    /// The words of the document's section that is the template's `section`: those of the author, not of the template.
    pub fn words(&self, section: &TemplateSection) -> Option<Vec<Span>> {
        let body = self.section(section)?.body();
        let read = || words(self.text(), body, |paragraph| self.template.instructions.say(paragraph));
        Some(self.document.kept_in(body, self.template.origin(), (), read))
    }
}
