//! Values that the template does not list.

use super::{Metadata, Proposal, lists};
use crate::syntax::{Entry, list_values};
use crate::template::{Form, MetadataKey, is_nothing};

impl<'a> Proposal<'a> {
    /// Returns the entries whose value the template does not list for their key, each with the key's place.
    pub fn other_values(&self) -> Vec<(usize, &Entry)> {
        let entries = self.all_metadata().flat_map(|all| all.named().map(move |(name, entry)| (all, name, entry)));
        let other = entries.filter_map(|(metadata, name, entry)| {
            let (index, key) =
                self.template.key_called(metadata.form, name).filter(|(_, key)| !key.values.is_empty())?;
            let (value, _) = self.said_of(metadata, entry);
            // A section may have more text than a value.
            let is_prose = metadata.form == Form::Section && value.split(' ').count() > MAX_WORDS;
            let is_value =
                value.contains(char::is_alphanumeric) && !((key.is_open || key.is_loose) && is_nothing(&value));
            let is_other = is_value && !is_prose && !lists(key, &value) && !self.lists_each(metadata, entry, key);
            (is_other && metadata.value(self.text(), entry) != key.placeholder).then_some((index, entry))
        });
        other.collect()
    }

    /// Whether `entry` is a list in the front matter, perhaps with quotes, and `key` lists each of its items.
    fn lists_each(&self, metadata: &Metadata, entry: &Entry, key: &MetadataKey) -> bool {
        let items = (metadata.form == Form::FrontMatter).then(|| list_values(self.text(), entry)).flatten();
        items.is_some_and(|items| items.iter().all(|item| lists(key, item)))
    }
}

/// The maximum number of words of a value in a section.
const MAX_WORDS: usize = 4;
