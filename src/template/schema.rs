//! The schema of a proposal family: what a template comes down to.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::section_names::SectionNames;
use super::{
    Excess, Form, Instructions, KeyNames, LearntFrom, Limits, MetadataKey, NamePattern, TemplateSection, Title,
};
use crate::syntax::Origin;
use crate::text::{Span, Text};

/// What a proposal of one family consists of.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file that it was read from; none for the built-in one.
    pub source: Option<PathBuf>,
    /// The template's own text, in which its spans count.
    pub text: Text,
    /// Whether a proposal has a title of its own before the sections.
    pub title: Option<Title>,
    /// The sections and their parts at all levels, in order.
    pub sections: Vec<TemplateSection>,
    /// The keys before the first section, in order.
    pub metadata: Vec<MetadataKey>,
    /// Their names.
    pub(super) keys: KeyNames,
    /// The form of the metadata; none where there is no metadata.
    pub form: Option<Form>,
    /// Where the metadata is that is no front matter.
    pub metadata_span: Option<Span>,
    /// What it says to the author and is not to stay.
    pub instructions: Instructions,
    /// What it has too much of; that is left out.
    pub excess: Vec<Excess>,
    /// The values of `Status` at which a release must be named.
    pub released_status: Vec<String>,
    /// The values of `Status` at which a proposal is past discussion and must be finished.
    pub accepted_status: Vec<String>,
    /// How its documents are named, where that is known from them.
    pub naming: Option<NamePattern>,
    /// What it is learnt from, where no file has it.
    pub learnt: Option<Arc<LearntFrom>>,
    /// How long the title may be, and the values of keys, by their places.
    pub(super) limits: HashMap<Option<usize>, Limits>,
    pub(super) names: SectionNames,
    /// Other names that people give to sections, by [`crate::syntax::fold`], as the settings say.
    pub(super) aliases: HashMap<String, usize>,
    pub(super) origin: Origin,
    /// What tells what its sections may be called from what those of other templates may.
    pub(super) called: Origin,
}

impl Template {
    /// What people call it where no file has it: built in, or learnt from so many documents.
    pub fn told(&self) -> String {
        match &self.learnt {
            Some(learnt) if learnt.documents == 1 => "none; learnt from one document".to_owned(),
            Some(learnt) => format!("none; learnt from {} documents that are alike", learnt.documents),
            None => "the built-in VIP template".to_owned(),
        }
    }

    /// The same, which is learnt from what `from` says.
    pub fn learnt_from(self, from: LearntFrom) -> Template {
        Template { learnt: Some(Arc::new(from)), origin: Origin::default(), ..self }
    }

    /// The same, for documents that are named as `naming` says.
    pub fn named(self, naming: Option<NamePattern>) -> Template {
        Template { naming, origin: Origin::default(), ..self }
    }

    /// What tells it from other templates, and from what it was before settings changed it.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The same of what its sections may be called, and so of which headings are they.
    pub fn called(&self) -> &Origin {
        &self.called
    }

    /// The sections that are parts of no other.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        self.sections.iter().filter(|section| section.parent.is_none())
    }

    /// How many sections `section` is within.
    pub fn depth(&self, section: &TemplateSection) -> usize {
        std::iter::successors(section.parent, |above| self.sections[*above].parent).count()
    }

    /// The parts of the section at `parent`, one level below it.
    pub fn parts(&self, parent: usize) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        let all = &self.sections[parent + 1..];
        let end = all.iter().position(|section| section.parent.is_none_or(|above| above < parent));
        all[..end.unwrap_or(all.len())].iter().filter(move |section| section.parent == Some(parent))
    }

    /// How long the value of the key at `place` may be; without one, the title.
    pub fn value_limits(&self, place: Option<usize>) -> Limits {
        self.limits.get(&place).copied().unwrap_or_default()
    }

    /// Whether the title or a value has a limit.
    pub fn has_value_limits(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The level that most of the sections at the top have; of two, the lower one.
    pub fn section_level(&self) -> u8 {
        self.names.level
    }
}
