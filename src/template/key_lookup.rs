//! Which key of a template's metadata is called so, or is about that.

use super::{Form, KeyName, MetadataKey, STATUS, Template};
use crate::terms::KeyKind;

impl Template {
    /// Whether it has a key called `name`, in whichever form.
    pub fn has_key(&self, name: &str) -> bool {
        self.keys.first(&KeyName::of(name), |_| true).is_some()
    }

    /// The metadata key that `name` names, and its place: that in `form`, or else one that the template has in another form.
    /// `Author`, `Authors` and `Author(s)` are the same.
    pub fn metadata_key(&self, form: Form, name: &str) -> Option<(usize, &MetadataKey)> {
        self.key_called(form, &KeyName::of(name))
    }

    /// The key for the status: the one called [`STATUS`], or so in another language.
    pub fn status_key(&self) -> Option<&MetadataKey> {
        let named = || Some(self.metadata_key(self.form?, STATUS)?.1);
        named().or_else(|| Some(self.key_of(KeyKind::Status)?.1))
    }

    /// The same of the key that `name` names.
    pub fn key_called(&self, form: Form, name: &KeyName) -> Option<(usize, &MetadataKey)> {
        let in_form = self.keys.first(name, |index| self.metadata[index].form == form);
        let index = in_form.or_else(|| self.keys.first(name, |_| true))?;
        Some((index, &self.metadata[index]))
    }

    /// The key of this `kind`, and its place: among the other metadata, else as a section, else in another form.
    pub fn key_of(&self, kind: KeyKind) -> Option<(usize, &MetadataKey)> {
        let of_kind = || self.metadata.iter().enumerate().filter(|(_, key)| key.kind() == Some(kind));
        let in_form = |form: Option<Form>| of_kind().find(|(_, key)| Some(key.form) == form);
        in_form(self.form).or_else(|| in_form(Some(Form::Section))).or_else(|| of_kind().next())
    }

    /// The key whose value is the text of the section at `index`.
    pub fn key_of_section(&self, index: usize) -> Option<&MetadataKey> {
        // They come last, in the order of their sections.
        let keys = &self.metadata[self.metadata.partition_point(|key| key.section.is_none())..];
        keys.binary_search_by_key(&Some(index), |key| key.section).ok().map(|at| &keys[at])
    }
}
