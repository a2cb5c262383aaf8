//! `index-broken-entry`: a row of an index page leads to a proposal that does not exist.

use std::collections::HashSet;
use std::path::Path;

use super::broken_link::nearest_file;
use super::listing::rows_by_place;
use super::{Diagnostic, Docs, Finding, Fix, LooksAt, Rule, Severity, says};
use crate::document::{Destination, Facts, IndexPage, Row, Surroundings, Target, folder};
use crate::syntax::fold;
use crate::template::is_markdown;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "index-broken-entry",
    severity: Severity::Warning,
    summary: "a row of an index page points to a proposal that does not exist",
    docs: Docs {
        why: "The proposal was renamed, moved or withdrawn, and nobody updated the index. Only pages that list existing \
              proposals are checked.",
        bad: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-3: Cold caches](xip-3.md)\n",
        good: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-3: Cold caches](https://example.org/xip-3.md)\n",
    },
    looks_at: LooksAt::IndexPages,
    on_index: |page, findings| {
        let Some(surroundings) = page.surroundings() else { return };
        let is_broken = |row: &&Row| may_be_proposal(row) && page.target(&row.link.to) == Some(Target::NoFile);
        let broken: Vec<&Row> = page.rows().iter().filter(is_broken).collect();
        if !broken.is_empty() {
            // A page may also have lists of other things.
            let of_proposals = page.rows().iter().filter(|row| surroundings.proposal_at(&row.link.to).is_some());
            let lists: HashSet<Span> = of_proposals.map(|row| row.list).collect();
            findings.extend(broken.into_iter().filter(|row| lists.contains(&row.list)).filter_map(finding));
        }
        findings.extend(led_astray(page, surroundings));
    },
    fixes_on_index,
    ..Rule::PLAIN
};

/// Whether `row` may lead to a proposal: to Markdown, or to a folder. A table may also link to source files.
fn may_be_proposal(row: &Row) -> bool {
    let Destination::File(path, _) = &row.link.to else { return true };
    let path = Path::new(path);
    path.extension().is_none_or(|extension| extension == "html") || is_markdown(path)
}

/// Returns findings for the rows with the title of one proposal that lead to another, for which there is an earlier
/// row.
fn led_astray(page: IndexPage<'_, '_>, surroundings: &dyn Surroundings) -> Vec<Finding> {
    let (_, others) = rows_by_place(page);
    let finding = |row: &Row| {
        let Destination::File(path, _) = &row.link.to else { return None };
        let (title, own) = (row.title.as_ref()?, surroundings.proposal_at(&row.link.to)?);
        let is_meant = |facts: &Facts| fold(page.title_of(facts)) == fold(&title.text);
        let is_there = || surroundings.proposals_in(folder(path)).iter().any(|other| is_meant(&other.facts));
        let message =
            says(format!("row for \"{}\" points to \"{path}\", as does another row", title.text), "correct the path");
        (!is_meant(&own.facts) && is_there()).then(|| Finding::new(row.link.span, message))
    };
    others.into_iter().filter_map(finding).collect()
}

fn finding(row: &Row) -> Option<Finding> {
    let Destination::File(path, _) = &row.link.to else { return None };
    let message = says(format!("row points to \"{path}\", which does not exist"), "correct or remove it");
    Some(Finding::new(row.link.span, message))
}

fn fixes_on_index(page: IndexPage<'_, '_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let broken = |row: &&Row| page.target(&row.link.to) == Some(Target::NoFile);
    let Some(row) = page.row_at(diagnostic.span).filter(broken) else { return Vec::new() };
    let nearest = nearest_file(&page, &row.link);
    let removal = row.removal(page.text()).map(|removal| Fix::new("Remove the row", vec![removal]));
    nearest.into_iter().chain(removal).collect()
}
