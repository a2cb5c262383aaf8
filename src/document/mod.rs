//! Documents and proposals: text, blocks and sections, and how they correspond to a template.

mod agreement;
mod answer;
mod astray;
mod before;
mod conditional;
mod course;
mod day;
mod deadline;
mod demanded;
mod deviation;
mod deviations;
mod facts;
mod filling;
mod follow;
mod found_metadata;
mod groups;
mod index_page;
mod insertion;
mod instructions;
mod iso_day;
mod items;
mod kept_in;
mod known_by;
mod learn;
mod length;
mod level;
mod link_form;
mod list_order;
mod listed;
mod listed_on;
mod lists;
mod matching;
mod mentions;
mod metadata;
mod migration;
mod misfit;
mod moved;
mod named;
mod nested_values;
mod new_key;
mod new_name;
mod new_row;
mod number;
mod odd_day;
mod odd_mention;
mod order;
mod other_values;
mod placeholders;
mod position;
mod proposal;
mod reference;
mod references;
mod relation;
mod relations;
mod removal;
mod revision;
mod row;
mod rows;
mod section_metadata;
mod sections;
mod sections_around;
mod stage;
mod stale_cells;
mod state;
mod successor;
mod suggested;
mod surroundings;
mod target;
mod unfilled;
mod unfit;
mod written;
mod written_title;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::cancel::pause;
use crate::syntax::{
    Anchor, AnchorNames, Block, Blocks, Definition, Editing, Link, Links, MAX_BYTES, Origin, Outline, Parsed, Reading,
    Undefined, anchors, read,
};
use crate::text::{Offset, Placed, Span, Text};
use matching::Matching;

pub use agreement::{Agreement, title_agreement};
pub use answer::Answer;
pub use before::Before;
pub use course::Course;
pub use deadline::Deadline;
pub use deviation::{Deviation, Evidence, Share};
pub use facts::{Facts, Overview, SectionFacts};
pub use follow::{AnchorChange, Edited, following};
pub use groups::Regrouped;
pub use index_page::IndexPage;
pub use insertion::{Filling, empty_places, insert_sections};
pub use iso_day::iso_day;
pub use learn::{Lesson, learn};
pub use length::{Length, Unit};
pub use level::{level_one, shift_all};
pub use listed::Listed;
pub use listed_on::folder;
pub use metadata::{Metadata, Status, allows, bare, is_same_value, is_value, lists, said_in};
pub use migration::{Migration, Step, migrate};
pub use misfit::{Misfit, Unfit};
pub use new_key::insert_metadata;
pub use number::{OwnNumber, own_numbers, prefixed_title_number, title_number};
pub use odd_day::{DayFault, OddDay};
pub use odd_mention::{MentionFault, OddMention};
pub use order::{Misplaced, NextTo, misplaced, reorder};
pub use placeholders::{HeadingNote, heading_notes};
pub use proposal::Proposal;
pub use reference::{Destination, FOLDER_PAGES, Reference, ReferenceKind, decoded, fold_label, is_own_path};
pub use relation::{Relation, SaidBy, Statement};
pub use removal::{removal, removals};
pub use revision::Revision;
pub use row::{Cell, Column, Row, RowFacts, escaped, in_cell};
pub use rows::link_text;
pub use stage::{Required, is_end, stage_of};
pub use stale_cells::StaleCell;
pub use state::State;
pub use suggested::{first_to_fill, first_values, instead_of_example, suggested, unfilled_key};
pub use surroundings::{Listing, Neighbor, Surroundings};
pub use target::{Astray, Target};
pub use unfilled::{Unfilled, UnfilledKind};
pub use written::{Writing, encode_path, encoded_anchor};

/// One version of a document; immutable, and cheap to keep in an `Arc`.
#[derive(Debug)]
pub struct Document {
    source: Source,
    /// The version number of the editor that has it open.
    version: Option<i32>,
    /// Whether it is a file of metadata, which belongs to the proposal beside it.
    is_sidecar: bool,
    blocks: Blocks,
    outline: Outline,
    /// Read together with the blocks of a closed document; for an open one, joined from its pieces on first request.
    links: OnceLock<Links>,
    /// Read on first request.
    anchors: OnceLock<Vec<Anchor>>,
    anchor_names: OnceLock<Arc<AnchorNames>>,
    /// The starts and ends of the anchors, in order.
    anchor_places: OnceLock<Vec<Offset>>,
    /// The correspondence of the outline to the template that was used last.
    matching: Mutex<Option<(Origin, Arc<Matching>)>>,
}

