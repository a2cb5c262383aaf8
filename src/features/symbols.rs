//! Finding proposals and their sections across the workspace, by a few letters of their names.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::document::Facts;

/// How many are found at most: more than anyone looks through.
const MAX: usize = 256;

/// A proposal or a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The proposal's file.
    pub path: &'a Path,
    /// The title or the section's name.
    pub name: &'a str,
    /// For a section, the proposal's title.
    pub proposal: Option<&'a str>,
    /// Its line, from 0.
    pub line: u32,
}

/// The proposals and sections among `facts` that have the letters of `query` in their order, the best first. A proposal is
/// found by its number, title or authors. Without a query, all proposals.
pub fn find<'a>(query: &str, facts: &'a [(PathBuf, Arc<Facts>)]) -> Vec<Found<'a>> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |name: &str| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher);
    let mut found: Vec<(u32, Found<'a>)> = Vec::new();
    // Most sections are called as the template has them.
    let mut known: HashMap<&str, Option<u32>> = HashMap::new();
    for (path, facts) in facts {
        let title = Found { path, name: &facts.title, proposal: None, line: facts.line };
        let by_author = facts.authors.as_deref().and_then(&mut score);
        let by_number = facts.number.as_deref().filter(|number| number.trim_start_matches('0') == query.trim());
        let best = score(&facts.title).max(by_author).max(by_number.map(|_| u32::MAX));
        found.extend(best.map(|score| (score, title)));
        if query.trim().is_empty() {
            continue;
        }
        for section in &facts.sections {
            let place = Found { path, name: &section.name, proposal: Some(&facts.title), line: section.line };
            let score = known.entry(&section.name).or_insert_with(|| score(&section.name));
            found.extend(score.map(|score| (score, place)));
        }
    }
    // Of equal ones, proposals come before their sections, and files in their order.
    found.sort_by_key(|(score, found)| (std::cmp::Reverse(*score), found.proposal.is_some()));
    found.truncate(MAX);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::SectionFacts;

    fn check(query: &str, expected: &[(&str, u32)]) {
        let proposal = |number: &str, title: &str, authors: &str| Facts {
            number: Some(number.to_owned()),
            title: title.to_owned(),
            authors: Some(authors.to_owned()),
            sections: vec![SectionFacts { name: "Test Plan".to_owned(), line: 9 }],
            ..Facts::default()
        };
        let facts =
            [proposal("7", "VIP-7: Warm caches", "A. Author"), proposal("12", "VIP-12: Größe 7 of rows", "B. Author")];
        let facts: Vec<_> =
            facts.into_iter().map(|facts| (PathBuf::from(format!("{}.md", facts.title)), Arc::new(facts))).collect();
        let found: Vec<_> = find(query, &facts).into_iter().map(|found| (found.name, found.line)).collect();
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
