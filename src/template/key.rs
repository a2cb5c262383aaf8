//! A key of a template's metadata.

use std::sync::Arc;

use super::constraint::told_conditions;
use super::{Condition, Constraint, Form, KeyName, Sample};
use crate::terms::{self, KeyKind, Meaning};

/// One key of a template's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataKey {
    /// The key as the template writes it.
    pub name: String,
    /// The key with its markup and colon, as in `**Status**:`.
    pub label: String,
    /// The form of the metadata that has it.
    pub form: Form,
    /// The place of the section whose text is the value, for [`Form::Section`].
    pub section: Option<usize>,
    /// The values that the template lists; empty if it lists none.
    pub values: Vec<String>,
    /// The starts of values that have a part to fill in: `superseded by`.
    pub starts: Vec<String>,
    /// The possible contents of such a part, which are also values by themselves: `Core` of `Standard (Core, Meta)`.
    pub nested: Vec<String>,
    /// Whether a proposal may have a value that is not listed.
    pub is_open: bool,
    /// Whether a proposal may have several of the values, or one text that combines several, so that others may do as well.
    pub is_loose: bool,
    /// Whether the settings list the values, so that any other is wrong, whoever uses it.
    pub is_set: bool,
    /// Whether a proposal may leave out the key.
    pub is_optional: bool,
    /// A proposal must have the key if all of these hold.
    pub required_when: Option<Vec<Condition>>,
    /// A proposal must not have the key unless all of these hold.
    pub only_when: Option<Vec<Condition>>,
    /// What the settings say about its values.
    pub constraint: Option<Arc<Constraint>>,
    /// What the template has in place of the value, as Markdown.
    pub placeholder: String,
    /// The comments of the template about it.
    pub(super) note: String,
    /// Whether it is in quotes, so that its brackets are no list.
    pub(super) is_quoted: bool,
    /// Whether the template asks for a link, but allows a sentence or nothing instead.
    pub allows_prose: bool,
    /// The example that the template has in place of a value that differs in each document, item by item.
    pub sample: Option<Sample>,
    /// The name, in the form that is compared.
    pub(super) called: KeyName,
    /// The result of [`MetadataKey::has_placeholder`].
    pub(super) has_placeholder: bool,
    /// Whether the value is the document's own number.
    pub(super) has_own_number: bool,
}

/// The maximum length of the choices in a message, in bytes.
const MAX_TOLD: usize = 800;

impl MetadataKey {
    /// Returns an optional key called `name` in `form`, of which the template says nothing.
    pub(super) fn plain(name: &str, form: Form) -> MetadataKey {
        MetadataKey {
            name: name.to_owned(),
            label: name.to_owned(),
            form,
            section: None,
            values: Vec::new(),
            starts: Vec::new(),
            nested: Vec::new(),
            is_open: false,
            is_loose: false,
            is_set: false,
            is_optional: true,
            required_when: None,
            only_when: None,
            constraint: None,
            placeholder: String::new(),
            note: String::new(),
            is_quoted: false,
            allows_prose: false,
            sample: None,
            called: KeyName::default(),
            has_placeholder: false,
            has_own_number: false,
        }
    }

    /// Allows `values`, and no others.
    pub(super) fn allow(&mut self, values: &[String]) {
        self.values = values.to_vec();
        self.starts.clear();
        self.nested.clear();
        self.is_open = false;
        self.is_loose = false;
        self.is_set = true;
        self.settle();
    }

    /// Returns the name, in the form that is compared.
    pub fn called(&self) -> &KeyName {
        &self.called
    }

    /// Returns the subject of the key, if its name tells.
    pub fn kind(&self) -> Option<KeyKind> {
        self.called.kind()
    }

    /// Whether the values are statuses: the name is [`super::STATUS`], in any language.
    pub fn is_status(&self) -> bool {
        self.called.is_status()
    }

    /// Returns the status that a proposal starts with: the first value for one before a decision, or else the first of all, unless
    /// that is known to come after it. Without a list of values, the template's own.
    pub fn first_status(&self) -> Option<&str> {
        let is_draft = |value: &&String| terms::status(value) == Some(Meaning::Draft);
        let first = || self.values.first().filter(|first| terms::status(first).is_none());
        let listed = self.values.iter().find(is_draft).or_else(first).map(String::as_str);
        listed.or_else(|| self.own_status())
    }

