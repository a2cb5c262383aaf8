//! The schema of a proposal family, derived from a template.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::section_names::SectionNames;
use super::{
    Demands, Excess, Form, Instructions, KeyNames, LearntFrom, LifeCycle, Limits, MetadataKey, NamePattern,
    TemplateSection, Title,
};
use crate::syntax::Origin;
use crate::text::{Span, Text};

/// The structure of the proposals of one family.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file that it was read from; `None` for the built-in template.
    pub source: Option<PathBuf>,
    /// The template's own text, in which its spans count.
    pub text: Text,
    /// The title before the sections, if a proposal has one.
    pub title: Option<Title>,
    /// The sections and their parts at all levels, in order.
    pub sections: Vec<TemplateSection>,
    /// The keys, in order: those before the first section, then those that are sections.
    pub metadata: Vec<MetadataKey>,
    /// Whether it is the metadata beside a template, in a file of its own.
    pub is_sidecar: bool,
    /// What the settings demand beyond the template.
    pub demands: Demands,
    /// The names of the keys.
    pub(super) keys: KeyNames,
    /// The form of the metadata; `None` if there is no metadata.
    pub form: Option<Form>,
    /// The span of the metadata outside the front matter.
    pub metadata_span: Option<Span>,
    /// The instructions to the author, which must not stay in a proposal.
    pub instructions: Instructions,
    /// What exceeds the limits on templates, and is left out.
    pub excess: Vec<Excess>,
    /// The values of `Status` that require a release.
    pub released_status: Vec<String>,
    /// The values of `Status` at which a proposal is past discussion and must be finished.
    pub accepted_status: Vec<String>,
    /// The states of its documents, if the settings have any.
    pub life_cycle: LifeCycle,
    /// The pattern of the names of its documents, if it is known from them.
    pub naming: Option<NamePattern>,
    /// The documents that it is learnt from, if no file has it.
    pub learnt: Option<Arc<LearntFrom>>,
    /// The version in git that it is, if it is an earlier one.
    pub version: Option<Arc<TemplateVersion>>,
    /// The limits of the values of keys, by their places, and of the title at `None`.
    pub(super) limits: HashMap<Option<usize>, Limits>,
    pub(super) names: SectionNames,
    /// The aliases of sections in the settings, folded by [`crate::syntax::fold`], with the places of the sections.
    pub(super) aliases: HashMap<String, usize>,
    pub(super) origin: Origin,
    /// Identifies the names of its sections.
    pub(super) called: Origin,
}

/// An earlier version of a template, in git.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TemplateVersion {
    /// The name of its content.
    pub id: String,
    /// The day on which it was committed, as `2026-01-31`.
    pub day: String,
}

impl Template {
    /// Returns this template, marked as the earlier `version`.
    pub fn of_version(self, version: TemplateVersion) -> Template {
        Template { version: Some(Arc::new(version)), origin: Origin::default(), ..self }
    }

    /// Returns the name of the template for people if no file has it: built in, or learnt from a number of documents.
    pub fn told(&self) -> String {
        match &self.learnt {
            Some(learnt) if learnt.documents == 1 => "none; learnt from one document".to_owned(),
            Some(learnt) => format!("none; learnt from {} similar documents", learnt.documents),
            None => "the built-in VIP template".to_owned(),
        }
    }

    /// Returns this template, marked as learnt from `from`.
    pub fn learnt_from(self, from: LearntFrom) -> Template {
        Template { learnt: Some(Arc::new(from)), origin: Origin::default(), ..self }
    }

    /// Returns this template, for documents named after `naming`.
    pub fn named(self, naming: Option<NamePattern>) -> Template {
        Template { naming, origin: Origin::default(), ..self }
    }

    /// Identifies this version of the template. Other templates, and this one before settings changed it, have another
    /// origin.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Identifies the names of its sections, on which it depends what headings name.
    pub fn called(&self) -> &Origin {
        &self.called
    }

    /// Returns the top-level sections.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        self.sections.iter().filter(|section| section.parent.is_none())
    }

    /// Returns the number of sections around `section`.
    pub fn depth(&self, section: &TemplateSection) -> usize {
        std::iter::successors(section.parent, |above| self.sections[*above].parent).count()
    }

    /// Returns the parts of the section at `parent`, one level below it.
    pub fn parts(&self, parent: usize) -> impl DoubleEndedIterator<Item = &TemplateSection> {
        let all = &self.sections[parent + 1..];
        let end = all.iter().position(|section| section.parent.is_none_or(|above| above < parent));
        all[..end.unwrap_or(all.len())].iter().filter(move |section| section.parent == Some(parent))
    }

    /// Returns the limits on the value of the key at `place`, or on the title for `None`.
    pub fn value_limits(&self, place: Option<usize>) -> Limits {
        self.limits.get(&place).copied().unwrap_or_default()
    }

    /// Whether the title or a value has a limit.
    pub fn has_value_limits(&self) -> bool {
        !self.limits.is_empty()
    }

    /// Returns the level that most of the top-level sections have; in a tie, the lower one.
    pub fn section_level(&self) -> u8 {
        self.names.level
    }
}
