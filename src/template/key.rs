//! A key of a template's metadata.

use super::{Form, KeyName, Sample};
use crate::terms::KeyKind;

/// One key of a template's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataKey {
    /// The key as the template writes it.
    pub name: String,
    /// The key with its markup and colon, as in `**Status**:`.
    pub label: String,
    /// Where it stands.
    pub form: Form,
    /// The place of the section whose text is the value, in [`Form::Section`].
    pub section: Option<usize>,
    /// The values that the template names; empty where it names none.
    pub values: Vec<String>,
    /// What values begin with that have a part to fill in: `superseded by`.
    pub starts: Vec<String>,
    /// What may stand in the place of such a part, and alone: `Core` of `Standard (Core, Meta)`.
    pub nested: Vec<String>,
    /// Whether a proposal may have another value than these.
    pub is_open: bool,
    /// Whether it may have several of them, or one that says several, so that others may be as good.
    pub is_loose: bool,
    /// Whether the settings name the values, so that others are wrong whoever has them.
    pub is_set: bool,
    /// Whether a proposal may leave it out.
    pub is_optional: bool,
    /// What the template has in the value's place, as Markdown.
    pub placeholder: String,
    /// Whether the template says that, where it speaks of a link, a sentence or nothing will do, too.
    pub allows_prose: bool,
    /// What it has there as an example of values that each document has of its own, item by item.
    pub sample: Option<Sample>,
    /// The name, as it compares.
    pub(super) called: KeyName,
    /// What [`MetadataKey::has_placeholder`] says.
    pub(super) has_placeholder: bool,
    /// Whether the value is the document's own number.
    pub(super) has_own_number: bool,
}

/// How many bytes of choices people are told of at most.
const MAX_TOLD: usize = 800;

impl MetadataKey {
    /// The name, as it compares.
    pub fn called(&self) -> &KeyName {
        &self.called
    }

    /// What it is about, where its name says so.
    pub fn kind(&self) -> Option<KeyKind> {
        self.called.kind()
    }

    /// Whether its values are statuses: it is called [`super::STATUS`], in whichever language.
    pub fn is_status(&self) -> bool {
        self.called.is_status()
    }

    /// Whether what the template has in the value's place is something to replace: an instruction or a list of values in
    /// italics, something in brackets, or what stands for a number or a date. Anything else is a value to keep.
    pub fn has_placeholder(&self) -> bool {
        self.has_placeholder
    }

    /// What the value may be, for people: the values, and the starts of others.
    pub fn choices(&self) -> Vec<String> {
        self.values.iter().cloned().chain(self.starts.iter().map(|start| format!("{start} …"))).collect()
    }

    /// The same as a list, each as `shown` has it; of very many, the first ones.
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

    /// Whether the template wants a link as the value.
    pub fn is_link(&self) -> bool {
        let value = self.placeholder.to_lowercase();
        let mut words = value.split(|character: char| !character.is_alphanumeric());
        let is_linked = value.starts_with('[') && value.contains("](") || value.starts_with("http");
        is_linked || self.has_placeholder() && words.any(|word| matches!(word, "link" | "url"))
    }
}
