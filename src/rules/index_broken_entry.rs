//! `index-broken-entry`: a row of an index page leads to a proposal that is not there.

use std::collections::HashSet;

use super::broken_link::nearest_file;
use super::listing::row_at;
use super::{Diagnostic, Docs, Finding, Fix, Rule, Scope, Severity};
use crate::document::{Destination, Proposal, Row, Target};
use crate::text::{Edit, Span};

pub(super) static RULE: Rule = Rule {
    id: "index-broken-entry",
    severity: Severity::Warning,
    summary: "a row of an index page leads to a proposal that is not there",
    docs: Docs {
        why: "The proposal was renamed, moved or taken back, and the index was forgotten. Only a page that lists proposals which are \
              there is looked at.",
        bad: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-3: Cold caches](xip-3.md)\n",
        good: "# All\n\n- [XIP-2: Warm caches](xip-2.md)\n- [XIP-3: Cold caches](https://example.org/xip-3.md)\n",
    },
    is_unnecessary: false,
    is_off_by_default: false,
    has_safe_fix: false,
    scope: Scope::Index,
    check: |page, findings| {
        let Some(surroundings) = page.surroundings().filter(|_| page.is_index()) else { return };
        let is_broken = |row: &&Row| page.target(&row.link.to) == Some(Target::NoFile);
        let broken: Vec<&Row> = page.rows().iter().filter(is_broken).collect();
        if broken.is_empty() {
            return;
        }
        // A page may list other things besides.
        let of_proposals = page.rows().iter().filter(|row| surroundings.proposal_at(&row.link.to).is_some());
        let lists: HashSet<Span> = of_proposals.map(|row| row.list).collect();
        findings.extend(broken.into_iter().filter(|row| lists.contains(&row.list)).filter_map(finding));
    },
    fixes,
};

fn finding(row: &Row) -> Option<Finding> {
    let Destination::File(path, _) = &row.link.to else { return None };
    let message = format!("row leads to \"{path}\", which is not there; correct or remove it");
    Some(Finding::new(row.link.span, message))
}

fn fixes(page: &Proposal<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some(row) = row_at(page, diagnostic.span) else { return Vec::new() };
    let text = page.text();
    let next = text.line_at(row.span.start) + 1;
    let end = if next < text.line_count() { text.line_start(next) } else { row.span.end };
    let removal = Edit { span: Span::new(row.span.start, end), content: String::new() };
    let nearest = nearest_file(page, &row.link);
    nearest.into_iter().chain([Fix::new("Remove the row", vec![removal])]).collect()
}
