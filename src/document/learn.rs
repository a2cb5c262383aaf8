//! Learns a template from documents that have none: what most of them share, and how many do.

mod dates;
mod metadata;
mod shape;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::{Document, Proposal};
use crate::syntax::{Section, fold};
use crate::template::{NamePattern, Template, TitleForm};
use crate::terms::{self, KeyKind, names_value};

use dates::sign_for;
use metadata::Shared;
use shape::{REQUIRED, USUAL, listed, sections, title_of};

/// What is learnt from documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The template, as Markdown.
    pub text: String,
    /// The number of documents that it is learnt from.
    pub documents: usize,
    /// For each folded name of a section, the number of documents that have it.
    pub sections: HashMap<String, usize>,
}

/// The minimum number of documents that must have a value for it to be listed.
const SEVERAL: usize = 2;

/// The maximum number of values that are listed.
const MAX_VALUES: usize = 8;

/// The number of words of a value that are kept, as the rest is about one document.
const VALUE_WORDS: usize = 3;

/// Returns what `documents` share, whose names follow `naming`.
pub fn learn(documents: &[(&Path, &Document)], naming: Option<&NamePattern>) -> Lesson {
    let told: Vec<(&Path, &Document)> =
        documents.iter().copied().filter(|(_, document)| sections(document).next().is_some()).collect();
    let count = told.len();
    let (names, counts) = names(&told);
    let title = title(&told, naming);
    let metadata = Shared::of(&told);
    let form = Draft { title: title.as_deref(), metadata: &metadata, names: &names, status: &[] };
    let draft = Template::derive(&form.text(), None);
    let status = statuses(&told, &draft);
    Lesson { text: Draft { status: &status, ..form }.text(), documents: count, sections: counts }
}

/// A section that documents share.
struct Name {
    /// The name as most documents write it.
    text: String,
    level: u8,
    is_required: bool,
}

/// Returns the sections that most of `documents` share, in their usual order, and for each folded name, the number of
/// documents that have it.
fn names(documents: &[(&Path, &Document)]) -> (Vec<Name>, HashMap<String, usize>) {
    #[derive(Default)]
    struct Seen {
        count: usize,
        /// The sum of its relative places, from 0 for the first section to 1000 for the last.
        places: usize,
        texts: BTreeMap<String, usize>,
        levels: BTreeMap<u8, usize>,
    }
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (_, document) in documents {
        let own: Vec<&Section> = sections(document).collect();
        let mut met: Vec<&str> = Vec::new();
        for (place, section) in own.iter().enumerate() {
            let key = section.heading.key.as_str();
            if met.contains(&key) {
                continue;
            }
            met.push(key);
            let seen = seen.entry(key.to_owned()).or_default();
            seen.count += 1;
            seen.places += place * 1000 / own.len();
            *seen.texts.entry(section.heading.core.clone()).or_default() += 1;
            *seen.levels.entry(section.heading.level).or_default() += 1;
        }
    }
    let counts = seen.iter().map(|(key, seen)| (key.clone(), seen.count)).collect();
    let is_usual = |seen: &Seen| seen.count * 100 > documents.len() * USUAL;
    let mut usual: Vec<Seen> = seen.into_values().filter(is_usual).collect();
    usual.sort_by_key(|seen| seen.places / seen.count);
    let name = |seen: Seen| {
        let text = seen.texts.into_iter().max_by_key(|(_, count)| *count).map(|(text, _)| text).unwrap_or_default();
        let level = seen.levels.into_iter().max_by_key(|(_, count)| *count).map_or(2, |(level, _)| level);
        let is_required = seen.count * 100 >= documents.len() * REQUIRED;
        Name { text, level, is_required }
    };
    (usual.into_iter().map(name).collect(), counts)
}

/// Returns a title in the form that most of `documents` use; `None` if most have no title.
fn title(documents: &[(&Path, &Document)], naming: Option<&NamePattern>) -> Option<String> {
    let titled = documents.iter().filter(|(_, document)| title_of(document).is_some()).count();
    (titled * 2 > documents.len()).then_some(())?;
    let mut forms: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (path, document) in documents {
        let form = || {
            let digits = naming?.number(path)?;
            let (_, title) = title_of(document)?;
            TitleForm::of(&title.heading.text, digits)
        };
        if let Some(form) = form() {
            *forms.entry((form.prefix, form.separator)).or_default() += 1;
        }
    }
    let most = forms.into_iter().max_by_key(|(_, count)| *count);
    Some(match most.filter(|(_, count)| count * 100 > documents.len() * USUAL) {
        Some(((prefix, separator), _)) => format!("{prefix}NNNN{separator}Title"),
        None => "Title".to_owned(),
    })
}

/// Returns the statuses that several of `documents` have when read by `draft`, their template, the most frequent first.
fn statuses(documents: &[(&Path, &Document)], draft: &Template) -> Vec<String> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (_, document) in documents {
        let Some(status) = Proposal::of(document, draft).status().cloned() else { continue };
        let value = bare_value(&status.text);
        let known = counts.entry(value.to_lowercase()).or_insert_with(|| (value, 0));
        known.1 += 1;
    }
    let mut found: Vec<(String, usize)> = counts.into_values().filter(|(_, count)| *count >= SEVERAL).collect();
    found.sort_by_key(|(_, count)| usize::MAX - count);
    found.into_iter().map(|(value, _)| value).filter(|value| !value.is_empty()).take(MAX_VALUES).collect()
}

