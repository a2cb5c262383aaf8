//! Finds the metadata keys of a template by name or subject.

use super::{Form, KeyName, MetadataKey, STATUS, Template};
use crate::terms::KeyKind;

impl Template {
    /// Whether the template has a key called `name`, in any form.
    pub fn has_key(&self, name: &str) -> bool {
        self.keys.first(&KeyName::of(name), |_| true).is_some()
    }

    /// Returns the metadata key called `name`, and its place. A key in `form` comes before one in another form. `Author`, `Authors`
    /// and `Author(s)` are the same.
    pub fn metadata_key(&self, form: Form, name: &str) -> Option<(usize, &MetadataKey)> {
        self.key_called(form, &KeyName::of(name))
    }

    /// Returns the key for the status: the one called [`STATUS`], or the equivalent in another language.
    pub fn status_key(&self) -> Option<&MetadataKey> {
        let named = || Some(self.metadata_key(self.form?, STATUS)?.1);
        named().or_else(|| Some(self.key_of(KeyKind::Status)?.1))
    }

    /// Like [`Template::metadata_key`], for a parsed name.
    pub fn key_called(&self, form: Form, name: &KeyName) -> Option<(usize, &MetadataKey)> {
        let in_form = self.keys.first(name, |index| self.metadata[index].form == form);
        let index = in_form.or_else(|| self.keys.first(name, |_| true))?;
        Some((index, &self.metadata[index]))
    }

    /// Returns the key of this `kind`, and its place. A key in the form of the template's metadata comes first, then a section,
    /// then a key in another form.
    pub fn key_of(&self, kind: KeyKind) -> Option<(usize, &MetadataKey)> {
        let of_kind = || self.metadata.iter().enumerate().filter(|(_, key)| key.kind() == Some(kind));
        let in_form = |form: Option<Form>| of_kind().find(|(_, key)| Some(key.form) == form);
        in_form(self.form).or_else(|| in_form(Some(Form::Section))).or_else(|| of_kind().next())
    }

    /// Returns the key whose value is the text of the section at `index`.
    pub fn key_of_section(&self, index: usize) -> Option<&MetadataKey> {
        // Keys that are sections come last, in the order of their sections.
        let keys = &self.metadata[self.metadata.partition_point(|key| key.section.is_none())..];
        keys.binary_search_by_key(&Some(index), |key| key.section).ok().map(|at| &keys[at])
    }
}