#[derive(Debug)]
enum Source {
    /// Open in an editor: with what the next edit needs.
    Open(Parsed),
    /// Read once.
    Closed(Text),
}

impl Source {
    fn text(&self) -> &Text {
        match self {
            Source::Open(parsed) => parsed.text(),
            Source::Closed(text) => text,
        }
    }
}

impl Document {
    /// Creates a document that an editor opened with `content`.
    pub fn open(content: &str) -> Document {
        Document::of_parsed(Parsed::open(content))
    }

    /// Creates a document that is read once.
    pub fn closed(content: &str) -> Document {
        Document::of_text(Text::new(content))
    }

    /// Creates a document of the YAML in `content`: the metadata of the proposal beside it.
    pub fn sidecar(content: &str) -> Document {
        let text = Text::new(content);
        let blocks = Blocks { front_matter: Some(text.span()), list: Vec::new() };
        let reading = Reading { blocks, ..Reading::default() };
        Document { is_sidecar: true, ..Document::of_reading(Source::Closed(text), reading) }
    }

    /// Whether it is a file of metadata, which belongs to the proposal beside it.
    pub fn is_sidecar(&self) -> bool {
        self.is_sidecar
    }

    fn of_text(text: Text) -> Document {
        let reading = read(&text);
        Document::of_reading(Source::Closed(text), reading)
    }

    fn of_parsed(parsed: Parsed) -> Document {
        let (blocks, outline) = (parsed.blocks(), parsed.outline());
        let (links, anchors, anchor_names, anchor_places) = Default::default();
        Document {
            source: Source::Open(parsed),
            version: None,
            is_sidecar: false,
            blocks,
            outline,
            links,
            anchors,
            anchor_names,
            anchor_places,
            matching: Mutex::default(),
        }
    }

    fn of_reading(source: Source, Reading { blocks, links }: Reading) -> Document {
        let outline = Outline::of(source.text(), &blocks);
        let (anchors, anchor_names, anchor_places) = Default::default();
        let (version, links, matching) = (None, links.into(), Mutex::default());
        Document {
            source,
            version,
            is_sidecar: false,
            blocks,
            outline,
            links,
            anchors,
            anchor_names,
            anchor_places,
            matching,
        }
    }

    /// Returns the correspondence of the outline to the template that `from` identifies. Calls `make` unless the last call was for
    /// the same template.
    fn matching_or(&self, from: &Origin, make: impl FnOnce() -> Matching) -> Arc<Matching> {
        let lock = || self.matching.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = lock().as_ref().filter(|(known, _)| known == from) {
            return known.clone();
        }
        let matching = Arc::new(make());
        *lock() = Some((from.clone(), matching.clone()));
        matching
    }

    /// Returns the names of all anchors.
    pub fn anchor_names(&self) -> Arc<AnchorNames> {
        let names = || match &self.source {
            Source::Open(parsed) => parsed.anchor_names(),
            Source::Closed(_) => Arc::new(AnchorNames::of(self.anchors())),
        };
        self.anchor_names.get_or_init(names).clone()
    }

    /// Returns the starts and ends of the anchors, in order.
    fn anchor_places(&self) -> &[Offset] {
        self.anchor_places.get_or_init(|| {
            let mut places: Vec<Offset> =
                self.anchors().iter().flat_map(|anchor| [anchor.span.start, anchor.span.end]).collect();
            places.sort_unstable();
            places
        })
    }

    /// Starts a series of edits; [`Document::edited`] returns the next version.
    pub fn edit(&self) -> Editing {
        match &self.source {
            Source::Open(parsed) => parsed.edit(),
            Source::Closed(text) => Parsed::open(&text.to_string()).edit(),
        }
    }

    /// Returns the version that `edits` lead to.
    pub fn edited(edits: Editing) -> Document {
        Document::of_parsed(edits.finish())
    }

