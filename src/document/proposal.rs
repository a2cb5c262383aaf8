//! A document read with a template: its title, sections and metadata, and what they say.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use foldhash::HashMap;

use super::follow::has_own_links;
use super::matching::Matching;
use super::sections_around::{Own, OwnNames, SectionsAround};
use super::{
    Astray, Destination, Document, Facts, Listed, Listing, Metadata, OddMention, Reference, Relation, Row, State,
    Status, Surroundings, Target, Unfilled, Unfit, following, is_own_path,
};
use crate::letters::near::Names;
use crate::syntax::{BlockKind, Links, Node, Paragraph, Redefined, Section, SectionId, TextRun, redefined};
use crate::template::{Form, Template, TemplateSection, TitleForm};
use crate::text::{Edit, Offset, Span, Text};

/// For each form of metadata, and the places of a key and its value, the result of [`Proposal::said_of`].
type Said = HashMap<(Form, Offset, Span), (String, Span)>;

/// A document and the template that it follows.
#[derive(Debug)]
pub struct Proposal<'a> {
    /// The document.
    pub document: &'a Document,
    /// The template.
    pub template: &'a Template,
    /// The correspondence of the outline to the template.
    pub(super) matching: Arc<Matching>,
    /// The proposal's file, if there is one; its name may have a number.
    file: Option<&'a Path>,
    surroundings: Option<&'a dyn Surroundings>,
    pub(super) is_index: bool,
    pub(super) metadata: OnceCell<Option<Metadata>>,
    pub(super) section_metadata: OnceCell<Option<Metadata>>,
    pub(super) front_matter: OnceCell<Option<Metadata>>,
    pub(super) other_metadata: OnceCell<Vec<Metadata>>,
    pub(super) instructions: OnceCell<Vec<Paragraph>>,
    /// By the place of a section in the template.
    pub(super) states: OnceCell<Vec<Option<State>>>,
    number: OnceCell<Option<&'a str>>,
    pub(super) references: OnceCell<Vec<Reference>>,
    pub(super) relations: OnceCell<Vec<Relation>>,
    pub(super) astray: OnceCell<Vec<Astray>>,
    pub(super) facts: OnceCell<Facts>,
    pub(super) status: OnceCell<Option<Status>>,
    pub(super) said: RefCell<Said>,
    pub(super) unfilled: OnceCell<Vec<Unfilled<'a>>>,
    listings: OnceCell<Vec<Listing>>,
    pub(super) rows: OnceCell<Vec<Row>>,
    pub(super) listed: OnceCell<Vec<Listed>>,
    redefined: OnceCell<Vec<Redefined>>,
    pub(super) demanded: Demanded<'a>,
    /// For each place of a key in the template, the place of the entry after which the key belongs.
    pub(super) entries_before: OnceCell<Vec<Option<usize>>>,
    pub(super) sections_around: OnceCell<SectionsAround>,
    pub(super) own: OnceCell<Own>,
    pub(super) own_names: OnceCell<OwnNames>,
    pub(super) found_count: OnceCell<usize>,
    pub(super) has_own_form: OnceCell<bool>,
    pub(super) repeats_sections: OnceCell<bool>,
    pub(super) is_in_order: OnceCell<bool>,
    /// For each start of a section, the result of [`Proposal::has_named_parts`].
    pub(super) named_parts: RefCell<HashMap<Offset, bool>>,
    has_own_links: OnceCell<bool>,
    /// The names of the Markdown files in the same folder, and those of the images.
    beside: [OnceCell<Names>; 2],
}