/// Returns the first words of `status`, up to what is about one document: `Superseded by` for `Superseded by 9. Cache`.
fn bare_value(status: &str) -> String {
    let end = status.find(|sign: char| !sign.is_alphabetic() && !" -'’".contains(sign)).unwrap_or(status.len());
    let words: Vec<&str> = status[..end].split_whitespace().collect();
    // A sentence is not a value.
    if words.len() > VALUE_WORDS && terms::status(&status[..end]).is_none() {
        return String::new();
    }
    let words: Vec<&str> = words.into_iter().take(VALUE_WORDS).collect();
    words.join(" ").trim_end_matches('-').trim_end().to_owned()
}

/// The contents of the template.
#[derive(Clone, Copy)]
struct Draft<'a> {
    title: Option<&'a str>,
    metadata: &'a Shared,
    names: &'a [Name],
    status: &'a [String],
}

impl Draft<'_> {
    fn text(&self) -> String {
        let mut text = self.metadata.front_matter(self.status);
        text.extend(self.title.map(|title| format!("# {title}\n\n")));
        text.push_str(&self.metadata.body(self.status));
        for name in self.names {
            text.push_str(&format!("{} {}\n\n", "#".repeat(name.level.into()), name.text));
            if !name.is_required {
                text.push_str("<!-- Optional. -->\n\n");
            }
            match names_value(&fold(&name.text)) {
                Some(KeyKind::Status) if !self.status.is_empty() => {
                    text.push_str(&format!("{}\n\n", listed(self.status)));
                }
                Some(KeyKind::Date) => text.push_str(&format!("{}\n\n", sign_for(&[]))),
                _ => {}
            }
        }
        text.truncate(text.trim_end().len());
        text + "\n"
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// Checks what is learnt from six documents such as `content`, in which `{n}` stands for their number.
    fn check(content: &str, expected: &str) {
        let documents: Vec<(PathBuf, Document)> = (1..=6)
            .map(|number: u8| {
                let content = content.replace("{n}", &number.to_string());
                (PathBuf::from(format!("adr/000{number}-a.md")), Document::closed(&content))
            })
            .collect();
        let documents: Vec<(&Path, &Document)> = documents.iter().map(|(path, own)| (path.as_path(), own)).collect();
        let lesson = learn(&documents, Some(&NamePattern::numbered("")));
        assert_eq!((lesson.text.as_str(), lesson.documents), (expected, 6));
    }

    #[test]
    fn a_form_has_what_documents_share_in_their_clothing() {
        check(
            "# {n}. A\n\n**Status:** Accepted  \n**Date:** 2026-01-0{n}\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "# NNNN. Title\n\n**Status:** Accepted  \n**Date:** YYYY-MM-DD\n\n## Context\n\n## Decision\n",
        );
        check(
            "# {n}. A\n\n**Status:** Accepted | **Date:** 2026-01-0{n}\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "# NNNN. Title\n\n**Status:** Accepted | **Date:** YYYY-MM-DD\n\n## Context\n\n## Decision\n",
        );
        check(
            "# {n}. A\n\n> **Status:** Accepted\n> **Date:** 2026-01-0{n}\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "# NNNN. Title\n\n> **Status:** Accepted\n> **Date:** YYYY-MM-DD\n\n## Context\n\n## Decision\n",
        );
        check(
            "# ADR-00{n}: A\n\n## Status\n\nIt was accepted on day {n}.\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "# ADR-NNNN: Title\n\n## Status\n\n## Context\n\n## Decision\n",
        );
        check(
            "# ADR-{n}: A\n\n| Status | Accepted |\n| --- | --- |\n| Date | 25.09.2024 |\n\n## Context\n\n## Decision\n",
            "# ADR-NNNN: Title\n\n| | |\n| --- | --- |\n| Status | Accepted |\n| Date | DD.MM.YYYY |\n\n## Context\n\n## Decision\n",
        );
    }

    #[test]
    fn a_title_may_be_in_the_front_matter_and_a_level_be_left_out() {
        check(
            "---\ntitle: A {n}\nstatus: accepted\ntags: [a, b]\nlayout: record\n---\n\n## Context\n\nx\n\n## Decision\n\ny\n",
            "---\ntitle:\nstatus: accepted\ntags:\nlayout: record\n---\n\n## Context\n\n## Decision\n",
        );
        check(
            "# {n}. A\n\n### Status\n\nAccepted\n\n### Context\n\nx\n",
            "# NNNN. Title\n\n### Status\n\nAccepted\n\n### Context\n",
        );
    }

    #[test]
    fn a_status_that_names_another_document_goes_on() {
        check(
            "# {n}. A\n\n## Status\n\nSuperseded by 0{n}\n\n## Context\n\nx\n",
            "# NNNN. Title\n\n## Status\n\nSuperseded by NNNN\n\n## Context\n",
        );
    }
}