    /// Returns this document with the version number of the editor that has it open.
    pub fn at_version(self, version: i32) -> Document {
        Document { version: Some(version), ..self }
    }

    /// Returns the version number of the editor that has it open.
    pub fn version(&self) -> Option<i32> {
        self.version
    }

    /// Returns the text.
    pub fn text(&self) -> &Text {
        self.source.text()
    }

    /// Returns the top-level blocks.
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Returns what `read` finds in the blocks, which it gets one piece at a time. The results for a piece are cached for later
    /// versions, and for this `from`, which must identify everything that they depend on besides the piece.
    pub fn by_piece<T>(&self, from: &Origin, read: impl Fn(&[Block]) -> Vec<T>) -> Vec<T>
    where
        T: Placed + Clone + Send + Sync + 'static,
    {
        let Source::Open(parsed) = &self.source else { return read(&self.blocks.list) };
        let (mut found, mut first) = (Vec::new(), 0);
        for (start, piece) in parsed.pieces() {
            pause();
            let blocks = &self.blocks.list[first..first + piece.block_count()];
            first += piece.block_count();
            let of_piece = || read(blocks).into_iter().map(|one| one.placed(|span| span.relative_to(start))).collect();
            let kept: Arc<Vec<T>> = piece.kept().get_or(from, of_piece);
            found.extend(kept.iter().cloned().map(|one| one.placed(|span| span.behind(start.get()))));
        }
        found
    }

    /// Returns what `read` finds in the links, cached as in [`Document::by_piece`].
    pub fn by_links<T>(&self, from: &Origin, read: impl Fn(&Links) -> Vec<T>) -> Vec<T>
    where
        T: Placed + Clone + Send + Sync + 'static,
    {
        let Source::Open(parsed) = &self.source else { return read(self.links()) };
        let mut found = Vec::new();
        for (start, piece) in parsed.pieces() {
            let kept: Arc<Vec<T>> = piece.kept().get_or(from, || read(piece.links()));
            found.extend(kept.iter().cloned().map(|one| one.placed(|span| span.behind(start.get()))));
        }
        found
    }

    /// Whether there is a link with an anchor, which may lead to the document itself.
    pub(super) fn may_lead_inside(&self) -> bool {
        match &self.source {
            Source::Open(parsed) => parsed.pieces().any(|(_, piece)| piece.has_anchored_links()),
            Source::Closed(_) => true,
        }
    }

    /// The definitions of labels, in order: of each label the first, which is the one that counts.
    pub fn definitions(&self) -> Vec<Definition> {
        match &self.source {
            Source::Open(parsed) => parsed.definitions(),
            Source::Closed(_) => self.links().definitions.clone(),
        }
    }

    /// Returns the labels of links, each as often as it is used.
    pub fn labels(&self) -> Vec<Arc<str>> {
        self.links().links.iter().filter_map(|link| link.label.clone()).collect()
    }

    /// Returns the links by reference that lead nowhere, in order.
    pub fn undefined(&self) -> Vec<Undefined> {
        match &self.source {
            Source::Open(parsed) => parsed.undefined(),
            Source::Closed(_) => self.links().undefined.clone(),
        }
    }

    /// Returns the links that start in `span`, in order.
    pub fn links_in(&self, span: Span) -> Vec<Link> {
        match &self.source {
            Source::Open(parsed) => parsed.links_in(span),
            Source::Closed(_) => {
                let links = &self.links().links;
                let at = |place: Offset| links.partition_point(|link| link.span.start < place);
                links[at(span.start)..at(span.end)].to_vec()
            }
        }
    }

    /// Returns the links.
    pub fn links(&self) -> &Links {
        self.links.get_or_init(|| match &self.source {
            Source::Open(parsed) => parsed.links(),
            Source::Closed(text) => read(text).links,
        })
    }

    /// Returns the anchors.
    pub fn anchors(&self) -> &[Anchor] {
        self.anchors.get_or_init(|| match &self.source {
            Source::Open(parsed) => parsed.anchors(),
            Source::Closed(text) => anchors(text),
        })
    }

    /// Returns the sections.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Whether the text is over [`MAX_BYTES`], so that the document has neither blocks nor sections.
    pub fn is_too_large(&self) -> bool {
        self.text().len() > MAX_BYTES
    }
}
