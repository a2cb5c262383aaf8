//! The schema of a proposal family, read from its Markdown template.
//!
//! **Architecture invariant:** nothing here knows a family. The built-in VIP template is a Markdown file that is read by the
//! same code as a repository's own.

mod derive;
mod naming;
mod overrides;
mod tail;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::syntax::{Heading, fold};
use crate::text::{Span, Text};

pub use naming::{NamePattern, is_markdown, is_template_name};
pub use overrides::{OPEN_STATUS, Overrides, RELEASED_STATUS, STATUS, SectionOverrides};

/// What a proposal of one family consists of.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file that it was read from; none for the built-in one.
    pub source: Option<PathBuf>,
    /// The template's own text, in which its spans count.
    pub text: Text,
    /// Whether a proposal has a title of its own before the sections.
    pub title: Option<Title>,
    /// The sections, in order.
    pub sections: Vec<TemplateSection>,
    /// The keys before the first section, in order.
    pub metadata: Vec<MetadataKey>,
    /// The paragraphs, as rendered with white space folded, that are instructions to the author and not text to keep.
    pub instructions: HashSet<String>,
    /// The statuses at which a proposal must name the release that it is in.
    pub released_status: Vec<String>,
    /// The statuses at which the template's guidance may remain in a proposal.
    pub open_status: Vec<String>,
    by_key: HashMap<String, usize>,
    /// More names of sections, by [`fold`]: the team has set them, so a section that has one is right as it is.
    aliases: HashMap<String, usize>,
}

/// The title that a template asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The level of its heading.
    pub level: u8,
    /// As rendered.
    pub text: String,
    /// The signs in it that stand for something else, as `$NUMBER`.
    pub placeholders: Vec<String>,
    /// What comes before the number, as `VIP-`; none when the title has no number.
    pub prefix: Option<String>,
}

/// One section of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSection {
    /// Its place in the template, from 0.
    pub index: usize,
    /// The heading's text without the template's notes.
    pub name: String,
    /// The name as [`fold`] leaves it.
    pub key: String,
    /// The heading's level in the template.
    pub level: u8,
    /// The heading's text in the template.
    pub heading: Span,
    /// The instruction in italics behind the name, as rendered.
    pub note: Option<String>,
    /// How many words it may have.
    pub word_limit: Option<usize>,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// What the template says under the heading: Markdown with LF, without blank lines at its ends.
    pub guidance: String,
}

/// One key of a template's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataKey {
    /// The key as the template writes it.
    pub name: String,
    /// The key with its markup and colon, as in `**Status**:`.
    pub label: String,
    /// The values that the template allows; empty where it allows any.
    pub values: Vec<String>,
    /// What the template has in the value's place, as Markdown.
    pub placeholder: String,
}

static BUILT_IN: LazyLock<std::sync::Arc<Template>> =
    LazyLock::new(|| std::sync::Arc::new(Template::derive(include_str!("vip-template.md"), None)));

impl MetadataKey {
    /// Whether what the template has in the value's place is something to replace: an instruction or a list of values in
    /// italics, or something in brackets. Anything else is a value to keep.
    pub fn has_placeholder(&self) -> bool {
        // A value that the settings allow, in a template that lists none, is one to keep.
        let is_value = self.values.iter().any(|value| value.eq_ignore_ascii_case(&self.placeholder));
        let is_marked = self.placeholder.starts_with(['_', '*', '(', '<', '{', '$']);
        // `(leave this empty)` is for somebody else to fill in, later.
        let is_left = self.placeholder.to_lowercase().contains("leave this");
        !self.placeholder.is_empty() && (!self.values.is_empty() || is_marked) && !is_left && !is_value
    }
}

impl Template {
    /// The template for Venice Improvement Proposals, for a repository that has none of its own.
    pub fn built_in() -> std::sync::Arc<Template> {
        BUILT_IN.clone()
    }

    /// Reads `content`, which comes from the file `source`. Any text gives a template; one without headings gives one
    /// without sections.
    pub fn derive(content: &str, source: Option<&Path>) -> Template {
        derive::derive(content, source)
    }

    /// The section that `heading` names, with or without its tail.
    pub fn section_of(&self, heading: &Heading) -> Option<&TemplateSection> {
        let index = self.by_name(&heading.key);
        let index = index.or_else(|| heading.tail.as_ref().and_then(|_| self.by_name(&fold(&heading.text))));
        index.map(|index| &self.sections[index])
    }

    fn by_name(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).or_else(|| self.aliases.get(key)).copied()
    }

    /// The metadata key that `name` names; `Author`, `Authors` and `Author(s)` are the same.
    pub fn metadata_key(&self, name: &str) -> Option<&MetadataKey> {
        self.metadata.iter().find(|key| same_key(&key.name, name))
    }

    /// The level of the sections' headings.
    pub fn section_level(&self) -> u8 {
        self.sections.first().map_or(2, |section| section.level)
    }
}

/// Whether two metadata keys are spellings of one: `Author`, `authors` and `Author(s)`, `Issue` and `Issue #`.
pub fn same_key(one: &str, other: &str) -> bool {
    let fold_key = |key: &str| {
        let key = fold(key.trim_end_matches(['#', ' ']));
        let key = key.strip_suffix("(s)").unwrap_or(&key);
        key.strip_suffix('s').unwrap_or(key).to_owned()
    };
    fold_key(one) == fold_key(other)
}