/// What is read once for the demands of the settings.
#[derive(Debug, Default)]
pub(super) struct Demanded<'a> {
    /// The facts in the file of metadata beside the proposal.
    pub(super) sidecar: Option<&'a Facts>,
    /// The name of the file of metadata that is missing there.
    pub(super) lacking: Option<&'a str>,
    pub(super) runs: OnceCell<Vec<TextRun>>,
    pub(super) unfit: OnceCell<Vec<Unfit>>,
    pub(super) mentions: OnceCell<Vec<OddMention>>,
    /// The numbers in the names of the files beside the document.
    pub(super) numbers: OnceCell<HashSet<String>>,
    pub(super) sorted_keys: OnceCell<Option<Edit>>,
    /// What the front matter says.
    pub(super) tree: OnceCell<Option<Node>>,
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
            relations: OnceCell::new(),
            astray: OnceCell::new(),
            facts: OnceCell::new(),
            status: OnceCell::new(),
            said: RefCell::default(),
            unfilled: OnceCell::new(),
            listings: OnceCell::new(),
            rows: OnceCell::new(),
            listed: OnceCell::new(),
            redefined: OnceCell::new(),
            demanded: Demanded::default(),
            entries_before: OnceCell::new(),
            sections_around: OnceCell::new(),
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

    /// Returns this proposal in the file at `file`.
    pub fn in_file(self, file: &'a Path) -> Proposal<'a> {
        Proposal { file: Some(file), ..self }
    }

    /// Returns this proposal with `surroundings`.
    pub fn within(self, surroundings: &'a dyn Surroundings) -> Proposal<'a> {
        Proposal { surroundings: Some(surroundings), ..self }
    }

    /// Returns this proposal with `facts` from the file of metadata beside it; `lacking` is its name if it is missing.
    pub fn beside(self, facts: Option<&'a Facts>, lacking: Option<&'a str>) -> Proposal<'a> {
        Proposal { demanded: Demanded { sidecar: facts, lacking, ..self.demanded }, ..self }
    }

    /// Returns the name of the file of metadata that should be beside the proposal and is not.
    pub fn lacking_sidecar(&self) -> Option<&'a str> {
        self.demanded.lacking
    }

    /// Returns this proposal as an index page: a page that lists proposals rather than being one.
    pub fn as_index(self) -> Proposal<'a> {
        Proposal { is_index: true, ..self }
    }

    /// Returns the title in the `facts` of a proposal of this family, without its number.
    pub fn title_of<'b>(&self, facts: &'b Facts) -> &'b str {
        self.without_number(&facts.title, facts)
    }

    /// Returns `title`, one of the proposal with these `facts`, without its number.
    pub(super) fn without_number<'b>(&self, title: &'b str, facts: &Facts) -> &'b str {
        if let Some(number) = self.template.read_number(title) {
            return &title[number.rest..];
        }
        let rest = || {
            let number = facts.number.as_deref()?;
            TitleForm::of(title, number)?.rest(title, number)
        };
        rest().unwrap_or(title)
    }

    /// Returns what index pages say about the proposal.
    pub fn listings(&self) -> &[Listing] {
        self.listings.get_or_init(|| self.surroundings.map(Surroundings::listings).unwrap_or_default())
    }

    /// Returns the surroundings, if they are known.
    pub fn surroundings(&self) -> Option<&'a dyn Surroundings> {
        self.surroundings
    }

    /// Returns the names of the images, or else of the Markdown files, in the same folder, if the surroundings are known.
    pub fn names_beside(&self, are_images: bool) -> Option<&Names> {
        let around = self.surroundings?;
        Some(self.beside[usize::from(are_images)].get_or_init(|| {
            let names = if are_images { around.images_in("") } else { around.files_in("") };
            Names::of(names.iter().map(String::as_str).filter(|file| !file.ends_with('/')))
        }))
    }

    /// Returns `document` as the same proposal: with the same template, file, and surroundings.
    pub fn reread<'b>(&self, document: &'b Document) -> Proposal<'b>
    where
        'a: 'b,
    {
        let (file, surroundings, is_index) = (self.file, self.surroundings, self.is_index);
        let proposal = Proposal::of(document, self.template).beside(self.demanded.sidecar, self.demanded.lacking);
        Proposal { file, surroundings, is_index, ..proposal }
    }

    /// Returns the number in the file's name, as written.
    pub fn number(&self) -> Option<&'a str> {
        *self.number.get_or_init(|| self.template.number_of(self.file?))
    }

    /// Returns the file of the proposal.
    pub fn file(&self) -> Option<&'a Path> {
        self.file
    }

    /// Returns the document's text.
    pub fn text(&self) -> &'a Text {
        self.document.text()
    }

    /// Returns the section of the title, if there is a title.
    pub fn title(&self) -> Option<&'a Section> {
        self.matching.title.map(|id| self.document.outline().get(id))
    }

    /// Returns the title's place in the outline.
    pub fn title_id(&self) -> Option<SectionId> {
        self.matching.title
    }

    /// Returns the level of the headings of this document's sections.
    pub fn section_level(&self) -> u8 {
        self.matching.level
    }

    /// Returns the place in the outline of the document's section that is the template's `section`.
    pub(super) fn section_id(&self, section: &TemplateSection) -> Option<SectionId> {
        self.matching.found.at(section.index)
    }

    /// Returns the document's section that is the template's `section`, at any level.
    pub fn section(&self, section: &TemplateSection) -> Option<&'a Section> {
        self.section_id(section).map(|id| self.document.outline().get(id))
    }

    /// Returns the template's section that corresponds to the section at `id` of the document.
    pub fn template_section(&self, id: SectionId) -> Option<&'a TemplateSection> {
        let index = self.matching.found.place(id)?;
        self.template.sections.get(index)
    }

    /// Returns the span of the title's text, or of the first line of a document without a title. Comments are skipped, so that a
    /// finding stays in place when a comment that suppresses it is inserted before it.
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

    /// Returns the links.
    pub fn links(&self) -> &Links {
        self.document.links()
    }

    /// Returns the definitions of labels that an earlier definition has, in order.
    pub fn redefined(&self) -> &[Redefined] {
        let find = || redefined(self.text(), self.document.blocks(), &self.document.definitions());
        self.redefined.get_or_init(find)
    }

    /// Returns the target of `to`; `None` if the surroundings are not known.
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

    /// Returns `edits` of the document with further edits that keep the targets of its own links.
    pub fn following(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let has_links = || has_own_links(self.document, self.file_name());
        if !*self.has_own_links.get_or_init(has_links) {
            return edits;
        }
        following(self.document, self.file_name(), edits)
    }

    /// Returns the name of the file.
    pub fn file_name(&self) -> Option<&'a str> {
        self.file.and_then(|file| file.file_name()?.to_str())
    }
}
