//! The series from which a new proposal takes its number.

use super::name::Names;
use super::plan::Plan;
use super::wanted::Series;
use crate::template::NumberPlace;
use crate::workspace::documents::Workspace;
use crate::workspace::families::Family;

impl Workspace {
    /// Returns the series of the numbers in `names`, the names of documents according to `plan`; the numbers in `taken` are
    /// reserved.
    ///
    /// # Errors
    ///
    /// When there is no next `number`, with the reason.
    pub(super) fn series(
        &self,
        plan: &Plan,
        names: &Names,
        (number, taken): (Option<u64>, &[u64]),
    ) -> Result<Series, &'static str> {
        match number {
            None if names.is_dated() => Err("its documents are named by date"),
            None => Err("its documents have no numbers"),
            Some(_) => {
                let is_numbered = |family: &Family| {
                    family.pattern.as_ref().is_none_or(|pattern| pattern.number_place() != NumberPlace::Nowhere)
                };
                let families = self.found_families();
                let mut others =
                    families.iter().filter(|other| is_numbered(other) && plan.family.as_ref() != Some(other));
                let is_only = others.next().is_none();
                Ok(Series { name: slug(&own_name(plan, names)), is_only, is_sparse: names.is_sparse(taken) })
            }
        }
    }
}

/// Returns what the family is called, or will be once it has documents.
fn own_name(plan: &Plan, names: &Names) -> String {
    let prefix = names.prefix().trim_end_matches(|last: char| !last.is_alphanumeric());
    match &plan.family {
        Some(family) => family.name.clone(),
        None if !prefix.is_empty() => prefix.to_owned(),
        None => plan.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn slug(name: &str) -> String {
    let name = name.to_lowercase();
    let words: Vec<&str> =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.join("-") {
        slug if slug.contains(char::is_alphabetic) => slug,
        slug => format!("family-{slug}").trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_series_is_a_word_and_no_number() {
        for (name, expected) in [
            ("XIP", "xip"),
            ("Decision records / 2", "decision-records-2"),
            ("提案", "提案"),
            ("2026", "family-2026"),
            ("..", "family"),
            ("a.lock", "a-lock"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }
}
