//! A section of a template.

use super::constraint::told_conditions;
use super::{Condition, OtherNames};
use crate::text::Span;

/// One section of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateSection {
    /// Its place in the template, from 0.
    pub index: usize,
    /// The place of the section that it is a part of; `None` at the top.
    pub parent: Option<usize>,
    /// The heading's text without the template's notes.
    pub name: String,
    /// The name, folded by [`crate::syntax::fold`].
    pub key: String,
    /// The names in two languages, if the heading has both; folded.
    pub other_names: Vec<String>,
    /// The heading's level in the template.
    pub level: u8,
    /// The heading's text in the template.
    pub heading: Span,
    /// The instruction in italics after the name, as rendered.
    pub note: Option<String>,
    /// The maximum number of words.
    pub word_limit: Option<usize>,
    /// The maximum number of characters.
    pub character_limit: Option<usize>,
    /// The maximum number of sentences.
    pub sentence_limit: Option<usize>,
    /// The maximum number of lines.
    pub line_limit: Option<usize>,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// A proposal must have it if all of these hold.
    pub required_when: Option<Vec<Condition>>,
    /// A proposal must not have it unless all of these hold.
    pub only_when: Option<Vec<Condition>>,
    /// What the settings require it to say.
    pub required_text: Option<String>,
    /// Whether the settings require it to be the last one.
    pub is_last: bool,
    /// The template's text under the heading: Markdown with LF, without blank lines at its ends.
    pub guidance: String,
    /// The aspects that the guidance asks for, one by one: list items and questions in bold.
    pub prompts: Vec<String>,
}

impl TemplateSection {
    /// Returns when a proposal must have the section, and when it may, for people.
    pub fn told_conditions(&self) -> Vec<String> {
        told_conditions(self.required_when.as_deref(), self.only_when.as_deref())
    }

    /// Returns the name, its plural and its singular, folded by [`crate::syntax::fold`].
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        let singular = self.key.strip_suffix('s').map(str::to_owned);
        [self.key.clone(), format!("{}s", self.key)].into_iter().chain(singular)
    }

    /// Whether a heading with `names` has the name of this section in one of two languages, or both of its names.
    pub fn is_translated_by(&self, names: &OtherNames<'_>) -> bool {
        let is_own = |name: &String| *name == self.key || self.other_names.contains(name);
        self.other_names.iter().any(|name| name == names.key)
            || names.each.iter().any(is_own)
            || !names.both.is_empty() && names.both.iter().all(is_own)
    }
}
