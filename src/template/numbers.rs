//! Where the documents of a template's family have their numbers.

use std::path::Path;

use super::{KeyName, NamePattern, NumberPlace, NumberedTitle, Template};

impl Template {
    /// The number in the name of `file`, if it is named after this family.
    pub fn number_of<'a>(&self, file: &'a Path) -> Option<&'a str> {
        self.name_patterns().find_map(|pattern| pattern.number(file))
    }

    /// Whether the number of the document at `file` is in the name of its folder.
    pub fn has_number_in_folder(&self, file: &Path) -> bool {
        let own = self.name_patterns().find(|pattern| pattern.number(file).is_some());
        own.is_some_and(|pattern| pattern.number_place() == NumberPlace::Folder)
    }

    /// Whether `key` has the document's number, because it is called as what comes before the number in files' names, `eip` for
    /// `eip-7.md`, or because the template has a sign for the number there.
    pub fn is_number_key(&self, key: &str) -> bool {
        let is_prefix = |pattern: NamePattern| pattern.prefix_word().is_some_and(|word| word.eq_ignore_ascii_case(key));
        self.name_patterns().any(is_prefix) || self.has_number_called(key)
    }

    fn has_number_called(&self, key: &str) -> bool {
        self.keys.first(&KeyName::of(key), |index| self.metadata[index].has_own_number).is_some()
    }

    /// How the files of this family are named: as they are known to be, or else after the template's own name; and after its
    /// title.
    pub fn name_patterns(&self) -> impl Iterator<Item = NamePattern> {
        let by_template = || self.source.as_deref().and_then(NamePattern::of_template);
        let by_template = self.naming.clone().or_else(by_template);
        let prefix = self.title.as_ref().and_then(|title| title.prefix.as_deref());
        by_template.into_iter().chain(prefix.map(NamePattern::numbered))
    }

    /// The number in `title`, behind the prefix that the template's title has or the names of the family's files have.
    pub fn read_number(&self, title: &str) -> Option<NumberedTitle> {
        let of_title = self.title.as_ref().and_then(|own| own.read_number(title));
        of_title.or_else(|| self.name_patterns().find_map(|pattern| NumberedTitle::read(title, pattern.prefix_word()?)))
    }
}
