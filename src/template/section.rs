//! A section of a template.

use super::OtherNames;
use crate::text::Span;

/// One section of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSection {
    /// Its place in the template, from 0.
    pub index: usize,
    /// The place of the section that it is a part of; none at the top.
    pub parent: Option<usize>,
    /// The heading's text without the template's notes.
    pub name: String,
    /// The name as [`crate::syntax::fold`] leaves it.
    pub key: String,
    /// Its names in two languages, where the heading has both; folded.
    pub other_names: Vec<String>,
    /// The heading's level in the template.
    pub level: u8,
    /// The heading's text in the template.
    pub heading: Span,
    /// The instruction in italics behind the name, as rendered.
    pub note: Option<String>,
    /// How many words it may have.
    pub word_limit: Option<usize>,
    /// How many characters it may have.
    pub character_limit: Option<usize>,
    /// How many sentences it may have.
    pub sentence_limit: Option<usize>,
    /// How many lines it may have.
    pub line_limit: Option<usize>,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// What the template says under the heading: Markdown with LF, without blank lines at its ends.
    pub guidance: String,
    /// The aspects that its guidance asks for, one by one: list items and questions in bold.
    pub prompts: Vec<String>,
}

impl TemplateSection {
    /// Its name, the plural of that and the singular, as [`crate::syntax::fold`] leaves names.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        let singular = self.key.strip_suffix('s').map(str::to_owned);
        [self.key.clone(), format!("{}s", self.key)].into_iter().chain(singular)
    }

    /// Whether a heading with `names` has its name in one of two languages, or both of its names.
    pub fn is_translated_by(&self, names: &OtherNames<'_>) -> bool {
        let is_own = |name: &String| *name == self.key || self.other_names.contains(name);
        self.other_names.iter().any(|name| name == names.key)
            || names.each.iter().any(is_own)
            || !names.both.is_empty() && names.both.iter().all(is_own)
    }
}
