//! Workspace symbols: finding proposals and their sections by a few letters of their names.

use std::cmp::Reverse;
use std::path::Path;

use foldhash::HashMap;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::document::Overview;
use crate::parallel;

/// The maximum number of results: more than anyone looks through.
const MAX: usize = 256;

/// A proposal or a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The proposal's file.
    pub path: &'a Path,
    /// The proposal's title or the section's name.
    pub name: &'a str,
    /// For a section, the proposal's title.
    pub proposal: Option<&'a str>,
    /// The line, counted from 0.
    pub line: u32,
}

/// How many proposals one task searches.
const PART: usize = 1024;

/// A result and its score.
type Scored<'a> = (u32, Found<'a>);

/// Finds the proposals and sections among `all` whose names contain the letters of `query` in order, the best match first. A
/// proposal is found by number, title or authors. Without a query, all proposals are returned.
pub fn find<'a>(query: &str, all: &'a [Overview]) -> Vec<Found<'a>> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let parts: Vec<_> = all.chunks(PART).collect();
    let found = parallel::map(&parts, |part| find_in(query.trim(), &pattern, part));
    let mut found: Vec<Scored<'a>> = found.into_iter().flatten().collect();
    // Among equal scores, proposals come before sections; otherwise the order of the files stays.
    found.sort_by_key(|(score, found)| (Reverse(*score), found.proposal.is_some()));
    found.truncate(MAX);
    found.into_iter().map(|(_, found)| found).collect()
}

fn find_in<'a>(query: &str, pattern: &Pattern, all: &'a [Overview]) -> Vec<Scored<'a>> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    // Names repeat: most sections are named as in the template, and authors write more than one proposal.
    let mut known: HashMap<&str, Option<u32>> = HashMap::default();
    let mut score = |name: &'a str| {
        *known.entry(name).or_insert_with(|| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher))
    };
    let mut found = Vec::new();
    for Overview { path, facts, sections } in all {
        let title = Found { path, name: &facts.title, proposal: None, line: facts.line };
        let by_author = facts.authors.as_deref().and_then(&mut score);
        let by_number = facts.number.as_deref().filter(|number| number.trim_start_matches('0') == query);
        let best = score(&facts.title).max(by_author).max(by_number.map(|_| u32::MAX));
        found.extend(best.map(|score| (score, title)));
        for section in sections.iter().filter(|_| !query.is_empty()) {
            let place = Found { path, name: &section.name, proposal: Some(&facts.title), line: section.line };
            found.extend(score(&section.name).map(|score| (score, place)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::document::{Facts, SectionFacts};

    fn check(query: &str, expected: &[(&str, u32)]) {
        let proposal = |number: &str, title: &str, authors: &str| Facts {
            number: Some(number.to_owned()),
            title: title.to_owned(),
            authors: Some(authors.to_owned()),
            ..Facts::default()
        };
        let facts =
            [proposal("7", "VIP-7: Warm caches", "A. Author"), proposal("12", "VIP-12: Größe 7 of rows", "B. Author")];
        let overview = |facts: Facts| Overview {
            path: PathBuf::from(format!("{}.md", facts.title)),
            facts: Arc::new(facts),
            sections: [SectionFacts { name: "Test Plan".to_owned(), line: 9 }].into(),
        };
        let all: Vec<_> = facts.into_iter().map(overview).collect();
        let found: Vec<_> = find(query, &all).into_iter().map(|found| (found.name, found.line)).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn proposals_are_found_by_number_title_and_author() {
        check("7", &[("VIP-7: Warm caches", 0), ("VIP-12: Größe 7 of rows", 0)]);
        check("warmc", &[("VIP-7: Warm caches", 0)]);
        check("grosse", &[]);
        check("größe", &[("VIP-12: Größe 7 of rows", 0)]);
        check("b. auth", &[("VIP-12: Größe 7 of rows", 0)]);
        check("", &[("VIP-7: Warm caches", 0), ("VIP-12: Größe 7 of rows", 0)]);
    }

    #[test]
    fn sections_are_found_by_name() {
        check("testpl", &[("Test Plan", 9), ("Test Plan", 9)]);
        check("no such", &[]);
    }
}
