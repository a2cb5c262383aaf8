//! The places of numbers in the documents of a template's family.

use std::path::Path;

use super::{KeyName, NamePattern, NumberPlace, NumberedTitle, Template};

impl Template {
    /// Returns the number in the name of `file`, if it is named after this family.
    pub fn number_of<'a>(&self, file: &'a Path) -> Option<&'a str> {
        self.name_patterns().find_map(|pattern| pattern.number(file))
    }

    /// Whether the number of the document at `file` is in the name of its folder.
    pub fn has_number_in_folder(&self, file: &Path) -> bool {
        let own = self.name_patterns().find(|pattern| pattern.number(file).is_some());
        own.is_some_and(|pattern| pattern.number_place() == NumberPlace::Folder)
    }

    /// Whether `key` has the document's number: its name is the prefix of file names, `eip` for `eip-7.md`, or the template has a
    /// placeholder for the number as its value.
    pub fn is_number_key(&self, key: &str) -> bool {
        let is_prefix = |pattern: NamePattern| pattern.prefix_word().is_some_and(|word| word.eq_ignore_ascii_case(key));
        self.name_patterns().any(is_prefix) || self.has_number_called(key)
    }

    fn has_number_called(&self, key: &str) -> bool {
        self.keys.first(&KeyName::of(key), |index| self.metadata[index].has_own_number).is_some()
    }

    /// Returns the patterns of the names of this family's files: the known one, or else that of the template's own name; then that
    /// of its title.
    pub fn name_patterns(&self) -> impl Iterator<Item = NamePattern> {
        let by_template = || self.source.as_deref().and_then(NamePattern::of_template);
        let by_template = self.naming.clone().or_else(by_template);
        let prefix = self.title.as_ref().and_then(|title| title.prefix.as_deref());
        by_template.into_iter().chain(prefix.map(NamePattern::numbered))
    }

    /// Returns the number in `title`, after the prefix of the template's title or of the family's file names.
    pub fn read_number(&self, title: &str) -> Option<NumberedTitle> {
        let of_title = self.title.as_ref().and_then(|own| own.read_number(title));
        of_title.or_else(|| self.name_patterns().find_map(|pattern| NumberedTitle::read(title, pattern.prefix_word()?)))
    }
}
