//! Which version of a template a document is most like.

use std::collections::HashMap;

use super::sketch::{Name, Sketch, folded_name};
use crate::document::Document;

/// The names that a document or a template has.
#[derive(Debug)]
pub(in crate::workspace) struct Form {
    sketch: Sketch,
    /// The names of the sections, in their order.
    order: Vec<Name>,
}

impl Form {
    /// Returns the form of `document`.
    pub(in crate::workspace) fn of(document: &Document) -> Form {
        let order = document.outline().iter().map(|(_, section)| folded_name(&section.heading.key)).collect();
        Form { sketch: Sketch::of(document), order }
    }

    /// Returns how often a section of `document` is before one that this form has before it.
    fn disorder(&self, document: &Form) -> usize {
        let places: HashMap<Name, usize> = self.order.iter().copied().zip(0..).collect();
        let own: Vec<usize> = document.order.iter().filter_map(|name| places.get(name).copied()).collect();
        own.windows(2).filter(|pair| pair[0] > pair[1]).count()
    }
}

/// Returns the index of the version in `versions`, the oldest first, that `document` is most like: it has the fewest of its sections
/// and keys too few, and of those that another version has too many. Then their order counts, and in doubt, it is the oldest.
pub(in crate::workspace) fn likest(document: &Form, versions: &[&Form]) -> Option<usize> {
    let known = |of: fn(&Sketch) -> &[Name]| {
        let is_known = |name: &&Name| versions.iter().any(|version| of(&version.sketch).binary_search(name).is_ok());
        of(&document.sketch).iter().filter(is_known).copied().collect::<Vec<Name>>()
    };
    let (sections, keys) = (known(|sketch| &sketch.sections), known(|sketch| &sketch.keys));
    let distance = |version: &Form| {
        let of = |all: &[Name], own: &[Name]| all.len() + own.len() - 2 * super::sketch::shared(all, own);
        of(&version.sketch.sections, &sections) + of(&version.sketch.keys, &keys)
    };
    (0..versions.len()).min_by_key(|index| (distance(versions[*index]), versions[*index].disorder(document)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_most_like_the_version_with_its_sections_in_its_order() {
        let form = |sections: &str| {
            let headings: String = sections.chars().map(|name| format!("## Part {name}\n\nSo.\n\n")).collect();
            Form::of(&Document::closed(&format!("# T\n\n{headings}")))
        };
        for (document, versions, expected) in [
            ("ab", ["ab", "abc", "acb"], 0),
            ("abc", ["ab", "abc", "acb"], 1),
            ("acb", ["ab", "abc", "acb"], 2),
            ("xacby", ["ab", "abc", "acb"], 2),
            ("abd", ["abc", "abd", "ab"], 1),
            ("x", ["abc", "abd", "ab"], 2),
            ("ab", ["ab", "ab", "ab"], 0),
        ] {
            let versions = versions.map(form);
            let versions: Vec<&Form> = versions.iter().collect();
            assert_eq!(likest(&form(document), &versions), Some(expected), "{document}");
        }
    }
}