    /// Returns the status that the template has in place of a list of values, with which each proposal starts: `Accepted` of
    /// `**Accepted**`.
    pub fn own_status(&self) -> Option<&str> {
        let own = self.placeholder.trim_matches(['*', '_']);
        let is_own = self.is_status() && self.values.is_empty() && !self.has_placeholder && terms::is_status(own);
        is_own.then_some(own)
    }

    /// Whether the template has something to replace in place of the value: an instruction or a list of values in italics,
    /// something in brackets, or a placeholder for a number or a date. Anything else is a value to keep.
    pub fn has_placeholder(&self) -> bool {
        self.has_placeholder
    }

    /// Returns the possible values for display: the values, and the starts of others.
    pub fn choices(&self) -> Vec<String> {
        self.values.iter().cloned().chain(self.starts.iter().map(|start| format!("{start} …"))).collect()
    }

    /// Returns the possible values as a list, each formatted by `shown`. A long list is cut off.
    pub fn told_choices(&self, shown: impl Fn(&str) -> String) -> String {
        let choices = self.choices();
        let (mut told, mut length) = (Vec::new(), 0);
        for choice in &choices {
            length += choice.len();
            if length > MAX_TOLD && !told.is_empty() {
                break;
            }
            told.push(shown(choice));
        }
        match choices.len() - told.len() {
            0 => told.join(", "),
            more => format!("{}, and {more} more", told.join(", ")),
        }
    }

    /// Returns what is demanded besides values and maximum lengths, for people: the type, and when a proposal has the key.
    pub fn told_demands(&self) -> Vec<String> {
        let when = told_conditions(self.required_when.as_deref(), self.only_when.as_deref());
        self.constraint.iter().flat_map(|constraint| constraint.told()).chain(when).collect()
    }

    /// Whether the template has a list in place of the value, or asks for one: `<a comma-separated list of names>`. Several people are
    /// one, too: `Author 1, Author 2`.
    pub fn is_list(&self) -> bool {
        let value = self.placeholder.to_lowercase();
        let mut words = value.split(|character: char| !character.is_alphanumeric() && character != '-');
        let asks = |word: &str| matches!(word, "list" | "comma-separated" | "comma");
        let is_sequence = self.form == Form::FrontMatter && !self.is_quoted && value.starts_with("- ");
        let are_people = matches!(self.kind(), Some(KeyKind::Author | KeyKind::Decider)) && value.contains(',');
        is_sequence || are_people || self.has_placeholder() && self.values.is_empty() && words.any(asks)
    }

    /// Whether the template asks for a link as the value.
    pub fn is_link(&self) -> bool {
        let value = self.placeholder.to_lowercase();
        let mut words = value.split(|character: char| !character.is_alphanumeric());
        let is_linked = value.starts_with('[') && value.contains("](") || value.starts_with("http");
        is_linked || self.has_placeholder() && words.any(|word| matches!(word, "link" | "url"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Pattern, Template, ValueKind};
    use super::*;

    #[test]
    fn what_is_demanded_of_a_value_is_told() {
        let template = "---\ntype: <Core, Meta, or Other>\narea: <names> # Only required for Core. Otherwise, remove this field.\nday: x\n---\n\n## S\n";
        let when = |value: &str| Some(vec![Condition { key: "type".into(), values: vec![value.into()] }]);
        let pattern = |called: &str| Some(vec![Pattern::compile(called, "x").expect("it is valid")]);
        let day = Constraint {
            name: "day".into(),
            kind: Some(ValueKind::Date),
            min_characters: Some(2),
            patterns: pattern("a thread"),
            forbidden: pattern("a colon"),
            required_when: when("A"),
            only_when: when("B"),
            ..Constraint::default()
        };
        let mut overrides = Overrides::default();
        overrides.constrain(day);
        let template = Template::derive(template, None).with(&overrides);
        let told: Vec<String> = template.metadata.iter().map(|key| key.told_demands().join("; ")).collect();
        let expected = [
            "",
            "exactly if \"type\" is \"Core\"",
            "a date; at least 2 characters; a thread; without a colon; required if \"type\" is \"A\"; only if \"type\" is \"B\"",
        ];
        assert_eq!(told, expected);
    }
}
